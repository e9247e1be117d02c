import { unitOf } from './amounts.ts'
import type { DecimalMark } from './amounts.ts'
import type { Ground, Reading } from './decide.ts'
import { isMany } from './doubts.ts'
import type { Doubt } from './doubts.ts'

/** Expected revenue is the amount in Odoo, and the weighted one in Salesforce. */
export function decideAmountColumn({ survey, system, columnOf }: Ground, doubts: Doubt[]): Reading['amountFrom'] {
  if (columnOf('amount') !== undefined) return 'amount'
  const column = columnOf('expectedRevenue')
  if (column === undefined) return undefined
  if (system === 'odoo' || system === 'dynamics') return 'expectedRevenue'
  const facts = survey.amounts.get('expectedRevenue')
  doubts.push({
    about: 'amount-column',
    column,
    guess: 'none',
    choices: ['amount'],
    what: {
      en: `"${column}" is the amount times the probability in most CRMs: it is not taken as the amount. Map it to the amount if it is one.`,
      zh: `“${column}”在多数 CRM 中是金额乘以概率：没有作为金额。若它就是金额，请映射到金额。`,
    },
    rows: facts?.values ?? 0,
    examples: facts?.noCurrency.examples ?? [],
    waits: false,
    option: '--map (amount: …)',
  })
  return undefined
}

/** How the amounts of each column are read: unit, marks and currency. */
export function decideAmounts(
  { survey, answers, columnOf, ours, unitAbove }: Ground,
  doubts: Doubt[],
  from: Reading['amountFrom'],
): Map<string, { mark?: DecimalMark; scale?: number; currency?: string; ours?: string | undefined }> {
  const styles = new Map<string, { mark?: DecimalMark; scale?: number; currency?: string; ours?: string | undefined }>()
  const currency = answers.currency ?? ours.currency
  for (const [field, facts] of survey.amounts) {
    const column = columnOf(field) ?? field
    const heading = unitOf(column, currency)
    const scale = answers.unit ?? heading.scale ?? unitAbove.scale
    const named = heading.currency ?? unitAbove.currency
    const mark =
      answers.decimal ??
      (facts.point.rows > 0 && facts.comma.rows === 0
        ? '.'
        : facts.comma.rows > 0 && facts.point.rows === 0
          ? ','
          : undefined)
    styles.set(field, {
      ours: currency,
      ...(mark === undefined ? {} : { mark }),
      ...(scale === undefined ? {} : { scale }),
      ...(named === undefined ? {} : { currency: named }),
    })
    if (field !== from) continue
    const add = (doubt: Omit<Doubt, 'column' | 'choices'> & { choices?: string[] }): void =>
      void doubts.push({ choices: [], column, ...doubt })
    if (scale !== undefined && scale > 0 && answers.unit === undefined)
      add({
        about: 'unit',
        guess: `10^${scale}`,
        choices: ['0', '3', '4', '6', '8'],
        what: {
          en: `Numbers in "${column}" are taken times ${(10 ** scale).toLocaleString('en')}, as the ${heading.scale === undefined ? 'list' : 'heading'} says.`,
          zh: `“${column}”列的数字按${heading.scale === undefined ? '表上方' : '标题'}所写乘以 ${(10 ** scale).toLocaleString('en')}。`,
        },
        rows: facts.values - facts.ownScale.rows,
        examples: facts.large.rows > 0 ? facts.large.examples : facts.noCurrency.examples,
        waits: isMany(facts.large.rows),
        option: '--unit 0',
      })
    if (facts.unclear.rows > 0 && mark === undefined)
      add({
        about: 'number-format',
        guess: 'thousands',
        choices: ['.', ','],
        what: {
          en: `In "${column}" a single mark before three digits is taken to part thousands.`,
          zh: `“${column}”列中三位数字前的单个分隔符按千位分隔读取。`,
        },
        rows: facts.unclear.rows,
        examples: facts.unclear.examples,
        waits: facts.point.rows > 0 && facts.comma.rows > 0 && isMany(facts.unclearPoints),
        option: '--decimal .',
      })
    if (facts.about.rows > 0)
      add({
        about: 'about',
        guess: 'lower',
        what: {
          en: `Amounts that say "about" or "more than" are taken at the number they name.`,
          zh: `写明“约、多、以上”的金额按所写的数字计。`,
        },
        rows: facts.about.rows,
        examples: facts.about.examples,
        waits: false,
      })
    for (const [sign, rows] of facts.shared)
      if (rows.examples[0]?.readAs !== undefined && answers.currency === undefined)
        add({
          about: 'currency',
          guess: rows.examples[0].readAs.split(' ')[0]!,
          what: {
            en: `"${sign}" is used by several currencies; it is taken as ${rows.examples[0].readAs.split(' ')[0]}.`,
            zh: `“${sign}”有多种货币使用；这里按 ${rows.examples[0].readAs.split(' ')[0]} 计。`,
          },
          rows: rows.rows,
          examples: rows.examples,
          waits: false,
          option: '--currency CAD',
        })
    if (facts.noCurrency.rows > 0 && named === undefined && answers.currency === undefined && currency !== undefined)
      add({
        about: 'currency',
        guess: currency,
        what: {
          en: `Amounts in "${column}" name no currency: they are taken in ${currency}, the currency of the workspace.`,
          zh: `“${column}”列的金额没有币种：按工作区的货币 ${currency} 计。`,
        },
        rows: facts.noCurrency.rows,
        examples: facts.noCurrency.examples,
        waits: false,
        option: '--currency EUR',
      })
    if (facts.noCurrency.rows > 0 && named === undefined && currency === undefined)
      add({
        about: 'currency',
        guess: 'none',
        what: {
          en: `Amounts in "${column}" name no currency and none is known: say --currency CNY.`,
          zh: `“${column}”列的金额没有币种，也没有默认货币：请加 --currency CNY。`,
        },
        rows: facts.noCurrency.rows,
        examples: facts.noCurrency.examples,
        waits: false,
        option: '--currency CNY',
      })
  }
  return styles
}
