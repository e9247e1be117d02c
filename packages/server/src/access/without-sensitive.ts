import type { Brief, Deal, Plan, WarGame } from '@sente/engine'
import { shown } from '../store/field-rights.ts'

/** Facts that would tell what somebody's stance is; of the estimates, all that are about a person would. */
const STANCE_FACTS: ReadonlySet<string> = new Set(['execs.deputy.stance', 'people.against_unanswered'])

/**
 * A brief for somebody who may not see what is personal. It is computed from everything, so that all of a team look at the same position
 * and the same findings; what it quotes of stances and of evidence read from private notes is taken out. `hidden` holds the places of
 * that evidence in the deal's list; reasons name the place in the list that this reader sees.
 */
export function withoutSensitive(brief: Brief, deal: Deal, hidden: ReadonlySet<number>): Brief {
  const shift = (index: number): number =>
    [...hidden].reduce((place, other) => (other < index ? place - 1 : place), index)
  const pieces = [...hidden].flatMap((index) => deal.evidence?.[index] ?? [])
  const heardInPrivate = (person: string, on: string, signal: string): boolean =>
    pieces.some((piece) => piece.from === person && piece.on === on && piece.signal === signal)
  const { whether } = brief.outlook
  return {
    ...brief,
    position: {
      ...brief.position,
      reasons: brief.position.reasons.flatMap((reason) => {
        if (reason.kind !== 'evidence') return [reason]
        return hidden.has(reason.index) ? [] : [{ ...reason, index: shift(reason.index) }]
      }),
    },
    people: {
      ...brief.people,
      people: brief.people.people.map((person) => ({
        ...person,
        stance: null,
        climbs: person.climbs.filter(({ on, by }) => !heardInPrivate(person.id, on, by)),
      })),
    },
    // The reasons of a step name stances, doubts and promises of people.
    plan: brief.plan.map((step) => ({ ...step, why: [] })),
    standing: brief.standing.map((step) => ({ ...step, why: [] })),
    after: brief.after && afterWithout(brief.after, pieces),
    findings: brief.findings.map(withoutStance),
    rested: brief.rested.map(withoutStance),
    outlook: {
      ...brief.outlook,
      whether: whether && {
        ...whether,
        contributions: whether.contributions.filter(({ subject }) => subject !== 'person'),
      },
    },
  }
}

/** Who stays with us follows from stances; what was said in a private note stays there. */
function afterWithout(after: NonNullable<Brief['after']>, hidden: readonly NonNullable<Deal['evidence']>[number][]) {
  const open = (said: NonNullable<Brief['after']>['reached']) =>
    said && said.filter(({ on, words }) => !hidden.some((piece) => piece.on === on && (piece.quote ?? null) === words))
  return { ...after, stays: [], reached: open(after.reached), reference: open(after.reference) }
}

/** A plan for the same reader: what is to be done is for all of the team, why may name stances, doubts and promises of people. */
export function planWithoutSensitive(plan: Plan): Plan {
  return {
    ...plan,
    steps: plan.steps.map((step) => ({ ...step, why: [], because: [] })),
    questions: [],
    cannot: [],
    unseen: [],
    byTerm: [],
    changed: [],
  }
}

/** A game for the same reader: played on everything, but not saying that, or how far, it hangs on what somebody thinks of us. */
export function gameWithoutSensitive(game: WarGame): WarGame {
  const about = (fact: string | undefined): boolean => fact === STANCE_TURN
  return {
    ...game,
    turns: game.turns.filter(({ fact }) => !about(fact)),
    map: game.map && (about(game.map.x) || about(game.map.y)) ? null : game.map,
    question: game.question && about(game.question.fact) ? null : game.question,
  }
}
const STANCE_TURN = 'top_against'

/** Whom it names follows from a stance where one of its facts is a stance. */
function withoutStance(finding: Brief['findings'][number]): Brief['findings'][number] {
  const facts = finding.facts.filter(({ fact }) => !STANCE_FACTS.has(fact))
  return { ...finding, facts, with: facts.length < finding.facts.length ? [] : finding.with }
}

/** The deal without what is personal; `hidden`: places of the evidence that quotes private notes. */
export function dealWithoutSensitive(deal: Deal, hidden: ReadonlySet<number> = new Set()): Deal {
  return {
    ...deal,
    ...(deal.people
      ? {
          people: deal.people.map(({ stance: _stance, ...person }) =>
            shown('stakeholder', person, { sensitive: false, contacts: true })!,
          ),
        }
      : {}),
    ...(deal.evidence ? { evidence: deal.evidence.filter((_, index) => !hidden.has(index)) } : {}),
    ...(deal.notes ? { notes: deal.notes.filter((note) => note.private !== true) } : {}),
  }
}
