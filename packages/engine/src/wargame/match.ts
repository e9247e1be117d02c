import { assess } from '../assess/assess.ts'
import type { Assessment } from '../assess/assess.ts'
import { groundOf } from '../assess/ground.ts'
import type { Ground } from '../assess/ground.ts'
import type { PlainDate } from '../core/dates.ts'
import { seededRandom } from '../core/random.ts'
import type { Deal } from '../deal/deal.ts'
import type { GameFact, Methodology, RivalPolicy } from '../methodology/schema.ts'
import { planOn } from '../plan/planner.ts'
import type { Calendars } from '../plan/calendar.ts'
import type { Plan } from '../plan/schema.ts'
import { boardOf, coefficientsOf } from './board.ts'
import type { Board } from './board.ts'
import { pathSeed } from './paths.ts'
import { Player } from './play.ts'
import type { Path, Side } from './play.ts'
import { movesOf, sharesOf, signalsOf } from './rivals.ts'
import type { GameMove } from './rivals.ts'
import { counterOf, peopleFor, Slots, stepsFor } from './steps.ts'

export interface MatchRequest {
  seed?: number
  /** Plans by style, where they were made already. */
  plans?: Partial<Record<'steady' | 'swift', Plan>>
  /** Whose days off the plans keep; absent: weekends. */
  calendars?: Calendars
}

/** Everything set up to be played: the board, both sides, what nobody knows, and the variations of what is assumed. */
export interface Match {
  ground: Ground
  assessment: Assessment
  board: Board
  seed: number
  sides: { id: string; side: Side; playable: boolean }[]
  rivals: { id: string; plays: RivalPolicy['plays'] | undefined; moves: GameMove[]; share: number }[]
  /** Numbers drawn for each path. */
  slots: number
  /** What nobody knows of this deal, each a bit of a path. */
  facts: GameFact[]
  coefficients: Float64Array
  worlds: { coefficients: Float64Array; lift: number; theirLift: number }[]
  /** Days within which half of the decisions fall. */
  median: number
  newPlayer: () => Player
  pathOf: (index: number, enters: Int16Array, decides: number, draws: Float64Array) => { path: Path; bits: number }
}

/** Why a deal cannot be played. */
export type Unplayable = 'closed' | 'unknown-position'

export function matchOf(
  deal: Deal,
  methodology: Methodology,
  asOf: PlainDate,
  request: MatchRequest = {},
): Match | Unplayable {
  const ground = groundOf(deal, methodology, asOf)
  if (!ground.open) return 'closed'
  if (!ground.known) return 'unknown-position'
  const assessment = assess(ground, deal)
  const board = boardOf(ground, assessment)
  const { model } = board
  const file = model.methodology.wargame
  const seed = request.seed ?? 1
  const slots = new Slots()
  const accessSlot = Int32Array.from(board.pawns, ({ id }) => slots.of(`way ${id}`, 1))
  const hiddenSlot = slots.of('hidden', 2)
  const plans = { ...request.plans }
  for (const { from, style } of file.ours)
    if (from === 'planner' && style && !plans[style])
      plans[style] = planOn(ground, assessment, {
        style,
        withoutQuestions: true,
        ...(request.calendars && { calendars: request.calendars }),
      })
  const counter = counterOf(board, slots)
  const sides = file.ours.map((strategy) => {
    const steps = stepsFor(board, slots, strategy, plans)
    return {
      id: strategy.id,
      side: { steps, counter: strategy.counters ? counter : null, leaves: strategy.from === 'leave' },
      // A way of playing that has no step on this board is doing nothing by another name.
      playable: steps.length > 0 || strategy.from === 'none' || strategy.from === 'leave',
    }
  })
  const order = model.methodology.outlook.features.map(({ id }) => id)
  const ids = [
    file.metTop,
    ...file.theirs.flatMap(({ moves, answers }) => [...moves, ...answers].flatMap((move) => move.signals)),
  ]
  const signals = signalsOf(board, ids, order)
  const shares = sharesOf(board)
  const rivals = file.theirs.map((policy, i) => ({
    id: policy.id,
    plays: policy.plays,
    moves: movesOf(board, slots, policy, signals),
    share: shares[i]!,
  }))

  const top = peopleFor(board, 'top')[0]
  const way = top === undefined ? undefined : board.view.people.find(({ id }) => id === board.pawns[top]!.id)?.ways[0]
  const facts = unknownsOf(board, ground, top, way !== undefined)
  const median = Math.max(1, ground.daysToDecision ?? 1)
  const topMet = signals.get(file.metTop) ?? null
  const worlds = worldsOf(board, seed)
  return {
    ground,
    assessment,
    board,
    seed,
    sides,
    rivals,
    slots: slots.size,
    facts,
    coefficients: coefficientsOf(model.methodology.outlook),
    worlds,
    median,
    newPlayer: () => new Player(board, accessSlot, topMet),
    pathOf(index, enters, decides, draws) {
      const random = seededRandom(pathSeed(seed + 7919, index))
      for (let i = 0; i < draws.length; i++) draws[i] = random()
      const { lift, theirLift } = worlds[index % worlds.length]!
      const metTop = facts.includes('met_top') && draws[hiddenSlot]! < file.unknown.rivalMetTop
      const u = draws[hiddenSlot + 1]!
      const { topAgainst } = file.unknown
      const topStance = facts.includes('top_against') ? (u < topAgainst ? -1 : u >= 1 - topAgainst ? 1 : 0) : null
      const bits = facts.reduce((sum, fact, i) => {
        const so =
          fact === 'met_top'
            ? metTop
            : fact === 'top_against'
              ? topStance === -1
              : fact === 'way_in'
                ? draws[accessSlot[top!]!]! < way!.probability
                : fact === 'soon' && decides < median
        return so ? sum | (1 << i) : sum
      }, 0)
      return { path: { enters, decides, draws, metTop, topStance, lift, theirLift }, bits }
    },
  }
}

/** Facts that the file leaves open and that a game can turn on. Which policy the rival follows is kept apart from them. */
function unknownsOf(board: Board, ground: Ground, top: number | undefined, hasWay: boolean): GameFact[] {
  const facts: GameFact[] = []
  const pawn = top === undefined ? undefined : board.pawns[top]!
  const { staleDays } = board.model.methodology.wargame.unknown
  if (pawn) {
    const said = board.deal.people!.find(({ id }) => id === pawn.id)?.stance?.at(-1)
    const old = said?.on === undefined || board.view.daysOf(said.on) < -staleDays
    const told = board.rival.contacts !== undefined || pawn.tied > 0
    if (!told && !heard(board, board.model.methodology.wargame.metTop)) facts.push('met_top')
    if (pawn.stance === null || (said !== undefined && old)) facts.push('top_against')
    if (hasWay) facts.push('way_in')
  }
  if (ground.daysToDecision !== null) facts.push('soon')
  return facts
}

const heard = ({ deal }: Board, signal: string): boolean =>
  (deal.evidence ?? []).some((piece) => piece.signal === signal && piece.status !== 'rejected')

/** Variations of all that is estimated: coefficients within their deviations and on their side of zero, and every assumed chance. In pairs of opposite sign. */
function worldsOf({ model }: Board, seed: number): Match['worlds'] {
  const { outlook, wargame } = model.methodology
  const middle = coefficientsOf(outlook)
  const random = seededRandom(pathSeed(seed + 104729, 0))
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const worlds: Match['worlds'] = []
  while (worlds.length < wargame.worlds) {
    const z = Array.from(middle, normal)
    const [ours, theirs] = [normal(), normal()]
    for (const sign of [1, -1]) {
      const coefficients = middle.map((value, i) => {
        const sd = i < 2 ? (i === 1 ? outlook.base.sd : 0) : outlook.features[i - 2]!.sd
        const moved = value + sign * z[i]! * sd
        return i < 2 ? moved : value < 0 ? Math.min(0, moved) : Math.max(0, moved)
      })
      const factor = (by: number): number => Math.exp(sign * by * wargame.vary)
      worlds.push({ coefficients, lift: factor(ours), theirLift: factor(theirs) })
    }
  }
  return worlds
}
