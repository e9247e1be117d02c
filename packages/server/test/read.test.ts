import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { describe, expect, test } from 'vitest'
import type { Brief } from '@sente/engine'
import { sente, withFiles } from './run.ts'

const NOTES = 'examples/notes/grid-visits.md'
const ZH = 'examples/notes/核心系统跟进.md'

interface Read {
  on: string
  text: string
  suggestions: { signal: string; span: [number, number]; quote: string; on: string; from?: string }[]
}
const signalsOf = (out: string): string[] =>
  (JSON.parse(out) as Read[]).flatMap(({ suggestions }) => suggestions.map(({ signal }) => signal))

describe('sente read', () => {
  test('prints each note with the words marked, and what they suggest, in both languages', async () => {
    const { code, out } = await sente(['read', NOTES, '--lang', 'en'])
    expect(code).toBe(0)
    // The clause that says it; what stands beside it in the sentence may be marked along.
    expect(out).toMatch(/\[The RFP is out[^\]]*\]/)
    expect(out).toContain('rfp_issued')
    const zh = await sente(['read', ZH, '--lang', 'zh'])
    expect(zh.out).toContain('project_approved')
    expect(zh.out).toContain('条建议的依据')
  })

  test('underlines the words on a terminal that shows colours', async () => {
    const { out } = await sente(['read', NOTES], { env: { FORCE_COLOR: '1' } })
    expect(out).toContain('\u001b[4mThe RFP is out')
  })

  test('does not take plans and hearsay for facts', async () => {
    expect(signalsOf((await sente(['read', NOTES, '--json'])).out)).not.toContain('vendor_site_visit')
    expect(signalsOf((await sente(['read', ZH, '--json'])).out)).not.toContain('peer_already_did_it')
  })

  test('--into writes what is new as suggestions, keeps comments and order, and adds nothing the second time', async () => {
    const deal =
      '# my deal\nname: Grid  # the short name\npeople:\n  - {id: brandt, name: Helena Brandt}\nevidence:\n  # what we know\n  - {on: 2025-04-20, signal: comparison_matrix}\ntouches: []\n'
    await withFiles({ 'deal.yaml': deal }, async (_, path) => {
      const first = await sente(['read', NOTES, '--into', path('deal.yaml')])
      expect(first.code).toBe(0)
      const text = await readFile(path('deal.yaml'), 'utf8')
      expect(
        text.startsWith(
          '# my deal\nname: Grid # the short name\npeople:\n  - {id: brandt, name: Helena Brandt}\nevidence:\n  # what we know\n  - {on: 2025-04-20, signal: comparison_matrix}\n',
        ),
      ).toBe(true)
      expect(text.trimEnd().endsWith('touches: []')).toBe(true)
      const { evidence } = parse(text) as {
        evidence: { signal: string; status?: string; source?: string; quote?: string }[]
      }
      expect(evidence.length).toBeGreaterThan(3)
      for (const piece of evidence.slice(1)) expect(piece).toMatchObject({ status: 'suggested', source: 'note' })
      await sente(['read', NOTES, '--into', path('deal.yaml')])
      expect(await readFile(path('deal.yaml'), 'utf8')).toBe(text)
      expect((await sente(['check', path('deal.yaml')])).code).toBe(0)
    })
  })

  test('a rejected suggestion does not come back', async () => {
    await withFiles({ 'deal.yaml': 'name: Grid\n' }, async (_, path) => {
      await sente(['read', NOTES, '--into', path('deal.yaml')])
      const { writeFile } = await import('node:fs/promises')
      await writeFile(
        path('deal.yaml'),
        (await readFile(path('deal.yaml'), 'utf8')).replaceAll('status: suggested', 'status: rejected'),
      )
      const before = await readFile(path('deal.yaml'), 'utf8')
      await sente(['read', NOTES, '--into', path('deal.yaml')])
      expect(await readFile(path('deal.yaml'), 'utf8')).toBe(before)
    })
  })

  test('reads GB18030 and UTF-16, and the activities of a CRM', async () => {
    const text = '2025-03-05\n立项会通过了\n'
    await withFiles({ 'u16.txt': Buffer.from(`\ufeff${text}`, 'utf16le') }, async (_, path) => {
      expect(signalsOf((await sente(['read', path('u16.txt'), '--json'])).out)).toContain('project_approved')
    })
    // 2025-03-05 / 立项会通过了，编号下来了, as Chinese Windows programs save it.
    const gb = Uint8Array.from([
      50, 48, 50, 53, 45, 48, 51, 45, 48, 53, 10, 193, 162, 207, 238, 187, 225, 205, 168, 185, 253, 193, 203, 163, 172,
      177, 224, 186, 197, 207, 194, 192, 180, 193, 203, 10,
    ])
    await withFiles({ 'gb.txt': gb }, async (_, path) => {
      const { out } = await sente(['read', path('gb.txt'), '--json'])
      expect((JSON.parse(out) as Read[]).map((note) => note.text)).toEqual(['立项会通过了，编号下来了'])
      expect(signalsOf(out)).toContain('project_approved')
    })
    const { code, out } = await sente(['read', 'examples/crm/跟进记录.csv', '--json'])
    expect(code).toBe(0)
    expect((JSON.parse(out) as Read[]).length).toBe(4)
  })

  test('reads mails and chats by their days and authors', async () => {
    const mail =
      'From: Dana Reyes <dana@example.com>\nDate: Wed, 5 Mar 2025 09:12:00 +0100\nSubject: Northmoor\n\nThe RFP is out.\n> The contract was signed\n'
    const chat = '王海 2025-03-05 14:22:11\n立项会通过了，编号下来了\n李倩 2025-03-07 09:00\n好的\n'
    await withFiles({ 'm.eml': mail, 'c.txt': chat }, async (_, path) => {
      const read = async (name: string): Promise<(Read & { author?: string })[]> =>
        JSON.parse((await sente(['read', path(name), '--json'])).out) as (Read & { author?: string })[]
      const [letter] = await read('m.eml')
      expect([letter!.on, letter!.author]).toEqual(['2025-03-05', 'Dana Reyes'])
      expect(letter!.suggestions.map(({ signal }) => signal)).toContain('rfp_issued')
      expect(letter!.suggestions.map(({ signal }) => signal)).not.toContain('contract_signed')
      expect((await read('c.txt')).map(({ on, author }) => [on, author])).toEqual([
        ['2025-03-05', '王海'],
        ['2025-03-07', '李倩'],
      ])
    })
  })

  test('text without a day is a clear error that says how to mend it, and --on mends it', async () => {
    const bare = await sente(['read', '-'], { input: 'The RFP is out\n' })
    expect([bare.code, bare.err.includes('--on')]).toEqual([2, true])
    expect(
      signalsOf((await sente(['read', '-', '--on', '2025-03-05', '--json'], { input: 'The RFP is out\n' })).out),
    ).toContain('rfp_issued')
  })

  test('a binary, an empty file, a missing one and one of 11 MB are refused', async () => {
    await withFiles(
      { 'b.txt': new Uint8Array([0, 1, 2, 3, 255, 254]), 'e.txt': '', 'big.txt': 'x'.repeat(11e6) },
      async (_, path) => {
        for (const name of ['b.txt', 'e.txt', 'none.txt', 'big.txt']) {
          const { code, err } = await sente(['read', path(name)])
          expect([name, code, err.includes('report it')]).toEqual([name, 2, false])
        }
      },
    )
  })

  test('with a language model that cannot be reached it says what leaves the machine, falls back, and says so', async () => {
    await withFiles({}, async (folder) => {
      const { code, out, err } = await sente(['read', NOTES, '--json'], {
        env: { SENTE_LLM_URL: 'http://127.0.0.1:9/v1', SENTE_LLM_MODEL: 'any', XDG_CACHE_HOME: folder },
      })
      expect(code).toBe(0)
      expect(signalsOf(out)).toContain('rfp_issued')
      expect(err.trim().split('\n').length).toBeGreaterThanOrEqual(2)
    })
  })
})

describe('notes and briefs', () => {
  test('a file of notes alone gives a first brief', async () => {
    const { code, out } = await sente(['brief', ZH, '--as-of', '2025-05-20', '--json'])
    const result = JSON.parse(out) as Brief
    expect(code).toBe(0)
    expect(result.deal.name).toBe('江州银行核心系统')
    expect(result.position.reasons.length).toBeGreaterThan(4)
  })

  test('the notes of a deal count as unconfirmed evidence, and only from the day they were written', async () => {
    const deal = 'name: x\nfirstContactOn: 2025-03-01\nnotes:\n  - {on: 2025-03-20, text: "立项会通过了，编号下来了"}\n'
    const at = async (day: string): Promise<Brief> =>
      JSON.parse((await sente(['brief', '-', '--as-of', day, '--json'], { input: deal })).out) as Brief
    expect((await at('2025-03-19')).position.reasons).toEqual([])
    const [reason] = (await at('2025-03-20')).position.reasons
    expect(reason).toMatchObject({ what: 'project_approved' })
    // Unconfirmed evidence counts .8 of what its confidence says (methodology/phases.json).
    expect(reason!.weight).toBeLessThanOrEqual(0.8)
  })
})
