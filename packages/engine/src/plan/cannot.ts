import type { Refusal } from './constraints/candidate.ts'
import type { Options } from './options.ts'
import { valueOf } from './problem.ts'
import type { Plan } from './schema.ts'
import type { Solution } from './solve.ts'
import type { PlanView } from './view.ts'
import { fill, reasonOf, refusalOf, SAYS } from './words.ts'

/** Needs below so many points are not worth a word. */
const WORTH_SAYING = 1.2
const AT_MOST = 6
/** Of several constraints the one that says most comes first. */
const TELLING = [
  'setAside',
  'tenderSilence',
  'beforeDecision',
  'accessTakesTime',
  'rankParity',
  'preconditionHolds',
  'leadTime',
  'littleTime',
  'aheadAlready',
  'phaseWindow',
  'executiveSpacing',
  'notTwice',
]

/** Of what stands in the way, what says most. */
export const tellingOf = (reasons: readonly Refusal[]): Refusal | undefined =>
  TELLING.flatMap((id) => reasons.find(({ constraint }) => constraint === id) ?? [])[0]

/** What no step can do in time any more: the need, what stands in the way, and what to say first instead. */
export function cannotOf(
  view: PlanView,
  { needs, problem, options, refused }: Options,
  { chosen }: Solution,
): Plan['cannot'] {
  const best = new Float64Array(problem.needs)
  valueOf(problem, chosen, best)
  const possible = new Set(options.flatMap((option) => [...option.needs]))
  return needs
    .map((need, n) => ({ need, n }))
    .filter(({ need, n }) => best[n] === 0 && need.weight >= WORTH_SAYING && !possible.has(n) && need.term !== 'trust')
    .sort((a, b) => b.need.weight - a.need.weight)
    .slice(0, AT_MOST)
    .map(({ need, n }) => {
      const person = need.person === null ? null : view.people[need.person]!
      const reasons = [...(refused.get(n)?.values() ?? [])]
      const reason = tellingOf(reasons)
      return {
        with: person ? [person.id] : [],
        what: reasonOf(view, need),
        why: reason ? refusalOf(view, reason) : fill(SAYS.nothing, { person: person?.name ?? '' }),
        instead:
          reason?.constraint === 'tenderSilence' || !view.open
            ? null
            : person && person.rung > 0
              ? fill(SAYS.sayFirst, { person: person.name })
              : SAYS.sayFirstAny,
      }
    })
}
