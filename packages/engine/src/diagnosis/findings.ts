import { addDays } from '../core/dates.ts'
import type { PlainDate } from '../core/dates.ts'
import type { Model } from '../core/model.ts'
import { SEVERITIES } from '../methodology/schema.ts'
import type { Condition, Rule, Severity, Whom } from '../methodology/schema.ts'
import type { FactContext } from './context.ts'
import { againstUnanswered, decidersUnmet, rivalsAtDeciders } from './facts-health.ts'
import type { Facts } from './facts.ts'
import { fill } from './message.ts'
import { evidenceOf } from './recent.ts'
import type { Finding } from './schema.ts'

/** A rule that speaks, with the facts by which it does. */
export interface Firing {
  rule: Rule
  facts: Facts
  lingers: boolean
}

const rank = (severity: Severity): number => SEVERITIES.indexOf(severity)

/**
 * One finding for each act that rules ask for, by severity, then by what is at stake. Rules that rest are named among the
 * reasons of an act that is asked for anyway. A finding recommends the plays of its rules that suit the way the deal was entered.
 */
export function findingsOf(open: readonly Firing[], rested: readonly Firing[], ctx: FactContext): Finding[] {
  const { model, stakes } = ctx
  const acts = new Map<string, Firing[]>()
  for (const firing of open) {
    const list = acts.get(firing.rule.act)
    if (list) list.push(firing)
    else acts.set(firing.rule.act, [firing])
  }
  const findings = [...acts].map(([id, list]): Finding => {
    const byWeight = (a: Firing, b: Firing): number =>
      rank(a.rule.severity) - rank(b.rule.severity) || Number(a.lingers) - Number(b.lingers)
    const leading = [...list].sort(byWeight)
    const all = [...leading, ...rested.filter(({ rule }) => rule.act === id).sort(byWeight)]
    const { rule, facts, lingers } = leading[0]!
    const act = model.acts.get(id)!
    const within = rule.within ?? model.methodology.rules.within[rule.severity]
    return {
      act: id,
      todo: act.name,
      with: act.whom ? peopleOf(act.whom, ctx) : [],
      by: dueOf(rule, within, ctx),
      within,
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
      plays: fitting([...new Set(leading.flatMap((firing) => firing.rule.recommend))], facts, model),
      reasons: all.map((firing) => ({
        rule: firing.rule.id,
        severity: firing.rule.severity,
        name: firing.rule.name,
        message: fill(firing.rule.message, firing.facts, model),
      })),
      lingers,
    }
  })
  return findings.sort((a, b) => rank(a.severity) - rank(b.severity) || b.stake - a.stake || (a.rule < b.rule ? -1 : 1))
}

/** The day of the newest event behind the rule, and the days within which to answer it; null where no event is behind it. */
function dueOf(rule: Rule, within: number, ctx: FactContext): PlainDate | null {
  const wanted = factsOf(rule.when).flatMap((fact) => ctx.model.facts.get(fact)?.counts ?? [])
  const events = new Set(wanted.flatMap(({ event }) => event ?? []))
  const rivals = new Set(wanted.flatMap(({ rival }) => rival ?? []))
  let last: PlainDate | undefined
  for (const piece of evidenceOf(ctx) ?? []) {
    const signal = ctx.model.signals.get(piece.signal)
    const behind = (signal?.event && events.has(signal.event)) || (signal?.rival && rivals.has(signal.rival))
    if (behind && (!last || piece.on > last)) last = piece.on
  }
  if (!last && rule.within !== undefined && rule.atOnce)
    last = rivalsAtDeciders(ctx)?.reduce<PlainDate | undefined>(
      (newest, { known }) => (!newest || known > newest ? known : newest),
      undefined,
    )
  return last ? addDays(last, within) : null
}

function peopleOf(whom: Whom, ctx: FactContext): string[] {
  switch (whom) {
    case 'top':
      return ctx.relations.people.filter(({ numberOne }) => numberOne).map(({ id }) => id)
    case 'deciders_unmet':
      return decidersUnmet(ctx) ?? []
    case 'rival_met':
      return [...new Set((rivalsAtDeciders(ctx) ?? []).flatMap(({ person }) => person ?? []))]
    case 'against':
      return againstUnanswered(ctx) ?? []
    case 'champion': {
      const shown = new Set(
        (evidenceOf(ctx) ?? []).flatMap((piece) =>
          ctx.model.signals.get(piece.signal)?.shows === CHAMPION ? (piece.from ?? []) : [],
        ),
      )
      return ctx.relations.people
        .filter(({ id, roles }) => roles.includes(CHAMPION) || shown.has(id))
        .map(({ id }) => id)
    }
  }
}

const CHAMPION = 'champion'

/** The recommended plays that suit the way this deal was entered; all of them where the way is unknown or none suits it. */
function fitting(plays: readonly string[], facts: Facts, model: Model): string[] {
  const mode = facts.get('entry.mode')
  const fit = plays.filter((play) =>
    (model.plays.get(play)?.entryModes as readonly unknown[] | undefined)?.includes(mode),
  )
  return fit.length > 0 ? fit : [...plays]
}

export function factsOf(condition: Condition): string[] {
  if ('all' in condition) return condition.all.flatMap(factsOf)
  if ('any' in condition) return condition.any.flatMap(factsOf)
  const other = typeof condition.value === 'object' && 'fact' in condition.value ? [condition.value.fact] : []
  return [condition.fact, ...other]
}
