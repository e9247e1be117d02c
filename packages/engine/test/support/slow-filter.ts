import { addDays, PHASES } from '@sente/engine'
import type { Deal, Methodology, PlainDate } from '@sente/engine'

interface State {
  pace: number
  phase: number
  step: number
  stalled: boolean
}

type Mass = Map<string, number>
const key = ({ pace, phase, step, stalled }: State): string => `${pace}|${phase}|${step}|${stalled}`

/**
 * The position as docs/engine.md words it, with a map from state to mass and no cleverness: what the fast filter must equal.
 * It shares no code with it.
 */
export function slowPosition(
  deal: Deal,
  { phases: { phases, chain, entryPrior, evidence: how, milestones, told }, signals }: Methodology,
  asOf: PlainDate,
): { phases: number[]; stalled: number } {
  const seen = <T extends { on: PlainDate }>(list: readonly T[] | undefined): T[] =>
    (list ?? []).filter(({ on }) => on <= asOf)
  const counted = seen(deal.evidence).filter(({ status }) => status !== 'rejected')
  // A step that this customer does not have was not reached.
  const process = (deal.process ?? []).filter(({ applies }) => applies !== false)
  const dates = [
    deal.firstContactOn,
    deal.openedOn,
    ...counted.map(({ on }) => on),
    ...process.filter(({ done }) => done).map(({ on }) => on),
  ].filter((on) => on !== undefined && on <= asOf) as PlainDate[]
  const start = dates.sort()[0] ?? asOf
  const likely = (signal: string, phase: number, won: boolean, stalled: boolean): number => {
    const { phases: of } = signals.signals.find(({ id }) => id === signal)!
    const weight = (p: number): number => how.weights[of[PHASES[p]!] ?? 'none']
    const still = of.stalled ? how.weights[of.stalled] : 0
    const regime = won ? [6, 7] : [0, 1, 2, 3, 4, 5]
    const top = Math.max(still, ...regime.map(weight))
    return Math.max((stalled ? Math.max(how.stalledShare * weight(phase), still) : weight(phase)) / top, how.floor)
  }
  const q = (piece: (typeof counted)[number]): number =>
    piece.confidence * (piece.status === 'suggested' ? how.unconfirmed : 1)

  const entries = (mass: Mass): [State, number][] =>
    [...mass].map(([text, value]) => {
      const [pace, phase, step, stalled] = text.split('|')
      return [{ pace: Number(pace), phase: Number(phase), step: Number(step), stalled: stalled === 'true' }, value]
    })

  const oneDay = (mass: Mass, won: boolean): Mass => {
    const next: Mass = new Map()
    const add = (state: State, value: number): void => void next.set(key(state), (next.get(key(state)) ?? 0) + value)
    for (const [state, value] of entries(mass)) {
      const { pace, phase, step, stalled } = state
      const { steps, meanDays: usual } = phases[phase]!
      const meanDays = usual * pace
      if (stalled) {
        add({ ...state, stalled: false }, value / chain.resumeEvery)
        add(state, value * (1 - 1 / chain.resumeEvery))
        continue
      }
      const end = won && phase === 7 && step === steps - 1
      const on = end ? 0 : steps / meanDays
      const back = phase === (won ? 6 : 0) ? 0 : 1 / chain.backEvery
      add({ ...state, stalled: true }, value / chain.stallEvery)
      if (back) add({ pace, phase: phase - 1, step: 0, stalled: false }, value * back)
      if (step + 1 < steps) add({ pace, phase, step: step + 1, stalled: false }, value * on)
      else if (!(phase === 5 && !won) && !end) add({ pace, phase: phase + 1, step: 0, stalled: false }, value * on)
      add(state, value * (1 - 1 / chain.stallEvery - back - on))
    }
    return next
  }

  const hear = (mass: Mass, day: PlainDate, won: boolean): Mass => {
    let now = mass
    const scale = (by: (state: State) => number): void => {
      now = new Map(entries(now).map(([state, value]) => [key(state), value * by(state)]))
    }
    // Within a day the stronger use of a signal is the first use.
    const today = counted.filter(({ on }) => on === day).sort((a, b) => q(b) - q(a))
    today.forEach((piece, i) => {
      const earlier = counted.filter(
        (other) => other.signal === piece.signal && other.on < day && addDays(other.on, how.repeatDays) >= day,
      ).length
      const same = today.slice(0, i).filter((other) => other.signal === piece.signal).length
      const power = (how.temper * q(piece)) / 2 ** (earlier + same)
      scale((state) => likely(piece.signal, state.phase, won, state.stalled) ** power)
    })
    const reached = process
      .filter(({ done, on }) => done && on === day)
      .map(({ step }) => milestones.find(({ id }) => id === step)!.rank)
    for (const rank of reached.sort((a, b) => a - b))
      if (rank < 24 || won)
        scale((state) =>
          phases.slice(0, state.phase).reduce((sum, { steps }) => sum + steps, state.step) < rank ? 1 - told.done : 1,
        )
    // A stage that is said again adds nothing until it changes.
    const claims = seen(deal.stages)
      .map((claim, index) => ({ ...claim, index }))
      .sort((a, b) =>
        a.on < b.on ? -1 : a.on > b.on ? 1 : PHASES.indexOf(a.phase) - PHASES.indexOf(b.phase) || a.index - b.index,
      )
    claims.forEach((claim, i) => {
      if (claim.on !== day || claims[i - 1]?.phase === claim.phase) return
      const regime = won ? [6, 7] : [0, 1, 2, 3, 4, 5]
      const weight = (p: number): number =>
        [how.weights.high, how.weights.med][Math.abs(p - PHASES.indexOf(claim.phase))] ?? how.weights.low
      const top = Math.max(...regime.map(weight))
      scale(
        (state) =>
          Math.max((weight(state.phase) * (state.stalled ? how.stalledShare : 1)) / top, how.floor) **
          (how.temper * how.claim),
      )
    })
    for (const pin of seen(deal.pins))
      if (pin.on === day) scale((state) => (PHASES[state.phase] === pin.phase ? 1 : how.pin))
    const sum = [...now.values()].reduce((total, value) => total + value, 0)
    return new Map([...now].map(([state, value]) => [state, value / sum]))
  }

  let mass: Mass = new Map()
  phases.slice(0, 6).forEach(({ id, steps }, phase) => {
    for (const { factor, prior } of chain.paces)
      for (let step = 0; step < steps; step++)
        mass.set(key({ pace: factor, phase, step, stalled: false }), (prior * (entryPrior[id] ?? 0)) / steps)
  })
  const closed = deal.status !== 'open' && deal.closedOn! <= asOf ? [deal.closedOn!, start].sort().at(-1)! : undefined
  let won = false
  const end = closed !== undefined && deal.status !== 'won' ? closed : asOf
  for (let day = start; day <= end; day = addDays(day, 1)) {
    if (day !== start) mass = oneDay(mass, won)
    if (day === closed && deal.status === 'won') {
      won = true
      mass = new Map([[key({ pace: 1, phase: 6, step: 0, stalled: false }), 1]])
    }
    mass = hear(mass, day, won)
  }
  const shares = PHASES.map((_, phase) =>
    entries(mass).reduce((sum, [state, value]) => (state.phase === phase ? sum + value : sum), 0),
  )
  return {
    phases: shares,
    stalled: entries(mass).reduce((sum, [state, value]) => (state.stalled ? sum + value : sum), 0),
  }
}
