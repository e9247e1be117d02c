import { decode } from './decode.ts'
import type { Grid } from './grids.ts'
import type { Held } from './held.ts'
import { ImportProblem } from './problem.ts'

const MOST = 20 * 1024 * 1024

export async function bytesOf(held: Held, most = MOST): Promise<Buffer> {
  if (held.size > most)
    throw new ImportProblem({
      en: `Larger than ${Math.round(most / 1e6)} MB: split it.`,
      zh: `超过 ${Math.round(most / 1e6)} MB：请拆分。`,
    })
  const chunks: Uint8Array[] = []
  for await (const chunk of held.read()) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const COLUMNS = [
  'Full name',
  'First name',
  'Last name',
  'Company',
  'Department',
  'Job title',
  'Email',
  'Phone',
  'Contact id',
]

/** Contacts as programs save them (vCard 2.1, 3.0, 4.0): a table with one person a row. */
export async function cardGrid(held: Held): Promise<Grid> {
  const text = decode(await bytesOf(held))
  if (text === undefined) throw new ImportProblem({ en: 'This is no readable vCard.', zh: '这不是可读的 vCard。' })
  // What comes before the end of a card belongs to no card, nor does one that does not end.
  const cards = text.split(/END:VCARD/i).slice(0, -1)
  const rows = cards.flatMap((part) => {
    const begun = /BEGIN:VCARD\r?\n/i.exec(part)
    return begun ? [personIn(part.slice(begun.index + begun[0].length))] : []
  })
  return {
    doubts: [],
    sheets: [
      {
        name: 'contacts',
        hidden: false,
        lines: async function* () {
          yield [{ row: 1, cells: COLUMNS }, ...rows.map((cells, i) => ({ row: i + 2, cells }))]
        },
      },
    ],
  }
}

interface Property {
  name: string
  parameters: string
  value: string
}

function personIn(card: string): string[] {
  const properties = propertiesOf(card)
  const first = (name: string): string => properties.find((one) => one.name === name)?.value ?? ''
  const preferred = (name: string): string => {
    const all = properties.filter((one) => one.name === name)
    return (all.find(({ parameters }) => /pref/i.test(parameters)) ?? all[0])?.value ?? ''
  }
  const [family = '', given = ''] = parts(first('N'))
  // The department follows the company in the same field.
  const [company = '', ...departments] = parts(first('ORG'))
  const full = unescaped(first('FN'))
  // Two names are surer than one, whose order depends on who wrote it.
  const both = family !== '' && given !== ''
  return [
    both ? '' : full || `${given}${family}`,
    both ? given : '',
    both ? family : '',
    company,
    departments.join(' '),
    unescaped(first('TITLE') || first('ROLE')),
    unescaped(preferred('EMAIL')),
    unescaped(preferred('TEL')).replace(/^tel:/i, ''),
    unescaped(first('UID')),
  ]
}

function propertiesOf(card: string): Property[] {
  // A line that begins with a blank goes on with the one before; quoted-printable ones end with an equals sign.
  const lines = card
    .replaceAll(/=\r?\n/g, '=\n')
    .replaceAll(/\r?\n[ \t]/g, '')
    .replaceAll('=\n', '')
    .split(/\r?\n/)
  return lines.flatMap((line): Property[] => {
    const match = /^(?:[\w-]+\.)?([\w-]+)((?:;[^:]*)?):(.*)$/.exec(line)
    if (!match) return []
    const [, name, parameters, value] = match as unknown as [string, string, string, string]
    return [
      {
        name: name.toUpperCase(),
        parameters,
        value: /quoted-printable/i.test(parameters) ? unquoted(value, parameters) : value,
      },
    ]
  })
}

function unquoted(value: string, parameters: string): string {
  const bytes = Buffer.from(
    value.replaceAll(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  )
  const charset = /charset=([\w-]+)/i.exec(parameters)?.[1] ?? 'utf-8'
  try {
    return new TextDecoder(charset).decode(bytes)
  } catch {
    return bytes.toString('utf8')
  }
}
const unescaped = (value: string): string =>
  value
    .replaceAll(/\\n/gi, ' ')
    .replaceAll(/\\([,;\\])/g, '$1')
    .trim()
const parts = (value: string): string[] => value.split(/(?<!\\);/).map(unescaped)
