import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js'
import { plainDate, writeDealFile } from '@sente/engine'
import type { PlainDate } from '@sente/engine'
import { describe, expect, test } from 'vitest'
import { asOfs, deals } from '../../../engine/test/support/deals.ts'
import { METHOD } from '../../../engine/test/support/method.ts'
import { assistantServer } from '../../src/mcp/assistant.ts'
import { folderDesk } from '../../src/mcp/folder/desk.ts'
import { clean, CLOSE, line, OPEN, quoted } from '../../src/mcp/marks.ts'
import { chosen } from '../../src/mcp/meant.ts'
import { serveStdio } from '../../src/mcp/stdio.ts'
import { Assistant } from './support.ts'

const TODAY = plainDate('2025-04-15')

async function inFolder<T>(files: Record<string, string>, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'sente-mcp-'))
  try {
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
    return await use(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The client of the library on a folder, without a process in between; it checks every answer by the announced schema. */
async function onFolder<T>(folder: string, asOf: PlainDate, use: (assistant: Assistant) => Promise<T>): Promise<T> {
  const faults: unknown[] = []
  const desk = folderDesk({ place: folder, method: METHOD, lang: 'en', today: () => asOf })
  const server = assistantServer(desk, (error) => faults.push(error))
  const client = new Client({ name: 'test', version: '1' })
  const [ours, theirs] = InMemoryTransport.createLinkedPair()
  await Promise.all([server.connect(ours), client.connect(theirs)])
  await client.listTools()
  try {
    const value = await use(new Assistant(client))
    expect(faults).toEqual([])
    return value
  } finally {
    await client.close()
  }
}

test('what has no word in it means no deal, also where there is only one', () => {
  const only = { id: '1', name: 'Core platform', status: 'open', findings: [] }
  for (const meant of ['%', '_', '\\', "'", '\u0000', '…', '  '])
    expect(() => chosen(meant, [only], false), meant).toThrow(/No deal that you may see/)
  expect(chosen('core', [only], false).id).toBe('1')
  expect(chosen('…', [{ ...only, name: '…' }], false).id).toBe('1')
})

test('every answer about every deal is as its schema says, on every day, and no larger than an assistant can read', async () => {
  await fc.assert(
    fc.asyncProperty(deals, asOfs, async (deal, asOf) => {
      await inFolder({ 'deal.json': JSON.stringify(writeDealFile(deal)) }, (folder) =>
        onFolder(folder, asOf, async (assistant) => {
          await assistant.call('find_deals')
          await assistant.call('today')
          const id = { deal: 'deal.json' }
          const { people } = await assistant.call<{ people: { items: { key: string }[] } }>('read_brief', id)
          for (const about of ['position', 'lead', 'findings']) await assistant.call('explain', { ...id, about })
          await assistant.call('read_plan', id)
          await assistant.call('war_game', { ...id, paths: 200 })
          await assistant.call('promises', id)
          await assistant.call('next_question', id)
          const [first] = people.items
          if (first) await assistant.call('meeting_page', { ...id, with: [first.key] })
          for (const answer of assistant.transcript) expect(answer.length).toBeLessThan(200_000)
        }),
      )
    }),
    { numRuns: 12 },
  )
})

test('a deal of fifteen hundred pieces of evidence with long words is still told in a bounded answer, which says what it leaves out', async () => {
  const evidence = Array.from({ length: 1500 }, (_, i) => ({
    on: `2025-0${1 + (i % 3)}-${String(1 + (i % 28)).padStart(2, '0')}`,
    signal: 'asks_local_support',
    quote: `${'x'.repeat(900)} ${i}`,
  }))
  const people = Array.from({ length: 300 }, (_, i) => ({ id: `p${i}`, name: `Person ${i} ${'y'.repeat(400)}` }))
  const file = JSON.stringify({
    name: 'Large',
    evidence,
    people,
    firstContactOn: '2025-01-01',
    account: { name: 'Large' },
  })
  await inFolder({ 'large.json': file, 'broken.yaml': 'name: [', 'note.txt': 'no deal' }, (folder) =>
    onFolder(folder, TODAY, async (assistant) => {
      const { left } = await assistant.call<{ left: string[] }>('find_deals')
      expect(left).toHaveLength(1)
      expect(left[0]).toContain('broken.yaml')
      const brief = await assistant.call<{ people: { items: object[]; more: number } }>('read_brief', { deal: 'Large' })
      expect(brief.people.items.length + brief.people.more).toBe(300)
      const why = await assistant.call<{ reasons: object[]; more: number }>('explain', {
        deal: 'Large',
        about: 'position',
      })
      expect(why.reasons.length).toBeLessThan(30)
      expect(why.more).toBeGreaterThan(0)
      const account = await assistant.call<typeof brief>('account_plan', { account: 'Large' })
      expect(account.people.items.length + account.people.more).toBe(300)
      for (const answer of assistant.transcript) expect(answer.length).toBeLessThan(60_000)
    }),
  )
})

describe('words of others', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc
      .array(
        fc.constantFrom(OPEN, CLOSE, '\u202e', '\u200b', '\u{e0041}', '\ud800', '\u0000', '\r\n', '\n', 'a', '中'),
        { maxLength: 40 },
      )
      .map((parts) => parts.join('')),
  )
  test('stand between marks that they cannot end, and show everything that is in them', () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 2, max: 500 }), (text, most) => {
        const marked = quoted(text, most)
        expect(marked.startsWith(OPEN) && marked.endsWith(CLOSE)).toBe(true)
        const inner = marked.slice(1, -1)
        expect(inner).not.toMatch(new RegExp(`[${OPEN}${CLOSE}]`))
        expect(inner.length).toBeLessThanOrEqual(most)
        expect(inner.isWellFormed()).toBe(true)
        // eslint-disable-next-line no-control-regex, no-misleading-character-class -- what must not be there
        expect(inner).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u200b-\u200f\u202a-\u202e\u{e0000}-\u{e007f}]/u)
        expect(line(text, most)).not.toMatch(/[\n\r]/)
      }),
    )
  })
  test('that are harmless stay as they are', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\w ,.;:!?中文客户“”（）-]{0,100}$/), (text) => clean(text, 200) === text),
    )
  })
})

describe('standard input', () => {
  async function spoken(...pieces: string[]): Promise<{ id: unknown; result?: unknown; error?: { code: number } }[]> {
    return inFolder({}, async (folder) => {
      const [input, output] = [new PassThrough(), new PassThrough()]
      let out = ''
      output.setEncoding('utf8').on('data', (piece: string) => (out += piece))
      const served = serveStdio(folderDesk({ place: folder, method: METHOD, lang: 'en', today: () => TODAY }), {
        input,
        output,
        log: () => {},
      })
      for (const piece of pieces) {
        input.write(piece)
        await sleep(0)
      }
      input.end()
      await served
      return out
        .trim()
        .split('\n')
        .filter(Boolean)
        .map((text) => JSON.parse(text) as { id: unknown })
    })
  }
  const ping = (id: number): string => `${JSON.stringify({ jsonrpc: '2.0', id, method: 'ping' })}\n`

  test('a message that is too long is refused and dropped, and the next one is answered', async () => {
    const huge = `{"jsonrpc":"2.0","id":1,"method":"ping","params":{"x":"${'x'.repeat(1_200_000)}"}}\n`
    const parts = huge.match(/.{1,300000}\n?/gs)!
    const answers = await spoken(ping(0), ...parts, ping(2))
    expect(answers.map(({ id, error }) => [id, error?.code])).toEqual([
      [0, undefined],
      [null, -32600],
      [2, undefined],
    ])
  })

  test('messages are whole however they are cut, and what was asked before the end is answered', async () => {
    const text = ping(1) + ping(2) + ping(3)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: text.length - 1 }), { maxLength: 8 }), async (cuts) => {
        const at = [0, ...cuts.toSorted((a, b) => a - b), text.length]
        const answers = await spoken(...at.slice(1).map((end, i) => text.slice(at[i], end)))
        expect(answers.map(({ id }) => id)).toEqual([1, 2, 3])
      }),
      { numRuns: 20 },
    )
  })

  test('a slow call that was asked before the input ended is still answered', async () => {
    const call = { jsonrpc: '2.0', id: 'slow', method: 'tools/call', params: { name: 'find_deals', arguments: {} } }
    expect(await spoken(`${JSON.stringify(call)}\n`)).toMatchObject([
      { id: 'slow', result: { structuredContent: { deals: [] } } },
    ])
  })

  test('what is no JSON does not end the conversation', async () => {
    const answers = await spoken('nonsense\n', '{"jsonrpc":"2.0"}\n', ping(7))
    expect(answers.at(-1)).toMatchObject({ id: 7, result: {} })
  })
})
