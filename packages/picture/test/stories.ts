import { readdirSync, readFileSync } from 'node:fs'
import { brief, loadMethodology, parseDeal, plainDate } from '@sente/engine'
import type { Brief, PlainDate } from '@sente/engine'
import { files } from '@sente/methodology'
import { parse } from 'yaml'

const loaded = loadMethodology(files)
if ('faults' in loaded) throw new Error(JSON.stringify(loaded.faults))
export const METHOD = loaded.methodology

function story(name: string, raw: unknown, days: readonly string[]): [name: string, brief: Brief][] {
  const read = parseDeal(raw, METHOD)
  if ('faults' in read) throw new Error(`${name}: ${JSON.stringify(read.faults)}`)
  return days.map((day) => [`${name} on ${day}`, brief(read.deal, METHOD, day as PlainDate)])
}

const folder = new URL('../../../examples/', import.meta.url)
const examples = readdirSync(folder).filter((name) => name.endsWith('.yaml'))

/** Real briefs: every example early, in the middle and after its end, and the deals that strain a drawing. */
export const BRIEFS: readonly [name: string, brief: Brief][] = [
  ...examples.flatMap((name) => {
    const raw = parse(readFileSync(new URL(name, folder), 'utf8')) as { firstContactOn: string; closedOn?: string }
    const first = Date.parse(raw.firstContactOn)
    const last = Date.parse(raw.closedOn ?? '2025-12-01')
    return story(
      name,
      raw,
      [0.02, 0.35, 0.8, 1.1].map((share) => new Date(first + share * (last - first)).toISOString().slice(0, 10)),
    )
  }),
  ...story('nothing but a name', { name: 'New deal' }, ['2025-11-24']),
  ...story(
    'long names and many people',
    {
      name: '江州市医疗保障局省级医保结算平台二期建设及三年运行维护服务采购项目（含异地就医直接结算）',
      account: { name: 'Gesellschaft für Anlagenbau und Verfahrenstechnik Nordhafen mbH & Co. KG' },
      amount: { value: '123456789012.34', currency: 'CNY' },
      firstContactOn: '2023-01-01',
      people: Array.from({ length: 24 }, (_, i) => ({
        id: `p${i}`,
        name: `Dr. Annette Hartmann-Schulze the ${i}th`,
        title: 'Leiterin der Abteilung für Informationstechnik und Organisation',
        roles: i === 0 ? ['number_one'] : [],
      })),
      touches: Array.from({ length: 120 }, (_, i) => ({
        on: plainDate(`2023-${String(1 + (i % 12)).padStart(2, '0')}-${String(1 + (i % 28)).padStart(2, '0')}`),
        what: 'A talk & <more>',
        with: [`p${i % 24}`],
      })),
    },
    ['2023-12-30', '2025-11-24'],
  ),
]
