// `node bench/against.ts FOLDER [ROUNDS]`: this tree and another work tree (of an older commit, its libraries installed) in turn,
// each in a process of its own: deals of a portfolio a second and a full brief in processor time of the thread, and their ratios.
import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

interface Round {
  /** Deals a second. */
  portfolio: number
  /** Milliseconds, median. */
  brief: number
}

const here = fileURLToPath(import.meta.url)
const [first = '', second = '4', child] = process.argv.slice(2)

/** Processor time of this thread, milliseconds. */
function spent(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

async function once(tree: string): Promise<Round> {
  const load = async <T>(path: string): Promise<T> => (await import(pathToFileURL(resolve(tree, path)).href)) as T
  const { runPortfolio } = await load<typeof import('./portfolio.ts')>('bench/portfolio.ts')
  const { FROM, makeDeal } = await load<typeof import('./deals.ts')>('bench/deals.ts')
  const { addDays, brief, loadMethodology } = await load<typeof import('@sente/engine')>('packages/engine/src/index.ts')
  const { files } = await load<typeof import('@sente/methodology')>('methodology/index.ts')
  const loaded = loadMethodology(files)
  if ('faults' in loaded) throw new Error(JSON.stringify(loaded.faults))
  const { methodology } = loaded
  runPortfolio(0, 600)
  performance.now = spent
  const { deals, seconds } = runPortfolio(0, 4000)
  const size = { days: 300, evidence: 120, touches: 50, proofs: 30, people: 8 }
  const facts = Array.from({ length: 20 }, (_, i) => makeDeal(methodology, size, 1000 + i))
  const times: number[] = []
  for (let round = 0; round < 12; round++)
    for (const deal of facts) {
      const started = spent()
      brief(deal, methodology, addDays(FROM, 300))
      if (round >= 3) times.push(spent() - started)
    }
  return { portfolio: deals / seconds, brief: times.sort((a, b) => a - b)[times.length >> 1]! }
}

if (first === '') throw new Error('say the folder of the other work tree: node bench/against.ts FOLDER [ROUNDS]')
if (child) {
  console.log(JSON.stringify(await once(first)))
} else {
  const run = (tree: string): Round => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [here, tree, '1', 'child'], { encoding: 'utf8' })
    if (status !== 0) throw new Error(`${tree}: ${stderr}`)
    return JSON.parse(stdout) as Round
  }
  for (let round = 1; round <= Number(second); round++) {
    const other = run(first)
    const own = run(fileURLToPath(new URL('..', import.meta.url)))
    console.log(
      `${round}: ${own.portfolio.toFixed(0)} and ${other.portfolio.toFixed(0)} deals/s (× ${(own.portfolio / other.portfolio).toFixed(2)}), ` +
        `brief ${own.brief.toFixed(1)} and ${other.brief.toFixed(1)} ms (× ${(own.brief / other.brief).toFixed(2)} of its time)`,
    )
  }
}
