// `npm run bench [-- SCENARIO…] [--record]`: named scenarios with their figures; --record writes them to bench/RESULTS.md.
import { spawnSync } from 'node:child_process'
import { cpus } from 'node:os'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { addDays, brief, dayNumber, loadMethodology, modelOf, rollBlock, rollTo, track } from '@sente/engine'
import type { Methodology } from '@sente/engine'
import { files } from '@sente/methodology'
import { FROM, makeDeal } from './deals.ts'
import { NOTES } from './notes.ts'
import { runPortfolio, runWorkers } from './portfolio.ts'
import type { Figure } from './server/scenarios.ts'

// What a scenario needs of server and browser is loaded with it: it would count as memory of the others.
const root = fileURLToPath(new URL('../', import.meta.url))

function method(): Methodology {
  const loaded = loadMethodology(files)
  if ('faults' in loaded) throw new Error(JSON.stringify(loaded.faults))
  return loaded.methodology
}

const quantile = (values: readonly number[], q: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(q * values.length))]!

/** What this machine does in a second of a fixed loop of the same kind of work: figures divided by it travel. */
function yardstick(): number {
  const data = new Float64Array(4096).map((_, i) => i / 4096)
  const started = performance.now()
  let rounds = 0
  while (performance.now() - started < 400) {
    for (let i = 1; i < data.length; i++) data[i] = data[i]! * 0.5 + data[i - 1]! * 0.4999 + 1e-4
    rounds++
  }
  return (rounds * data.length) / ((performance.now() - started) / 1000)
}

const scenarios: Record<string, () => Promise<Figure[]> | Figure[]> = {
  /** 100,000 deals × 40 pieces of evidence over 300 days: position, demand, readiness and lead of each. */
  async portfolio() {
    const n = 100_000
    runPortfolio(0, 2000)
    const peak = peakMemory()
    const one = runPortfolio(0, n)
    const megabytes = peak()
    const two = await runWorkers(n, 2)
    if (Math.abs(one.sum - two.sum) > 1e-6)
      throw new Error(`one core and two workers disagree: ${one.sum} and ${two.sum}`)
    const rate = (result: { deals: number; seconds: number }): number => Math.round(result.deals / result.seconds)
    const perStep = yardstick() / rate(one)
    return [
      {
        name: 'one core',
        value: `${rate(one).toLocaleString('en')} deals/s`,
        goal: '≥ 10,000 deals/s',
        met: rate(one) >= 10_000,
      },
      {
        name: 'two workers',
        value: `${rate(two).toLocaleString('en')} deals/s (× ${(rate(two) / rate(one)).toFixed(2)})`,
        goal: '–',
        met: true,
      },
      { name: 'peak memory, one core', value: `${megabytes} MB`, goal: '< 500 MB', met: megabytes < 500 },
      {
        name: 'yardstick steps a deal',
        value: Math.round(perStep).toLocaleString('en'),
        goal: 'machine-independent',
        met: true,
      },
    ]
  },

  /** One full brief of a deal with 200 facts, as a browser redoes it while the user drags. */
  brief() {
    const methodology = method()
    const deals = Array.from({ length: 20 }, (_, i) =>
      makeDeal(methodology, { days: 300, evidence: 120, touches: 50, proofs: 30, people: 8 }, 1000 + i),
    )
    const times: number[] = []
    for (let round = 0; round < 40; round++) {
      for (const deal of deals) {
        const started = performance.now()
        brief(deal, methodology, addDays(FROM, 300))
        if (round >= 10) times.push(performance.now() - started)
      }
    }
    const p95 = quantile(times, 0.95)
    return [
      { name: 'median', value: `${quantile(times, 0.5).toFixed(2)} ms`, goal: '–', met: true },
      { name: '95 %', value: `${p95.toFixed(2)} ms`, goal: '< 5 ms', met: p95 < 5 },
    ]
  },

  /** A night without news: 1,000,000 stored positions one day on. */
  roll() {
    const methodology = method()
    const model = modelOf(methodology)
    const deal = makeDeal(methodology, { days: 300, evidence: 40, touches: 4, proofs: 4, people: 4 }, 1)
    const today = addDays(FROM, 200)
    const { open } = track({ ...deal, evidence: deal.evidence!.filter(({ on }) => on <= today) }, model, today)
    const width = 2 * open.regime.n
    const vector = open.filtered.slice((open.to - open.from) * width, (open.to - open.from + 1) * width)
    const n = 1_000_000
    const lot = 100_000
    const block = new Float64Array(lot * width)
    rollBlock(model, Float64Array.from(vector))
    let seconds = 0
    for (let i = 0; i < n / lot; i++) {
      for (let row = 0; row < block.length; row += width) block.set(vector, row)
      const started = performance.now()
      rollBlock(model, block)
      seconds += (performance.now() - started) / 1000
    }
    const single = rollTo(
      { regime: 'open', day: dayNumber(today), vector: Float64Array.from(vector), recent: [] },
      model,
      dayNumber(addDays(today, 1)),
    )
    const off = Math.max(...single.vector.map((x, i) => Math.abs(x - block[i]!)))
    if (off > 1e-12) throw new Error(`a block and a single position disagree by ${off}`)
    return [{ name: '1,000,000 positions', value: `${seconds.toFixed(2)} s`, goal: '< 2 s', met: seconds < 2 }]
  },

  /** Opening the reader of notes, and notes of 300 characters read by it, in each language. */
  async reader() {
    const { openReader } = await import('@sente/reader')
    const model = readFileSync(new URL('../packages/reader/model.bin', import.meta.url))
    const { signals } = method().signals
    const opened: number[] = []
    let reader = openReader(model, signals)
    for (let i = 0; i < 15; i++) {
      const started = performance.now()
      reader = openReader(model, signals)
      opened.push(performance.now() - started)
    }
    const figures = NOTES.map(({ name, text, signal }): Figure => {
      const note = { on: FROM, text }
      if (!reader.read(note).some((one) => one.signal === signal))
        throw new Error(`${signal} is not found in the ${name} note`)
      const times: number[] = []
      for (let i = 0; i < 300; i++) {
        const started = performance.now()
        reader.read(note)
        if (i >= 100) times.push(performance.now() - started)
      }
      const median = quantile(times, 0.5)
      return {
        name: `a note of ${text.length}, ${name}`,
        value: `${median.toFixed(2)} ms`,
        goal: '< 5 ms',
        met: median < 5,
      }
    })
    const open = quantile(opened, 0.5)
    return [
      { name: 'opening, median of 15', value: `${open.toFixed(0)} ms`, goal: '< 100 ms', met: open < 100 },
      ...figures,
    ]
  },

  /** The web application in a real browser: what it loads, and how it follows a finger. */
  async web() {
    const { drag, initialScript } = await import('./web.ts')
    const bytes = await initialScript()
    const { work, p95 } = await drag()
    return [
      {
        name: 'JavaScript of a deal’s page',
        value: `${Math.round(bytes / 1000)} kB gz`,
        goal: '< 300 kB gz',
        met: bytes < 300_000,
      },
      { name: 'work for one move of a drag', value: `${work.toFixed(1)} ms`, goal: '< 16 ms', met: work < 16 },
      { name: 'frames of a drag, 95 %', value: `${p95.toFixed(1)} ms`, goal: '< 17 ms', met: p95 < 17 },
    ]
  },

  /** The same at the real server with the sample team in it. */
  async live() {
    const { live } = await import('./web-live.ts')
    const { content, interactive, rows, longest, heap } = await live()
    const grown = heap.after / heap.before - 1
    return [
      {
        name: 'first content of a deal',
        value: `${(content / 1000).toFixed(2)} s`,
        goal: '< 1 s',
        met: content < 1000,
      },
      {
        name: 'a deal’s picture takes keys',
        value: `${(interactive / 1000).toFixed(2)} s`,
        goal: '< 2 s',
        met: interactive < 2000,
      },
      {
        name: `scrolling ${rows.toLocaleString('en')} rows`,
        value: `longest frame ${longest.toFixed(0)} ms`,
        goal: '< 100 ms',
        met: longest < 100,
      },
      {
        name: 'heap after 50 navigations',
        value: `${(heap.after / 1e6).toFixed(1)} MB (${grown >= 0 ? '+' : ''}${(100 * grown).toFixed(0)} %)`,
        goal: '+ 20 % at most',
        met: grown < 0.2,
      },
    ]
  },

  /** `sente brief` from cold, a process each time. */
  cold() {
    const times: number[] = []
    for (let i = 0; i < 15; i++) {
      const started = performance.now()
      const { status, stderr } = spawnSync(
        process.execPath,
        ['packages/server/bin/sente.mjs', 'brief', 'examples/1-loved-early-killed-late.yaml', '--as-of', '2025-03-20'],
        { cwd: root, encoding: 'utf8' },
      )
      if (status !== 0) throw new Error(stderr)
      times.push(performance.now() - started)
    }
    const bare: number[] = []
    for (let i = 0; i < 7; i++) {
      const started = performance.now()
      spawnSync(process.execPath, ['-e', '0'])
      bare.push(performance.now() - started)
    }
    const median = quantile(times, 0.5)
    return [
      { name: 'median of 15', value: `${(median / 1000).toFixed(2)} s`, goal: '< 0.4 s', met: median < 400 },
      { name: 'slowest of 15', value: `${(Math.max(...times) / 1000).toFixed(2)} s`, goal: '–', met: true },
      {
        name: 'times an empty Node process',
        value: `× ${(median / quantile(bare, 0.5)).toFixed(1)}`,
        goal: 'machine-independent',
        met: true,
      },
    ]
  },

  /** Deals with an expert's judgment, written blind. */
  experts: async () => (await import('./experts.ts')).runExperts(method()),

  /** 10,000 deals judged and planned anew. */
  plans: async () => (await import('./plans.ts')).planned(10_000),

  import: async () => (await import('./server/scenarios.ts')).serverScenarios.import(),
  api: async () => (await import('./server/scenarios.ts')).serverScenarios.api(),
}

/** Watches the resident memory while something runs; call the result for the peak in MB. */
function peakMemory(): () => number {
  return () => Math.round(process.resourceUsage().maxRSS / 1024)
}

const wanted = process.argv.slice(2).filter((name) => !name.startsWith('--'))
const unknown = wanted.filter((name) => !(name in scenarios))
if (unknown.length > 0) {
  console.error(`no scenario ${unknown.join(', ')}; there are ${Object.keys(scenarios).join(', ')}`)
  process.exit(2)
}
const lines: string[] = []
let missed = 0
for (const [name, run] of Object.entries(scenarios)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  for (const figure of await run()) {
    if (!figure.met) missed++
    console.log(
      `${figure.met ? 'ok    ' : 'MISSED'} ${name.padEnd(10)} ${figure.name.padEnd(28)} ${figure.value.padEnd(28)} goal ${figure.goal}`,
    )
    lines.push(`| ${name} | ${figure.name} | ${figure.value} | ${figure.goal} |`)
  }
}
if (wanted.length === 0 || wanted.includes('import') || wanted.includes('api'))
  await (await import('./server/data.ts')).endData()
if (process.argv.includes('--record')) {
  const path = new URL('./RESULTS.md', import.meta.url)
  // Scenarios that were not run keep their rows.
  const rows = readFileSync(path, 'utf8')
    .split('\n')
    .filter(
      (line) =>
        wanted.length > 0 &&
        Object.keys(scenarios).some((name) => !wanted.includes(name) && line.startsWith(`| ${name} |`)),
    )
  const table = Object.keys(scenarios).flatMap((name) =>
    [...rows, ...lines].filter((line) => line.startsWith(`| ${name} |`)),
  )
  const about = `Recorded on ${cpus()[0]?.model.trim() ?? 'an unknown processor'}, ${cpus().length} cores, Node ${process.versions.node}. Figures move by a quarter from run to run; ratios hold.`
  const head = readFileSync(new URL('./README.md', import.meta.url), 'utf8').split('\n')[0]
  writeFileSync(
    path,
    `${head}: figures\n\n${about}\nRepeat with \`npm run bench -- --record\`.\n\n| scenario | figure | value | goal |\n|---|---|---|---|\n${table.join('\n')}\n`,
  )
}
process.exitCode = missed > 0 ? 1 : 0
