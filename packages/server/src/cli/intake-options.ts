import type { Lang } from '@sente/engine'
import { Option } from 'commander'
import type { Command } from 'commander'
import { answersFrom } from '../exchange/intake/answers.ts'
import type { Answers } from '../exchange/intake/doubts.ts'
import { EXIT, Stop } from './context.ts'

/** What may be said about a list of another program; the same for every command that reads one. */
export interface IntakeOptions {
  currency?: string
  dateOrder?: 'ymd' | 'dmy' | 'mdy'
  year?: string
  sheet?: string
  headingRow?: string
  owner?: string
  timeZone?: string
  deal?: string
  encoding?: string
  separator?: string
  decimal?: '.' | ','
  unit?: string
  probability?: 'percent' | 'fraction'
  stage?: string[]
  status?: string[]
  yes?: boolean
}

export function withIntakeOptions(command: Command, t: (en: string, zh: string) => string): Command {
  return command
    .option('--currency <code>', t('currency of amounts that name none, like CNY', '未写币种的金额用什么币种，如 CNY'))
    .addOption(
      new Option(
        '--date-order <order>',
        t('how days like 3/4/2025 are meant', '3/4/2025 这类日期的年月日顺序'),
      ).choices(['ymd', 'dmy', 'mdy']),
    )
    .option('--year <year>', t('year of days that are written without one', '没写年份的日期属于哪一年'))
    .option('--sheet <name>', t('sheet that holds the list: its name or number', '列表所在的工作表：名称或序号'))
    .option('--heading-row <n>', t('row of the headings', '标题所在的行'))
    .option(
      '--owner <who>',
      t('member who owns what nobody of ours owns; default: who imports', '无对应成员的商机归谁；默认归导入者'),
    )
    .option(
      '--time-zone <zone>',
      t('whose day counts for moments, like Asia/Shanghai', '时刻按哪个时区的日期计，如 Asia/Shanghai'),
    )
    .option(
      '--deal <name>',
      t('deal of activities that name none: its name or id', '未写商机的活动属于哪个商机：名称或编号'),
    )
    .option(
      '--encoding <name>',
      t('letters of a text file, like gb18030 or windows-1252', '文本文件的编码，如 gb18030、big5'),
    )
    .option('--separator <mark>', t('mark between columns: , ; | or \\t', '列分隔符：, ; | 或 \\t'))
    .addOption(new Option('--decimal <mark>', t('mark before decimals', '小数点符号')).choices(['.', ',']))
    .option(
      '--unit <power>',
      t('power of ten of all amounts: 3 for thousands, 4 for ten thousands', '金额单位是 10 的几次方：万为 4'),
    )
    .addOption(
      new Option('--probability <unit>', t('unit of the probabilities', '赢率的单位')).choices(['percent', 'fraction']),
    )
    .option(
      '--stage <stage=meaning...>',
      t(
        'what a stage of theirs means: frame … commit, won, lost, no-decision, open',
        '他们的阶段表示什么：frame … commit、won、lost、no-decision、open',
      ),
    )
    .option(
      '--status <status=meaning...>',
      t(
        'what a status of theirs means: open, won, lost, no-decision; of an activity: done, failed, cancelled, planned',
        '他们的状态表示什么：open、won、lost、no-decision；活动：done、failed、cancelled、planned',
      ),
    )
    .option('--yes', t('take the guesses that would wait for an answer', '接受本需确认的猜测'))
}

/** The answers in the options of a command. Stops with what is wrong with them. */
export function answersOption(options: IntakeOptions, lang: Lang): Answers {
  const { currency, dateOrder, sheet, owner, timeZone, deal, encoding, separator, decimal, probability, yes } = options
  const number = (name: string, text: string | undefined): number | undefined => {
    if (text === undefined) return undefined
    const value = Number(text)
    if (Number.isInteger(value) && value >= 0 && value <= 100_000) return value
    throw new Stop({ en: `--${name} ${text}: a whole number`, zh: `--${name} ${text}：应为整数` }, EXIT.badInput)
  }
  const meanings = (name: 'stage' | 'status'): Record<string, string> | undefined => {
    const said = options[name] ?? []
    const pairs = said.map((one) => {
      const at = one.lastIndexOf('=')
      if (at < 1)
        throw new Stop(
          {
            en: `--${name} ${one}: expected ${name}=meaning`,
            zh: `--${name} ${one}：应为 ${name === 'stage' ? '阶段' : '状态'}=含义`,
          },
          EXIT.badInput,
        )
      return [one.slice(0, at).trim(), one.slice(at + 1).trim()]
    })
    return pairs.length > 0 ? (Object.fromEntries(pairs) as Record<string, string>) : undefined
  }
  const said = answersFrom({
    currency,
    dateOrder,
    year: number('year', options.year),
    sheet,
    headingRow: number('heading-row', options.headingRow),
    owner,
    timeZone,
    deal,
    encoding,
    separator,
    decimal,
    unit: number('unit', options.unit),
    probability,
    stages: meanings('stage'),
    statuses: meanings('status'),
    yes,
  })
  if ('answers' in said) return said.answers
  const name = said.field
    .replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
    .replace('stages', 'stage')
    .replace('statuses', 'status')
  throw new Stop(
    `--${name} ${String((options as Record<string, unknown>)[said.field] ?? '')}: ${said.what[lang]}`,
    EXIT.badInput,
  )
}

/** The same in the query of a server. */
export const queryOf = ({
  stages,
  statuses,
  yes,
  headingRow,
  unit,
  year,
  ...answers
}: Answers): Record<string, string> =>
  Object.fromEntries(
    Object.entries({
      ...answers,
      ...(headingRow === undefined ? {} : { headingRow: String(headingRow) }),
      ...(unit === undefined ? {} : { unit: String(unit) }),
      ...(year === undefined ? {} : { year: String(year) }),
      ...(stages ? { stages: JSON.stringify(stages) } : {}),
      ...(statuses ? { statuses: JSON.stringify(statuses) } : {}),
      ...(yes ? { yes: 'true' } : {}),
    }).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )

/** The time zone of an option, else this machine's. */
export function zoneOption(zone: string | undefined, lang: Lang): string {
  if (zone === undefined) return Intl.DateTimeFormat().resolvedOptions().timeZone
  return answersOption({ timeZone: zone }, lang).timeZone!
}
