// `node packages/reader/train/report.ts [dev|test] [--write]`: what the model gets right, by language, kind and signal.
import { readFileSync, writeFileSync } from 'node:fs'
import { findSignals } from '../src/find.ts'
import { readModel } from '../src/model.ts'
import { corpus, KINDS, partOf } from './corpus.ts'

const method = (JSON.parse(readFileSync(new URL('../../../methodology/signals.json', import.meta.url), 'utf8')) as { signals: { id: string; patterns: { en: string; zh: string } }[] }).signals
const model = readModel(readFileSync(new URL('../model.bin', import.meta.url)), method)
const part = process.argv.includes('dev') ? 'dev' : 'test'
const judged = corpus()
  .filter((line) => partOf(line) === part)
  .map((line) => {
    const candidates = findSignals(model, line.text).map(({ signal, confidence }) => ({ id: model.signals[signal]!, confidence }))
    return { line, candidates, said: candidates.filter(({ confidence }) => confidence >= model.threshold) }
  })

interface Tally {
  hits: number
  said: number
  there: number
}
const tally = (list: typeof judged, only?: string): Tally => {
  const sum: Tally = { hits: 0, said: 0, there: 0 }
  for (const { line, said } of list) {
    const chosen = only === undefined ? said : said.filter(({ id }) => id === only)
    const gold = only === undefined ? line.gold : line.gold.filter((id) => id === only)
    sum.said += chosen.length
    sum.there += gold.length
    sum.hits += chosen.filter(({ id }) => gold.includes(id)).length
  }
  return sum
}
const share = (a: number, b: number): string => (b === 0 ? '–' : (a / b).toFixed(2))
const row = ({ hits, said, there }: Tally): string => `${share(hits, said)} | ${share(hits, there)} | ${share(2 * hits, said + there)} | ${there}`

const out: string[] = ['| language | precision | recall | F1 | facts |', '|---|---|---|---|---|']
for (const lang of ['zh', 'en'] as const) out.push(`| ${lang} | ${row(tally(judged.filter(({ line }) => line.lang === lang)))} |`)
out.push('', '| trap | lines | caught |', '|---|---|---|')
let [traps, caught] = [0, 0]
for (const kind of KINDS.slice(1)) {
  const list = judged.filter(({ line }) => line.kind === kind && line.about !== null)
  const fell = list.filter(({ line, said }) => said.some(({ id }) => id === line.about)).length
  traps += list.length
  caught += fell
  out.push(`| ${kind} | ${list.length} | ${share(fell, list.length)} |`)
}
out.push(`| all | ${traps} | ${share(caught, traps)} |`)
out.push('', '| said with | suggestions | right |', '|---|---|---|')
for (let low = 0.3; low < 0.99; low += 0.1) {
  const all = judged.flatMap(({ line, candidates }) => candidates.filter(({ confidence }) => confidence >= low && confidence < low + 0.1).map(({ id }) => line.gold.includes(id)))
  out.push(`| ${low.toFixed(1)}–${(low + 0.1).toFixed(1)} | ${all.length} | ${share(all.filter(Boolean).length, all.length)} |`)
}
out.push('', '| signal | precision | recall | F1 | facts |', '|---|---|---|---|---|')
for (const { id } of method) out.push(`| ${id} | ${row(tally(judged, id))} |`)
const short = process.argv.includes('--short')
console.log((short ? out.slice(0, out.findIndex((text) => text.startsWith('| signal'))) : out).join('\n'))
if (process.argv.includes('--write')) writeFileSync(new URL('../REPORT.md', import.meta.url), `# The reader on the ${part} part of its corpus\n\nRepeat with \`npm run reader\`.\n\n${out.join('\n')}\n`)
