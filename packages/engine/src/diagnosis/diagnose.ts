import type { Finding, Homework } from './schema.ts'
import type { Model } from '../core/model.ts'
import { SEVERITIES } from '../methodology/schema.ts'
import type { Condition, Rule, Severity } from '../methodology/schema.ts'
import type { FactContext } from './context.ts'
import { evaluate } from './evaluate.ts'
import { computeFacts } from './facts.ts'
import type { Facts } from './facts.ts'
import { fill } from './message.ts'

export interface RuleResult {
  rule: Rule
  result: 'fires' | 'clear' | 'unknown'
  /** Unknown facts that keep it from being decided. */
  missing: string[]
}

/** What deciding a rule is worth, when homework is ranked. */
const SEVERITY_WEIGHT: Record<Severity, number> = { block: 8, danger: 4, warn: 2, info: 1 }

/** Judges every rule by the facts. */
export function judge(rules: readonly Rule[], facts: Facts): RuleResult[] {
  return rules.map((rule) => {
    const { value, missing } = evaluate(rule.when, facts)
    return { rule, result: value === null ? 'unknown' : value ? 'fires' : 'clear', missing }
  })
}

/**
 * Facts, findings and homework of a deal. Findings come by severity, then by what is at stake. Homework are the questions
 * behind unknown facts, by how much they could decide: each rule's weight is shared among the facts it still needs.
 * A deal that was lost or left undecided has neither: there is nothing to do for it.
 */
export function diagnose(ctx: FactContext): {
  facts: Facts
  results: RuleResult[]
  findings: Finding[]
  homework: Homework[]
} {
  const facts = computeFacts(ctx)
  const ended = ctx.deal.status === 'lost' || ctx.deal.status === 'no-decision'
  const results = ended ? [] : judge(ctx.model.methodology.rules.rules, facts)
  return { facts, results, findings: findingsOf(results, facts, ctx), homework: homeworkOf(results, ctx) }
}

function findingsOf(results: readonly RuleResult[], facts: Facts, { model, stakes }: FactContext): Finding[] {
  const findings = results
    .filter(({ result }) => result === 'fires')
    .map(({ rule }): Finding => ({
      rule: rule.id,
      severity: rule.severity,
      name: rule.name,
      message: fill(rule.message, facts, model),
      claim: rule.claim,
      speaker: rule.speaker,
      about: rule.about,
      stake: stakes[rule.about],
      facts: [...new Set(factsOf(rule.when))].flatMap((fact) => {
        const value = facts.get(fact)
        return value === undefined ? [] : [{ fact, name: model.facts.get(fact)!.name, value }]
      }),
      plays: fitting(rule.recommend, facts, model),
    }))
  const rank = (severity: Severity): number => SEVERITIES.indexOf(severity)
  return findings.sort((a, b) => rank(a.severity) - rank(b.severity) || b.stake - a.stake || (a.rule < b.rule ? -1 : 1))
}

/** The recommended plays that suit the way this deal was entered; all of them where the way is unknown or none suits it. */
function fitting(plays: readonly string[], facts: Facts, model: Model): string[] {
  const mode = facts.get('entry.mode')
  const fit = plays.filter((play) =>
    (model.plays.get(play)?.entryModes as readonly unknown[] | undefined)?.includes(mode),
  )
  return fit.length > 0 ? fit : [...plays]
}

function factsOf(condition: Condition): string[] {
  if ('all' in condition) return condition.all.flatMap(factsOf)
  if ('any' in condition) return condition.any.flatMap(factsOf)
  const other = typeof condition.value === 'object' && 'fact' in condition.value ? [condition.value.fact] : []
  return [condition.fact, ...other]
}

function homeworkOf(results: readonly RuleResult[], { model }: FactContext): Homework[] {
  const found = new Map<string, Homework>()
  for (const { rule, missing } of results) {
    const askable = missing.filter((fact) => model.facts.get(fact)?.homework)
    for (const fact of askable) {
      const { question, field } = model.facts.get(fact)!.homework!
      // One question may settle several facts: it is asked once.
      const key = question.en
      const entry = found.get(key) ?? { fact, question, field, weight: 0, rules: [] }
      entry.weight += SEVERITY_WEIGHT[rule.severity] / missing.length
      if (!entry.rules.includes(rule.id)) entry.rules.push(rule.id)
      found.set(key, entry)
    }
  }
  return [...found.values()].sort((a, b) => b.weight - a.weight || (a.fact < b.fact ? -1 : 1))
}
