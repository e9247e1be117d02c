import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { activityNotes, addActivities, dealsFrom } from '../src/exchange/files/crm.ts'
import { asOf, doubts, folder, left, method, pick, table } from './support/intake.ts'

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
