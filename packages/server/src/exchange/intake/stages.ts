import type { PhaseId } from '@sente/engine'
import { simplifiedText } from '@sente/reader'

export type StageMeaning = PhaseId | 'won' | 'lost' | 'no-decision'
export const ENDINGS: ReadonlySet<string> = new Set(['won', 'lost', 'no-decision'])

/** Default stages of common CRMs by their name without case, spaces and marks, and the internal names that exports carry. */
const EXACT: Readonly<Record<string, StageMeaning>> = {
  // Salesforce, SuiteCRM, EspoCRM, vtiger, Zoho
  prospecting: 'frame',
  qualification: 'need',
  needsanalysis: 'need',
  valueproposition: 'define',
  iddecisionmakers: 'define',
  identifydecisionmakers: 'define',
  perceptionanalysis: 'evaluate',
  proposalpricequote: 'evaluate',
  proposalorpricequote: 'evaluate',
  negotiationreview: 'commit',
  negotiationorreview: 'commit',
  closedwon: 'won',
  closedlost: 'lost',
  closedlosttocompetition: 'lost',
  初期沟通: 'frame',
  潜在客户: 'frame',
  需求分析: 'need',
  价值主张: 'define',
  价值建议: 'define',
  识别决策者: 'define',
  确定决策者: 'define',
  感知分析: 'evaluate',
  提案报价: 'evaluate',
  方案报价: 'evaluate',
  谈判检讨: 'commit',
  谈判审核: 'commit',
  已结束并赢得客户: 'won',
  已结束但未赢得客户: 'lost',
  // HubSpot
  appointmentscheduled: 'frame',
  qualifiedtobuy: 'need',
  presentationscheduled: 'evaluate',
  decisionmakerboughtin: 'evaluate',
  contractsent: 'commit',
  已安排预约: 'frame',
  具备购买资格: 'need',
  已安排演示: 'evaluate',
  决策者已认可: 'evaluate',
  合同已发送: 'commit',
  // Dynamics 365
  qualify: 'need',
  develop: 'define',
  propose: 'evaluate',
  close: 'commit',
  // Pipedrive, Odoo, Twenty
  leadin: 'frame',
  contactmade: 'need',
  qualified: 'need',
  demoscheduled: 'evaluate',
  proposalmade: 'evaluate',
  negotiationsstarted: 'commit',
  proposition: 'evaluate',
  new: 'frame',
  screening: 'need',
  meeting: 'define',
  proposal: 'evaluate',
  customer: 'won',
  // 纷享销客、销售易
  初步接洽: 'frame',
  初步沟通: 'frame',
  验证客户: 'need',
  需求确定: 'need',
  需求确认: 'need',
  成功结案: 'won',
  失败结案: 'lost',
  赢单: 'won',
  赢: 'won',
  输单: 'lost',
  输: 'lost',
  入围: 'evaluate',
  试用: 'evaluate',
  无效: 'lost',
  赢单关闭: 'won',
  输单关闭: 'lost',
  // Other languages
  成约: 'won',
  受注: 'won',
  失注: 'lost',
}

/** What keeps a word of winning from meaning it: not yet, only said, only proposed. */
const NOT_YET =
  /\bverbal(?:ly)?\b|\bpending\b|\bto be won\b|\bexpected\b|\bforecast|口头|候选|预中标|拟|待|将|未|不|没|即将|准备|计划|有望|预计|公示|中$/i
const NEVER =
  /\b(?:not|never|un|non|no)[ -]?(?:won|signed)\b|未(?:能)?(?:中标|成交|赢|签)|不成交|没有?(?:中标|成交|签)/i

/** Endings by whole words, in the order in which they are tried. */
const ENDED: readonly [RegExp, StageMeaning][] = [
  [
    /\bno decision\b|\bwithout decision\b|无决策|无决定|未决策|不了了之|流标|项目搁置|keine entscheidung|sans decision/i,
    'no-decision',
  ],
  [
    /\blost\b|\bclosed lost\b|\bnot won\b|\babandon(?:ed)?\b|\bdisqualified\b|\bqualified out\b|\bwon ?[’']?t (?:proceed|buy|do)\b|\bwalked away\b|\brejected\b|\bdead\b|\bclosed (?:cancell?ed|rejected)\b|\bcancell?ed\b/i,
    'lost',
  ],
  [/输单|丢单|丢标|输标|失标|失单|流失|落标|废标|失败|未中标|未成交|不成交|未赢|作废|已?取消|终止|无效|放弃/, 'lost'],
  [/\bverloren\b|\bperdue?s?\b|\bperdido\b|\bperdida\b|\bpers[oa]\b|\btapt\b|\bforlorad\b|失注|キャンセル/i, 'lost'],
]
const WON: readonly RegExp[] = [
  /\bwon\b|\bclosed won\b|\bcontract signed\b|\bsigned\b(?! off)|\border received\b|\bpo received\b/i,
  /赢单|成交|中标|已签约|签约成功|签约完成|签订合同|合同签订$|合同已签|已签合同|已签订|签单|回款|已成功|成功关闭/,
  /\bgewonnen\b|\bgagnee?s?\b|\bgana(?:do|da)\b|\bganh[oa]\b|\bvint[oa]\b|\bvunnet\b|\bvunnen\b|成约|受注/i,
]
/** What a stage means for the customer, by whole words. */
const PHASES: readonly [RegExp, PhaseId][] = [
  [
    /\bnegotiat\w*|\bcontract(?:ing|s)?\b|\bverbal(?:ly)?\b|\bcommit(?:ted|ment)?\b|\bprocurement\b|\bclosing\b|\bpaperwork\b|\bready to (?:close|sign)\b|\bpending signature\b|谈判|商务|合同|签约|拟签|审批|中标候选|预中标|口头承诺|口头/i,
    'commit',
  ],
  [/\brisk\w*|\bvalidation\b|\blegal\b|\bsecurity\b|\bcompliance\b|风险|法务|考察|复核|风控/i, 'risk'],
  [
    /\bproposals?\b|\bproposition\b|\bquot(?:e|es|ed|ation|ing)\b|\bperception\b|\bevaluat\w*|\bdemos?\b|\bpoc\b|\bpilot\b|\bshort ?list(?:ed)?\b|\bbids?\b|\bbidding\b|\btender\w*|\bdecision ?maker ?bought\b|\bpresentation\b|\btechnical\b|\brf[pq]\b|方案|提案|报价|投标|招标|应标|评标|开标|测试|演示|比选|评估|试点|选型/i,
    'evaluate',
  ],
  [
    /\bvalue prop\w*|\bdecision makers\b|\bdefin\w*|\bscop(?:e|ing)\b|\bdesign\b|\bbudget\w*|立项|预算|指标|可研|论证/i,
    'define',
  ],
  [/\bneeds?\b|\bqualif\w*|\bdiscovery?\b|\brequirements?\b|需求|验证|确认|调研/i, 'need'],
  [
    /\bprospect\w*|\bleads?\b|\bappointments?\b|\bnew\b|\binitial\b|\bidentified\b|\bawareness\b|\bcontact(?:ed)?\b|线索|初步|初期|接触|接洽|初访|潜在|意向/i,
    'frame',
  ],
]
/** Paused, or of another kind: nothing follows from them for the customer's phase. */
const NO_PHASE =
  /\bon hold\b|\bpaused?\b|\bstalled\b|\bdormant\b|\brenewals?\b|\bnew business\b|\bleadership\b|\buncommitted\b|\bnot a fit\b|暂停|暂缓|挂起|搁置|休眠|续约$|关闭$/i

/** A stage without its number, its pipeline and its percentage; words run together are parted. */
function words(stage: string): string {
  return simplifiedText(stage.normalize('NFKC'))
    .replace(/^\s*(?:[sS]?\d{1,2}|[A-Z]\d?|[①-⑩]|第[一二三四五六七八九十]+阶段)\s*[-.、:：)）/_]+\s*/, '')
    .replaceAll(/[(（【[]\s*\d+(?:\.\d+)?\s*%\s*[)）】\]]|\b\d{1,3}\s?%/g, ' ')
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[_/|·–—-]+/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
}
const plain = (stage: string): string => stage.toLowerCase().replaceAll(/[\s\p{P}\p{S}]/gu, '')

/**
 * What the name of a stage most often means: the customer's phase, or how the deal ended. Undefined when no whole word is known: then nobody
 * guesses.
 */
export function meaningOf(stage: string): StageMeaning | undefined {
  const text = words(stage)
  const bare = text.replace(/\s*[(（][^()（）]*(?:pipeline|管道|流程|process)[^()（）]*[)）]\s*$/i, '')
  const exact = EXACT[plain(bare)]
  if (exact !== undefined) return exact
  const ended = ENDED.find(([pattern]) => pattern.test(bare) || pattern.test(bare.replaceAll(/[()（）]/g, ' ')))
  const won = WON.some((pattern) => pattern.test(bare.replaceAll(/[()（）]/g, ' ')))
  if (NEVER.test(bare)) return ended?.[1] === 'no-decision' ? 'no-decision' : /未签/.test(bare) ? undefined : 'lost'
  if (
    ended &&
    !(won && ended[1] === 'lost' && /\bwon\b/i.test(bare) && !/\bnot\b|\bwon ?[’']?t\b|\blost\b/i.test(bare))
  )
    return ended[1]
  if (won && !NOT_YET.test(bare)) return 'won'
  if (NO_PHASE.test(bare)) return undefined
  return PHASES.find(([pattern]) => pattern.test(bare))?.[1]
}

/** The same, remembered: a list names few stages many times. */
export function stageReader(said: Readonly<Record<string, string>> = {}): (stage: string) => StageMeaning | undefined {
  const known = new Map(
    Object.entries(said).map(([stage, means]): [string, StageMeaning | undefined] => [
      stage,
      means === 'open' ? undefined : (means as StageMeaning),
    ]),
  )
  return (stage) => {
    if (!known.has(stage)) known.set(stage, meaningOf(stage))
    return known.get(stage)
  }
}
