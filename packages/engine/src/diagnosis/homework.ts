import type { Severity } from '../methodology/schema.ts'
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

/**
 * The questions about the customer behind unknown facts, by how much they could decide: each rule's weight is shared among the
 * facts it still needs, and some questions tell something by themselves. What our company is and what we did ourselves is
 * not asked of a deal.
 */
export function homeworkOf(results: readonly RuleResult[], facts: Facts, { model, deal }: FactContext): Homework[] {
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
  const nothing = !deal.people?.length && !deal.evidence?.length && !deal.process?.length
  return [...found.values()]
    .sort((a, b) => b.weight - a.weight || (a.fact < b.fact ? -1 : 1))
    .slice(0, nothing ? AT_FIRST : MOST)
}
