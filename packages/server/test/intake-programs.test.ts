import { describe, expect, test } from 'vitest'
import { answersFrom } from '../src/exchange/intake/answers.ts'
import { isForeignJson } from '../src/exchange/files/json-grid.ts'
import { dealStatus, outcomeOf } from '../src/exchange/intake/statuses.ts'
import { namesNoCurrency, readCurrency } from '../src/exchange/intake/currencies.ts'
import { doubts, left, pick, written } from './support/intake.ts'

const csv = (...rows: string[]): string => `${rows.join('\n')}\n`

describe('what programs write beside their records:', () => {
  test('a deal that Pipedrive calls deleted is left out, and a count below the list is no deal', async () => {
    const list = await written(
      csv(
        'Deal - ID,Deal - Title,Deal - Value,Deal - Currency of Value,Deal - Weighted value,Deal - Status,Deal - Deal created',
        '1,Dock cranes,125000,EUR,62500,Open,2026-09-04 08:12:44',
        '2,12 deals in one,5000,EUR,0,Open,2026-09-04 08:12:44',
        '3,Old one,5000,EUR,0,Deleted,2026-09-04 08:12:44',
        ',3 deals,135000,,62500,,',
      ),
    )
    expect(pick(list, 'name')).toEqual([['Dock cranes'], ['12 deals in one']])
    expect(left(list)).toEqual({ deleted: 1, footer: 1 })
    expect(doubts(list)).toEqual([])
  })
  test('a moment of deleting (Twenty) and each of two columns of it (纷享销客) leave a record out', async () => {
    const twenty = await written(
      csv(
        'Id,Name,Amount / Amount,Amount / Currency,Stage,Deleted at',
        'a,Fab,100,EUR,PROPOSAL,',
        'b,Old,100,EUR,MEETING,2026-05-01T10:00:00.000Z',
      ),
    )
    expect([pick(twenty, 'name'), left(twenty)]).toEqual([[['Fab']], { deleted: 1 }])
    const sharing = await written(
      csv(
        '商机编号,商机名称,商机金额(元),商机阶段,生命状态,是否作废',
        'S1,改造,3600000,方案报价,正常,否',
        'S2,备件,50000,需求确认,作废,否',
        'S3,备件,50000,需求确认,正常,是',
      ),
    )
    expect([pick(sharing, 'name'), left(sharing)]).toEqual([[['改造']], { deleted: 2 }])
  })
  test.each(['Итого', 'Razem', 'Összesen', 'Toplam', 'I alt', 'Totalt', 'Yhteensä', 'Celkem', '총계', 'Tổng cộng'])(
    '%s is a total; a deal that is called after it is none',
    async (word) => {
      const list = await written(
        csv('Name,Account,Amount,Stage', 'A,X,1,Proposal', `${word} AG line 2,Y,2,Proposal`, `${word},,3,`),
      )
      expect([list.rows.length, left(list)]).toEqual([2, { total: 1 }])
    },
  )
})

describe('how a deal stands:', () => {
  const status = async (rows: string[], head: string): Promise<unknown[]> =>
    (await written(csv(head, ...rows))).rows.map(({ given }) => given['status'])
  test('a column of who won, and one that only says it is closed, with the chance beside it', async () => {
    const head = '商机名称,商机阶段,赢率,是否结单,输赢,商机状态'
    expect(
      await status(['a,结单,100%,是,赢单,已结单', 'b,结单,0%,是,输单,已结单', 'c,谈判,80%,否,,进行中'], head),
    ).toEqual(['won', 'lost', 'open'])
    expect(await status(['a,结单,100%,已结单', 'b,结单,0%,已结单'], '商机名称,商机阶段,赢率,商机状态')).toEqual([
      'won',
      'lost',
    ])
  })
  test('closed, and nothing tells how: it is asked', async () => {
    const list = await written(csv('Deal Name,Deal Stage,Status', 'a,Fulfilment,Closed'))
    expect([list.rows[0]!.given['status'], doubts(list)]).toEqual([undefined, ['stage none', 'outcome closed']])
  })
  test('a record that counts (激活, Active) says nothing against a stage that has ended', async () => {
    const head = '商机名称,销售阶段,状态'
    expect(await status(['a,输单,激活', 'b,商务谈判,激活'], head)).toEqual(['lost', 'open'])
    expect(outcomeOf({ status: dealStatus('Active'), stage: 'won' })).toEqual({ status: 'won' })
  })
  test('the moment of winning or losing in one column (赢单/输单时间) is the end, not the expected day', async () => {
    const list = await written(
      csv('商机名称,商机阶段,预计成交日期,赢单/输单时间', 'a,赢单,2026-10-15,2026-10-16 10:00'),
    )
    expect([pick(list, 'closedOn'), doubts(list)]).toEqual([[['2026-10-16']], []])
  })
})

describe('money:', () => {
  test('-99 of SuiteCRM names no currency: the amount is in that of the workspace, which is said', async () => {
    const list = await written(csv('Name,Sales Stage,Amount,Currency', 'Kiln,Prospecting,450000.000000,-99'))
    expect(pick(list, 'amount')).toEqual([['- 450000']])
    expect([list.rows[0]!.faults, doubts(list)]).toEqual([[], ['currency CNY']])
    expect(['-99', '-', 'EUR', '99'].map(namesNoCurrency)).toEqual([true, true, false, false])
  })
  test('the column of currencies that Salesforce and Odoo write beside an amount is used', async () => {
    for (const heading of ['Amount (converted) Currency', 'Company Currency', 'Amount Currency'])
      expect([heading, pick(await written(csv(`Name,Stage,Amount,${heading}`, 'A,Proposal,5,DKK')), 'amount')]).toEqual(
        [heading, [['DKK 5']]],
      )
  })
  test.each([
    ['Danish Krone', 'DKK'],
    ['丹麦克朗', 'DKK'],
    ['Hong Kong Dollar', 'HKD'],
    ['Schweizer Franken', 'CHF'],
    ['Krone', undefined],
  ])('%s is %s', (name, code) => expect(readCurrency(name, 'CNY')).toBe(code))
})

describe('activities:', () => {
  const head = 'Document Name,Activity Type,Summary,Due Date,State'
  test('what Odoo plans, or what is overdue, has not taken place', async () => {
    const list = await written(
      csv(
        head,
        'Lifts,Call,Call Ida,2026-10-05,Planned',
        'Lifts,Meeting,Demo,2026-10-05,Done',
        'Lifts,Call,X,2026-10-05,Overdue',
      ),
    )
    expect([pick(list, 'deal', 'what'), left(list)]).toEqual([[['Lifts', 'Demo']], { planned: 2 }])
  })
  test('a day still ahead is no touch, whatever else is missing', async () => {
    const list = await written(csv('Deal,Subject,Date', 'Lifts,Demo,2026-10-05', 'Lifts,Workshop,2199-03-01'))
    expect(list.rows.map(({ faults }) => faults.map(({ field, value }) => [field, value]))).toEqual([
      [],
      [['on', '2199-03-01']],
    ])
  })
  test('a task was on the day on which it was done, a meeting on its own', async () => {
    const list = await written(
      csv(
        'Deal Name,Type,Subject,Due Date,Completed Date',
        'Lifts,Task,Quote,2026-10-14,2026-10-20',
        'Lifts,Meeting,Demo,2026-10-14,2026-10-20',
        'Lifts,Meeting,Early,2026-10-14,2026-10-10',
      ),
    )
    expect(pick(list, 'what', 'on')).toEqual([
      ['Quote', '2026-10-20'],
      ['Demo', '2026-10-14'],
      ['Early', '2026-10-10'],
    ])
    const alone = await written(csv('Deal Name,Subject,Completed Date', 'Lifts,Quote,2026-10-20'))
    expect([alone.kind, pick(alone, 'on')]).toEqual(['activities', [['2026-10-20']]])
  })
  test('rows that are left out still show the order of day and month', async () => {
    const list = await written(
      csv(
        'Related To,Subject,Start Date & Time,Status',
        'Depot,Walk,12-10-2026 10:00,Held',
        'Depot,Board,14-10-2026 10:00,Not Held',
      ),
    )
    expect([pick(list, 'on'), doubts(list)]).toEqual([[['2026-10-12']], []])
  })
})

test('addresses, numbers and superiors of people under the headings of Pipedrive and Zoho', async () => {
  const list = await written(
    csv('Person - Name,Person - Email - Work,Person - Phone - Work', 'Ute Brand,ute@hafen.example,+49 40 1'),
  )
  expect(pick(list, 'name', 'email', 'phone')).toEqual([['Ute Brand', 'ute@hafen.example', '+49 40 1']])
  const zoho = await written(csv('First Name,Last Name,Email,Reporting To', 'Beat,Meier,b@p.example,Ruth Keller'))
  expect(pick(zoho, 'name', 'reportsTo')).toEqual([['Beat Meier', 'Ruth Keller']])
})

describe('a list in JSON, under the names of another program:', () => {
  const json = async (name: string, text: string): ReturnType<typeof written> => written(text, {}, name)
  test('an answer of the interface of Salesforce, with objects in objects', async () => {
    const list = await json(
      'x.json',
      JSON.stringify({
        totalSize: 2,
        records: [
          {
            attributes: { type: 'Opportunity' },
            Id: '006Hs00001ABCDEIA4',
            Name: 'Grid',
            Account: { attributes: { type: 'Account' }, Name: 'Kestrel' },
            Owner: { Name: 'Dana' },
            StageName: 'Negotiation/Review',
            Amount: 420000.5,
            CurrencyIsoCode: 'USD',
            CloseDate: '2027-02-11',
            IsDeleted: false,
          },
          { Id: '006Hs00001ABCDEIA5', Name: 'Old', StageName: 'Prospecting', Amount: 1, IsDeleted: true },
        ],
      }),
    )
    expect(list.kind).toBe('deals')
    expect(pick(list, 'name', 'account', 'owner', 'amount', 'phase', 'expectedCloseOn')).toEqual([
      ['Grid', 'Kestrel', 'Dana', 'USD 420000.5', 'commit', '2027-02-11'],
    ])
    expect(left(list)).toEqual({ deleted: 1 })
  })
  test('lines of HubSpot, whose fields lie under properties, and names that only later lines have', async () => {
    const list = await json(
      'x.ndjson',
      csv(
        '{"id":"1","properties":{"dealname":"Plant","amount":"250000","dealstage":"contractsent","deal_currency_code":"EUR"}}',
        '{"id":"2","properties":{"dealname":"Mill","dealstage":"closedlost","hs_next_step":"none","closedate":"2026-10-31"}}',
      ),
    )
    expect(pick(list, 'externalId', 'name', 'amount', 'phase', 'nextStep', 'status', 'closedOn')).toEqual([
      ['1', 'Plant', 'EUR 250000', 'commit', undefined, undefined, undefined],
      ['2', 'Mill', undefined, 'lost', 'none', 'lost', '2026-10-31'],
    ])
  })
  test('millionths of Twenty are made whole, and that is said', async () => {
    const list = await json(
      'x.json',
      '[{"id":"a","name":"Fab","amount":{"amountMicros":1200000500000,"currencyCode":"EUR"},"stage":"PROPOSAL"}]',
    )
    expect([pick(list, 'amount'), doubts(list)]).toEqual([[['EUR 1200000.5']], ['unit 10^-6']])
  })
  test('rows under our own names are a list as well; a line that is broken is refused by its number', async () => {
    const list = await json('x.ndjson', csv('{"name":"Kiln","stage":"Proposal","amount":"450k EUR"}', '{"name":'))
    expect(pick(list, 'name', 'amount')).toEqual([
      ['Kiln', 'EUR 450000'],
      [undefined, undefined],
    ])
    expect(list.rows[1]!.faults).toMatchObject([{ row: 2, field: '' }])
  })
  test.each([
    ['{"sente":1,"name":"A"}', 'a deal file'],
    ['[1,2]', 'an array of something else'],
    ['[{"a":1}', 'an array that breaks off'],
  ])('%s is %s, and refused in a sentence', async (text) => {
    await expect(json('x.ndjson', text)).rejects.toMatchObject({
      says: { en: expect.stringMatching(/JSON|table/) as string },
    })
  })
  test('what is ours and has one strange name is not taken for the list of another program', () => {
    expect(isForeignJson('{"name":"A","account":"B","stagee":"C"}')).toBe(false)
    expect(isForeignJson('{"Name":"A","StageName":"B","Amount":1}')).toBe(true)
    // Whatever it looks like, it is looked at in one pass.
    expect(isForeignJson(`{${'"a":"b",'.repeat(20_000)}`)).toBe(false)
  })
})

describe('a list of our own making:', () => {
  test('German, French and Spanish headings are known, and what nothing is read from is named', async () => {
    const german = await written(
      'Name;Firma;Betrag;Phase;Abschluss;Wahrscheinlichkeit;Farbe\nLinie;Papier AG;5 EUR;Verloren;31.01.2026;0;rot\n',
    )
    expect([german.kind, german.unused]).toEqual(['deals', ['Farbe']])
    expect(pick(german, 'name', 'account', 'amount', 'status', 'closedOn', 'probability')).toEqual([
      ['Linie', 'Papier AG', 'EUR 5', 'lost', '2026-01-31', 0],
    ])
    for (const head of ['Nom;Compte;Montant;Étape;Propriétaire', 'Nombre;Cuenta;Importe;Etapa;Propietario'])
      expect([head, (await written(`${head}\nA;B;5 EUR;Won;C\n`)).unused]).toEqual([head, [head.split(';')[0]!]])
  })
  test('an average and a sum under a sign are no deals, and 丢标 is lost', async () => {
    const list = await written(
      csv('Deal Name,Company,Deal Value,Stage', 'A,B,5 EUR,丢标', 'Average deal size,,3 EUR,', 'Σ,,5 EUR,'),
    )
    expect([pick(list, 'name', 'status'), left(list)]).toEqual([[['A', 'lost']], { total: 2 }])
  })
})

describe('what a status means may be said for the whole column:', () => {
  test('of deals, and what disagrees is looked for with what was said', async () => {
    const text = csv('Name,Stage,Status', 'A,Proposal,Parked', 'B,Proposal,Parked', 'C,Done deal,open')
    const before = await written(text)
    expect(before.report.doubts.find(({ about }) => about === 'status')).toMatchObject({
      rows: 2,
      choices: ['open', 'won', 'lost', 'no-decision'],
      option: '--status "Parked=open"',
    })
    const list = await written(text, { statuses: { Parked: 'lost' }, stages: { 'Done deal': 'won' } })
    expect(pick(list, 'name', 'status')).toEqual([
      ['A', 'lost'],
      ['B', 'lost'],
      ['C', 'open'],
    ])
    expect(doubts(list)).toEqual(['outcome status-stage'])
  })
  test('of activities: what is said to be planned is left out, what is said to be done is taken', async () => {
    const text = csv('Deal,Subject,Date,Status', 'A,Visit,2026-10-05,Geparkt', 'A,Call,2026-10-06,Open')
    expect(doubts(await written(text))).toEqual(['status none'])
    const list = await written(text, { statuses: { Geparkt: 'planned', Open: 'done' } })
    expect([pick(list, 'what', 'outcome'), left(list)]).toEqual([[['Call', 'done']], { planned: 1 }])
  })
  test('what is no meaning is refused in a sentence', () => {
    expect(answersFrom({ statuses: { Parked: 'asleep' } })).toMatchObject({
      field: 'statuses',
      what: { en: expect.stringContaining('asleep') as string },
    })
  })
})
