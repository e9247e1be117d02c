import { saidDay } from '../core/dates.ts'
import type { Severity } from '../methodology/schema.ts'
import { isDelivery } from '../people/after.ts'
import { toldDates } from '../position/milestones.ts'
import type { FactContext } from './context.ts'
import type { RuleResult } from './diagnose.ts'
import type { Facts } from './facts.ts'
import type { Homework } from './schema.ts'

/** What deciding a rule is worth, when homework is ranked. */
const SEVERITY_WEIGHT: Record<Severity, number> = { block: 8, danger: 4, warn: 2, info: 1 }
/** More than this nobody answers. */
const MOST = 5
/** Of a deal of which nothing is known: what would tell most. */
const AT_FIRST = 3
/** Whether a day they told has brought what it was told for: nothing we could ask tells more of where they are. */
const TELLS_MOST = 40
const PASSED = 'process.known_ratio'

/**
 * The questions about the customer behind unknown facts, by how much they could decide: each rule's weight is shared among the
 * facts it still needs, and some questions tell something by themselves. What our company is and what we did ourselves is
 * not asked of a deal.
 */
export function homeworkOf(results: readonly RuleResult[], facts: Facts, ctx: FactContext): Homework[] {
  const { model, deal } = ctx
  if (results.length === 0) return []
  const found = new Map<string, Homework>()
  const entryOf = (fact: string): Homework | undefined => {
    const asked = model.facts.get(fact)?.homework
    if (asked?.of !== 'customer') return undefined
    // One question may settle several facts: it is asked once.
    const key = asked.question.en
    const entry = found.get(key) ?? { fact, question: asked.question, field: asked.field, weight: 0, rules: [] }
    found.set(key, entry)
    return entry
  }
  for (const { rule, missing } of results) {
    for (const fact of missing) {
      const entry = entryOf(fact)
      if (!entry) continue
      entry.weight += SEVERITY_WEIGHT[rule.severity] / missing.length
      if (!entry.rules.includes(rule.id)) entry.rules.push(rule.id)
    }
  }
  for (const { id, homework } of model.methodology.facts.facts) {
    if (!homework?.tells || facts.has(id)) continue
    const entry = entryOf(id)
    if (entry) entry.weight += homework.tells
  }
  const passed = passedDate(ctx)
  if (passed) {
    // It asks for the same step of theirs, and more exactly.
    for (const [key, { fact }] of found) if (fact === PASSED) found.delete(key)
    found.set(PASSED, passed)
  }
  const nothing = !deal.people?.length && !deal.evidence?.length && !deal.process?.length
  return [...found.values()]
    .sort((a, b) => b.weight - a.weight || (a.fact < b.fact ? -1 : 1))
    .slice(0, nothing ? AT_FIRST : MOST)
}

/** The latest day they told that has passed, of which nobody wrote whether it happened. */
function passedDate({ model, deal, asOf }: FactContext): Homework | undefined {
  const places = (deal.process ?? []).map((_, i) => i)
  const last = toldDates(deal, model, asOf, places).findLast(
    // Of a deal that is won nobody asks whether the way to the signature was walked.
    ({ passed, index }) => passed && (deal.status !== 'won' || isDelivery(deal.process![index]!, model)),
  )
  if (!last) return undefined
  const { name, on } = last
  const day = saidDay(on)
  return {
    fact: PASSED,
    question: {
      en: `“${name.en}” was told for ${day.en}. Did it happen, and on which day; if not, which day do they say now?`,
      zh: `“${name.zh}”说好是${day.zh}，办成了吗、哪天办的？没办成的话，现在说是哪天？`,
    },
    field: 'process[]',
    weight: TELLS_MOST,
    rules: [],
  }
}
