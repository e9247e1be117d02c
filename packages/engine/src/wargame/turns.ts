import type { GameFact } from '../methodology/schema.ts'
import type { Match } from './match.ts'
import { turnSays } from './says.ts'
import type { WarGame } from './schema.ts'
import type { Given, Values } from './values.ts'

const GRID = 11
/** Worth below this is the noise of the paths. */
const NOTHING = 0.002

const best = (match: Match, worth: (s: number) => number, keep = -1): number => {
  let found = keep
  match.sides.forEach(({ playable }, s) => {
    if (playable && (found < 0 || worth(s) > worth(found) + 1e-12)) found = s
  })
  return found
}

/** Each open fact: what knowing it is worth, and at which probability another strategy is as good. The most worth knowing first. */
export function turnsOf(match: Match, values: Values, recommended: number): WarGame['turns'] {
  const { questions } = match.board.model.methodology.wargame
  const facts: GameFact[] = ['rival_top', ...match.facts]
  return facts
    .flatMap((fact): WarGame['turns'] => {
      const probability = values.probability(fact)
      if (probability <= 0 || probability >= 1) return []
      const given = (so: 0 | 1): Given => ({ [fact]: so })
      const [no, yes] = [0, 1].map((so) => (s: number) => values.worth(s, undefined, given(so as 0 | 1))) as [
        (s: number) => number,
        (s: number) => number,
      ]
      const line = (s: number, p: number): number => (1 - p) * no(s) + p * yes(s)
      const knowing =
        (1 - probability) * no(best(match, no, recommended)) +
        probability * yes(best(match, yes, recommended)) -
        line(recommended, probability)
      let turnsAt: number | null = null
      let then: number | null = null
      match.sides.forEach(({ playable }, s) => {
        if (!playable || s === recommended) return
        const [a, b] = [no(recommended) - no(s), yes(recommended) - yes(s)]
        if (a * b >= 0) return
        const at = a / (a - b)
        if (turnsAt === null || Math.abs(at - probability) < Math.abs(turnsAt - probability)) [turnsAt, then] = [at, s]
      })
      const id = then === null ? null : match.sides[then]!.id
      return [
        {
          fact,
          name: questions[fact].name,
          probability,
          turnsAt,
          instead: id,
          worthKnowing: Math.max(0, knowing),
          says: turnSays(match, fact, probability, turnsAt, id),
        },
      ]
    })
    .sort(
      (a, b) =>
        b.worthKnowing - a.worthKnowing ||
        nearness(a) - nearness(b) ||
        Math.abs(a.probability - 0.5) - Math.abs(b.probability - 0.5),
    )
}

const nearness = ({ turnsAt, probability }: WarGame['turns'][number]): number =>
  turnsAt === null ? 2 : Math.abs(turnsAt - probability)

/** The best strategy over the probabilities of the two facts that come first. */
export function mapOf(match: Match, values: Values, turns: WarGame['turns'], recommended: number): WarGame['map'] {
  const [x, y] = turns
  if (!x || !y || (x.turnsAt === null && y.turnsAt === null)) return null
  const corner = (a: 0 | 1, b: 0 | 1): number[] =>
    match.sides.map((_, s) => values.worth(s, undefined, { [x.fact]: a, [y.fact]: b }))
  const corners = [corner(0, 0), corner(1, 0), corner(0, 1), corner(1, 1)] as const
  const rows = Array.from({ length: GRID }, (_, j) =>
    Array.from({ length: GRID }, (__, i) => {
      const [p, q] = [i / (GRID - 1), j / (GRID - 1)]
      const worth = (s: number): number =>
        (1 - q) * ((1 - p) * corners[0][s]! + p * corners[1][s]!) + q * ((1 - p) * corners[2][s]! + p * corners[3][s]!)
      return match.sides[best(match, worth, recommended)]!.id
    }),
  )
  return { x: x.fact, y: y.fact, best: rows }
}

/** The fact that is most worth knowing, as a question to somebody; null: no answer would change what to do. */
export function firstQuestion(turns: WarGame['turns']): { fact: GameFact; worth: number } | null {
  const [first] = turns
  return first && first.worthKnowing >= NOTHING ? { fact: first.fact as GameFact, worth: first.worthKnowing } : null
}
