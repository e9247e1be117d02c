import { routes } from '@sente/api'
import { addTally, PATHS } from '@sente/engine'
import type { Tally, WarGame } from '@sente/engine'
import { api } from '../../../shared/api/client.ts'
import type { Ask, GameBase, Told } from './game-worker.ts'

export interface Game {
  stop: () => void
}
interface Tell {
  /** Share of the paths that were played, 0..1. */
  progress: (share: number) => void
  done: (game: WarGame) => void
  failed: () => void
}

/** Two threads at most: each plays its half of the paths, which are the same however they are shared out. */
export function playHere(base: GameBase, tell: Tell): Game {
  const count = Math.max(1, Math.min(2, (navigator.hardwareConcurrency || 2) - 1))
  const workers = Array.from(
    { length: count },
    () => new Worker(new URL('./game-worker.ts', import.meta.url), { type: 'module' }),
  )
  const stop = (): void => workers.forEach((worker) => worker.terminate())
  let all: Tally | undefined
  let played = 0
  let finished = 0
  const ask = (worker: Worker, question: Ask): void => worker.postMessage(question)
  workers.forEach((worker, i) => {
    worker.addEventListener('message', ({ data }: MessageEvent<Told>) => {
      if (data.kind === 'game') {
        stop()
        tell.done(data.game)
      } else if (data.kind === 'part') {
        played += data.tally.to - data.tally.from
        all = all ? addTally(all, data.tally) : data.tally
        tell.progress(played / PATHS)
      } else if (++finished === count && all) ask(workers[0]!, { kind: 'tell', tally: all })
    })
    worker.addEventListener('error', (event) => {
      event.preventDefault()
      stop()
      tell.failed()
    })
    ask(worker, {
      kind: 'play',
      base,
      from: Math.round((i * PATHS) / count),
      to: Math.round(((i + 1) * PATHS) / count),
    })
  })
  return { stop }
}

/** Who may not see all that a game is played on asks the server, which has it. */
export function playThere(dealId: string, seed: number, asOf: string | undefined, tell: Tell): Game {
  const gone = new AbortController()
  api
    .call(routes.plan.wargame, {
      params: { dealId },
      query: { seed, ...(asOf !== undefined && { asOf }) },
      signal: gone.signal,
    })
    .then(tell.done, () => gone.signal.aborted || tell.failed())
  return { stop: () => gone.abort() }
}
