import { useQuery } from '@tanstack/react-query'
import type { WarGame } from '@sente/engine'
import { useEffect, useRef, useState } from 'react'
import { planQuery } from '../../../shared/api/plan.ts'
import { useDealView } from '../context.ts'
import { playHere, playThere } from './play-game.ts'

export type GameState =
  | { kind: 'playing'; share: number }
  | { kind: 'stopped' }
  | { kind: 'failed' }
  | { kind: 'done'; game: WarGame }

/** Plays when the section opens and again whenever the deal changes; what was played stays in sight until the next is done. */
export function useGame(): {
  state: GameState
  game: WarGame | null
  stop: () => void
  again: () => void
  seed: number
} {
  const { whole, methodology, asOf, may, dealId, past } = useDealView()
  const plan = useQuery(planQuery(dealId, past ? asOf : undefined))
  const [state, setState] = useState<GameState>({ kind: 'playing', share: 0 })
  const [game, setGame] = useState<WarGame | null>(null)
  const [seed, setSeed] = useState(1)
  const running = useRef<() => void>(() => {})
  const waits = plan.isPending && plan.fetchStatus !== 'paused'
  const answer = plan.data
  useEffect(() => {
    if (waits) return
    let live = true
    const say = (next: GameState): void => {
      if (live) setState(next)
    }
    const tell = {
      progress: (share: number) => say({ kind: 'playing', share }),
      done: (played: WarGame) => {
        setGame(played)
        say({ kind: 'done', game: played })
      },
      failed: () => say({ kind: 'failed' }),
    }
    const run = may.sensitive
      ? playHere({ whole, answer, methodology, asOf, seed }, tell)
      : playThere(dealId, seed, past ? asOf : undefined, tell)
    const stop = (): void => {
      live = false
      run.stop()
    }
    running.current = stop
    void Promise.resolve().then(() => tell.progress(0))
    return stop
  }, [waits, whole, answer, methodology, asOf, seed, may.sensitive, dealId, past])
  return {
    state,
    game,
    stop: () => {
      running.current()
      setState({ kind: 'stopped' })
    },
    again: () => setSeed((now) => now + 1),
    seed,
  }
}
