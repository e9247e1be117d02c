import { addDays } from '../core/dates.ts'
import type { PlainDate } from '../core/dates.ts'
import type { FactContext } from './context.ts'
import { evaluate, valueOf } from './evaluate.ts'
import { computeFacts } from './facts.ts'
import type { Facts } from './facts.ts'
import { findingsOf } from './findings.ts'
import type { Firing } from './findings.ts'
import { homeworkOf } from './homework.ts'
import type { Finding, Homework } from './schema.ts'
import type { Rule } from '../methodology/schema.ts'

export interface RuleResult {
  rule: Rule
  result: 'fires' | 'clear' | 'unknown'
  /** Unknown facts that keep it from being decided. */
  missing: string[]
}

/** Judges every rule by the facts. */
export function judge(rules: readonly Rule[], facts: Facts): RuleResult[] {
  return rules.map((rule) => {
    const value = valueOf(rule.when, facts)
    if (value !== null) return { rule, result: value ? 'fires' : 'clear', missing: [] }
    return { rule, result: 'unknown', missing: evaluate(rule.when, facts).missing }
  })
}

/** Days before today on which the rules are looked at again: enough to tell news from what nobody acts on. */
const LOOKS = [0, 7, 14, 21, 28, 42, 56] as const
/** A finding whose condition is no longer met without anybody having done something stays so many days. */
const LINGERS = 14

/**
 * Facts, findings and homework of a deal. `before` gives what the facts follow from on an earlier day (null: the deal was not
 * there). A deal that was lost or left undecided has neither findings nor homework: there is nothing to do for it.
 */
export function diagnose(
  ctx: FactContext,
  before: (day: PlainDate) => FactContext | null,
): {
  facts: Facts
  results: RuleResult[]
  findings: Finding[]
  /** Fires still, but was said long enough and nothing has changed: not said again until it changes. */
  rested: Finding[]
  homework: Homework[]
} {
  const facts = computeFacts(ctx)
  const ended = ctx.deal.status === 'lost' || ctx.deal.status === 'no-decision'
  const results = ended ? [] : judge(ctx.model.methodology.rules.rules, facts)
  const { open, rested } = firing(results, facts, ctx, before)
  return {
    facts,
    results,
    findings: findingsOf(open, rested, ctx),
    rested: findingsOf(
      rested.filter(({ rule }) => !open.some((other) => other.rule.act === rule.act)),
      [],
      ctx,
    ),
    homework: homeworkOf(results, facts, ctx),
  }
}

/**
 * Which rules speak today. One that was met some day of the last 14 and is not today still speaks where only volatile facts
 * have moved since (a phase that wavers, a window of days); once a fact answers it, it is silent at once. One that has spoken
 * on every look for its `expires` days rests.
 */
function firing(
  results: readonly RuleResult[],
  facts: Facts,
  ctx: FactContext,
  before: (day: PlainDate) => FactContext | null,
): { open: Firing[]; rested: Firing[] } {
  const looks: (Facts | null | undefined)[] = [facts]
  const look = (i: number): Facts | null => {
    let known = looks[i]
    if (known === undefined) {
      const earlier = before(addDays(ctx.asOf, -LOOKS[i]!))
      looks[i] = known = earlier && computeFacts(earlier)
    }
    return known
  }
  const met = (rule: Rule, on: Facts | null): on is Facts => on !== null && valueOf(rule.when, on) === true
  /** The facts by which a rule spoke at a look, whether met then or lingering. */
  const speaks = (rule: Rule, i: number): { facts: Facts; lingers: boolean } | undefined => {
    const then = look(i)
    if (met(rule, then)) return { facts: then, lingers: false }
    if (then === null) return undefined
    for (let older = i + 1; older < LOOKS.length && LOOKS[older]! - LOOKS[i]! <= LINGERS; older++) {
      const earlier = look(older)
      if (!met(rule, earlier)) continue
      const mixed = withVolatile(then, earlier, ctx)
      if (met(rule, mixed)) return { facts: mixed, lingers: true }
    }
    return undefined
  }
  const { expires } = ctx.model.methodology.rules
  const open: Firing[] = []
  const rested: Firing[] = []
  for (const { rule } of results) {
    const now = speaks(rule, 0)
    if (!now) continue
    const days = rule.expires ?? (rule.severity === 'block' ? Infinity : expires[rule.severity])
    // A rule that expires before the first look counts its days in its own condition.
    const upTo = LOOKS.filter((back) => back > 0 && back <= days).length
    const old = days !== Infinity && upTo > 0 && LOOKS.every((_, i) => i === 0 || i > upTo || speaks(rule, i))
    ;(old ? rested : open).push({ rule, ...now })
  }
  return { open, rested }
}

/** Today's facts, with those that move by themselves as they were. */
function withVolatile(facts: Facts, then: Facts, { model }: FactContext): Facts {
  const of = (id: string): Facts => (model.facts.get(id)?.volatile ? then : facts)
  return { get: (id) => of(id).get(id), has: (id) => of(id).has(id) }
}
