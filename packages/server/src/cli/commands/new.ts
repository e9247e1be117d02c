import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import { isPlainDate } from '@sente/engine'
import type { Lang, Methodology } from '@sente/engine'
import { parseDocument, stringify } from 'yaml'
import { readDeal } from '../../exchange/files/deal-file.ts'
import { EXIT, languageOf, methodologyFrom, print, Stop, today } from '../context.ts'
import type { GlobalOptions } from '../context.ts'
import { writeWhole } from './brief.ts'

const QUESTIONS = {
  en: {
    name: 'What is the deal about? ',
    account: 'Which customer? ',
    first: 'When did you first really talk with them about it (YYYY-MM-DD)? ',
    top: 'Who has the last word there (name, title; empty if you do not know)? ',
    heard: 'What is the last thing you heard from them, in their words? ',
    noDate: 'A date like 2025-04-02, please.',
    needed: 'This one is needed.',
    written: (file: string) => `Written: ${file}\nNext:    sente brief ${file}`,
    exists: (file: string) => `${file} is already there; name another file.`,
    cancelled: 'Nothing was written.',
  },
  zh: {
    name: '这个商机是做什么的？',
    account: '哪个客户？',
    first: '第一次真正和客户谈这件事是哪天（YYYY-MM-DD）?',
    top: '那边最后谁说了算（姓名，职务；不知道就留空）?',
    heard: '最近听到客户说的一句话（用他们的原话）?',
    noDate: '请写成 2025-04-02 这样的日期。',
    needed: '这一项必须填。',
    written: (file: string) => `已写入：${file}\n下一步：sente brief ${file}`,
    exists: (file: string) => `${file} 已经存在，请换一个文件名。`,
    cancelled: '没有写入任何内容。',
  },
} as const

interface Answers {
  name: string
  account: string
  first: string
  top: string
  heard: string
}

/** `sente new`: five questions, then a first deal file with comments that say what to add. Never overwrites a file. */
export async function newCommand(
  file: string | undefined,
  options: GlobalOptions & { method?: string },
): Promise<number> {
  const lang = languageOf(options.lang)
  const words = QUESTIONS[lang]
  const methodology = await methodologyFrom(options.method)
  if (file !== undefined && existsSync(file)) throw new Stop(words.exists(file), EXIT.badInput)
  const answers = await ask(lang)
  if (!answers) throw new Stop(words.cancelled, EXIT.badInput)
  const target = file ?? `${fileName(answers.name)}.yaml`
  if (existsSync(target)) throw new Stop(words.exists(target), EXIT.badInput)
  const text = dealFile(answers, lang, methodology)
  await writeWhole(target, text, lang)
  await print(words.written(target))
  return EXIT.fine
}

/** Asks on a terminal, or reads one answer a line from a pipe. Undefined when the input ends early. */
async function ask(lang: Lang): Promise<Answers | undefined> {
  const words = QUESTIONS[lang]
  const terminal = process.stdin.isTTY === true
  const reader = createInterface({ input: process.stdin, output: process.stderr, terminal })
  const lines = reader[Symbol.asyncIterator]()
  const next = async (question: string): Promise<string | undefined> => {
    process.stderr.write(question)
    const line = await lines.next()
    return line.done ? undefined : line.value.trim()
  }
  const until = async (
    question: string,
    wrong: (answer: string) => string | undefined,
  ): Promise<string | undefined> => {
    for (;;) {
      const answer = await next(question)
      if (answer === undefined) return undefined
      const complaint = wrong(answer)
      if (complaint === undefined) return answer
      process.stderr.write(`${complaint}\n`)
    }
  }
  const needed = (answer: string): string | undefined => (answer === '' ? words.needed : undefined)
  try {
    const name = await until(words.name, needed)
    const account = name === undefined ? undefined : await until(words.account, needed)
    const first =
      account === undefined
        ? undefined
        : await until(words.first, (answer) => (isPlainDate(answer) ? undefined : words.noDate))
    const top = first === undefined ? undefined : await next(words.top)
    const heard = top === undefined ? undefined : await next(words.heard)
    if (name === undefined || account === undefined || first === undefined || top === undefined || heard === undefined)
      return undefined
    return { name, account, first, top, heard }
  } finally {
    reader.close()
    if (!terminal) process.stderr.write('\n')
  }
}

function fileName(name: string): string {
  return (
    name
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 60) || 'deal'
  )
}

function dealFile({ name, account, first, top, heard }: Answers, lang: Lang, methodology: Methodology): string {
  const say = (en: string, zh: string): string => ` ${lang === 'zh' ? zh : en}`
  const [person, ...title] = top.split(/[,\uff0c]/)
  const deal = {
    sente: 1,
    name,
    account: { name: account },
    firstContactOn: first,
    ...(top
      ? {
          people: [
            {
              id: 'top',
              name: person!.trim(),
              ...(title.length > 0 ? { title: title.join(',').trim() } : {}),
              roles: ['number-one'],
              reportsTo: null,
            },
          ],
        }
      : {}),
    ...(heard ? { notes: [{ on: today(), text: heard }] } : {}),
  }
  const document = parseDocument(stringify(deal))
  document.commentBefore = say(
    'A Sente deal file. Every key but name is optional; what is missing becomes a question in the brief.\n All keys: sente schema. What an id means: sente explain.',
    'Sente 商机文件。除 name 外都可省略；没写的会变成简报里的功课。\n 全部字段：sente schema。某个 id 的含义：sente explain。',
  )
  document.comment = [
    say('Add as you learn it:', '了解到了就补上：'),
    ' goal: ...',
    ' traits: [unknown-vendor]        # ' +
      methodology.concerns.traits.map((trait) => trait.id.replaceAll('_', '-')).join(' '),
    ' us: {foundedOn: 2015-01-01, localPresence: true}',
    ' rivals:',
    '   - {id: rival, name: ..., contacts: []}',
    ' evidence:' +
      say(
        '                       # what you saw or heard; ids: sente explain',
        '                       # 看到、听到的；id 见 sente explain',
      ),
    `   - {on: ${first}, signal: pain_admitted, from: top, confidence: 0.8, quote: "..."}`,
    ' touches:' + say('                        # what we did with them', '                        # 我们和客户做过的'),
    `   - {on: ${first}, play: register_exec, with: [top], concern: need, hours: 2}`,
    ' proofs:' + say('                         # what answers a worry', '                         # 能回答顾虑的证明'),
    '   - {topic: vendor_viability, proof: financials, for: [top], status: preparing, readyOn: ...}',
  ].join('\n')
  const text = document.toString({ lineWidth: 120 })
  const read = readDeal(text, methodology)
  if ('faults' in read) throw new Error(`the new deal file would have faults: ${JSON.stringify(read.faults)}`)
  return text
}
