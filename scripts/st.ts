import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { brief, loadMethodology, parseDeal, addDays, plainDate } from '@sente/engine'
import { files } from '@sente/methodology'
const l = loadMethodology(files)
if ('faults' in l) {
  console.log(l.faults)
  process.exit(1)
}
const only = process.argv[2]
for (const [n, a, b, step] of [
  ['1-loved-early-killed-late', '2025-01-08', '2025-09-26', 14],
  ['2-deputy-won-top-lost', '2024-03-01', '2024-11-20', 14],
  ['3-proud-unpaid-adviser', '2024-02-01', '2024-09-20', 14],
  ['4-late-but-risk-first', '2025-05-01', '2025-09-12', 7],
  ['5-early-and-right', '2024-02-01', '2024-12-18', 14],
] as const) {
  if (only && !n.startsWith(only)) continue
  const p = parseDeal(parse(readFileSync(`examples/${n}.yaml`, 'utf8')), l.methodology)
  if ('faults' in p) throw 1
  console.log(n)
  for (let d = plainDate(a); d <= b; d = addDays(d, step)) {
    const r = brief(p.deal, l.methodology, d)
    const L = r.lead
    console.log(
      d,
      r.position.leading.padEnd(8),
      L.state,
      L.days,
      `[${L.low},${L.high}]`,
      'T',
      L.topics.state,
      L.topics.days,
      'red',
      L.topics.red.length,
      'unk',
      L.topics.unknown.length,
      'E',
      L.executives.state,
      L.executives.days,
      L.executives.who,
      L.executives.lastGoodDay,
      JSON.stringify(Object.values(L.concerns ?? {}).map((c) => c.days ?? c.state)),
      '|',
      L.act?.words.en,
    )
  }
}
