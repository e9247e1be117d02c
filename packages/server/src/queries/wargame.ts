import type { Calendars, Deal, Methodology, PlainDate, WarGame } from '@sente/engine'
import { Threads } from '../core/threads.ts'

/** A deal to play, with all that its plans are made of. */
export interface GameAsked {
  deal: Deal
  methodology: Methodology
  asOf: PlainDate
  calendars: Calendars
  paths: number
  seed: number
}

/** A game takes a second or two of a processor: it is played beside the main thread, one at a time. */
const threads = new Threads(new URL('./wargame-thread.ts', import.meta.url), {
  atOnce: 1,
  waiting: 20,
  timeMs: 30_000,
  memoryMb: 512,
})

/** Throws a `Fault` when too many wait. */
export const playGame = (asked: GameAsked): Promise<WarGame> => threads.run<WarGame>(asked)
