import type { Line } from '../intake/grid.ts'
import { beyond, MOST, tooWide } from './bounds.ts'
import { FIELDS } from './fields.ts'
import type { Grid } from './grids.ts'
import type { Held } from './held.ts'
import { ImportProblem } from './problem.ts'
import { ndjsonSource } from './source.ts'

/** A list in JSON that is one value, and so is read as a whole. */
const WHOLE = 64 * 1024 * 1024
/** Under these programs give their records, with pages and counts beside them. */
const WRAPPERS = ['results', 'records', 'data', 'value', 'items', 'list', 'deals', 'opportunities', 'contacts']
/** Objects that only hold fields (HubSpot), or what is none (Salesforce, OData). */
const TRANSPARENT = /^properties$/
const NO_FIELD = /^attributes$|^@odata\.|^_links$/

type Fields = Readonly<Record<string, unknown>>
const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The object in the first line; undefined where it is none. */
function firstOf(start: string): Fields | undefined {
  try {
    const first: unknown = JSON.parse(start.split('\n', 1)[0]!)
    return isObject(first) ? first : undefined
  } catch {
    return undefined
  }
}

/** The first line is a deal file, or a record of a workspace. */
export function isOwnWhole(start: string): boolean {
  const first = firstOf(start.replace(/^\ufeff/, '').trimStart())
  return first !== undefined && ['record', 'sente', 'evidence'].some((own) => own in first)
}

/** True where the first record is one of another program: an array of records, or objects of which most keys are no fields of ours. */
export function isForeignJson(start: string): boolean {
  const text = start.replace(/^\ufeff/, '').trimStart()
  if (text.startsWith('[')) return /^\[\s*(?:\{|$)/.test(text)
  if (text.startsWith('{') && wrapped(text)) return true
  const first = firstOf(text)
  if (first === undefined || isOwnWhole(text)) return false
  const keys = Object.keys(first)
  const ours = keys.filter((key) => Object.values(FIELDS).some((fields) => fields.some(({ name }) => name === key)))
  return keys.length > 1 && ours.length * 2 < keys.length
}

/** `{"totalSize": 2, "records": [{`: what stands before the list holds nothing in it. */
function wrapped(text: string): boolean {
  const at = text.indexOf('[')
  const before = at < 0 ? '' : text.slice(1, at)
  const name = /"(\w+)"\s*:\s*$/.exec(before.slice(-100))?.[1]
  return (
    name !== undefined && WRAPPERS.includes(name) && !before.includes('{') && /^\[\s*\{/.test(text.slice(at, at + 200))
  )
}

/** A list in JSON or NDJSON under the names of another program, as a table: objects in objects become columns such as `Account.Name`. */
export async function jsonGrid(held: Held): Promise<Grid> {
  const whole = Buffer.from(held.head.subarray(0, 64))
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trimStart()
  const isArray = whole.startsWith('[') || !(await isLines(held))
  const records = isArray ? await recordsOf(held) : undefined
  const read = async function* (): AsyncGenerator<{ row: number; record: Fields; fault?: Line['fault'] }[]> {
    if (records) yield records.map((record, i) => ({ row: i + 1, record }))
    else
      for await (const lot of ndjsonSource(held.read()).rows)
        yield lot.map(({ row, cells, fault }) => ({ row, record: cells as Fields, fault }))
  }
  const columns = new Map<string, number>()
  for await (const lot of read())
    for (const { record } of lot)
      for (const [name] of flat(record)) if (!columns.has(name)) columns.set(name, columns.size)
  if (columns.size > MOST.columns) throw new ImportProblem(tooWide(columns.size))
  return {
    doubts: [],
    sheets: [
      {
        name: '',
        hidden: false,
        lines: async function* () {
          yield [{ row: 0, cells: [...columns.keys()] }]
          for await (const lot of read())
            yield lot.map(({ row, record, fault }) => {
              const cells: unknown[] = Array.from({ length: columns.size }, () => '')
              for (const [name, value] of flat(record)) cells[columns.get(name)!] = value
              return { row, cells, ...(fault ? { fault } : {}) }
            })
        },
      },
    ],
  }
}

/** Whether the first line is a value of its own. */
async function isLines(held: Held): Promise<boolean> {
  const text = new TextDecoder().decode(held.head, { stream: true })
  const end = text.indexOf('\n')
  try {
    const first: unknown = JSON.parse(end < 0 ? text : text.slice(0, end))
    return !(isObject(first) && listIn(first))
  } catch {
    return false
  }
}

const listIn = (value: Fields): readonly unknown[] | undefined => {
  const found = WRAPPERS.find((name) => Array.isArray(value[name]) && (value[name] as unknown[]).every(isObject))
  return found === undefined ? undefined : (value[found] as unknown[])
}

async function recordsOf(held: Held): Promise<Fields[]> {
  if (held.size > WHOLE)
    throw new ImportProblem({
      en: 'A list in JSON as one value may have 64 MB: write one object on each line (NDJSON), or split it.',
      zh: '整体为一个值的 JSON 列表最大 64 MB：请改为每行一个对象（NDJSON），或拆分文件。',
    })
  const chunks: Uint8Array[] = []
  for await (const chunk of held.read()) chunks.push(chunk)
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder().decode(Buffer.concat(chunks)))
  } catch (error) {
    throw new ImportProblem({
      en: `This is not JSON: ${(error as Error).message}`,
      zh: `这不是 JSON：${(error as Error).message}`,
    })
  }
  const list = Array.isArray(value) ? (value as unknown[]) : isObject(value) ? listIn(value) : undefined
  if (!list?.every(isObject))
    throw new ImportProblem({
      en: 'This JSON holds no list of records: an array of objects, or one object on each line.',
      zh: '这个 JSON 里没有记录列表：应为对象数组，或每行一个对象。',
    })
  return list as Fields[]
}

/** Names and values of a record. What is beyond all sense has none. */
function flat(record: Fields): [name: string, value: string][] {
  if (beyond(record)) return []
  const found: [string, string][] = []
  const add = (name: string, value: unknown): void => {
    if (value === null || value === undefined) return
    if (isObject(value)) {
      for (const [key, inner] of Object.entries(value))
        if (!NO_FIELD.test(key)) add(TRANSPARENT.test(key) ? name : name === '' ? key : `${name}.${key}`, inner)
    } else if (Array.isArray(value)) {
      const parts = value.map((one) => (isObject(one) ? (one['name'] ?? one['label'] ?? '') : one))
      found.push([name, parts.filter((part) => part !== '' && typeof part !== 'object').join('; ')])
    } else found.push([name, String(value as string | number | boolean)])
  }
  add('', record)
  return found
}
