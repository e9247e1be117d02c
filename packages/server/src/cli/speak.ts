import type { Lang } from '@sente/engine'
import type { Command, Help } from 'commander'
import { width, wrap } from './terminal/text.ts'

/** Commander's own words, in Chinese: the heads of its help, and what it says of wrong input. */
const HEADS: Readonly<Record<string, string>> = {
  'Usage:': '用法：',
  'Arguments:': '参数：',
  'Options:': '选项：',
  'Commands:': '命令：',
  'Global Options:': '全局选项：',
}
const FAULTS: readonly [RegExp, string][] = [
  [/^error: missing required argument '(.+)'/, '缺少参数“$1”。'],
  [/^error: option '(.+)' argument missing/, '选项“$1”缺少值。'],
  [/^error: required option '(.+)' not specified/, '必须给出选项“$1”。'],
  [/^error: option '(.+)' value '([^]*)' from env '(.+)' is invalid\./, '环境变量 $3 的值“$2”对选项“$1”无效。'],
  [/^error: option '(.+)' argument '([^]*)' is invalid\./, '选项“$1”的值“$2”无效。'],
  [/^error: command-argument value '([^]*)' is invalid for argument '(.+)'\./, '参数“$2”的值“$1”无效。'],
  [/^error: unknown option '([^]*?)'(?=\n|$)/, '没有选项“$1”。'],
  [/^error: unknown command '([^]*?)'(?=\n|$)/, '没有命令“$1”。'],
  [
    /^error: too many arguments for '(.+)'\. Expected (\d+) arguments? but got (\d+): ([^]*)\.$/,
    '“$1”的参数太多：应为 $2 个，给了 $3 个（$4）。',
  ],
  [/ Allowed choices are (.+)\./, '可用的值：$1。'],
  [/\(Did you mean (?:one of )?(.+)\?\)/, '（是不是：$1？）'],
]

/** Makes commander speak the language, for this command and those made from it. */
export function speak(program: Command, lang: Lang): void {
  if (lang === 'en') return
  program.configureOutput({ outputError: (says, write) => write(`${inChinese(says.trimEnd())}\n`) }).configureHelp({
    styleTitle: (head) => HEADS[head] ?? head,
    // Chinese breaks between characters, which take two columns each.
    displayWidth: width,
    boxWrap: (text, columns) =>
      text
        .split('\n')
        .map((line) => wrap(line, columns).join('\n'))
        .join('\n'),
    optionDescription: (option) => extras(option),
    argumentDescription: (argument) => extras(argument),
  } satisfies Partial<Help>)
}

export const inChinese = (says: string): string =>
  FAULTS.reduce((text, [form, chinese]) => text.replace(form, chinese), says)

type Described = Parameters<Help['optionDescription']>[0] | Parameters<Help['argumentDescription']>[0]

function extras(of: Described): string {
  const said = [
    of.argChoices ? `可用：${of.argChoices.join('、')}` : [],
    'envVar' in of && of.envVar !== undefined ? `环境变量：${of.envVar}` : [],
    typeof of.defaultValue === 'string' ? `默认：${of.defaultValue}` : [],
  ].flat()
  return said.length > 0 ? `${of.description}（${said.join('；')}）` : of.description
}
