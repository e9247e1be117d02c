import { monotoneCubic } from './curves.ts'
import type { MethodFault } from './fault.ts'
import type { ConcernId, Invariant, Methodology } from './schema.ts'
import { AGAINST, CONCERNS, OPEN_PHASES, PHASES } from './schema.ts'

/** Step of `u` at which curves are looked at. */
const STEP = 0.005

/** Windows, priors, rates and curve invariants. */
export function checkNumbers(method: Methodology): MethodFault[] {
  const faults: MethodFault[] = []
  const say = (file: string, path: string, what: string): void => void faults.push({ file, path, what })
  const { phases, entryPrior, chain, evidence, milestones } = method.phases
  const fastest = Math.min(...chain.paces.map(({ factor }) => factor))
  phases.forEach((phase, i) => {
    const [from, to] = phase.window
    const before = i === 0 ? 0 : phases[i - 1]!.window[1]
    if (from !== before)
      say('phases.json', `phases[${i}].window`, `starts at ${from}, the phase before ends at ${before}`)
    if (!(to > from)) say('phases.json', `phases[${i}].window`, 'ends before it starts')
    if (phase.steps > phase.meanDays) say('phases.json', `phases[${i}].steps`, 'more steps than days')
    const leaving = phase.steps / (phase.meanDays * fastest) + 1 / chain.stallEvery + 1 / chain.backEvery
    if (leaving > 1)
      say('phases.json', `phases[${i}].meanDays`, `more than certainty leaves each day (${leaving.toFixed(3)})`)
  })
  if (phases[OPEN_PHASES - 1]?.window[1] !== 1)
    say('phases.json', `phases[${OPEN_PHASES - 1}].window`, 'the signature is at 1')
  let prior = 0
  for (const [phase, mass] of Object.entries(entryPrior)) {
    prior += mass
    if (PHASES.indexOf(phase as never) >= OPEN_PHASES)
      say('phases.json', `entryPrior.${phase}`, 'a deal cannot be entered after its decision')
  }
  if (Math.abs(prior - 1) > 1e-9) say('phases.json', 'entryPrior', `sums to ${prior}, not 1`)
  const pacePrior = chain.paces.reduce((sum, { prior: share }) => sum + share, 0)
  if (Math.abs(pacePrior - 1) > 1e-9) say('phases.json', 'chain.paces', `priors sum to ${pacePrior}, not 1`)
  milestones.forEach(({ phase, rank }, i) => {
    const index = phases.findIndex(({ id }) => id === phase)
    const start = phases.slice(0, index).reduce((sum, { steps }) => sum + steps, 0)
    // The last milestone of a phase is where the next one begins.
    if (rank < start || rank > start + (phases[index]?.steps ?? 0))
      say('phases.json', `milestones[${i}].rank`, `${rank} is not a step of ${phase}`)
  })
  const { high, med, low, none } = evidence.weights
  if (!(high > med && med > low && low > none && none > 0))
    say('phases.json', 'evidence.weights', 'high > med > low > none > 0')
  const { statuses, strengths } = method.topics
  if (
    !(
      statuses.missing <= statuses.prepared &&
      statuses.prepared <= statuses.presented &&
      statuses.presented <= statuses.accepted
    )
  )
    say('topics.json', 'statuses', 'must not descend from missing to accepted')
  if (!(strengths.weak <= strengths.medium && strengths.medium <= strengths.strong))
    say('topics.json', 'strengths', 'must not descend from weak to strong')
  for (const concern of CONCERNS) {
    if (!method.topics.topics.some((topic) => topic.concern === concern))
      say('topics.json', 'topics', `no topic for ${concern}`)
  }
  return [...faults, ...checkCurves(method), ...checkOutlook(method)]
}

/** What the laws of the win number rest on. */
function checkOutlook({ outlook }: Methodology): MethodFault[] {
  const faults: MethodFault[] = []
  const say = (path: string, what: string): void => void faults.push({ file: 'outlook.json', path, what })
  const { base, person, features } = outlook
  if (base.won + base.noDecision >= 1) say('base', 'won and noDecision leave nothing to be lost')
  if (person.stance.some((worth, i) => i > 0 && worth < person.stance[i - 1]!))
    say('person.stance', 'must not descend from -2 to 2')
  if (person.tie[1] < person.tie[0]) say('person.tie', 'more contacts must not be a weaker tie')
  const against: ReadonlySet<string> = new Set(AGAINST)
  features.forEach(({ id, coefficient }, i) => {
    if (against.has(id) ? coefficient > 0 : coefficient < 0)
      say(`features[${i}].coefficient`, `"${id}" ${against.has(id) ? 'cannot speak for' : 'cannot speak against'} us`)
  })
  return faults
}

function checkCurves({ concerns: { knots, invariants } }: Methodology): MethodFault[] {
  const us = knots.map((knot) => knot.u)
  const unordered = us.findIndex((u, i) => i > 0 && u <= us[i - 1]!)
  if (unordered > 0) return [{ file: 'concerns.json', path: `knots[${unordered}].u`, what: 'knots must ascend' }]
  const faults: MethodFault[] = []
  knots.forEach((knot, i) => {
    for (const concern of CONCERNS) {
      if (knot[concern] < 0 || knot[concern] > 100)
        faults.push({ file: 'concerns.json', path: `knots[${i}].${concern}`, what: 'outside 0..100' })
    }
  })
  const curves = Object.fromEntries(
    CONCERNS.map((concern) => [
      concern,
      monotoneCubic(
        us,
        knots.map((knot) => knot[concern]),
      ),
    ]),
  ) as Curves
  invariants.forEach((invariant, i) => {
    const broken = breaks(invariant, curves)
    if (broken)
      faults.push({
        file: 'concerns.json',
        path: `invariants[${i}]`,
        what: `"${invariant.says.en}" does not hold: ${broken}`,
      })
  })
  return faults
}

type Curves = Record<ConcernId, (u: number) => number>

function range(from: number, to: number): number[] {
  const n = Math.max(1, Math.round((to - from) / STEP))
  return Array.from({ length: n + 1 }, (_, i) => from + ((to - from) * i) / n)
}

/** Says where an invariant breaks, or nothing. */
function breaks(invariant: Invariant, curves: Curves): string | undefined {
  const show = (u: number): string => `at u = ${u.toFixed(3)}`
  switch (invariant.kind) {
    case 'highest':
    case 'second': {
      const rank = invariant.kind === 'highest' ? 0 : 1
      const bad = range(invariant.from, invariant.to).find((u) => {
        const value = curves[invariant.concern](u)
        return CONCERNS.filter((other) => other !== invariant.concern && curves[other](u) > value).length !== rank
      })
      return bad === undefined ? undefined : show(bad)
    }
    case 'cross': {
      const side = (u: number): number => Math.sign(curves[invariant.a](u) - curves[invariant.b](u))
      const [before, after] = [side(invariant.at - invariant.within), side(invariant.at + invariant.within)]
      return before !== 0 && after !== 0 && before !== after
        ? undefined
        : `no crossing within ${invariant.at} ± ${invariant.within}`
    }
    case 'above': {
      const bad = range(invariant.from + STEP, invariant.to).find(
        (u) => curves[invariant.a](u) <= curves[invariant.b](u),
      )
      return bad === undefined ? undefined : show(bad)
    }
    case 'peak': {
      const values = range(invariant.from, invariant.to).map(curves[invariant.concern])
      const top = values.indexOf(Math.max(...values))
      return top > 0 && top < values.length - 1 ? undefined : 'no peak inside'
    }
    case 'trough': {
      const all = range(0, 1)
      const values = all.map(curves[invariant.concern])
      const least = all[values.indexOf(Math.min(...values))]!
      return least >= invariant.from && least <= invariant.to ? undefined : `lowest ${show(least)}`
    }
    case 'steady': {
      let top = -Infinity
      for (const u of range(invariant.from, invariant.to)) {
        const value = curves[invariant.concern](u)
        top = Math.max(top, value)
        if (top - value > invariant.drop) return `${show(u)} it has fallen by ${(top - value).toFixed(1)}`
      }
      return undefined
    }
  }
}
