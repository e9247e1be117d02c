import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { loadMethodology } from '@sente/engine'
import { files } from '@sente/methodology'
import { describe, expect, test } from 'vitest'
import { activityNotes, addActivities, dealsFrom, readTable } from '../src/exchange/files/crm.ts'
import type { Table } from '../src/exchange/files/crm.ts'
import { shifted, readMoney, unitOf } from '../src/exchange/intake/amounts.ts'
import { readDay } from '../src/exchange/intake/days.ts'
import type { Answers } from '../src/exchange/intake/doubts.ts'
import { canonicalId, formsOf, fullName, isRounded, plainName } from '../src/exchange/intake/identity.ts'
import { meaningOf } from '../src/exchange/intake/stages.ts'
import { activityStatus } from '../src/exchange/intake/statuses.ts'
import { ROOT } from './run.ts'

const loaded = loadMethodology(files)
if (!('methodology' in loaded)) throw new Error('the method has faults')
const method = loaded.methodology
const folder = join(ROOT, 'packages/server/test/intake')
const asOf = '2026-11-30' as never

const table = async (name: string, answers: Answers = {}, timeZone = 'Asia/Shanghai'): Promise<Table> =>
  readTable(name, await readFile(join(folder, name)), { method, answers, ours: { timeZone, currency: 'CNY' } })
const written = (text: string, answers: Answers = {}, name = 'x.csv'): Promise<Table> =>
  readTable(name, Buffer.from(text), { method, answers, ours: { timeZone: 'Asia/Shanghai', currency: 'CNY' } })
const pick = ({ rows }: Table, ...fields: string[]): unknown[][] =>
  rows.map(({ given }) =>
    fields.map((field) => {
      const value = given[field]
      return field === 'amount' && value !== undefined
        ? `${(given['currency'] as string | undefined) ?? (value as { currency?: string }).currency ?? '-'} ${(value as { value: string }).value}`
        : value
    }),
  )
const left = ({ report }: Table): Record<string, number> =>
  Object.fromEntries(report.leftOut.map(({ reason, rows }) => [reason, rows]))
const doubts = ({ report }: Table): string[] => report.doubts.map(({ about, guess }) => `${about} ${guess}`)

describe('a list comes in right:', () => {
  test('the foot of a report is no deal', async () => {
    const list = await table('report-with-footer.csv')
    expect(pick(list, 'name')).toEqual([['X01 Plant scheduling'], ['X01 Claims workbench']])
    expect(left(list)).toEqual({ footer: 5 })
  })
  test('a customer that is merged over rows is the customer of all of them; the headings are found', async () => {
    const list = await table('merged-customer.xlsx')
    expect(pick(list, 'name', 'account')).toEqual([
      ['X03核心系统', 'X03江城银行'],
      ['X03手机银行', 'X03江城银行'],
      ['X03智慧病房', 'X03滨州医院'],
    ])
    expect(list.report.headingRow).toBe(3)
  })
  test('ids of 15 and of 18 characters are the same ids, and those that differ in case are not', async () => {
    const { deals } = dealsFrom(await table('ids-15-deals.csv'), asOf)
    expect(addActivities(await table('ids-18-tasks.csv'), deals)).toEqual([])
    expect([...deals.values()].map(({ name, touches }) => [name, touches?.map(({ what }) => what)])).toEqual([
      ['X04 Alpha', ['X04 call about alpha']],
      ['X04 Beta', ['X04 call about beta']],
    ])
  })
  test('a moment counts on the day on which it was at ours', async () => {
    expect(pick(await table('utc-moments.csv'), 'openedOn')).toEqual([['2025-03-15']])
    expect(pick(await table('utc-moments.csv', { timeZone: 'America/New_York' }), 'openedOn')).toEqual([['2025-03-14']])
    expect(pick(await table('utc-closed.csv'), 'openedOn', 'stageSince', 'closedOn')).toEqual([
      ['2026-04-01', '2026-07-01', '2026-06-30'],
    ])
  })
  test.each([
    ['opportunity-history.csv', 4, '2025-01-10', '- 400000'],
    ['history-report.csv', 3, '2026-01-10', 'EUR 260000'],
    ['history-newest-first.csv', 3, '2026-01-10', 'EUR 260000'],
  ])('the history in %s is one deal with a claim for each stage', async (file, claims, opened, amount) => {
    const list = await table(file)
    expect(pick(list, 'openedOn', 'amount')).toEqual([[opened, amount]])
    const changes = list.rows[0]!.given['changes'] as { on: string }[]
    expect(changes).toHaveLength(claims)
    expect(changes.map(({ on }) => on)).toEqual(changes.map(({ on }) => on).toSorted())
  })
  test('expected revenue of Salesforce is not the amount, that of Odoo is', async () => {
    const list = await table('expected-revenue.csv')
    expect(pick(list, 'amount')).toEqual([[undefined]])
    expect(doubts(list)).toContain('amount-column none')
    expect(pick(await table('odoo-lost.csv'), 'amount')).toEqual([['- 220000'], ['- 180000']])
  })
  test('one column of probabilities has one unit', async () => {
    expect(pick(await table('one-percent.csv'), 'probability')).toEqual([[0.01], [0.1], [0.005], [0.6]])
    expect(pick(await table('odoo-small-percent.csv'), 'probability')).toEqual([[0.0087]])
  })
  test('what is planned, deferred or waiting has not taken place', async () => {
    const list = await table('task-statuses.csv')
    expect(pick(list, 'what')).toEqual([['Discovery call']])
    expect(left(list)).toEqual({ planned: 4 })
  })
  test('first and last name are one name; a form of address is no post', async () => {
    expect(pick(await table('hubspot-contacts.csv'), 'name', 'title')).toEqual([
      ['Ruth Alvarez', 'Head of planning'],
      ['王建国', '总经理'],
    ])
    expect(pick(await table('outlook-contacts.csv'), 'name', 'title')).toEqual([['Ruth Alvarez', 'Head of planning']])
    expect(pick(await table('contacts-zh.csv'), 'name')).toEqual([['欧阳明'], ['王岚']])
    expect(pick(await table('salesforce-contacts.csv'), 'name')).toEqual([['Ada Moss'], ['Tom Reed']])
  })
  test('stages that end a deal end it as they say, and candidates are no winners', async () => {
    expect(pick(await table('closing-stages.csv'), 'status')).toEqual([
      ['no-decision'],
      ['lost'],
      ['won'],
      [undefined],
      ['lost'],
      ['lost'],
      ['lost'],
    ])
  })
  test('how a deal stands is told by all columns that say it', async () => {
    const list = await table('pipedrive-deals.csv')
    expect(pick(list, 'name', 'account', 'amount', 'status', 'closedOn')).toEqual([
      ['X18 Energy metering', 'X18 Brenn', 'EUR 265000', 'open', undefined],
      ['X18 Spare parts', 'X18 Linden', 'EUR 95000', 'won', '2025-04-30'],
    ])
    expect(pick(await table('odoo-tags.csv'), 'name', 'status', 'probability')).toEqual([
      ['X20 Metering', 'lost', 0],
      ['X20 Parts', undefined, 0.385],
    ])
    expect(left(await table('odoo-tags.csv'))).toEqual({ continuation: 1 })
    expect(pick(await table('odoo-lost.csv'), 'status', 'closedOn')).toEqual([
      ['lost', '2026-06-30'],
      [undefined, undefined],
    ])
    expect(pick(await table('pipedrive-lost.csv'), 'status', 'closedOn')).toEqual([
      ['lost', '2026-07-02'],
      ['open', undefined],
      ['won', '2026-06-02'],
    ])
    expect(pick(await table('salesforce-flags.csv'), 'status')).toEqual([['lost'], ['won']])
  })
  test('a guard before a formula sign is no part of a name', async () => {
    expect(pick(await table('twenty.csv'), 'name')).toEqual([['+Plus rollout X21']])
  })
  test('amounts as Chinese sellers write them', async () => {
    expect(pick(await table('chinese-amounts.csv'), 'amount').flat()).toEqual(
      ['3000000', '5000000', '120000000', '30000000', '2000000', '1200000', '30000000', '120000000', '500000'].map(
        (value) => `- ${value}`,
      ),
    )
  })
  test('signs of currencies by their own country; what nobody knows is refused', async () => {
    expect(pick(await table('foreign-currencies.csv'), 'amount').flat()).toEqual([
      'USD 4800000',
      'HKD 5000000',
      'TWD 1200000',
      'SGD 250000',
      'AUD 1200000',
      'BRL 1200',
    ])
    const list = await table('currency-signs.csv')
    const refused = list.rows.flatMap(({ given, faults }) => (faults.length > 0 ? [given['externalId']] : []))
    expect(refused).toEqual(['CU-10', 'CU-22', 'CU-25'])
    expect(pick(list, 'amount').slice(0, 10).flat()).toEqual([
      'BRL 1500000',
      'HKD 1200000',
      'TWD 3400000',
      'SGD 250000',
      'AUD 80000',
      'USD 90000',
      'USD 45000',
      'JPY 12000000',
      'CNY 36000',
      'CHF 1200000',
    ])
  })
  test('the unit of a heading multiplies, and is said', async () => {
    expect(pick(await table('wan-heading.csv'), 'amount').flat()).toEqual(['CNY 3200000', 'CNY 855000'])
    expect(pick(await table('wan-heading-no-currency.csv'), 'amount').flat()).toEqual(['CNY 3200000'])
    expect(pick(await table('thousands-heading.csv'), 'amount').flat()).toEqual(['EUR 320000'])
    expect(doubts(await table('thousands-heading.csv'))).toContain('unit 10^3')
    expect(pick(await table('thousands-heading.csv', { unit: 0 }), 'amount').flat()).toEqual(['EUR 320'])
  })
  test('workbooks of the 1904 system, however marked, and Chinese formats of days', async () => {
    for (const file of ['mac-1904.xlsx', 'mac-1904-true.xlsx'])
      expect(pick(await table(file), 'openedOn', 'closedOn')).toEqual([['2026-03-05', '2026-06-30']])
    expect(pick(await table('windows-days.xlsx'), 'openedOn', 'closedOn')).toEqual([
      ['2026-03-05', '2026-06-30'],
      ['2026-03-05', undefined],
    ])
  })
  test('letters are whole in every encoding, and a guessed one is said', async () => {
    expect(pick(await table('accounts-1252.csv'), 'name')[0]).toEqual(['Müller Präzision GmbH'])
    expect(pick(await table('deals-1252.csv'), 'name', 'amount')).toEqual([['Großprojekt Süd', 'EUR 48000']])
    expect(pick(await table('accounts-big5.csv'), 'name', 'region')).toEqual([['遠東航運股份有限公司', '高雄']])
    expect(pick(await table('utf16.csv'), 'name')).toEqual([['Aquädukt Süd']])
    expect(pick(await table('rare-gb18030.csv'), 'name')).toEqual([['镕锘泵站']])
    expect(doubts(await table('accounts-big5.csv'))).toContain('encoding big5')
    expect(pick(await table('accounts-1252.csv', { encoding: 'windows-1252' }), 'name')[0]).toEqual([
      'Müller Präzision GmbH',
    ])
  })
  test('semicolons with decimal commas, and the line that says the separator', async () => {
    expect(pick(await table('decimal-commas.csv'), 'amount').flat()).toEqual(['- 5.58199', '- 5.51197', '- 5.582'])
    expect(pick(await table('semicolons.csv'), 'name', 'amount')[0]).toEqual([
      'Havneanlegg, fase 1, 2 og 3',
      'NOK 1250000.5',
    ])
    expect(pick(await table('sep-line.csv'), 'amount').flat()).toEqual(['NOK 1250000.5'])
  })
  test('the list is found on whatever sheet and below whatever title', async () => {
    for (const [file, count] of [
      ['hidden-first.xlsx', 1],
      ['instructions-first.xlsx', 2],
      ['numbers-export.xlsx', 1],
      ['salesforce-formatted.xlsx', 3],
      ['title-row.xlsx', 2],
      ['title-row.csv', 1],
      ['report.xls', 1],
    ] as const)
      expect([file, (await table(file)).rows.length]).toEqual([file, count])
    const grouped = await table('salesforce-formatted.xlsx')
    expect(pick(grouped, 'stage').flat()).toEqual([
      'Proposal/Price Quote',
      'Proposal/Price Quote',
      'Negotiation/Review',
    ])
    expect(left(grouped)).toEqual({ total: 3 })
  })
  test('the headings of HubSpot, EspoCRM, Zoho and Dynamics need no mapping', async () => {
    const fields = ['name', 'account', 'amount', 'externalId', 'expectedCloseOn', 'closedOn'] as const
    expect(pick(await table('hubspot-deals.csv'), ...fields)).toEqual([
      ['Aqueduct', 'Roma Works', 'EUR 75000', '18800001', '2027-01-31', undefined],
    ])
    expect(pick(await table('espo-opportunities.csv'), ...fields)).toEqual([
      ['Pump house', 'Deltaworks', 'EUR 52000', '66f0a1', '2027-01-31', undefined],
    ])
    expect(pick(await table('zoho-deals.csv'), ...fields)[0]).toEqual([
      'Turbine hall',
      'Norn Energy',
      'EUR 540000',
      'zcrm_5437000001',
      undefined,
      '2026-05-11',
    ])
    expect(pick(await table('dynamics-opportunities.csv'), ...fields)).toEqual([
      [
        'Grid control room',
        'Norn Energy',
        'EUR 540000',
        '3f2b0c11-aaaa-4f00-9c00-000000000001',
        '2027-01-31',
        undefined,
      ],
      ['Relay swap', 'Norn Energy', 'EUR 40000', '3f2b0c11-aaaa-4f00-9c00-000000000002', '2026-05-31', '2026-05-20'],
    ])
  })
  test('deals of the same name at different accounts are different deals', async () => {
    expect(dealsFrom(await table('same-names.csv'), asOf).deals.size).toBe(3)
  })
  test('every way in which programs write a day, and none of those in which they write something else', async () => {
    const list = await table('day-shapes.csv')
    const days = list.rows.map(({ given, faults }) => (faults.length > 0 ? 'refused' : given['openedOn']))
    expect(days).toEqual([
      ...Array.from({ length: 13 }, () => '2026-03-05'),
      'refused',
      '2026-03-05',
      'refused',
      'refused',
      'refused',
      undefined,
    ])
  })
  test('a note in HTML means the same as in plain text', async () => {
    const [html, plain] = await Promise.all(
      ['html-notes.csv', 'plain-notes.csv'].map(
        async (name) => (await activityNotes(name, await readFile(join(folder, name)), method, undefined)).notes,
      ),
    )
    expect(html![0]!.text).not.toMatch(/[<>]|&amp;|nbsp|base64/)
    expect(html![0]!.text.replaceAll(/\s+/g, ' ')).toBe(plain![0]!.text.replaceAll(/\s+/g, ' '))
  })
})

describe('what is in doubt is said:', () => {
  const many = (n: number, row: (i: number) => string): string =>
    Array.from({ length: n }, (_, i) => `${row(i)}\n`).join('')
  const slashed = (last: string, n = 1600): string =>
    `Opportunity Name,Stage,Created Date\n${many(n, (i) => `Route ${i},Qualification,0${(i % 9) + 1}/03/2026`)}Last,Qualification,${last}\n`

  test('the order of days is decided on the whole column, the last row included', async () => {
    const list = await written(slashed('25/03/2026'))
    expect(list.rows.every(({ given }) => String(given['openedOn']).startsWith('2026-03'))).toBe(true)
    expect(doubts(list)).toEqual([])
  })
  test('an order that nothing shows waits for an answer where it is of more than a handful of rows, and not with one', async () => {
    const open = await written(slashed('04/03/2026'))
    expect(open.report.doubts).toMatchObject([{ about: 'date-order', guess: 'mdy', waits: true, rows: 1601 }])
    expect((await written(slashed('04/03/2026', 2))).report.doubts).toMatchObject([{ waits: false }])
    const said = await written(slashed('04/03/2026'), { dateOrder: 'dmy' })
    expect([said.report.doubts, said.rows[3]!.given['openedOn']]).toEqual([[], '2026-03-04'])
    expect((await written(slashed('04/03/2026'), { yes: true })).report.doubts[0]!.waits).toBe(false)
  })
  test('a column that holds both orders is not read by a guess', async () => {
    const list = await written(
      'Opportunity Name,Stage,Created Date\nA,Qualification,25/03/2026\nB,Qualification,03/25/2026\nC,Qualification,04/03/2026\n',
    )
    expect(list.report.doubts).toMatchObject([{ about: 'date-order', guess: 'none', waits: true }])
    expect(list.rows.map(({ given }) => given['openedOn'])).toEqual(['2026-03-25', '2026-03-25', undefined])
    expect(list.rows[2]!.faults).toHaveLength(1)
  })
  test('an order that another column shows is said', async () => {
    const list = await table('other-column-tells.csv')
    expect(pick(list, 'openedOn', 'closedOn')).toEqual([
      ['2026-03-04', '2026-04-30'],
      ['2026-03-05', '2026-12-06'],
    ])
    expect(doubts(list)).toEqual(['date-order dmy'])
  })
  test.each(['other-column-tells.csv', 'other-column-contradicts.csv'])(
    'an order that one value of another column would have waits for an answer: %s',
    async (name) => {
      const doubt = (await table(name)).report.doubts.find(({ about }) => about === 'date-order')!
      expect([doubt.waits, doubt.what.en]).toEqual([true, expect.stringContaining('one value of another column')])
    },
  )
  test('a PDF or a picture is said to be one, whatever its name says', async () => {
    for (const [bytes, is] of [
      [Buffer.from('%PDF-1.4\n1 0 obj\n'), 'a PDF'],
      [Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]), 'a picture'],
    ] as const)
      await expect(readTable('deals.csv', bytes, { method, ours: {} })).rejects.toThrow(
        `This is ${is}, not a list. Export the list as CSV or XLSX.`,
      )
  })
  test('stages that are not known are listed, and can be said', async () => {
    const list = await table('stage-names.csv')
    const unknown = list.report.doubts.find(({ about }) => about === 'stage')!.examples.map(({ value }) => value)
    expect(unknown).toContain('On Hold')
    const status = new Map(list.rows.map(({ given }) => [given['stage'] as string, given['status']]))
    for (const stage of [
      '成功结案',
      '已结束并赢得客户',
      '赢单关闭',
      '关闭（赢单）',
      '赢单',
      '合同签订',
      '已签合同',
      '签单',
      '回款',
      'Contract signed',
      'Gewonnen',
      'Gagné',
      '成約',
    ])
      expect([stage, status.get(stage)]).toEqual([stage, 'won'])
    for (const stage of [
      '失败结案',
      '已结束但未赢得客户',
      '输单',
      '无效',
      '作废',
      '已取消',
      '终止',
      'Closed - Cancelled',
      'Qualified Out',
      'Perdu',
      '失注',
    ])
      expect([stage, status.get(stage)]).toEqual([stage, 'lost'])
    for (const stage of ['Verbally won', '未签约', 'Won - pending paperwork', 'Uncommitted', 'Renewal'])
      expect([stage, status.get(stage)]).toEqual([stage, undefined])
    const said = await table('stage-names.csv', { stages: { 'On Hold': 'open', 'Not a fit': 'lost' } })
    expect(said.rows.find(({ given }) => given['stage'] === 'Not a fit')!.given['status']).toBe('lost')
  })
  test('columns that disagree are said', async () => {
    const list = await written('Opportunity Name,Stage,Status,Close Date\nA,Closed Won,Open,2026-03-05\n')
    expect(doubts(list)).toContain('outcome status-stage')
    expect(pick(list, 'status')).toEqual([['open']])
  })
  test('an id that a spreadsheet has rounded is refused, never merged', async () => {
    const list = await written(
      '商机编号,商机名称,阶段,创建时间\n1.58E+18,甲,方案,2026-03-05\n1.58E+18,乙,方案,2026-03-06\n1580000000000000000,丙,方案,2026-03-06\n',
    )
    expect(list.rows.map(({ faults }) => faults.map(({ field }) => field))).toEqual([
      ['externalId'],
      ['externalId'],
      ['externalId'],
    ])
  })
})

describe('rows that are no records:', () => {
  const head = '商机名称,客户名称,阶段,金额,创建时间\n'
  const deal = '核心系统,江城银行,方案,480万,2026-03-05\n'
  test.each([
    ['合计,,,4800000,', 'total'],
    ['总计：,,,4800000,', 'total'],
    [',小计,,4800000,', 'total'],
    ['Grand Total,,,4800000,', 'total'],
    ['Total (12 records),,,4800000,', 'total'],
    ['江城银行 小计,,,4800000,', 'total'],
    [',,,4800000,', 'total'],
    ['制表人：张三,,,审核：李四,', 'footer'],
    ['备注：以上金额均含税,,,,', 'footer'],
    ['商机名称,客户名称,阶段,金额,创建时间', 'heading'],
  ])('%s', async (row, reason) => {
    const list = await written(`${head}${deal}${deal.replace('核心系统', '手机银行')}${row}\n`)
    expect(left(list)).toEqual({ [reason]: 1 })
    expect(list.rows).toHaveLength(2)
  })
  test.each(['Total Energies rollout', '合计划算平台', 'Total', 'Summary portal', '总部大楼改造', 'Count Basie Hall'])(
    'a deal called %s stays a deal',
    async (name) => {
      const list = await written(
        `${head}${deal}${deal.replace('核心系统', '手机银行')}${name},江城银行,方案,100万,2026-03-05\n`,
      )
      expect([left(list), list.rows.length]).toEqual([{}, 3])
    },
  )
  test('a line of units below the headings is none, and its unit counts', async () => {
    const list = await written(`${head},,,（万元）,\n核心系统,江城银行,方案,480,2026-03-05\n`)
    expect([left(list), pick(list, 'amount')]).toEqual([{ units: 1 }, [['CNY 4800000']]])
  })
  test('a unit that stands above the headings counts', async () => {
    const list = await written(`2026年台账,,,,\n单位：万元,,,,\n${head}核心系统,江城银行,方案,480,2026-03-05\n`)
    expect(pick(list, 'amount')).toEqual([['CNY 4800000']])
  })
  test('what the CRM has deleted stays out', async () => {
    const list = await written('Id,Name,StageName,IsDeleted\nA1,Gone,Prospecting,true\nA2,There,Prospecting,false\n')
    expect([left(list), pick(list, 'name')]).toEqual([{ deleted: 1 }, [['There']]])
  })
})

describe('laws:', () => {
  test('an amount comes back whatever marks, sign and unit it is written with', () => {
    const styles: readonly [string, (whole: string) => string][] = [
      ['plain', (whole) => whole],
      ['commas', (whole) => whole.replaceAll(/\B(?=(\d{3})+(?!\d))/g, ',')],
      ['points', (whole) => `${whole.replaceAll(/\B(?=(\d{3})+(?!\d))/g, '.')},00`],
      ['blanks', (whole) => whole.replaceAll(/\B(?=(\d{3})+(?!\d))/g, '\u00a0')],
      ['apostrophes', (whole) => whole.replaceAll(/\B(?=(\d{3})+(?!\d))/g, '’')],
    ]
    const signs = [
      ['HK$', 'HKD'],
      ['€', 'EUR'],
      ['CHF ', 'CHF'],
      ['NT$ ', 'TWD'],
      ['人民币', 'CNY'],
    ] as const
    const units = [
      ['', 0],
      ['万', 4],
      ['亿', 8],
      ['k', 3],
      [' Mio.', 6],
      ['bn', 9],
    ] as const
    fc.assert(
      fc.property(
        fc.integer({ min: 1000, max: 999_999 }),
        fc.constantFrom(...styles),
        fc.constantFrom(...signs),
        fc.constantFrom(...units),
        (whole, [, style], [sign, code], [unit, places]) => {
          // Without another mark, one group may be decimals: that is what `unclear` is for.
          const read = readMoney(`${sign}${style(String(whole))}${unit}`, { mark: '.' })
          const points = readMoney(`${sign}${style(String(whole))}${unit}`, { mark: ',' })
          const right =
            style(String(whole)).includes(',') && !style('1000').includes('.') ? read : 'not' in read ? points : read
          expect(right).toMatchObject({ value: shifted(String(whole), places), currency: code })
        },
      ),
    )
  })
  test('a day comes back from every shape in which it is written', () => {
    const shapes: readonly ((y: string, m: string, d: string) => string)[] = [
      (y, m, d) => `${y}-${m}-${d}`,
      (y, m, d) => `${y}/${Number(m)}/${Number(d)}`,
      (y, m, d) => `${y}年${Number(m)}月${Number(d)}日`,
      (y, m, d) => `${y}${m}${d}`,
      (y, m, d) => `${Number(d)}.${Number(m)}.${y}`,
      (y, m, d) => `${Number(m)}/${Number(d)}/${y} 2:15 PM`,
      (y, m, d) => `${Number(m)}/${d}/${y.slice(2)}`,
      (y, m, d) =>
        `${d}-${['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'][Number(m) - 1]!}-${y}`,
    ]
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2001-01-01'), max: new Date('2069-12-31'), noInvalidDate: true }),
        fc.constantFrom(...shapes),
        (date, shape) => {
          const day = date.toISOString().slice(0, 10)
          const [y, m, d] = day.split('-') as [string, string, string]
          expect(readDay(shape(y, m, d), { order: 'mdy' })).toMatchObject({ day })
        },
      ),
    )
  })
  test('the long form of an id holds the short one and no other', () => {
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789']
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...letters), { minLength: 9, maxLength: 9 }), (rest) => {
        const short = `006A00${rest.join('')}`
        const long = canonicalId(short)
        expect([long.slice(0, 15), canonicalId(long), formsOf(long)]).toEqual([short, long, [long, short]])
      }),
    )
  })
})

test.each([
  ['1.58E+18', true],
  ['1580000000000000000', true],
  ['20250110000', false],
  ['006A000000B1cDe', false],
])('id %s is rounded: %s', (id, wanted) => expect(isRounded(id)).toBe(wanted))

test.each([
  ['三百五十万', '3500000'],
  ['三万五', '35000'],
  ['叁佰万元整', '3000000'],
  ['half a million', '500000'],
  ['twenty-five hundred', '2500'],
  ['250 TEUR', '250000'],
  ['2.5 Cr', '25000000'],
  ['3 Mrd €', '3000000000'],
  ['1.2万亿', '1200000000000'],
])('%s is %s', (text, value) => expect(readMoney(text)).toMatchObject({ value }))

test.each(['Q3 480万', '3年共900万', '50-80万', '300到500万', 'X$ 5', '₿ 3', 'USD 5 / EUR 4'])(
  '%s is no one amount',
  (text) => expect(readMoney(text)).toHaveProperty('not'),
)

test.each([
  ['预计金额（万元）', { scale: 4, currency: 'CNY' }],
  ['Amount (k EUR)', { scale: 3, currency: 'EUR' }],
  ['Revenue ($M)', { scale: 6, currency: 'USD' }],
  ['Amount (converted)', {}],
  ['Probability (%)', {}],
])('the unit of %s', (heading, wanted) => expect(unitOf(heading)).toEqual(wanted))

test.each([
  ['中标候选人公示', 'commit'],
  ['口头中标', 'commit'],
  ['待签约', 'commit'],
  ['未中标', 'lost'],
  ['Closed Won (Sales Pipeline)', 'won'],
  ['3. Proposal', 'evaluate'],
  ['Leadership review', undefined],
  ['关闭', undefined],
])('stage %s means %s', (stage, wanted) => expect(meaningOf(stage)).toBe(wanted))

test.each([
  ['Not Held', 'planned'],
  ['Deferred', 'planned'],
  ['已取消', 'cancelled'],
  ['Held', 'done'],
  ['未完成', 'planned'],
  ['Completed', 'done'],
])('an activity that is %s is %s', (text, wanted) => expect(activityStatus(text)).toBe(wanted))

test('names are compared as people type them', () => {
  expect(plainName('华芯科技（深圳）有限公司')).toBe(plainName('华芯科技(深圳)有限公司'))
  expect(plainName(' Kestrel  GmbH ')).toBe('kestrel gmbh')
  expect(fullName({ first: '建国', last: '王' })).toBe('王建国')
  expect(fullName({ first: 'Min', last: 'Zhou' })).toBe('Min Zhou')
})
