import { describe, expect, test } from 'vitest'
import { readTable } from '../src/exchange/files/crm.ts'
import { doubts, left, method, pick, table, written } from './support/intake.ts'

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
  test('an example is shown as it comes in, with the mark and the unit of its column', async () => {
    const comma = await written('Name;Amount\nHavn;5,58199\nBunkring;5,582\n')
    expect(pick(comma, 'amount').flat()).toEqual(['- 5.58199', '- 5.582'])
    expect(comma.report.doubts.find(({ about }) => about === 'currency')!.examples).toEqual([
      { row: 2, value: '5,58199', readAs: '5.58199' },
      { row: 3, value: '5,582', readAs: '5.582' },
    ])
    const wan = await written('商机名称,金额（万元）\n一期,320\n')
    expect(pick(wan, 'amount').flat()).toEqual(['CNY 3200000'])
    expect(wan.report.doubts.find(({ about }) => about === 'unit')!.examples).toEqual([
      { row: 2, value: '320', readAs: '3200000' },
    ])
  })
  test('the other way that is offered is not the one that was taken', async () => {
    const list = await written('Name,Amount,Created Date\nA,"¥36,000",2026-03-04T16:30:00.000Z\n')
    expect(pick(list, 'openedOn')).toEqual([['2026-03-05']])
    for (const { option = '', guess, about } of list.report.doubts) expect(option, about).not.toContain(guess)
    expect(list.report.doubts.map(({ about }) => about)).toEqual(expect.arrayContaining(['time-zone', 'currency']))
  })
  test.each([
    ['a line feed', '\n'],
    ['both', '\r\n'],
    ['a carriage return alone', '\r'],
  ])('lines that end with %s leave nothing of it in a value', async (_, end) => {
    const list = await written(
      ['Name,Amount,Created Date', 'A,100 EUR,2026-03', 'B,"1,200 EUR",2026-03-05', ''].join(end),
    )
    expect(list.rows.map(({ given, faults }) => [given['name'], faults.map(({ value }) => value)])).toEqual([
      ['A', ['2026-03']],
      ['B', []],
    ])
  })
  test('a file whose pieces end between the two signs of a line end has no lines too many', async () => {
    const count = 9000
    const rows = Array.from({ length: count }, (_, i) => `Deal ${i},${'x'.repeat(i % 7)}`)
    const list = await written(`Name,Goal\r\n${rows.join('\r\n')}\r\n`)
    expect(list.rows).toHaveLength(count)
    expect(list.rows.at(-1)!.given['name']).toBe(`Deal ${count - 1}`)
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
