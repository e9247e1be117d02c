/**
 * How findings behave over the days of whole histories: how many are open a day, how often each is on, how often one comes back within
 * four weeks of clearing. `node bench/findings.ts [FOLDER of deal files …]`; without folders the examples and the sample workspace.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { addDays, brief, dayNumber, loadMethodology, plainDate } from '@sente/engine'
import type { Deal, PlainDate } from '@sente/engine'
import { files } from '@sente/methodology'
import { readDeal } from '../packages/server/src/exchange/files/deal-file.ts'
import { sampleDeals } from '../packages/server/src/sample/build.ts'

const loaded = loadMethodology(files)
if (!('methodology' in loaded)) throw new Error(JSON.stringify(loaded.faults))
const { methodology } = loaded
const STEP = Number(process.env['STEP'] ?? 2)
/** A finding that clears and is there again within this many days has flickered. */
const AGAIN = 28

interface History {
  name: string
  deal: Deal
  from: PlainDate
  to: PlainDate
}

function historyOf(name: string, deal: Deal, until?: PlainDate): History | undefined {
  const days = [
    ...(deal.evidence ?? []).map(({ on, recordedOn }) => recordedOn ?? on),
    ...(deal.touches ?? []).map(({ on }) => on),
    ...(deal.firstContactOn ? [deal.firstContactOn] : []),
  ].sort()
  const to = until ?? deal.closedOn ?? days.at(-1)
  const from = deal.firstContactOn ?? days[0]
  return from && to && from < to ? { name, deal, from, to } : undefined
}

function histories(folders: readonly string[]): History[] {
  const found = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.yaml'))
      .sort()
      .flatMap((name): (History | undefined)[] => {
        const read = readDeal(readFileSync(`${folder}/${name}`, 'utf8'), methodology)
        if (!('deal' in read)) throw new Error(`${name}: ${JSON.stringify(read.faults)}`)
        return [historyOf(name, read.deal)]
      }),
  )
  if (folders.length === 0) {
    const today = plainDate('2026-03-02')
    found.push(...sampleDeals(methodology, today).map(({ deal }) => historyOf(deal.name, deal, deal.closedOn ?? today)))
  }
  return found.flatMap((history) => history ?? [])
}

const on = new Map<string, number>()
const dangerOn = new Map<string, number>()
const runs = { cleared: 0, again: 0 }
let days = 0
let open = 0
let anyDanger = 0
for (const { deal, from, to } of histories(process.argv.slice(2))) {
  const last = new Map<string, PlainDate>()
  let before = new Set<string>()
  for (let day = from; day < to; day = addDays(day, STEP)) {
    const { findings } = brief(deal, methodology, day)
    days++
    open += findings.length
    if (findings.some(({ severity }) => severity === 'danger')) anyDanger++
    const now = new Set(findings.map((finding) => finding.act))
    for (const { rule, act, severity } of findings) {
      const key = process.env['BY'] === 'rule' ? rule : act
      on.set(key, (on.get(key) ?? 0) + 1)
      if (severity === 'danger') dangerOn.set(key, (dangerOn.get(key) ?? 0) + 1)
    }
    for (const act of now) {
      const seen = last.get(act)
      if (!before.has(act) && seen !== undefined && dayNumber(day) - dayNumber(seen) <= AGAIN) runs.again++
      last.set(act, day)
    }
    for (const act of before) if (!now.has(act)) runs.cleared++
    before = now
  }
}
const share = (n: number, of: number): string => `${((100 * n) / Math.max(1, of)).toFixed(1)} %`
console.log(`deal-days looked at: ${days} (every ${STEP})`)
console.log(`open findings a deal-day: ${(open / days).toFixed(2)}; days with a danger: ${share(anyDanger, days)}`)
console.log(`cleared ${runs.cleared}, back within ${AGAIN} days ${runs.again} (${share(runs.again, runs.cleared)})`)
for (const [key, n] of [...on].sort((a, b) => b[1] - a[1]))
  console.log(
    `${share(n, days).padStart(7)}  ${key}${dangerOn.has(key) ? `  danger ${share(dangerOn.get(key)!, days)}` : ''}`,
  )
