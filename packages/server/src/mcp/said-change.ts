import { stepAfter } from '@sente/engine'
import type { Methodology, Step, Text } from '@sente/engine'
import { Refused } from './desk.ts'
import type { Change, Shown } from './desk.ts'
import { line } from './marks.ts'

// What a change writes, in words: the same for a workspace and for a file.

type Of<K extends Change['kind']> = Extract<Change, { kind: K }>
export type Verdict = 'confirmed' | 'suggested' | 'rejected'

/** The verdict on each numbered finding of a note. Throws a `Refused` for a number that no finding has, or two verdicts on one. */
export function numbersOf({ keep, reject }: Of<'note'>, count: number): Verdict[] {
  const wrong = [...keep, ...reject].find((n) => n > count)
  if (wrong !== undefined)
    throw new Refused({
      en: `keep and reject are numbers of the preview, 1 to ${count}; ${wrong} is none of them.`,
      zh: `keep 和 reject 应为预览中的编号（1 到 ${count}）；没有 ${wrong}。`,
    })
  const both = keep.find((n) => reject.includes(n))
  if (both !== undefined)
    throw new Refused({ en: `${both} is in keep and in reject.`, zh: `${both} 同时在 keep 和 reject 中。` })
  return Array.from({ length: count }, (_, i) =>
    keep.includes(i + 1) ? 'confirmed' : reject.includes(i + 1) ? 'rejected' : 'suggested',
  )
}

export interface FoundLine {
  signal: string
  signalName: Text
  confidence: number
  quote: string
  on: string
  fromName?: string | undefined
}

/** The note, and what the reader found in it, numbered for the person's yes and no. */
export function foundLines({ on, text }: Of<'note'>, found: readonly FoundLine[]): Shown[] {
  return [
    {
      text: { en: `A note of ${on}, ${text.length} characters:`, zh: `一条 ${on} 的记录，${text.length} 个字符：` },
      data: text,
    },
    ...found.map(({ signal, signalName, confidence, quote, on: day, fromName }, i) => {
      const percent = Math.round(confidence * 100)
      const who = fromName === undefined ? '' : ` · ${line(fromName)}`
      const when = day === on ? '' : ` · ${day}`
      return {
        text: {
          en: `${i + 1}. ${signalName.en} (${signal}), ${percent}%${who}${when}:`,
          zh: `${i + 1}. ${signalName.zh}（${signal}），${percent}%${who}${when}：`,
        },
        data: quote,
      }
    }),
    ...(found.length === 0 ? [{ text: { en: 'The reader finds nothing in it.', zh: '没有从中读出事实。' } }] : []),
  ]
}

interface Happened {
  method: Methodology
  play: string | undefined
  what: string | undefined
  met: readonly string[]
  step: { on?: string | undefined } | undefined
  kept: readonly string[]
  /** Whom each promise concerns, by name. */
  promised: readonly (string | undefined)[]
  next: readonly string[] | undefined
}

export function linesOfOutcome(
  asked: Of<'outcome'>,
  { method, play, what, met, step, kept, promised, next }: Happened,
): Shown[] {
  const how = method.plays.outcomes.find(({ id }) => id === asked.outcome)?.name ?? both(asked.outcome)
  const did = playName(method, play)
  const on = asked.on === undefined ? { en: 'today', zh: '今天' } : { en: `on ${asked.on}`, zh: asked.on }
  const people = listed(met)
  return [
    {
      text: {
        en: `A touch ${on.en}${people === '' ? '' : ` with ${people}`}: ${did?.en ?? 'in words'}; outcome: ${how.en}.`,
        zh: `${on.zh} 的接触${people === '' ? '' : `（${people}）`}：${did?.zh ?? '文字描述'}；结果：${how.zh}。`,
      },
      data: what,
    },
    ...(asked.note === undefined ? [] : [{ text: { en: 'Remark:', zh: '备注：' }, data: asked.note }]),
    ...(step ? [{ text: endOf(asked, step.on) }] : []),
    ...asked.promises.map(({ by, what: words, dueOn }, i) => {
      const who = promised[i]
      const [who_en, who_zh] = who === undefined ? ['', ''] : [` (${line(who)})`, `（${line(who)}）`]
      return {
        text: {
          en: `${by === 'us' ? 'We promised' : 'They promised'}${who_en}${dueOn === undefined ? '' : `, due ${dueOn}`}:`,
          zh: `${by === 'us' ? '我方承诺' : '对方承诺'}${who_zh}${dueOn === undefined ? '' : `，${dueOn} 到期`}：`,
        },
        data: words,
      }
    }),
    ...kept.map((words) => ({ text: { en: `Kept ${on.en}:`, zh: `${on.zh} 兑现：` }, data: words })),
    ...(asked.next && !(step && stepAfter(asked.outcome, true) === 'moved')
      ? [nextOf(asked.next, next ?? met, method)]
      : []),
  ]
}

function endOf({ outcome, next }: Of<'outcome'>, on: string | undefined): Text {
  const then = stepAfter(outcome, next !== undefined)
  if (then === 'moved')
    return {
      en: `The planned step of ${on ?? '?'} moves to ${next!.on}.`,
      zh: `原定 ${on ?? '?'} 的步骤改到 ${next!.on}。`,
    }
  return then === 'dropped'
    ? { en: `The planned step of ${on ?? '?'} is dropped.`, zh: `原定 ${on ?? '?'} 的步骤不再进行。` }
    : { en: `The planned step of ${on ?? '?'} is done.`, zh: `原定 ${on ?? '?'} 的步骤已完成。` }
}

function nextOf(next: NonNullable<Of<'outcome'>['next']>, met: readonly string[], method: Methodology): Shown {
  const name = playName(method, next.play)
  const people = listed(met)
  return {
    text: {
      en: `A planned step on ${next.on}${people === '' ? '' : ` with ${people}`}${name ? `: ${name.en}` : ''}.`,
      zh: `${next.on} 的计划步骤${people === '' ? '' : `（${people}）`}${name ? `：${name.zh}` : ''}。`,
    },
    data: next.what,
  }
}

export function linesOfStep(
  step: Step,
  { on, what }: Of<'step'>,
  { method, met, ours }: { method: Methodology; met: readonly string[]; ours: string | undefined },
): Shown[] {
  const name = playName(method, step.play) ?? step.name
  const people = listed(met)
  const goes = ours === undefined ? { en: '', zh: '' } : { en: `; ${line(ours)} goes`, zh: `；${line(ours)} 前往` }
  return [
    {
      text: {
        en: `A planned step on ${on ?? step.on}${people === '' ? '' : ` with ${people}`}: ${name.en}${goes.en}.`,
        zh: `${on ?? step.on} 的计划步骤${people === '' ? '' : `（${people}）`}：${name.zh}${goes.zh}。`,
      },
      data: what,
    },
  ]
}

const both = (text: string): Text => ({ en: text, zh: text })
const listed = (names: readonly string[]): string =>
  names
    .slice(0, 20)
    .map((name) => line(name))
    .join(', ')
const playName = (method: Methodology, id: string | undefined): Text | undefined =>
  id === undefined ? undefined : (method.plays.plays.find((one) => one.id === id)?.name ?? both(id))
