// The war game: how long 10,000 paths against every policy take, and how far the numbers move with the seed.
//   node bench/wargame.ts            processor time of one thread, and the order over five seeds
import { readFileSync } from 'node:fs'
import { gameOf, loadMethodology, matchOf, plainDate, playPaths } from '@sente/engine'
import { files } from '@sente/methodology'
import { readDeal } from '../packages/server/src/exchange/files/deal-file.ts'

const loaded = loadMethodology(files)
if ('faults' in loaded) throw new Error(JSON.stringify(loaded.faults))
const METHOD = loaded.methodology
const PATHS = 10_000
/** A smaller difference is not told. */
const LEAST = METHOD.wargame.least
const STORIES = [
  ['1-loved-early-killed-late', '2025-04-15'],
  ['2-deputy-won-top-lost', '2024-08-20'],
  ['3-proud-unpaid-adviser', '2024-06-20'],
  ['4-late-but-risk-first', '2025-05-10'],
] as const

/** Milliseconds of processor time, whatever else the machine does. */
function spent<T>(work: () => T): { value: T; ms: number } {
  const before = process.cpuUsage()
  const value = work()
  const { user, system } = process.cpuUsage(before)
  return { value, ms: Math.round((user + system) / 1000) }
}

for (const [name, day] of STORIES) {
  const read = readDeal(readFileSync(new URL(`../examples/${name}.yaml`, import.meta.url), 'utf8'), METHOD)
  if ('faults' in read) throw new Error(JSON.stringify(read.faults))
  const play = (seed: number) => {
    const setUp = spent(() => matchOf(read.deal, METHOD, plainDate(day), { seed }))
    const match = setUp.value
    if (typeof match === 'string') throw new Error(match)
    const played = spent(() => playPaths(match, 0, PATHS))
    const told = spent(() => gameOf(match, played.value))
    return { game: told.value, cells: match.sides.length * match.rivals.length, ms: [setUp.ms, played.ms, told.ms] }
  }
  play(1)
  const runs = [1, 2, 3, 4, 5].map(play)
  const median = (at: number): number => runs.map(({ ms }) => ms[at]!).sort((a, b) => a - b)[2]!
  console.log(
    `${name}: ${runs[0]!.cells} cells x ${PATHS} paths: set up ${median(0)} ms (two plans in it), played ${median(1)} ms, told ${median(2)} ms`,
  )
  const worths = runs.map(({ game }) =>
    game.strategies.filter(({ playable }) => playable).map(({ worth }) => worth.value),
  )
  let [least, moved] = [1, 0]
  for (let a = 0; a < worths.length; a++)
    for (let b = a + 1; b < worths.length; b++) {
      least = Math.min(least, tau(worths[a]!, worths[b]!))
      worths[a]!.forEach((value, i) => (moved = Math.max(moved, Math.abs(value - worths[b]![i]!))))
    }
  console.log(
    `  seeds 1 to 5: ${runs.map(({ game }) => game.recommended!.strategy).join(', ')}; least Kendall tau ${least.toFixed(2)} (of differences that are told), worth moves by ${(100 * moved).toFixed(2)} points at most`,
  )
}

function tau(a: readonly number[], b: readonly number[]): number {
  let [same, pairs] = [0, 0]
  for (let i = 0; i < a.length; i++)
    for (let j = i + 1; j < a.length; j++) {
      const [one, other] = [a[i]! - a[j]!, b[i]! - b[j]!]
      if (Math.abs(one) < LEAST && Math.abs(other) < LEAST) continue
      pairs++
      same += Math.sign(one) * Math.sign(other)
    }
  return same / pairs
}
