import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { shifted, readMoney, unitOf } from '../src/exchange/intake/amounts.ts'
import { readDay } from '../src/exchange/intake/days.ts'
import { canonicalId, formsOf, fullName, isRounded, plainName } from '../src/exchange/intake/identity.ts'
import { meaningOf } from '../src/exchange/intake/stages.ts'
import { activityStatus } from '../src/exchange/intake/statuses.ts'

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
