import { deflateRawSync } from 'node:zlib'
import { zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { plainDate } from '@sente/engine'
import { Threads, TooCostly } from '../src/core/threads.ts'
import { beyond, MOST } from '../src/exchange/files/bounds.ts'
import { isTable, openSource, openTables } from '../src/exchange/files/formats.ts'
import type { Format } from '../src/exchange/files/formats.ts'
import { hold } from '../src/exchange/files/held.ts'
import { readDealAside } from '../src/exchange/files/parsing.ts'
import type { RawRow } from '../src/exchange/files/source.ts'
import { checkUnpacked } from '../src/exchange/files/unpack.ts'
import { readBuiltIn } from '../src/notes/server-reading.ts'
import { spreadsheet } from './support/spreadsheet.ts'

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
  expect(checkUnpacked(cells, { cells: 1000, unpacked: 1_000_000 })).toEqual({ cells: 1000, unpacked: 11_000 })
  await expect(rowsOf(deflateRawSync(Buffer.from('PK\u0003\u0004')), 'xlsx')).rejects.toThrow(/no readable spreadsheet/)
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
      const found = await readBuiltIn({ on: plainDate('2025-06-10'), text }, { people: [], feedback: [] })
      expect(Array.isArray(found)).toBe(true)
    }
  })
  expect(pause).toBeLessThan(5_000)
})
