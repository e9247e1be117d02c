import { perPerson, pointsOf } from './need.ts'
import type { PlanView } from '../view.ts'
import type { Need, Term } from './need.ts'

const STALL_DAYS = 21
const EVALUATE = 3
const SILENCE_AHEAD = 21
const UNPAID_HOURS = 40

/** Even where every field is filled in, much is not. */
const LEAST = 0.35
/** What somebody inside can tell. */
const INSIDE: readonly string[] = ['process', 'criteria', 'rivals']

const number = (value: unknown): number | null => (typeof value === 'number' ? value : null)
const WHAT = {
  silent: { en: 'which questions will still come, and what proves our answers', zh: '后面还会问什么，拿什么证明' },
  top: { en: 'whose word settles it, and by which way we reach him', zh: '最后谁说了算、从哪条路能见到他' },
  late: { en: 'who decides, by which criteria, what rivals said', zh: '谁说了算、按什么标准、对手讲了什么' },
  usual: { en: 'how it will be decided, and who still doubts', zh: '怎么定、谁还有顾虑' },
} as const

/** What we do not know and somebody inside can tell: worth more the less we know, most for who came late. */
export const knowledge: Term = (view) => {
  if (!view.open) return []
  const completeness = number(view.facts.get('info.completeness')) ?? 0.5
  const late = view.entryMode === 'late'
  const who = perPerson(view, (person, index) =>
    person.inside || person.roles.includes('project_leader')
      ? {
          term: 'knowledge',
          person: index,
          weight:
            pointsOf(view, 'knowledge') *
            (LEAST + (1 - LEAST) * (1 - completeness)) *
            (late ? 1.6 : 1) *
            (person.inside ? 1 : 0.6),
          from: 0,
          due: late ? 5 : 21,
          until: view.choice ?? view.end,
          serves: (_, done) =>
            Math.min(1, 0.1 + 0.45 * (done.informs ?? []).filter((what) => INSIDE.includes(what)).length),
          about: { person: person.name, what: late ? WHAT.late : WHAT.usual },
        }
      : null,
  )
  return [...who.sort((a, b) => b.weight - a.weight).slice(0, 2), ...homework(view)]
}

/**
 * What we find out by ourselves, from what is public, from partners: who decides, where nobody has said; how it stands, where nobody inside can
 * be asked; what will still be asked, while nobody may be met.
 */
function homework(view: PlanView): Need[] {
  if (view.people.length === 0) return []
  const top = view.people.some((person) => person.top)
  const inside = view.people.some((person) => person.inside && person.rung > 0)
  const silent = view.silence !== null && view.silence.from <= 0
  if (top && inside && !silent) return []
  return [
    {
      term: 'knowledge',
      person: null,
      weight: pointsOf(view, 'knowledge') * (top ? NOBODY_INSIDE : 1),
      from: 0,
      due: 7,
      until: 30,
      serves: ({ alone }) => (alone?.settles === 'facts' ? 1 : 0),
      about: {
        person: { en: 'our own homework', zh: '我们自己先做功课' },
        what: !top ? WHAT.top : silent ? WHAT.silent : WHAT.late,
      },
    },
  ]
}
const NOBODY_INSIDE = 0.6

const LIMITS = {
  price: { en: 'how low we go, and what we take out for it', zh: '底价到哪里，让价时拿掉什么' },
  hopes: {
    en: 'what we really expect: the forecast says far more than the facts',
    zh: '到底有几成把握：预测比事实高太多',
  },
  worth: { en: 'what it is worth to us, and until when we stay', zh: '值得投入多少，跟到什么时候' },
} as const

/** What must be settled among ourselves before somebody asks: our limits where price decides, our forecast where it is hope, our effort where the chance is small. */
export const limitsOpen: Term = (view) => {
  if (!view.open || view.people.length === 0) return []
  const { events, days, hopes: gap, winBelow } = view.method.limits
  const priced = (view.deal.evidence ?? []).some(({ signal, status, on }) => {
    const event = view.model.signals.get(signal)?.event
    return event !== undefined && events.includes(event) && status !== 'rejected' && view.date(-days) <= on
  })
  const hoped = (view.deal.sellerEstimate ?? []).at(-1)?.value ?? null
  const hopes = view.win !== null && hoped !== null && hoped - view.win >= gap
  const small = view.win !== null && view.win < winBelow
  if (!priced && !hopes && !small) return []
  return [
    {
      term: 'limits',
      person: null,
      weight: pointsOf(view, 'limits'),
      from: 0,
      due: 5,
      until: 21,
      serves: ({ alone }) => (alone?.settles === 'limits' ? 1 : 0),
      about: { what: priced ? LIMITS.price : hopes ? LIMITS.hopes : LIMITS.worth },
    },
  ]
}

/** The customer has done nothing for three weeks. */
export const stalled: Term = (view) => {
  const days = number(view.facts.get('days.since_customer_action'))
  if (!view.open || days === null || days < STALL_DAYS) return []
  return perPerson(view, (person, index) =>
    person.inside || person.roles.includes('project_leader')
      ? {
          term: 'stall',
          person: index,
          weight: (pointsOf(view, 'stall') * (1 + person.weight)) / 2,
          from: 0,
          due: 7,
          until: 60,
          serves: (play, done) => (done.informs?.includes('process') ? (play.hours <= 8 ? 1 : 0.6) : 0.2),
          about: { days: String(days) },
        }
      : null,
  )
    .sort((a, b) => b.weight - a.weight)
    .slice(0, 1)
}

/** The yardstick is a rival’s. */
export const criteriaAgainst: Term = (view) => {
  const against =
    view.facts.get('competitor.leading') === true ||
    (view.deal.evidence ?? []).some(
      ({ signal, status, on }) =>
        view.model.signals.get(signal)?.rival === 'favoured' && status !== 'rejected' && view.date(-90) <= on,
    )
  if (!view.open || !against || view.leading > 4) return []
  const rival =
    view.deal.rivals?.find(({ leading }) => leading)?.name ?? view.deal.rivals?.find(({ incumbent }) => incumbent)?.name
  return perPerson(view, (person, index) =>
    person.levels.has('working')
      ? {
          term: 'criteria',
          person: index,
          weight: pointsOf(view, 'criteria') * Math.max(0.3, person.weight),
          from: 0,
          due: view.leading >= EVALUATE ? 10 : 30,
          until: view.choice ?? view.end,
          serves: (play, done) => (done.rival === 'weakened' ? 1 : play.kind === 'advance' || done.base ? 0.7 : 0),
          about: { rival: rival ?? { en: 'a rival', zh: '对手' } },
        }
      : null,
  )
    .sort((a, b) => b.weight - a.weight)
    .slice(0, 2)
}

/** Advice that was given for nothing. */
export const unpaidWork: Term = (view) => {
  const hours = number(view.facts.get('work.unpaid_hours'))
  if (!view.open || hours === null || hours < UNPAID_HOURS) return []
  const received = new Map<string, number>()
  for (const touch of view.deal.touches ?? [])
    if (touch.paid === false)
      for (const id of touch.with) received.set(id, (received.get(id) ?? 0) + (touch.hours ?? 0))
  const most = [...received].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0]
  const index = view.people.findIndex(({ id }) => id === most)
  if (index < 0) return []
  return [
    {
      term: 'unpaid',
      person: index,
      weight: pointsOf(view, 'unpaid') * (hours >= 2 * UNPAID_HOURS ? 1.5 : 1),
      from: 0,
      due: 7,
      until: view.choice ?? view.end,
      serves: (_, done) => (done.exchange ? 1 : 0),
      about: { hours: String(Math.round(hours)) },
    },
  ]
}

/** A tender’s silence is near or has begun, or something happened that cannot be told in public. */
export const conduct: Term = (view) => {
  const near = view.silence && view.silence.from <= SILENCE_AHEAD && (view.silence.to === null || view.silence.to > 0)
  const flagged = view.facts.get('ethics.flag') === true
  if (!view.open || (!near && !flagged)) return []
  return [
    {
      term: 'conduct',
      person: null,
      weight: pointsOf(view, 'conduct'),
      from: 0,
      due: Math.max(0, view.silence?.from ?? 0),
      until: Math.max(30, view.silence?.to ?? 0),
      serves: (play) => (play.kind === 'gate' ? 1 : 0),
      about: { day: view.date(view.silence?.from ?? 0) },
    },
  ]
}
