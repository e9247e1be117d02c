import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decode } from '../src/exchange/files/decode.ts'
import { readMoney } from '../src/exchange/intake/amounts.ts'
import { readDay } from '../src/exchange/intake/days.ts'
import { readShare } from '../src/exchange/intake/shares.ts'
import { meaningOf } from '../src/exchange/intake/stages.ts'
import { ROOT, sente, withFiles } from './run.ts'

interface Listed {
  deals: {
    name: string
    account: string
    amount: { value: string; currency: string } | null
    dangers: number
    blocks: number
    lead: { days: number | null }
    seller: number | null
    crmCloseOn: string | null
    crmNextStep: string | null
    phase: string
  }[]
  closed: number
  remarks: { file: string; row: number; used: boolean; why: { en: string; zh: string } }[]
}
const list = async (...args: string[]): Promise<Listed> =>
  JSON.parse((await sente(['portfolio', ...args, '--as-of', '2025-08-31', '--json'])).out) as Listed

test('a next step of several lines is one line of the list', async () => {
  const step = 'Send the offer\n\nCall Ms Lin'
  await withFiles({ 'a.json': JSON.stringify({ sente: 1, name: 'X', crmNextStep: step }) }, async (_, path) => {
    expect((await list(path('a.json'))).deals[0]!.crmNextStep).toBe(step)
    const { out } = await sente(['portfolio', path('a.json'), '--as-of', '2025-08-31', '--lang', 'en'])
    expect(out).toMatch(/CRM next: Send the offer Call Ms Lin/)
  })
})

describe('an export of a CRM', () => {
  test('from Salesforce: opportunities and activities, US dates, the rest goes on past rows that cannot be used', async () => {
    const { deals, closed, remarks } = await list(
      'examples/crm/salesforce-opportunities.csv',
      'examples/crm/salesforce-activities.csv',
    )
    expect(deals.map(({ name }) => name).sort()).toEqual([
      'Claims workbench',
      'Fleet maintenance',
      'Grid analytics',
      'Plant scheduling',
      'Store replenishment',
    ])
    expect(closed).toBe(1)
    expect(deals.find(({ name }) => name === 'Plant scheduling')!.crmCloseOn).toBe('2025-11-30')
    expect(deals.find(({ name }) => name === 'Grid analytics')!.amount).toEqual({ value: '2300000', currency: 'USD' })
    expect(remarks.map(({ file, row }) => [file.split('/').at(-1), row])).toEqual([
      ['salesforce-opportunities.csv', 8],
      ['salesforce-opportunities.csv', 9],
      ['salesforce-activities.csv', 10],
      ['salesforce-activities.csv', 11],
    ])
  })

  test('from HubSpot: dates with a time, shares as fractions', async () => {
    const { deals, closed } = await list('examples/crm/hubspot-deals.csv')
    expect([deals.length, closed]).toEqual([3, 1])
    expect(deals.find(({ name }) => name.startsWith('Energy'))!.seller).toBe(0.6)
  })

  test('from a Chinese CRM in GB18030: headings, amounts in 万, stages', async () => {
    const { deals, closed, remarks } = await list('examples/crm/商机导出.csv', 'examples/crm/跟进记录.csv')
    expect(deals.find(({ name }) => name === '核心系统升级')!.amount).toEqual({ value: '4800000', currency: 'CNY' })
    expect([deals.length, closed]).toEqual([4, 1])
    expect(remarks.map(({ used }) => used)).toEqual([true, true])
  })

  test('is ranked by danger', async () => {
    const { deals } = await list('examples/crm/salesforce-opportunities.csv', 'examples/crm/salesforce-activities.csv')
    const danger = deals.map(({ blocks, dangers }) => blocks * 1000 + dangers)
    expect(danger).toEqual([...danger].sort((a, b) => b - a))
  })

  test('with headings of its own is read by --map; an unknown field in it is refused with the known ones', async () => {
    const files = {
      'p.csv': 'Projekt,Kunde,Beginn,Wert\nLager,Nord,01.03.2025,45.000 EUR\n',
      'map.yaml': 'name: Projekt\naccount: Kunde\ncreated: Beginn\namount: Wert\n',
      'wrong.yaml': 'nmae: Projekt\n',
    }
    await withFiles(files, async (_, path) => {
      const without = await sente(['portfolio', path('p.csv')])
      expect(without.code).toBe(2)
      expect(without.err).toContain('--map')
      const { deals } = await list(path('p.csv'), '--map', path('map.yaml'))
      expect(deals[0]).toMatchObject({ name: 'Lager', account: 'Nord', amount: { value: '45000', currency: 'EUR' } })
      const wrong = await sente(['portfolio', path('p.csv'), '--map', path('wrong.yaml')])
      expect([wrong.code, wrong.err.includes('nmae')]).toEqual([2, true])
    })
  })

  test('in two lists is one deal by its id, and the later list counts', async () => {
    const files = {
      'a.csv': 'Opportunity ID,Deal Name,Amount,Currency,Create Date\n0065g00000QqQqQAAV,Gauge,350000,EUR,2026-03-01\n',
      'b.csv': 'Opportunity ID,Deal Name,Amount,Currency,Create Date\n0065g00000QqQqQAAV,Gauge,360000,EUR,2026-03-01\n',
      'c.csv': 'Account Name,Industry,Website\nNord,Ports,nord.example\n',
    }
    await withFiles(files, async (_, path) => {
      const { deals, remarks } = await list(path('a.csv'), path('b.csv'), path('c.csv'))
      expect(deals.map(({ amount }) => amount)).toEqual([{ value: '360000', currency: 'EUR' }])
      expect(remarks.map(({ why }) => why.en)).toEqual([
        expect.stringContaining('holds no deals'),
        expect.stringContaining('it is one deal'),
      ])
    })
  })

  test('amounts without a currency are named, and read with --currency', async () => {
    await withFiles({ 'p.csv': 'Deal Name,Amount,Create Date\nA,1000,2025-03-01\n' }, async (_, path) => {
      const bare = await list(path('p.csv'))
      expect(bare.deals[0]!.amount).toBeNull()
      expect(bare.remarks[0]!.why.en).toContain('--currency')
      expect((await list(path('p.csv'), '--currency', 'CNY')).deals[0]!.amount).toEqual({
        value: '1000',
        currency: 'CNY',
      })
    })
  })

  test('the stage is weak evidence: it moves the phase but does not set it', async () => {
    const row = (stage: string): string => `Deal Name,Deal Stage,Create Date\nA,${stage},2025-08-01\n`
    await withFiles({ 'a.csv': row('Contract sent'), 'b.csv': row('') }, async (_, path) => {
      const [stage, none] = await Promise.all([list(path('a.csv')), list(path('b.csv'))])
      expect(stage.deals[0]!.phase).not.toBe('commit')
      expect(JSON.stringify(stage.deals)).not.toBe(JSON.stringify(none.deals))
    })
  })

  test('folders mix deal files and exports; a faulty deal file is reported and the rest goes on', async () => {
    const files = {
      'a.yaml': 'name: From a file\nopenedOn: 2025-05-01\n',
      'b.yaml': 'nme: broken\n',
      'c.csv': 'Deal Name,Create Date\nFrom an export,2025-05-01\n',
      'notes.txt': 'not read',
    }
    await withFiles(files, async (folder) => {
      const { deals, remarks } = await list(folder)
      expect(deals.map(({ name }) => name).sort()).toEqual(['From a file', 'From an export'])
      expect(remarks.length).toBeGreaterThan(0)
    })
  })
})

describe('cells', () => {
  test.each([
    ['¥1,200,000.00', { value: '1200000', currency: 'CNY' }],
    ['USD 45k', { value: '45000', currency: 'USD' }],
    ['120万', { value: '1200000' }],
    ['1.5亿', { value: '150000000' }],
    ['45.000,50 EUR', { value: '45000.5', currency: 'EUR' }],
    ['€ 1.234.567', { value: '1234567', currency: 'EUR' }],
    ['0.1', { value: '0.1' }],
    ['0.125', { value: '0.125' }],
    ['1234567.125', { value: '1234567.125' }],
    ['1.2E+09', { value: '1200000000' }],
    ['12e5', { value: '1200000' }],
    ["CHF 1'200'000.50", { value: '1200000.5', currency: 'CHF' }],
    ['1\u202f200\u00a0000,50 €', { value: '1200000.5', currency: 'EUR' }],
    ['￥１２０万', { value: '1200000', currency: 'CNY' }],
    ['1亿2000万', { value: '120000000' }],
    ['1e-5', undefined],
    ['1e400', undefined],
    ['(1,200)', undefined],
    ['-5', undefined],
    ['soon', undefined],
  ])('amount %s', (text, wanted) => {
    const read = readMoney(text)
    const { value, currency } = 'not' in read ? { value: undefined, currency: undefined } : read
    expect(value === undefined ? undefined : { value, ...(currency === undefined ? {} : { currency }) }).toEqual(wanted)
  })

  test('an amount never loses a cent: decimal text in, decimal text out', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 14n }), fc.integer({ min: 0, max: 99 }), (whole, cents) => {
        const text = `${whole}.${String(cents).padStart(2, '0')}`
        const { value: read } = readMoney(text) as { value: string }
        expect(Number(read.split('.')[1]?.padEnd(2, '0') ?? '0')).toBe(cents)
        expect(BigInt(read.split('.')[0]!)).toBe(whole)
      }),
    )
  })

  test('3/4/2025 is read in the order that is said, and in none without it', () => {
    expect(readDay('3/4/2025', { order: 'mdy' })).toMatchObject({ day: '2025-03-04' })
    expect(readDay('3/4/2025', { order: 'dmy' })).toMatchObject({ day: '2025-04-03' })
    expect(readDay('3/4/2025')).toEqual({ not: 'order' })
    expect(readDay('2025年3月5日')).toMatchObject({ day: '2025-03-05' })
    expect(readDay('2025-02-30')).toEqual({ not: 'no-such-day' })
  })

  test.each([
    ['40', 0.4],
    ['40%', 0.4],
    ['0.4', 0.4],
    ['100%', 1],
    ['1', 1],
    ['140', undefined],
    ['high', undefined],
  ])('share %s', (text, wanted) => expect(readShare(text, undefined)).toBe(wanted))

  test.each([
    ['未中标', 'lost'],
    ['中标', 'won'],
    ['Closed Lost', 'lost'],
    ['Closed Won', 'won'],
    ['Negotiation/Review', 'commit'],
    ['Proposal/Price Quote', 'evaluate'],
    ['Decision maker bought-In', 'evaluate'],
    ['decisionmakerboughtin', 'evaluate'],
    ['需求确认', 'need'],
    ['线索', 'frame'],
    ['随便看看', undefined],
  ])('stage %s', (stage, wanted) => expect(meaningOf(stage)).toBe(wanted))
})

describe('encodings', () => {
  const text = '名称,阶段\nA,b\n'
  test('UTF-8 with and without mark, UTF-16 both ways with and without mark, GB18030', async () => {
    expect(decode(Buffer.from(text))).toBe(text)
    expect(decode(Buffer.from(`\ufeff${text}`))).toBe(text)
    expect(decode(Buffer.from(`\ufeff${text}`, 'utf16le'))).toBe(text)
    expect(decode(Buffer.from(`\ufeff${text}`, 'utf16le').swap16())).toBe(text)
    const latin = 'Deal Name,Amount,Stage\n'
    expect(decode(Buffer.from(latin, 'utf16le'))).toBe(latin)
    expect(decode(Buffer.from(latin, 'utf16le').swap16())).toBe(latin)
    expect(decode(await readFile(join(ROOT, 'examples/crm/商机导出.csv')))).toContain('核心系统升级')
  })

  test('what is no text is not read as one', () => {
    expect(
      decode(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 1, 2, 3])),
    ).toBeUndefined()
    expect(decode(new Uint8Array([0x50, 0x4b, 3, 4, 20, 0, 6, 0, 8, 0]))).toBeUndefined()
  })
})
