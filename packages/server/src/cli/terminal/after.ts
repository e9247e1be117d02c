import type { Brief } from '@sente/engine'
import { shortDate } from './format.ts'
import { hang } from './text.ts'
import { heading, personName } from './view.ts'
import type { View } from './view.ts'

const WORDS = {
  en: {
    title: { won: 'AFTER THE AWARD', lost: 'AFTER THE LOSS', 'no-decision': 'AFTER NO DECISION' },
    state: { done: 'made', due: 'due now', missed: 'missed', ahead: 'ahead' },
    visit: (day: string, state: string) => `${day} (${state})`,
    owed: 'we owe',
    theyOwe: 'they owe',
    kept: (n: number, of: number) => `promises of ours kept: ${n} of ${of}`,
    noPromises: 'No promise of ours is written down: ask at the next visit what they were told.',
    overdue: 'overdue',
    noDay: 'no day',
    promised: 'promised in numbers',
    reached: 'said by them',
    reachedUnknown: 'what it brought: not known yet',
    nobodySaid: 'what it brought: nobody of theirs has said it in numbers',
    reference: 'a reference: agreed',
    noReference: 'a reference: not agreed',
    late: 'late',
    back: 'Come back',
    backNow: 'Come back now',
    with: 'with',
    nobody: 'Nobody there is known to be for us.',
    stays: 'who stays with us',
    last: (day: string) => `last met ${day}`,
  },
  zh: {
    title: { won: '签约以后', lost: '丢单以后', 'no-decision': '未决以后' },
    state: { done: '去过了', due: '现在该去', missed: '错过了', ahead: '还没到' },
    visit: (day: string, state: string) => `${day}（${state}）`,
    owed: '我方欠',
    theyOwe: '对方欠',
    kept: (n: number, of: number) => `我方承诺已兑现 ${n}/${of}`,
    noPromises: '没有记下我方承诺：下次回访先问清客户听到了什么。',
    overdue: '已逾期',
    noDay: '没定日子',
    promised: '答应过的数字',
    reached: '客户自己说的成效',
    reachedUnknown: '成效：还不知道',
    nobodySaid: '成效：客户还没有人用数字说过',
    reference: '样板：已同意',
    noReference: '样板：还没谈好',
    late: '已过期',
    back: '再去的日子',
    backNow: '现在该再去',
    with: '找',
    nobody: '还不知道那边谁向着我们。',
    stays: '还和我们有来往的人',
    last: (day: string) => `上次见面 ${day}`,
  },
} as const

type Look = 'red' | 'yellow' | 'green'
/** One line: what leads it, what it says, how it looks. */
type Row = readonly [lead: string, text: string, look?: Look | undefined]

/** What follows the end of the deal: visits back, promises, the result, a reference; or with whom it stays open and when to come back. */
export function afterLines(brief: Brief, view: View): string[] {
  const { after } = brief
  if (!after) return []
  const { lang, columns, paint } = view
  const words = WORDS[lang]
  const say: Say = {
    words,
    lang,
    short: (on) => shortDate(on, brief.asOf, lang),
    who: (id) => (id === null ? '' : personName(brief, id)),
    comma: lang === 'zh' ? '，' : ', ',
  }
  const rows = [
    ...backRows(after, say),
    ...visitRows(after, say),
    ...promiseRows(after, say),
    ...(after.status === 'won' ? resultRows(after, say) : []),
  ]
  return [
    ...heading(words.title[after.status], view),
    ...rows.flatMap(([lead, text, look]) => hang(lead, text, columns).map((line) => (look ? paint(look, line) : line))),
  ]
}

type After = NonNullable<Brief['after']>
interface Say {
  words: (typeof WORDS)['en' | 'zh']
  lang: 'en' | 'zh'
  short: (on: string) => string
  who: (id: string | null) => string
  comma: string
}

function backRows({ comeBack, stays }: After, { words, lang, short, who, comma }: Say): Row[] {
  if (!comeBack) return []
  const { on, due, why } = comeBack
  const names = stays.map(({ person, last }) => who(person) + (last ? ` (${words.last(short(last))})` : ''))
  return [
    ['', `${due ? words.backNow : `${words.back} ${short(on)}`} · ${why[lang]}`, due ? 'yellow' : undefined] as Row,
    names.length === 0 ? ['', words.nobody] : [`${words.stays}  `, names.join(comma)],
  ]
}

const capital = (words: string): string => words.slice(0, 1).toUpperCase() + words.slice(1)

/** Of visits that were missed only the last few are named. */
const MISSED = 3

function visitRows({ visits, delivery }: After, { words, lang, short, who, comma }: Say): Row[] {
  const shown = visits.filter(({ state }, i) => state !== 'missed' || i >= visits.length - MISSED)
  return [
    ...shown.map(({ name, show, due, state, on, with: met }): Row => {
      const made = on === null ? '' : ` · ${short(on)} ${met.map(who).join(comma)}`
      const bring = state === 'due' || state === 'ahead' ? ` · ${show[lang]}` : ''
      const text = `${capital(name[lang])} ${words.visit(short(due), words.state[state])}${made}${bring}`
      if (state === 'missed') return ['✗ ', text, 'red']
      return state === 'due' ? ['· ', text, 'yellow'] : [state === 'done' ? '✓ ' : '· ', text]
    }),
    ...delivery.map(({ name, on, late, owner }): Row => {
      const text = `${name[lang]} ${short(on)}${late ? ` (${words.late})` : ''}${owner ? ` · ${who(owner)}` : ''}`
      return late ? ['· ', text, 'yellow'] : ['· ', text]
    }),
  ]
}

function promiseRows({ status, promises }: After, { words, short, who }: Say): Row[] {
  const ours = promises.filter(({ by }) => by === 'us')
  const kept = ours.filter(({ state }) => state === 'kept' || state === 'late').length
  const rows: Row[] = []
  if (ours.length > 0) rows.push(['', words.kept(kept, ours.length)])
  else if (status === 'won') rows.push(['', words.noPromises])
  for (const { what, by, to, due, overdue, state } of promises) {
    if (state !== 'open') continue
    const day = due === null ? words.noDay : `${short(due)}${overdue ? ` (${words.overdue})` : ''}`
    const text = [who(to), what, day].filter(Boolean).join(' · ')
    const lead = `${by === 'us' ? words.owed : words.theyOwe}  `
    rows.push(overdue ? [lead, text, 'red'] : [lead, text])
  }
  return rows
}

function resultRows({ promised, reached, reference }: After, { words, short, who }: Say): Row[] {
  return [
    ...promised.slice(0, 2).map(({ number, on }): Row => [`${words.promised}  `, `${number} (${short(on)})`]),
    ...(reached === null
      ? [['', words.reachedUnknown] as Row]
      : reached.length === 0
        ? [['', words.nobodySaid] as Row]
        : reached.map(({ on, words: said, from }): Row => [
            `${words.reached}  `,
            [said, who(from), short(on)].filter(Boolean).join(' · '),
            'green',
          ])),
    ['', reference?.length ? words.reference : words.noReference],
  ]
}
