import type { Calendars, Deal, Methodology, PlainDate, WarGame } from '@sente/engine'
import { Slots } from '../core/limits.ts'
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

/** Of one member no more than this is played or waits to be: whoever asks again and again keeps nobody else from theirs. */
const turns = new Slots({ inAll: 21, each: 2, waiting: 20, waitMs: 20_000 })

/** `who`: whose turn it takes. Throws a `Fault` when too many wait, and the reason of `signal` when nobody waits for the answer any more. */
export async function playGame(asked: GameAsked, who: string, signal: AbortSignal): Promise<WarGame> {
  const give = await turns.take(who, signal)
  try {
    const thread = await threads.keep()
    const stop = (): void => thread.giveBack()
    signal.addEventListener('abort', stop, { once: true })
    try {
      signal.throwIfAborted()
      return await thread.ask<WarGame>(asked)
    } finally {
      signal.removeEventListener('abort', stop)
      thread.giveBack()
    }
  } finally {
    give()
  }
}
