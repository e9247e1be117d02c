import { modelOf, nearestOf, phaseIndex } from '@sente/engine'
import type { Condition, Lang, Methodology, Text } from '@sente/engine'
import { columnsOf, EXIT, languageOf, methodologyFrom, paintOf, print, Stop } from '../context.ts'
import type { GlobalOptions } from '../context.ts'

import { hang, pad, wrap } from '../terminal/text.ts'

interface Entry {
  id: string
  kind: Text
  name: Text
  /** Labelled paragraphs; an empty label stands for the main text. */
  parts: { label: Text; text: string[] }[]
}

const T = (en: string, zh: string): Text => ({ en, zh })

/** `sente explain ID`: what a signal, rule, play, phase, topic, fact, role, trait or preset means and where it comes from. */
export async function explainCommand(
  id: string | undefined,
  options: GlobalOptions & { method?: string; json?: boolean },
): Promise<number> {
  const lang = languageOf(options.lang)
  const methodology = await methodologyFrom(options.method)
  const paint = paintOf()
  const columns = columnsOf(options.width)
  const index = indexOf(methodology, lang)
  if (id === undefined) {
    const groups = new Map<string, string[]>()
    for (const [key, make] of index) groups.set(make().kind[lang], [...(groups.get(make().kind[lang]) ?? []), key])
    const lines = [...groups].flatMap(([kind, ids]) => [
      paint('bold', `${kind} (${ids.length})`),
      ...hang('  ', ids.join('  '), columns),
      '',
    ])
    await print(lines.join('\n'))
    return EXIT.fine
  }
  const make = index.get(id) ?? index.get(id.replaceAll('-', '_')) ?? onlyOneBeginning(index, id)
  if (!make) {
    const close = nearestOf(id, [...index.keys()])
    const hint = close
      ? lang === 'zh'
        ? `，是否想写 ${close}？`
        : `; did you mean ${close}?`
      : lang === 'zh'
        ? '；不带参数的 sente explain 列出全部'
        : '; sente explain without an id lists all'
    throw new Stop(lang === 'zh' ? `方法里没有 "${id}"${hint}` : `the method has no "${id}"${hint}`, EXIT.badInput)
  }
  const entry = make()
  if (options.json) {
    await print(JSON.stringify(entry, null, 2))
    return EXIT.fine
  }
  const lines = [`${paint('bold', entry.name[lang])}  ${paint('dim', `${entry.kind[lang]} · ${entry.id}`)}`]
  for (const { label, text } of entry.parts) {
    const kept = text.filter(Boolean)
    if (kept.length === 0) continue
    lines.push('')
    if (label[lang]) lines.push(paint('bold', label[lang]))
    for (const line of kept) lines.push(...(label[lang] ? hang('  ', line, columns) : wrap(line, columns)))
  }
  const { method } = methodology
  lines.push('', paint('dim', `${method.name[lang]} (${method.id} ${method.version})`))
  await print(lines.join('\n'))
  return EXIT.fine
}

/** `R15` is enough for `R15_local_support_open`. */
function onlyOneBeginning(index: ReadonlyMap<string, () => Entry>, start: string): (() => Entry) | undefined {
  const found = [...index].filter(([key]) => key.startsWith(`${start}_`))
  return found.length === 1 ? found[0]![1] : undefined
}

/** Every id with a way to make its entry; made only when asked for. */
function indexOf(methodology: Methodology, lang: Lang): Map<string, () => Entry> {
  const model = modelOf(methodology)
  const index = new Map<string, () => Entry>()
  const phaseName = (id: string): string => model.phases.find((phase) => phase.id === id)?.name[lang] ?? id
  const concernName = (id: string | null): string =>
    methodology.concerns.concerns.find((concern) => concern.id === id)?.name[lang] ?? '–'
  const playName = (id: string): string => `${model.plays.get(id)?.name[lang] ?? id} (${id})`
  const signalName = (id: string): string => `${model.signals.get(id)?.name[lang] ?? id} (${id})`
  const factName = (id: string): string => `${model.facts.get(id)?.name[lang] ?? id} (${id})`
  const origin = (...ids: string[]): Entry['parts'][number] => ({
    label: T('Where it comes from', '出处'),
    text: methodology.method.sources
      .filter((source) => ids.includes(source.id))
      .map((source) =>
        lang === 'zh' ? `· ${source.what.zh}（${source.where.zh}）` : `· ${source.what.en} (${source.where.en})`,
      ),
  })
  const roleNames = (ids: readonly string[]): string =>
    ids.map((id) => model.roles.get(id)?.name[lang] ?? id).join(lang === 'zh' ? '、' : ', ')

  for (const phase of model.phases) {
    index.set(phase.id, () => ({
      id: phase.id,
      kind: T('phase', '采购阶段'),
      name: phase.name,
      parts: [
        { label: T('', ''), text: [phase.customerAsks[lang]] },
        {
          label: T('What the customer does', '客户做什么'),
          text: phase.customerSteps.map((step) => `· ${step[lang]}`),
        },
        {
          label: T('Our step', '我方步骤'),
          text: [phase.ourStep.name[lang], ...phase.ourStep.doneBy.map((play) => `· ${playName(play)}`)],
        },
        {
          label: T('Usual length', '通常时长'),
          text: [lang === 'zh' ? `约 ${phase.meanDays} 天` : `about ${phase.meanDays} days`],
        },
        origin('curves', 'estimates'),
      ],
    }))
  }
  for (const concern of methodology.concerns.concerns) {
    if (index.has(concern.id)) continue
    index.set(concern.id, () => ({
      id: concern.id,
      kind: T('concern', '关注点'),
      name: concern.name,
      parts: [
        { label: T('', ''), text: [concern.question[lang]] },
        {
          label: T('Topics', '议题'),
          text: model.topicsOf[concern.id].map((topic) => `· ${topic.name[lang]} (${topic.id})`),
        },
      ],
    }))
  }
  for (const signal of model.signals.values()) {
    index.set(signal.id, () => ({
      id: signal.id,
      kind: T('signal', '信号'),
      name: signal.name,
      parts: [
        { label: T('Sounds like', '听上去像'), text: signal.examples[lang].map((example) => `· ${example}`) },
        {
          label: T('Speaks for', '说明客户处于'),
          text: Object.entries(signal.phases)
            .filter(([, weight]) => weight !== 'none')
            .map(
              ([phase, weight]) =>
                `· ${phase === 'stalled' ? methodology.phases.stalled.name[lang] : phaseName(phase)}: ${WEIGHT[weight][lang]}`,
            ),
        },
        { label: T('Shows concern for', '体现的关注点'), text: signal.concern ? [concernName(signal.concern)] : [] },
        { label: T('Usually from', '通常来自'), text: [roleNames(signal.from)] },
        origin('estimates'),
      ],
    }))
  }
  for (const rule of model.rules.values()) {
    index.set(rule.id, () => ({
      id: rule.id,
      kind: T('rule', '规则'),
      name: rule.name,
      parts: [
        { label: T('', ''), text: [rule.claim[lang]] },
        { label: T('Says, when it fires', '触发时说'), text: [rule.message[lang]] },
        { label: T('Fires when', '触发条件'), text: conditionLines(rule.when, factName, lang) },
        { label: T('Recommends', '推荐打法'), text: rule.recommend.map((play) => `· ${playName(play)}`) },
        {
          label: T('Where it comes from', '出处'),
          text: [
            lang === 'zh'
              ? `2005 年销售领导者圆桌（${rule.speaker.zh}），以我们的话转述`
              : `2005 roundtable of sales leaders (${rule.speaker.en}), in our words`,
          ],
        },
      ],
    }))
  }
  for (const play of model.plays.values()) {
    index.set(play.id, () => ({
      id: play.id,
      kind: T('play', '打法'),
      name: play.name,
      parts: [
        { label: T('', ''), text: [play.objective[lang]] },
        { label: T('Bring', '带什么'), text: [play.bring[lang]] },
        { label: T('Ask', '问什么'), text: [play.ask[lang]] },
        { label: T('Follow up', '跟进'), text: [play.followUp[lang]] },
        {
          label: T('When', '何时'),
          text: [
            [...play.phases]
              .sort((a, b) => phaseIndex(a) - phaseIndex(b))
              .map(phaseName)
              .join(lang === 'zh' ? '、' : ', '),
            lang === 'zh'
              ? `准备 ${play.leadDays[0]}–${play.leadDays[2]} 天，通常 ${play.leadDays[1]} 天`
              : `takes ${play.leadDays[0]}–${play.leadDays[2]} days, usually ${play.leadDays[1]}`,
          ],
        },
        {
          label: T('Only when', '前提'),
          text: play.preconditions.flatMap((condition) => conditionLines(condition, factName, lang)),
        },
        {
          label: T('It worked when you hear', '成功的信号'),
          text: play.successSignals.map((signal) => `· ${signalName(signal)}`),
        },
        { label: T('Mind', '当心'), text: play.caution ? [play.caution[lang]] : [] },
        { label: T('The thought behind', '背后的想法'), text: play.thought ? [play.thought[lang]] : [] },
        origin(...(play.thought ? ['thoughts'] : []), 'estimates'),
      ],
    }))
  }
  for (const topic of model.topics.values()) {
    const make = (): Entry => ({
      id: topic.id,
      kind: T('topic', '议题'),
      name: topic.name,
      parts: [
        { label: T('', ''), text: [topic.question[lang]] },
        { label: T('Concern', '关注点'), text: [concernName(topic.concern)] },
        { label: T('Asked by', '谁会问'), text: [roleNames(topic.askedBy)] },
        {
          label: T('Proofs', '证明'),
          text: topic.proofs.map((proof) =>
            lang === 'zh'
              ? `· ${proof.name.zh} (${proof.id})：${proof.leadDays[0]}–${proof.leadDays[1]} 天，${STRENGTH[proof.strength].zh}`
              : `· ${proof.name.en} (${proof.id}): ${proof.leadDays[0]}–${proof.leadDays[1]} days, ${STRENGTH[proof.strength].en}`,
          ),
        },
        { label: T('The thought behind', '背后的想法'), text: topic.thought ? [topic.thought[lang]] : [] },
        origin(...(topic.thought ? ['thoughts'] : []), 'estimates'),
      ],
    })
    index.set(index.has(topic.id) ? `topic:${topic.id}` : topic.id, make)
  }
  for (const fact of model.facts.values()) {
    const used = [...model.rules.values()]
      .filter((rule) => JSON.stringify(rule.when).includes(`"${fact.id}"`))
      .map((rule) => rule.id)
    index.set(fact.id, () => ({
      id: fact.id,
      kind: T('fact', '事实'),
      name: fact.name,
      parts: [
        { label: T('', ''), text: [fact.definition[lang]] },
        {
          label: T('Ask', '要问的'),
          text: fact.homework ? [fact.homework.question[lang], `→ ${fact.homework.field}`] : [],
        },
        { label: T('Used by', '用于规则'), text: [used.join(', ')] },
      ],
    }))
  }
  for (const role of model.roles.values())
    if (!index.has(role.id))
      index.set(role.id, () => ({ id: role.id, kind: T('role', '角色'), name: role.name, parts: [] }))
  for (const trait of model.traits.values()) {
    index.set(trait.id, () => ({
      id: trait.id,
      kind: T('trait', '商机特征'),
      name: trait.name,
      parts: [
        {
          label: T('Changes demand', '改变关注度'),
          text: trait.apply.map(
            (change) =>
              `· ${concernName(change.concern)}: ${[change.mul && `× ${change.mul}`, change.add && `+ ${change.add}`, change.shiftU && (lang === 'zh' ? `提前 ${-change.shiftU}` : `${-change.shiftU} earlier`)].filter(Boolean).join(', ')}`,
          ),
        },
      ],
    }))
  }
  for (const preset of model.presets.values()) {
    const key = index.has(preset.id) ? `preset:${preset.id}` : preset.id
    index.set(key, () => ({
      id: key,
      kind: T('preset', '预设'),
      name: preset.name,
      parts: [
        { label: T('', ''), text: [preset.summary[lang]] },
        {
          label: T('Stages', '阶段'),
          text: preset.stages.map(
            (stage) => `· ${stage.name[lang]} → ${stage.phases.map(phaseName).join(', ') || '–'}`,
          ),
        },
        {
          label: T('Roles', '角色'),
          text: preset.roles.map((role) => `· ${role.name[lang]} → ${role.role ? roleNames([role.role]) : '–'}`),
        },
        { label: T('Checks', '检查项'), text: preset.checks.map((check) => `· ${check[lang]}`) },
        { label: T('Sources', '来源'), text: [preset.sources[lang]] },
      ],
    }))
  }
  return index
}

const WEIGHT: Record<'high' | 'med' | 'low' | 'none', Text> = {
  high: T('strongly', '强'),
  med: T('somewhat', '中'),
  low: T('weakly', '弱'),
  none: T('no', '无'),
}
const STRENGTH: Record<'strong' | 'medium' | 'weak', Text> = {
  strong: T('strong', '强'),
  medium: T('medium', '中'),
  weak: T('weak', '弱'),
}

const SIGNS: Record<string, Text> = {
  '==': T('is', '='),
  '!=': T('is not', '≠'),
  '<': T('below', '<'),
  '<=': T('at most', '≤'),
  '>': T('above', '>'),
  '>=': T('at least', '≥'),
  in: T('is one of', '属于'),
  contains: T('contains', '包含'),
  lacks: T('lacks', '不含'),
}

/** A condition as an indented list in words. */
function conditionLines(condition: Condition, factName: (id: string) => string, lang: Lang, depth = 0): string[] {
  const indent = '  '.repeat(depth)
  if ('all' in condition)
    return [
      `${indent}${lang === 'zh' ? '以下全部:' : 'all of:'}`,
      ...condition.all.flatMap((part) => conditionLines(part, factName, lang, depth + 1)),
    ]
  if ('any' in condition)
    return [
      `${indent}${lang === 'zh' ? '以下任一:' : 'any of:'}`,
      ...condition.any.flatMap((part) => conditionLines(part, factName, lang, depth + 1)),
    ]
  const value =
    typeof condition.value === 'object' && 'fact' in condition.value
      ? factName(condition.value.fact)
      : [condition.value].flat().join(', ')
  return [`${indent}${pad('·', 2)}${factName(condition.fact)} ${SIGNS[condition.op]?.[lang] ?? condition.op} ${value}`]
}
