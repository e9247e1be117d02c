import { deflateRawSync } from 'node:zlib'
import { zipSync } from 'fflate'
import Papa from 'papaparse'
import { expect, test, vi } from 'vitest'
import { loadMethodology, plainDate } from '@sente/engine'
import { files } from '@sente/methodology'
import { Threads, TooCostly } from '../src/core/threads.ts'
import { beyond, MOST } from '../src/exchange/files/bounds.ts'
import { isTable, openSource, openTables } from '../src/exchange/files/formats.ts'
import type { Format } from '../src/exchange/files/formats.ts'
import { hold } from '../src/exchange/files/held.ts'
import type { TableKind } from '../src/exchange/files/fields.ts'
import { parserOf } from '../src/exchange/files/parse.ts'
import { readDealAside } from '../src/exchange/files/parsing.ts'
import type { ParsedRow } from '../src/exchange/files/row.ts'
import type { RawRow } from '../src/exchange/files/source.ts'
import { openTableFile } from '../src/exchange/files/tables.ts'
import { checkUnpacked } from '../src/exchange/files/unpack.ts'
import { readBuiltIn } from '../src/notes/server-reading.ts'
import { spreadsheet } from './support/spreadsheet.ts'

const loaded = loadMethodology(files)
if (!('methodology' in loaded)) throw new Error('the method has faults')
const method = loaded.methodology

/** All rows of a text, as an import reads them. */
async function rowsOf(text: string | Uint8Array, format: Format): Promise<RawRow[]> {
  const bytes = Buffer.from(text as string)
  const pieces = async function* (): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += 64 * 1024) yield bytes.subarray(at, at + 64 * 1024)
  }
  const rows: RawRow[] = []
  if (!isTable(format)) {
    for await (const lot of (await openSource(pieces(), format)).rows) for (const row of lot) rows.push(row)
    return rows
  }
  const held = await hold(pieces())
  try {
    for (const sheet of (await openTables(held, format, {})).sheets)
      for await (const lot of sheet.lines()) for (const line of lot) rows.push(line)
    return rows
  } finally {
    await held.drop()
  }
}

/** What other work of the main thread waits for at most while this is done, in milliseconds. */
async function longestPause(work: () => Promise<unknown>): Promise<number> {
  let [longest, last] = [0, performance.now()]
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last)
    last = performance.now()
  }, 5)
  await work().finally(() => clearInterval(timer))
  return longest
}

test('a wide heading over many short rows costs what its cells cost, and a table beyond all sense is refused', async () => {
  const narrow = `${Array.from({ length: MOST.columns }, (_, i) => `c${i}`).join()}\n${'x\n'.repeat(25_000)}`
  const rows = await rowsOf(narrow, 'csv')
  // The heading, the rows, and the line after the last line end.
  expect(rows).toHaveLength(25_002)
  expect(new Set(rows.slice(1).map(({ cells }) => (cells as unknown[]).length))).toEqual(new Set([1]))
  const wide = `${Array.from({ length: 10_000 }, (_, i) => i).join()}\n${'x\n'.repeat(14_000)}`
  await expect(rowsOf(wide, 'csv')).rejects.toThrow(/columns; at most 1000/)
})

test('a row whose quotation mark is never closed is refused before it is looked through again and again', async () => {
  await expect(rowsOf(`a,b\n1,"${'x\n'.repeat(3_000_000)}`, 'csv')).rejects.toThrow(/does not end/)
})

test('a record of too many fields, of too many values or too deep in itself is a fault of its row, the others are read', async () => {
  const many = `{${Array.from({ length: 300_000 }, (_, i) => `"f${i}":1`).join()}}`
  const deep = `{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`
  const rows = await rowsOf(`{"name":"A"}\n${many}\n${deep}\n{"name":"B"}`, 'ndjson')
  expect(rows.map(({ fault, cells }) => fault?.en.slice(0, 30) ?? cells)).toEqual([
    { name: 'A' },
    'This has 300000 fields; more t',
    expect.stringMatching(/^This lies in itself/),
    { name: 'B' },
  ])
  expect(beyond({ list: Array.from({ length: MOST.values + 1 }, () => 1) })?.en).toMatch(/more than 200000 values/)
  expect(beyond({ ok: [{ ok: [1, 2, 3] }] })).toBeUndefined()
})

test('a map of 16,000 keys, aliases of aliases and endless nesting do not hold the main thread', async () => {
  const keys = Array.from({ length: 16_000 }, (_, i) => `k${i}: 1\n`).join('')
  const aliases = `a: &a [x,x,x,x,x,x,x,x,x,x]\n${Array.from({ length: 9 }, (_, i) => `${'bcdefghij'[i]}: &${'bcdefghij'[i]} [${Array(10).fill(`*${'abcdefghi'[i]}`).join()}]`).join('\n')}\n`
  const nested = `a: ${'['.repeat(20_000)}`
  let found: RawRow[][] = []
  const pause = await longestPause(async () => {
    found = await Promise.all([rowsOf(keys, 'yaml'), rowsOf(aliases, 'yaml'), rowsOf(nested, 'yaml')])
  })
  expect(found.map((rows) => rows[0]?.fault?.en.slice(0, 40))).toEqual([
    expect.stringMatching(/16000 fields/),
    expect.stringMatching(/^Not readable/),
    expect.stringMatching(/^Not readable/),
  ])
  // Waiting for a busy machine counts as well; what was seen before was 25 s.
  expect(pause).toBeLessThan(5_000)
  expect(await readDealAside(aliases)).toMatchObject({ faults: [{ code: 'syntax' }] })
  expect(await readDealAside('name: A\nname: B\n')).toMatchObject({ faults: [{ line: 2, code: 'syntax' }] })
  expect(await readDealAside('name: A\n')).toMatchObject({ deal: { name: 'A' } })
})

test('a spreadsheet is judged by what it unpacks to, not by what it says of itself', async () => {
  expect(
    checkUnpacked(
      spreadsheet([
        ['a', 'b'],
        ['1', 2],
      ]),
    ),
  ).toMatchObject({ cells: 4 })
  const bomb = zipSync({ 'xl/worksheets/sheet1.xml': new Uint8Array(30_000_000) })
  // Its directory and its header lie: one byte.
  const lying = Buffer.from(bomb)
  for (const [signature, place] of [
    [0x02014b50, 24],
    [0x04034b50, 22],
  ] as const)
    for (let at = 0; at + 30 < lying.length; at++)
      if (lying.readUInt32LE(at) === signature) lying.writeUInt32LE(1, at + place)
  expect(() => checkUnpacked(lying, { cells: 10, unpacked: 1_000_000 })).toThrow()
  const cells = zipSync({ 'xl/worksheets/sheet1.xml': Buffer.from('<c r="A1"/>'.repeat(1000)) })
  expect(() => checkUnpacked(cells, { cells: 999, unpacked: 1_000_000 })).toThrow(/more than 999 cells/)
  expect(checkUnpacked(cells, { cells: 1000, unpacked: 1_000_000 })).toEqual({
    cells: 1000,
    unpacked: 11_000,
    writtenDays: false,
  })
  await expect(rowsOf(deflateRawSync(Buffer.from('PK\u0003\u0004')), 'xlsx')).rejects.toThrow(/no readable spreadsheet/)
})

/** Rows and faults of a table, as an import or a preview takes them. */
async function tableOf(
  text: string,
  format: 'csv' | 'html' | 'vcf' | 'ics',
  kind: TableKind,
): Promise<{ columns: readonly string[]; rows: ParsedRow[]; counted: number }> {
  const held = await hold(
    (async function* () {
      yield Buffer.from(text)
    })(),
  )
  const tables = await openTableFile(held, format, method)
  try {
    const ours = { currency: 'EUR', timeZone: 'UTC' }
    const asked = { kind, mapping: undefined, answers: { yes: true }, ours }
    const { rows: counted } = await tables.preview({ ...asked, wanted: kind })
    const { columns } = await tables.open(asked)
    const rows: ParsedRow[] = []
    for await (const lot of tables.rows()) rows.push(...lot)
    return { columns, rows, counted }
  } finally {
    tables.end()
    await held.drop()
  }
}

test('lists, pages, cards and calendars of more than 64 KB are read in a thread, to the same values as small ones', async () => {
  const list = (n: number): string =>
    `Account Name,Industry\n${Array.from({ length: n }, (_, i) => `Harbour ${i},shipping\n`).join('')}`
  const page = (n: number): string =>
    `<table><tr><th>Account Name</th><th>Industry</th></tr>${Array.from({ length: n }, (_, i) => `<tr><td>Harbour ${i}</td><td>shipping</td></tr>`).join('')}</table>`
  const cards = (n: number): string =>
    Array.from({ length: n }, (_, i) => `BEGIN:VCARD\nFN:Kofi Osei ${i}\nORG:Harbour\nEND:VCARD\n`).join('')
  const calendar = (n: number): string =>
    `BEGIN:VCALENDAR\n${Array.from({ length: n }, (_, i) => `BEGIN:VEVENT\nUID:${i}\nDTSTART:20250102T100000Z\nDTEND:20250102T110000Z\nSUMMARY:Harbour\nEND:VEVENT\n`).join('')}END:VCALENDAR\n`
  const made = vi.spyOn(Papa, 'Parser')
  for (const [text, format, kind] of [
    [list, 'csv', 'accounts'],
    [page, 'html', 'accounts'],
    [cards, 'vcf', 'people'],
    [calendar, 'ics', 'activities'],
  ] as const) {
    const small = await tableOf(text(3), format, kind)
    expect(small.rows.map(({ faults }) => faults.filter(({ field }) => field !== 'deal'))).toEqual([[], [], []])
    made.mockClear()
    const large = await tableOf(text(6_000), format, kind)
    expect(made).not.toHaveBeenCalled()
    expect([large.columns, large.counted, large.rows.length]).toEqual([small.columns, 6_000, 6_000])
    expect(large.rows.slice(0, 3)).toEqual(small.rows)
  }
  made.mockRestore()
})

test('what cannot be read as a table is said by a thread as it is said here', async () => {
  const wide = `${Array.from({ length: 20_000 }, (_, i) => i).join()}\n${'x\n'.repeat(14_000)}`
  await expect(tableOf(wide, 'csv', 'accounts')).rejects.toMatchObject({
    name: 'ImportProblem',
    says: { en: expect.stringMatching(/at most 1000/), zh: expect.stringMatching(/1000/) },
  })
  await expect(tableOf('<table>'.repeat(20), 'html', 'deals')).rejects.toThrow('The file holds no rows.')
})

test('cards that begin and never end, and values that go on and on, cost what their length costs', async () => {
  // Each of these grew with the square of its length: minutes at this size.
  expect((await tableOf(`${'BEGIN:VCARD\n'.repeat(200_000)}FN:Kofi\nEND:VCARD\n`, 'vcf', 'people')).rows).toHaveLength(
    1,
  )
  const cell = '\uff11'.repeat(300_000)
  const { rows } = await tableOf(
    `Opportunity Name,Amount,Close Date\nA,${cell},${cell}\nB,5,2025-03-04\n`,
    'csv',
    'deals',
  )
  expect(rows.map(({ given, faults }) => [given['name'], faults.map(({ field }) => field)])).toEqual([
    ['A', ['amount', 'closeDate']],
    ['B', []],
  ])
  const parse = parserOf('deals', undefined, { method, currency: 'EUR' })
  expect(parse({ row: 1, cells: { name: 'A', amount: '1,'.repeat(30_000) } }).faults).toMatchObject([
    { field: 'amount', what: { en: expect.stringMatching(/Longer than 1000/) } },
  ])
})

test('words in HTML that lies in itself without end are a fault of the row or words, never one of the program', async () => {
  const parse = parserOf('activities', undefined, { method, currency: 'EUR' })
  for (const unit of ['<b>', '<div>', '<table><tr><td>', '<ul><li>']) {
    const { faults } = parse({
      row: 1,
      cells: { on: '2025-03-04', deal: 'A', what: 'x', text: `words ${unit.repeat(20_000)}` },
    })
    expect(faults.every(({ field }) => field === 'text')).toBe(true)
  }
  expect(
    parse({ row: 1, cells: { on: '2025-03-04', deal: 'A', text: `<b>${'x'.repeat(500_000)}` } }).faults,
  ).toMatchObject([{ field: 'text', what: { en: expect.stringMatching(/Longer than 20000/) } }])
})

test('a thread that is kept answers one question after the other, ends with a question too many, and makes room when it is given back', async () => {
  const code = `globalThis.n = (globalThis.n ?? 0) + 1; if (input === 'time') for (;;); else parentPort.postMessage({ value: globalThis.n })`
  const threads = new Threads(thread(code), { atOnce: 1, waiting: 1, timeMs: 300, memoryMb: 64 })
  const first = await threads.keep()
  expect([await first.ask('a'), await first.ask('b')]).toEqual([1, 2])
  const second = threads.keep()
  await expect(threads.keep()).rejects.toMatchObject({ code: 'busy' })
  await expect(first.ask('time')).rejects.toMatchObject({ what: 'time' })
  await expect(first.ask('c')).rejects.toThrow(/ended/)
  // It was ended, so the next one has a new one, and the place of the first.
  const kept = await second
  expect(await kept.ask('d')).toBe(1)
  const asking = kept.ask('time', 60_000)
  kept.giveBack()
  await expect(asking).rejects.toThrow(/nobody waits/)
  const last = await threads.keep()
  expect(await last.ask('e')).toBe(1)
  last.giveBack()
})

const thread = (code: string): URL =>
  new URL(
    `data:text/javascript,${encodeURIComponent(`import { parentPort } from 'node:worker_threads'; parentPort.on('message', ({ input }) => { ${code} }); parentPort.postMessage({})`)}`,
  )

test('a task that takes too long, too much heap or too many buffers is ended, and the next one is done', async () => {
  const code = `if (input === 'time') for (;;);
    if (input === 'heap') { const kept = []; for (;;) kept.push({ a: kept.length, b: [] }) }
    if (input === 'buffers') { globalThis.kept = []; const more = () => { kept.push(Buffer.alloc(4e6, 1)); setTimeout(more, 1) }; more() }
    else parentPort.postMessage({ value: input })`
  const threads = new Threads(thread(code), { atOnce: 1, waiting: 2, timeMs: 3_000, memoryMb: 64 })
  await expect(threads.run('buffers')).rejects.toMatchObject({ name: 'TooCostly', what: 'memory' })
  await expect(threads.run('heap')).rejects.toThrow(TooCostly)
  const slow = new Threads(thread(code), { atOnce: 1, waiting: 1, timeMs: 300, memoryMb: 64 })
  const [first, second, third] = ['time', 'a', 'b'].map((input) => slow.run(input))
  await expect(third).rejects.toMatchObject({ code: 'busy' })
  await expect(first).rejects.toMatchObject({ what: 'time' })
  expect(await second).toBe('a')
})

test('what nobody writes is read beside the main thread, and its cost grows with its length alone', async () => {
  const texts = ['"', '\u201c', 'a', '1', '没', '没 ', 'ab, ', '等', 'x but ', "'"].map((unit) =>
    unit.repeat(20_000).slice(0, 20_000),
  )
  const pause = await longestPause(async () => {
    for (const text of texts) {
      const { suggestions: found } = await readBuiltIn(
        { on: plainDate('2025-06-10'), text },
        { people: [], rivals: [], feedback: [] },
      )
      expect(Array.isArray(found)).toBe(true)
    }
  })
  expect(pause).toBeLessThan(5_000)
})
