import { parentPort, Worker, workerData } from 'node:worker_threads'
import { addDays, briefs, loadMethodology } from '@sente/engine'
import { files } from '@sente/methodology'
import { FROM, makeDeal } from './deals.ts'

const SIZE = { days: 300, evidence: 40, touches: 4, proofs: 4, people: 4 }
const AS_OF = addDays(FROM, 300)
/** Deals are made and computed in lots, as a server reads them from its database. */
const LOT = 1000

interface Result {
  deals: number
  seconds: number
  /** Sum of all leads: two ways of computing must agree on it. */
  sum: number
}

/** Computes position, demand, readiness and lead of the deals `from` .. `from + n − 1`; making them is not counted. */
export function runPortfolio(from: number, n: number): Result {
  const loaded = loadMethodology(files)
  if ('faults' in loaded) throw new Error(JSON.stringify(loaded.faults))
  let seconds = 0
  let sum = 0
  for (let at = from; at < from + n; at += LOT) {
    const deals = Array.from({ length: Math.min(LOT, from + n - at) }, (_, i) =>
      makeDeal(loaded.methodology, SIZE, at + i),
    )
    const started = performance.now()
    const columns = briefs(deals, loaded.methodology, AS_OF)
    seconds += (performance.now() - started) / 1000
    for (const lead of columns.lead) if (!Number.isNaN(lead)) sum += lead
  }
  return { deals: n, seconds, sum }
}

/** The same over several workers; the time is the slowest worker's. */
export async function runWorkers(n: number, workers: number): Promise<Result> {
  const each = Math.ceil(n / workers)
  const results = await Promise.all(
    Array.from(
      { length: workers },
      (_, w) =>
        new Promise<Result>((resolve, reject) => {
          const worker = new Worker(new URL(import.meta.url), {
            workerData: { from: w * each, n: Math.min(each, n - w * each) },
          })
          worker.once('message', resolve)
          worker.once('error', reject)
        }),
    ),
  )
  return {
    deals: n,
    seconds: Math.max(...results.map(({ seconds }) => seconds)),
    sum: results.reduce((sum, result) => sum + result.sum, 0),
  }
}

if (parentPort && workerData) {
  const { from, n } = workerData as { from: number; n: number }
  parentPort.postMessage(runPortfolio(from, n))
}
