import { parentPort, Worker, workerData } from 'node:worker_threads'
import { addDays, loadMethodology, plan } from '@sente/engine'
import { files } from '@sente/methodology'
import { FROM, makeDeal } from './deals.ts'
import type { Figure } from './server/scenarios.ts'

const SIZE = { days: 300, evidence: 40, touches: 12, proofs: 6, people: 8 }
const AS_OF = addDays(FROM, 300)
const GOAL_SECONDS = 300

/** Seconds of a processor in which every `step`-th deal is judged and planned anew, from its facts alone; making the deals is not counted. */
function runPlans(first: number, n: number, step: number): { seconds: number; steps: number } {
  const loaded = loadMethodology(files)
  if ('faults' in loaded) throw new Error(JSON.stringify(loaded.faults))
  let [seconds, steps] = [0, 0]
  for (let seed = first; seed < n; seed += step) {
    const deal = makeDeal(loaded.methodology, SIZE, seed)
    const started = process.threadCpuUsage()
    steps += plan(deal, loaded.methodology, AS_OF, { withoutQuestions: true }).steps.length
    const { user, system } = process.threadCpuUsage(started)
    seconds += (user + system) / 1e6
  }
  return { seconds, steps }
}

/** `n` deals of eight people and 40 pieces of evidence, planned by two workers at once; in processor time, so that others on the machine count for little. */
export async function planned(n: number): Promise<Figure[]> {
  const results = await Promise.all(
    [0, 1].map(
      (first) =>
        new Promise<ReturnType<typeof runPlans>>((resolve, reject) => {
          const worker = new Worker(new URL(import.meta.url), { workerData: { first, n, step: 2 } })
          worker.once('message', resolve)
          worker.once('error', reject)
        }),
    ),
  )
  const seconds = Math.max(...results.map((result) => result.seconds))
  const steps = results.reduce((sum, result) => sum + result.steps, 0)
  const goal = (GOAL_SECONDS * n) / 10_000
  return [
    {
      name: `${n.toLocaleString('en')} deals planned, two workers`,
      value: `${seconds.toFixed(0)} s of each core (${((1000 * seconds * 2) / n).toFixed(0)} ms a plan, ${(steps / n).toFixed(1)} steps)`,
      goal: `< ${goal} s`,
      met: seconds < goal,
    },
  ]
}

if (parentPort && workerData) {
  const { first, n, step } = workerData as { first: number; n: number; step: number }
  parentPort.postMessage(runPlans(first, n, step))
}
