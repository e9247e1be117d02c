import { readFileSync } from 'node:fs'
import { addDays, dayNumber, daysBetween, parseDeal } from '@sente/engine'
import type { Deal, Evidence, Methodology, Person, PlainDate, Rank, Since, TeamMember } from '@sente/engine'
import { parse } from 'yaml'
import { STORYLINES } from './storylines.ts'
import type { Step } from './storylines.ts'
import { DEALS } from './deals.ts'
import type { SampleDeal } from './deals.ts'
import { KITS, kitProofs } from './proof-kits.ts'
import { ACCOUNTS, STORY_CREWS, TEAM } from './team.ts'
import type { MemberKey, SampleAccount, SamplePerson } from './team.ts'
import { QUOTES } from './quotes.ts'
import type { Seat } from './quotes.ts'

/** A deal of the sample with its owner. */
export interface OwnedDeal {
  owner: MemberKey
  deal: Deal
  /** Account above the deal's account, by name. */
  parentAccount?: string
}

/** The five stories, and how many days before today each ended. */
const STORIES: readonly [file: string, endedBefore: number, owner: MemberKey][] = [
  ['1-loved-early-killed-late', 62, 'noah'],
  ['2-deputy-won-top-lost', 140, 'tang'],
  ['3-proud-unpaid-adviser', 215, 'song'],
  ['4-late-but-risk-first', 38, 'maren'],
  ['5-early-and-right', 205, 'song'],
]

/** All 40 deals of the sample workspace as they would stand in the database on `today`: always fresh, the same for the same day. */
export function sampleDeals(methodology: Methodology, today: PlainDate): OwnedDeal[] {
  return [
    ...STORIES.map((story) => storyDeal(methodology, today, story)),
    ...DEALS.map((plan, i) => courseDeal(methodology, plan, i, today)),
  ]
}

function storyDeal(
  methodology: Methodology,
  today: PlainDate,
  [file, endedBefore, owner]: (typeof STORIES)[number],
): OwnedDeal {
  const path = new URL(`../../../../examples/${file}.yaml`, import.meta.url)
  const read = parseDeal(parse(readFileSync(path, 'utf8')), methodology)
  if (!('deal' in read)) throw new Error(`${file}: not a deal file`)
  // Whole weeks: what was on a Monday stays on one.
  const shift = 7 * Math.floor(daysBetween(read.deal.closedOn!, addDays(today, -endedBefore)) / 7)
  return { owner, deal: moved(read.deal, shift) as Deal }
}

/** The same value with every calendar day in it `days` later. */
function moved(value: unknown, days: number): unknown {
  if (typeof value === 'string') return /^\d{4}-\d{2}-\d{2}$/.test(value) ? addDays(value as PlainDate, days) : value
  if (Array.isArray(value)) return value.map((item) => moved(item, days))
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, moved(item, days)]))
  return value
}

const RIVALS = {
  zh: ['远帆软件', '中拓信息', '西部集成'],
  en: ['Lumen Systems', 'Gridworks', 'Oldguard Software'],
} as const
const ROLES: Readonly<Record<Seat, string[]>> = {
  top: ['number_one', 'economic_buyer'],
  deputy: ['deputy', 'executive'],
  tech: ['technical_buyer', 'project_leader'],
  user: ['user_buyer'],
  buyer: ['procurement'],
}
const INFLUENCE: Readonly<Record<Seat, number>> = { top: 5, deputy: 4, tech: 3, user: 3, buyer: 2 }
const REASONS = {
  won: {
    zh: '老总说，该担的事我们都讲在前面了',
    en: 'Their chief said we were the only ones who spoke of the risks first',
  },
  lost: { zh: '最后一周换了风向，没有人说得清为什么', en: 'The wind turned in the last week; nobody would say why' },
  'no-decision': { zh: '没有批下来，项目不做了', en: 'Never approved; they do nothing this year' },
} as const

function accountOf(name: string): SampleAccount & { parent?: string } {
  const known = ACCOUNTS.find((account) => account.name === name)
  if (known) return known
  return { key: name, name, ...STORY_CREWS[name]! }
}

/** Small repeatable variation: −2..2 days from the place in the list. */
const jitter = (i: number, step: number): number => ((i * 7 + step * 13) % 5) - 2

/** Where the customers of each side are, and we: whose holidays count. */
const COUNTRY: Readonly<Record<'zh' | 'en', string>> = { zh: 'CN', en: 'IE' }

function courseDeal(methodology: Methodology, plan: SampleDeal, i: number, today: PlainDate): OwnedDeal {
  const account = accountOf(plan.account)
  const { lang } = account
  const course = STORYLINES[plan.course]
  const start = addDays(today, -plan.begun)
  const person = (seat: Seat): SamplePerson => account.people.find((one) => one.seat === seat)!
  const ids = (seats: readonly Seat[]): string[] => seats.map((seat) => person(seat).id)
  // Days in order, so that jitter does not turn a course around; what lies after today has not happened.
  let last = 0
  const steps = (course.steps as readonly Step[]).map((step, s) => {
    last = Math.max(last, Math.round(step[0] * plan.pace) + (s === 0 ? 0 : jitter(i, s)))
    return { step, on: addDays(start, last) }
  })
  const past = steps.filter(({ on }) => on <= today)
  const of = <K extends Step[1]>(
    kind: K,
  ): { step: Extract<Step, readonly [number, K, ...unknown[]]>; on: PlainDate }[] =>
    past.filter(({ step }) => step[1] === kind) as never

  const evidence = of('hears').map(({ step: [, , signal, seat], on }, n): Evidence => {
    const voice = QUOTES[signal]
    const words = voice[lang]
    return {
      on,
      signal,
      from: person(seat ?? voice.by).id,
      confidence: [1, 0.9, 0.8][(i + n) % 3]!,
      quote: words[i % words.length]!,
      status: 'confirmed',
    }
  })
  const rivalry = of('rival')
  const seen = new Set<string>([
    ...evidence.map(({ from }) => from!),
    ...of('does').flatMap(({ step }) => ids(step[3])),
    person('top').id,
  ])
  const people = account.people
    .filter(({ id }) => seen.has(id))
    .map((one): Person => {
      const stance = of('stance')
        .filter(({ step }) => step[2] === one.seat)
        .map(({ step, on }): Since<number> => ({ value: step[3], on }))
      const hold = one.seat === 'top' ? of('hold').map(({ step, on }) => ({ value: step[2], on })) : []
      return {
        id: one.id,
        name: one.name,
        title: one.title,
        roles: ROLES[one.seat],
        influence: INFLUENCE[one.seat],
        ...(one.seat === 'top'
          ? { reportsTo: null }
          : { reportsTo: person(one.seat === 'deputy' ? 'top' : 'deputy').id }),
        ...(stance.length > 0 ? { stance } : {}),
        ...(hold.length > 0 ? { hold } : {}),
      }
    })
  // Whoever a reporting line names is on the map.
  for (const seat of ['deputy', 'top'] as const) {
    const above = person(seat)
    if (!people.some(({ id }) => id === above.id))
      people.push({
        id: above.id,
        name: above.name,
        title: above.title,
        roles: ROLES[seat],
        influence: INFLUENCE[seat],
        reportsTo: seat === 'top' ? null : person('top').id,
      })
  }
  const closed = of('closes')[0]
  const own = of('proof').map(({ step: [, , topic, proof, seats, status], on }) => ({
    topic,
    proof,
    for: ids(seats),
    history: [{ status, on }],
    ...(status === 'preparing' ? { readyOn: addDays(on, 30) } : {}),
  }))
  const kit = 'kit' in course ? kitProofs(methodology, KITS[course.kit], people, start, closed?.on ?? today) : []
  const ucv = of('ucv')[0]
  const ahead = steps.filter(({ on, step }) => step[1] === 'plans' && on > addDays(today, -10)) as {
    step: Extract<Step, readonly [number, 'plans', ...unknown[]]>
    on: PlainDate
  }[]
  const rival = RIVALS[lang][i % 3]!
  const deal: Deal = {
    sente: 1,
    name: plan.name,
    account: {
      name: account.name,
      industry: account.industry,
      region: account.region,
      country: COUNTRY[lang],
      ...(account.goal ? { goal: account.goal } : {}),
    },
    amount: { value: plan.amount, currency: account.currency },
    openedOn: addDays(start, 5),
    firstContactOn: start,
    ...(closed
      ? { status: closed.step[2], closedOn: closed.on, reason: REASONS[closed.step[2]][lang] }
      : { status: 'open' as const }),
    style: i % 3 === 0 ? 'swift' : 'steady',
    ...('traits' in course ? { traits: [...course.traits] } : {}),
    us: {
      foundedOn: addDays(today, -4100 + i * 40),
      localPresence: i % 4 !== 1,
      hoursPerWeek: 20,
      country: COUNTRY[lang],
      team: ourTeam(lang, plan.owner),
    },
    people,
    rivals:
      rivalry.length > 0 || i % 2 === 0
        ? [
            {
              id: 'rival',
              name: rival,
              kind: 'vendor',
              ...(rivalry.length > 0
                ? { contacts: rivalry.map(({ step, on }) => ({ person: person(step[2]).id, on })) }
                : {}),
              ...(i % 3 === 0 ? { incumbent: true } : {}),
            },
          ]
        : [],
    process: of('milestone').map(({ step, on }) => ({ step: step[2], on, done: step[3] })),
    evidence,
    touches: of('does').map(({ step: [, , play, seats, concern, hours], on }) => ({
      on,
      play,
      with: ids(seats),
      concern,
      hours,
      outcome: 'done' as const,
    })),
    proofs: [
      ...own,
      ...kit.filter(({ topic, proof }) => !own.some((other) => other.topic === topic && other.proof === proof)),
    ],
    ...(ucv
      ? {
          ucv: [
            {
              on: ucv.on,
              onlyUs:
                lang === 'zh'
                  ? '上线前用你们自己的数据先跑一遍，差多少我们担'
                  : 'We run it on your own data before you sign and stand for the difference',
              number: lang === 'zh' ? '每年四百万' : '400,000 a year',
              concern: 'need' as const,
              confirmedBy: person('deputy').id,
            },
          ],
        }
      : {}),
    sellerEstimate: of('estimate').map(({ step, on }) => ({ value: step[2], on })),
    plan: closed
      ? []
      : ahead.map(({ step, on }) => ({
          play: step[2],
          on: onWeekday(on < today ? addDays(today, 2 + (dayNumber(on) % 4)) : on),
          with: ids(step[3]),
          status: 'open' as const,
        })),
    notes: evidence
      .filter((_, n) => n % 4 === 3)
      .map(({ on, quote, from }) => ({ on, text: noteText(lang, account, quote!, from!) })),
  }
  return { owner: plan.owner, deal, ...(account.parent ? { parentAccount: account.parent } : {}) }
}

/** Nobody is met on a Saturday or Sunday: the Monday after. Day 0 is a Thursday. */
function onWeekday(on: PlainDate): PlainDate {
  const past = (dayNumber(on) + 5) % 7
  return past < 2 ? addDays(on, 2 - past) : on
}

/** Who of ours goes: the owner, the manager of that side, the general manager, and who knows the product. */
function ourTeam(lang: 'zh' | 'en', owner: MemberKey): TeamMember[] {
  const member = (key: MemberKey, title: string, rank: Rank): TeamMember => ({
    id: key,
    name: TEAM.members.find((one) => one.key === key)!.name,
    title,
    rank,
  })
  const manager = lang === 'zh' ? member('gu', '销售总监', 'manager') : member('maren', 'Director of sales', 'manager')
  const own = lang === 'zh' ? member(owner, '客户经理', 'seller') : member(owner, 'Account manager', 'seller')
  return [
    ...(owner === manager.id ? [] : [own]),
    manager,
    ...OTHERS[lang].map(([id, name, title, rank]): TeamMember => ({ id, name, title, rank })),
  ]
}

const OTHERS: Readonly<Record<'zh' | 'en', readonly (readonly [string, string, string, Rank])[]>> = {
  zh: [
    ['he', '贺知远', '总经理', 'executive'],
    ['shen', '沈若兰', '解决方案顾问', 'expert'],
  ],
  en: [
    ['ingrid', 'Ingrid Vale', 'Managing director', 'executive'],
    ['pavel', 'Pavel Moreau', 'Solution consultant', 'expert'],
  ],
}

function noteText(lang: 'zh' | 'en', account: SampleAccount, quote: string, from: string): string {
  const who = account.people.find(({ id }) => id === from)!
  return lang === 'zh'
    ? `下午去了${account.name}，见了${who.title}${who.name}。${quote}。下周再约。`
    : `Afternoon at ${account.name}, with ${who.name} (${who.title}). “${quote}.” Will call again next week.`
}
