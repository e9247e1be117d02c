import { normalise } from './normalise.ts'
import type { Name } from './names.ts'
import type { Stretch } from './segments.ts'
import type { KnownRival } from './types.ts'

export interface RivalName extends Stretch {
  name: string
}

/** Where the deal's rivals are named in a normalised text, in order of place. */
export function rivalsNamed(text: string, rivals: readonly KnownRival[]): (Stretch & { rival: string })[] {
  return rivals
    .flatMap(({ id, name }) => {
      const plain = normalise(name).trim()
      if (plain.length < 2) return []
      const latin = /^[\w&.' -]+$/.test(plain)
      const source = plain.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      return [...text.matchAll(new RegExp(latin ? `\\b${source}(?:'s)?\\b` : source, 'g'))].map(
        ({ index, 0: words }) => ({
          rival: id,
          start: index,
          end: index + words.length,
        }),
      )
    })
    .sort((a, b) => a.start - b.start)
}

const COMPANY = '([A-Z][\\w&-]*[a-z0-9][\\w&-]*(?: (?:[A-Z][\\w&-]+|&)){0,2}|[A-Z]{2,6})'
const EN: readonly RegExp[] = [
  new RegExp(`\\b(?:[Cc]ompetitors?|[Rr]ivals?|[Cc]ompetition)(?: is| are|:|,| named| called)? ${COMPANY}`, 'g'),
  new RegExp(
    `\\b(?:up against|compet(?:es|ing|e) (?:with|against)|alongside|versus|vs\\.?|also (?:talking|speaking|spoke|talked) (?:to|with)|also (?:invited|asked|met|seeing|saw|looking at|evaluating|considering|shortlisted)|quotes? from|offers? from|bids? from|demo (?:by|from|of)|incumbent(?: is|,)|current (?:vendor|supplier)(?: is|,)|switch(?:ing)? (?:from|away from)) ${COMPANY}`,
    'g',
  ),
  new RegExp(
    `\\b${COMPANY} (?:(?:is|are|has|have|had) )?(?:also |already |just |again )?(?:bid(?:ding)?|quoted|pitched|undercut|in the race|the incumbent|shortlisted|came in (?:with|at)|offered|submitted|ranked first|demoed|presented their)\\b`,
    'g',
  ),
]
/** Two that are named together: the other two are Vantor and Lidd. */
const PAIRS: readonly RegExp[] = [
  new RegExp(
    `\\b[Oo]ther (?:two|three|ones?|bidders?|vendors?|names?)(?: on (?:it|the list))? (?:are|is) ${COMPANY}(?:,? and ${COMPANY})?`,
    'g',
  ),
  new RegExp(`\\b${COMPANY},? (?:who|which)? ?(?:came|ranked|were|was|is|are) (?:in )?(?:first|second|third)\\b`, 'g'),
  new RegExp(`\\b${COMPANY}(?:'s|’s) (?:data ?sheet|product sheet|brochure|leaflet|catalogue)\\b`, 'g'),
  new RegExp(
    `\\b(?:slapped|waved|tabled|pushed|slid|showed (?:me|us)|put) ${COMPANY}(?:'s|’s) (?:offer|quote|bid|figures)\\b`,
    'g',
  ),
  new RegExp(`\\b${COMPANY} (?:lot|outfit|people)? ?(?:popped up|showed up|turned up|came out of nowhere)\\b`, 'g'),
  new RegExp(`^(?:\\[[^\\]]*\\] )?\\w+: ${COMPANY} and (?:some|another) (?:outfit|firm|company|lot)\\b`, 'gm'),
]
const HAN_COMPANY =
  '([\\u4e00-\\u9fff]{2,6}?(?:软件|科技|信息|集团|股份|云|数科|智能|技术|电子|系统)|[a-z][a-z0-9&-]{1,15})'
const ZH: readonly RegExp[] = [
  new RegExp(
    `(?:竞争对手|对手|竞品|友商|另一家(?:厂商|供应商|厂家|竞争者)|竞争方|原(?:来的)?供应商|现有(?:的)?供应商)(?:是|有|为|叫|:|,)?(?:${HAN_COMPANY}|([\\u4e00-\\u9fff]{2,4})(?=[,.;\\s]|$|的|也|和|已|报|去|来|给|在))`,
    'g',
  ),
  new RegExp(
    `${HAN_COMPANY}(?:也|已经?|正)?(?:在|来|去)?(?:投标|报了?价|做了?演示|介入|竞标|参与竞争|入围|排第一|来讲了?方案|跟进)`,
    'g',
  ),
]
const HAN_NAME = '([\\u4e00-\\u9fff]{2,5}?)'
const ZH_PAIRS: readonly RegExp[] = [
  new RegExp(
    `(?:另外?|还有|其他)(?:的)?[一两二三]家(?:就)?(?:是|叫|:)${HAN_NAME}(?:(?:和|跟|与|,)${HAN_NAME})?(?=[,.;:\\s]|$)`,
    'g',
  ),
  new RegExp(
    `(?:第[一二三]名|排名?第[一二三](?:的)?|第[一二三]中标候选人)(?:的|是|为)?(?!我们|咱们|我司)${HAN_NAME}(?=[,.;:\\s]|$|已经|也|又|递|提|报)`,
    'g',
  ),
  new RegExp(`(?:照着|照搬|抄的是|套用)${HAN_NAME}的(?:样本|参数|彩页|手册|方案|标书)`, 'g'),
  new RegExp(
    `(?:一家(?:叫|是)?|冒出来个|杀出个)(?!做|专|新|老|大|小|公司|厂)([\\u4e00-\\u9fff]{2,4}?)(?=,(?:还有|另|以前|没听)|,还)`,
    'g',
  ),
]
const NO_COMPANY =
  /^(?:The|They|Their|We|Our|It|He|She|This|That|Which|Who|Mr|Mrs|Ms|Dr|Nobody|Both|All|Each|Two|Three|Four|Price|Finance|Procurement|Purchasing|Legal|IT|HR|CEO|CFO|CIO|CTO|RFP|POC|SLA|ROI|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September|October|November|December|Board|Management)$/
const NO_HAN_COMPANY =
  /^(?:我|他|她|你|这|那|哪|什么|谁|几家|一家|两家|三家|多家|其他|别的|还|没|不|也|就|是|的|在|有|都|目前|现在|已经|报价|方案|价格|产品|公司|动作|来头|优势|情况|poc|rfp|it|crm|erp|mes|ai|ok|sla)/

/** Whoever buys as this customer does is their peer, no rival of ours. */
const PEER = /(?:银行|股份行|商行|分行|支行|农信社|医院|学校|大学|学院|电厂|水厂|钢厂|电网|同行|单位|局|厅|委)$/

/** Companies spoken of as competing that the deal does not know as rivals. */
export function rivalsIn(
  text: string,
  written: string,
  rivals: readonly KnownRival[],
  names: readonly Name[],
): RivalName[] {
  const taken: readonly Stretch[] = [...rivalsNamed(text, rivals), ...names]
  const found: RivalName[] = []
  const add = (start: number, end: number): void => {
    const name = written.slice(start, end)
    if (taken.some((one) => one.start < end && one.end > start)) return
    if (PEER.test(name)) return
    if (NO_COMPANY.test(name.split(' ')[0]!) || NO_HAN_COMPANY.test(name.toLowerCase())) return
    if (found.some((one) => one.name.toLowerCase() === name.toLowerCase())) return
    found.push({ name, start, end })
  }
  const each = (patterns: readonly RegExp[], source: string): void => {
    for (const pattern of patterns)
      for (const match of source.matchAll(pattern)) {
        for (const name of match.slice(1)) {
          if (name === undefined) continue
          const start = match.index + match[0].lastIndexOf(name)
          add(start, start + name.length)
        }
      }
  }
  each([...EN, ...PAIRS], written)
  if (/[\u3400-\u9fff]/.test(text)) each([...ZH, ...ZH_PAIRS], text)
  return found.sort((a, b) => a.start - b.start)
}
