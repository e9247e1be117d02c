import { readMoney, unitOf } from './amounts.ts'
import type { AmountStyle, DecimalMark } from './amounts.ts'
import type { Ground, Reading } from './decide.ts'
import { isMany } from './doubts.ts'
import type { Doubt, Example } from './doubts.ts'

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

interface Style {
  mark?: DecimalMark
  scale?: number
  currency?: string
  ours?: string | undefined
}

/** How the amounts of each column are read: unit, marks and currency. */
export function decideAmounts(ground: Ground, doubts: Doubt[], from: Reading['amountFrom']): Map<string, Style> {
  const { survey, answers, columnOf, ours, unitAbove } = ground
  const styles = new Map<string, Style>()
  const currency = answers.currency ?? ours.currency
  for (const [field, facts] of survey.amounts) {
    const column = columnOf(field) ?? field
    const heading = unitOf(column, currency)
    const scale = answers.unit ?? heading.scale ?? unitAbove.scale
    const named = heading.currency ?? unitAbove.currency
    const mark = answers.decimal ?? onlyMark(facts)
    styles.set(field, {
      ours: currency,
      ...(mark === undefined ? {} : { mark }),
      ...(scale === undefined ? {} : { scale }),
      ...(named === undefined ? {} : { currency: named }),
    })
    if (field !== from) continue
    const amounts: Amounts = {
      column,
      facts,
      answers,
      scale,
      mark,
      named,
      currency,
      inHeading: heading.scale !== undefined,
    }
    for (const doubt of [
      unitDoubt(amounts),
      markDoubt(amounts),
      aboutDoubt(amounts),
      ...signDoubts(amounts),
      currencyDoubt(amounts),
    ])
      if (doubt)
        doubts.push({
          choices: [],
          column,
          ...doubt,
          examples: doubt.examples.map((example) => asTaken(example, { mark, scale, ours: currency })),
        })
  }
  return styles
}

/** Before all rows were looked at, nobody knew the mark and the unit by which the example is read. */
function asTaken(example: Example, style: AmountStyle): Example {
  const read = readMoney(example.value, style)
  if ('not' in read) return example
  const sign = example.readAs?.match(/^[A-Z]{3} /)?.[0] ?? ''
  return read.value === example.value && sign === ''
    ? { row: example.row, value: example.value }
    : { ...example, readAs: sign + read.value }
}

/** The decimal mark of a column in which all that are clear use the same. */
function onlyMark({ point, comma }: Facts): DecimalMark | undefined {
  if (point.rows > 0 && comma.rows === 0) return '.'
  return comma.rows > 0 && point.rows === 0 ? ',' : undefined
}

type Facts = Ground['survey']['amounts'] extends ReadonlyMap<string, infer F> ? F : never
type Found = Omit<Doubt, 'column' | 'choices'> & { choices?: string[] }

/** The column that the amount of a deal comes from, as it is read. */
interface Amounts {
  column: string
  facts: Facts
  answers: Ground['answers']
  scale: number | undefined
  mark: DecimalMark | undefined
  /** The currency that heading or list name, and ours. */
  named: string | undefined
  currency: string | undefined
  /** The unit stands in the heading itself. */
  inHeading: boolean
}

function unitDoubt({ column, facts, answers, scale, inHeading }: Amounts): Found | undefined {
  if (scale === undefined || scale === 0 || answers.unit !== undefined) return undefined
  const times = (10 ** Math.abs(scale)).toLocaleString('en')
  const [en, zh] = scale > 0 ? ['times', '乘以'] : ['divided by', '除以']
  return {
    about: 'unit',
    guess: `10^${scale}`,
    choices: ['0', '3', '4', '6', '8'],
    what: {
      en: `Numbers in "${column}" are taken ${en} ${times}, as the ${inHeading ? 'heading' : 'list'} says.`,
      zh: `“${column}”列的数字按${inHeading ? '标题' : '表上方'}所写${zh} ${times}。`,
    },
    rows: facts.bare.rows,
    examples: facts.large.rows > 0 ? facts.large.examples : facts.bare.examples,
    waits: isMany(facts.large.rows),
    option: '--unit 0',
  }
}

function markDoubt({ column, facts, mark }: Amounts): Found | undefined {
  if (facts.unclear.rows === 0 || mark !== undefined) return undefined
  return {
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
  }
}

function aboutDoubt({ facts }: Amounts): Found | undefined {
  if (facts.about.rows === 0) return undefined
  return {
    about: 'about',
    guess: 'lower',
    what: {
      en: `Amounts that say "about" or "more than" are taken at the number they name.`,
      zh: `写明“约、多、以上”的金额按所写的数字计。`,
    },
    rows: facts.about.rows,
    examples: facts.about.examples,
    waits: false,
  }
}

/** Another currency of the same sign. */
const otherThan = (taken: string): string => ({ CNY: 'JPY', JPY: 'CNY', USD: 'CAD' })[taken] ?? 'USD'

/** Signs that several currencies share. */
function signDoubts({ facts, answers }: Amounts): Found[] {
  if (answers.currency !== undefined) return []
  return [...facts.shared].flatMap(([sign, { rows, examples }]) => {
    const taken = examples[0]?.readAs?.split(' ')[0]
    if (taken === undefined) return []
    return [
      {
        about: 'currency' as const,
        guess: taken,
        what: {
          en: `"${sign}" is used by several currencies; it is taken as ${taken}.`,
          zh: `“${sign}”有多种货币使用；这里按 ${taken} 计。`,
        },
        rows,
        examples,
        waits: false,
        option: `--currency ${otherThan(taken)}`,
      },
    ]
  })
}

function currencyDoubt({ column, facts, answers, named, currency }: Amounts): Found | undefined {
  if (facts.noCurrency.rows === 0 || named !== undefined) return undefined
  const { rows, examples } = facts.noCurrency
  if (currency === undefined)
    return {
      about: 'currency',
      guess: 'none',
      what: {
        en: `Amounts in "${column}" name no currency and none is known: say --currency CNY.`,
        zh: `“${column}”列的金额没有币种，也没有默认货币：请加 --currency CNY。`,
      },
      rows,
      examples,
      waits: false,
      option: '--currency CNY',
    }
  if (answers.currency !== undefined) return undefined
  return {
    about: 'currency',
    guess: currency,
    what: {
      en: `Amounts in "${column}" name no currency: they are taken in ${currency}, the currency of the workspace.`,
      zh: `“${column}”列的金额没有币种：按工作区的货币 ${currency} 计。`,
    },
    rows,
    examples,
    waits: false,
    option: `--currency ${currency === 'EUR' ? 'USD' : 'EUR'}`,
  }
}
