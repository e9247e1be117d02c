// The plan beside simpler ways of selling, in a world of its own: its effects are none of the planner's points. And its speed.
//   node bench/plan.ts            simulation and speed
//   node bench/plan.ts 40 speed   40 stories a family; or only the speed
import { addDays, daysBetween, loadMethodology, modelOf, parseDeal, plainDate, plan, planning } from '@sente/engine'
import type { Deal, Methodology, PlainDate, Plan } from '@sente/engine'
import { files } from '@sente/methodology'
import { seededRandom } from '../packages/engine/src/core/random.ts'

const loaded = loadMethodology(files)
if ('faults' in loaded) throw new Error(JSON.stringify(loaded.faults))
const METHOD: Methodology = loaded.methodology
const MODEL = modelOf(METHOD)
const FIRST = plainDate('2026-01-05')
const on = (day: number): PlainDate => addDays(FIRST, day)

/** What nobody in the story knows: how each person can be won, and what wears off. */
interface Soul {
  id: string
  influence: number
  top: boolean
  executive: boolean
  support: number
  /** 0..1, fades with answers. */
  worry: number
  /** What moves this person: being met, being answered, or hearing it from colleagues. */
  moved: { meeting: number; papers: number; colleagues: number }
  seen: number
}

interface Story {
  deal: Deal
  souls: Soul[]
  end: number
  random: () => number
  rivalEvery: number
}

type Act = { day: number; play: string; with: string[] }
type Policy = (deal: Deal, today: PlainDate, story: Story) => Act[]

const FAMILIES = [
  'early, calm',
  'early, a rival at the top',
  'middle, doubters',
  'late, top never met',
  'short of hours',
] as const

function storyOf(family: number, seed: number): Story {
  const random = seededRandom(1000 * family + seed)
  const between = (a: number, b: number): number => a + (b - a) * random()
  const end = family === 3 ? 75 : Math.round(between(150, 240))
  const phase = family === 3 ? 'risk' : family === 2 ? 'evaluate' : 'need'
  const roles = [
    ['number_one'],
    ['economic_buyer', 'executive'],
    ['executive', 'deputy'],
    ['project_leader', 'coach'],
    ['technical_buyer'],
    ['user_buyer'],
    ['finance'],
  ]
  const people = roles.map((role, i) => ({
    id: `p${i}`,
    name: `P${i}`,
    roles: role,
    influence: [5, 4, 4, 3, 3, 2, 3][i],
    reportsTo: i === 0 ? null : 'p0',
    ...(i === 3 ? { stance: 1 } : random() < 0.4 ? { stance: Math.round(between(-1, 1)) } : {}),
  }))
  const file = {
    name: `story ${family}.${seed}`,
    firstContactOn: on(-40),
    people,
    traits: ['unknown_vendor'],
    us: {
      hoursPerWeek: family === 4 ? 8 : 30,
      execSponsor: 'CEO',
      references: [{ name: 'R', execWilling: true }],
      team: [
        { id: 'ceo', name: 'CEO', rank: 'executive' },
        { id: 'ann', name: 'Ann' },
      ],
    },
    rivals: [
      { id: 'r', name: 'R', incumbent: random() < 0.5, contacts: family === 1 ? [{ person: 'p0', on: on(-6) }] : [] },
    ],
    process: [{ step: 'signature', on: on(end), owner: 'p1' }],
    touches: [
      { on: on(-40), play: 'exec_discovery', with: ['p3'] },
      ...(family === 3 ? [] : [{ on: on(-20), what: 'talk', with: ['p4'] }]),
    ],
    pins: [{ on: on(-2), phase }],
    proofs: [],
    ucv: [{ on: on(-30), onlyUs: 'x' }],
    riskFile: { on: on(-10) },
  }
  const parsed = parseDeal(file, METHOD)
  if (!('deal' in parsed) || !parsed.deal) throw new Error(JSON.stringify(parsed).slice(0, 400))
  const souls = people.map(({ id, influence, roles: role }): Soul => ({
    id,
    influence: influence!,
    top: role.includes('number_one'),
    executive: role.some((one) => MODEL.roles.get(one)!.level === 'executive'),
    support: family === 2 ? between(-0.5, 0.2) : between(-0.2, 0.3),
    worry: between(0.3, 0.8),
    moved: { meeting: between(0.2, 0.5), papers: between(0.05, 0.3), colleagues: between(0, 0.2) },
    seen: -60,
  }))
  return { deal: parsed.deal, souls, end, random, rivalEvery: family === 1 || family === 2 ? 25 : 45 }
}

/** The customer goes on by itself, answers or refuses. Returns the chance to win at the end. */
function play(family: number, seed: number, policy: Policy): number {
  const story = storyOf(family, seed)
  const { souls, end, random } = story
  let deal = story.deal
  let todo: Act[] = []
  const hours = deal.us!.hoursPerWeek!
  let week = -1
  let spent = 0
  for (let day = 0; day < end; day++) {
    if (day % 21 === 0) todo = policy(deal, on(day), story).filter((act) => act.day >= day)
    if (Math.floor(day / 7) !== week) {
      week = Math.floor(day / 7)
      spent = Math.max(0, spent - hours)
    }
    for (const act of todo.filter((one) => one.day === day)) {
      const what = MODEL.plays.get(act.play)!
      if (spent >= hours) continue
      spent += what.hours
      const done = meet(souls, act, day, random)
      deal = {
        ...deal,
        touches: [
          ...(deal.touches ?? []),
          { on: on(day), play: act.play, with: act.with, outcome: done ? 'done' : 'no_answer' },
        ],
      }
    }
    wear(souls, day, story)
  }
  const total = souls.reduce((sum, { influence }) => sum + influence ** 1.5, 0)
  const weighed =
    souls.reduce((sum, { influence, support, worry }) => sum + influence ** 1.5 * (support - 0.5 * worry), 0) / total
  return 1 / (1 + Math.exp(-(6 * weighed - 0.6)))
}

function meet(souls: Soul[], act: Act, day: number, random: () => number): boolean {
  const what = MODEL.plays.get(act.play)!
  const met = act.with.flatMap((id) => souls.find((soul) => soul.id === id) ?? [])
  const main = met[0]
  if (!main) return true
  const warm = souls.some((soul) => !soul.executive && soul.support > 0.15)
  const open = main.seen > -60 ? 0.9 : main.executive ? (warm ? 0.6 : 0.25) : 0.85
  if (random() > open) return false
  for (const soul of met) {
    // Seen too often, somebody hears nothing new; asked to sign too early, somebody cools.
    const fresh = day - soul.seen >= 10 ? 1 : 0.25
    const pushy = what.kind === 'close' && soul.worry > 0.3
    const own = what.papers ? soul.moved.papers : soul.moved.meeting * (what.substantive ? 1 : 0.4)
    soul.support = pushy ? soul.support - 0.25 : soul.support + own * fresh * (1 - soul.support)
    if (what.concern === 'risk' || what.papers) soul.worry *= what.papers ? 0.7 : 0.75
    soul.seen = day
  }
  // Going above somebody's head who is not on our side costs his.
  if (main.executive)
    for (const soul of souls) if (!soul.executive && soul.support < 0 && !met.includes(soul)) soul.support -= 0.05
  return true
}

function wear(souls: Soul[], day: number, { rivalEvery, random }: Story): void {
  const mean = souls.reduce((sum, { support }) => sum + support, 0) / souls.length
  for (const soul of souls) {
    soul.support += (mean - soul.support) * soul.moved.colleagues * 0.02 - soul.support * 0.006
    soul.worry = Math.min(1, soul.worry + 0.001)
  }
  if (day % rivalEvery === rivalEvery - 1) {
    const target = souls[Math.floor(random() * 3)]!
    target.support -= day - target.seen < 30 ? 0.08 : 0.25
  }
}

const DAYS_BETWEEN = 14
const rounds =
  (who: (soul: Soul) => boolean, plays: readonly string[]): Policy =>
  (_, today, { souls, end }) => {
    const list = souls.filter(who)
    const from = daysBetween(FIRST, today)
    return Array.from({ length: Math.ceil((end - from) / 7) }, (__, i) => {
      const n = Math.floor(from / 7) + i
      return { day: from + i * 7 + 2, play: plays[n % plays.length]!, with: [list[n % list.length]!.id] }
    })
  }

const POLICIES: Record<string, Policy> = {
  plan: (deal, today) => {
    const found: Plan = plan(deal, METHOD, today, { withoutQuestions: true })
    return found.steps.map((step) => ({
      day: daysBetween(FIRST, step.on as PlainDate),
      play: step.play,
      with: step.with,
    }))
  },
  nothing: () => [],
  'working level': rounds(({ executive }) => !executive, ['exec_discovery', 'risk_prefiling', 'meet_delivery_team']),
  'the top': (deal, today, story) =>
    rounds(({ top }) => top, ['exec_discovery', 'ucv_update', 'executive_briefing'])(deal, today, story).filter(
      (_, i) => i % (DAYS_BETWEEN / 7) === 0,
    ),
  'only answering': rounds(() => true, ['proof_pack']),
  'fixed calendar': rounds(() => true, ['exec_discovery', 'ucv_update', 'proof_pack', 'risk_prefiling']),
}

function simulate(stories: number): void {
  console.log(`mean chance to win over ${stories} stories of each family (± standard error)\n`)
  console.log(['family'.padEnd(28), ...Object.keys(POLICIES).map((name) => name.padStart(16))].join(''))
  FAMILIES.forEach((name, family) => {
    const row = Object.values(POLICIES).map((policy) => {
      const chances = Array.from({ length: stories }, (_, seed) => play(family, seed + 1, policy))
      const mean = chances.reduce((a, b) => a + b, 0) / stories
      const sd = Math.sqrt(chances.reduce((a, b) => a + (b - mean) ** 2, 0) / Math.max(1, stories - 1))
      return `${mean.toFixed(3)} ± ${(sd / Math.sqrt(stories)).toFixed(3)}`.padStart(16)
    })
    console.log(name.padEnd(28) + row.join(''))
  })
}

/** 15 people, 12 months to the signature. */
function large(): Deal {
  const roles = [
    'number_one',
    'economic_buyer',
    'executive',
    'deputy',
    'project_leader',
    'user_buyer',
    'technical_buyer',
    'procurement',
    'finance',
    'legal',
    'security',
    'pmo',
    'consultant',
    'coach',
    'influencer',
  ]
  const parsed = parseDeal(
    {
      name: 'large',
      firstContactOn: on(-60),
      people: roles.map((role, i) => ({
        id: `p${i}`,
        name: `P${i}`,
        roles: [role],
        influence: 5 - Math.floor(i / 4),
        ...(i > 0 && { reportsTo: 'p0' }),
        ...(i % 3 === 0 && { stance: (i % 4) - 1 }),
      })),
      process: [{ step: 'signature', on: on(364), owner: 'p1' }],
      touches: [{ on: on(-30), play: 'exec_discovery', with: ['p4'] }],
      rivals: [{ id: 'r', name: 'R', contacts: [{ person: 'p0', on: on(-10) }] }],
      pins: [{ on: on(-5), phase: 'need' }],
      us: { hoursPerWeek: 40, execSponsor: 'CEO' },
      proofs: [],
    },
    METHOD,
  )
  if (!('deal' in parsed) || !parsed.deal) throw new Error(JSON.stringify(parsed).slice(0, 400))
  return parsed.deal
}

function speed(): void {
  const deal = large()
  const median = (times: number[]): number => times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!
  const time = (of: () => unknown): number =>
    median(
      Array.from({ length: 25 }, () => {
        const start = process.cpuUsage()
        of()
        const { user, system } = process.cpuUsage(start)
        return (user + system) / 1000
      }),
    )
  plan(deal, METHOD, FIRST)
  const whole = time(() => plan(deal, METHOD, FIRST))
  const before = plan(deal, METHOD, FIRST)
  const moved = before.steps.slice(0, 6).map(({ play: id, with: who, on: day }, i) => ({
    play: id,
    with: who,
    on: i === 0 ? addDays(day as PlainDate, 3) : day,
  }))
  const again = planning(deal, METHOD, FIRST)
  const change = time(() => again({ locks: moved, previous: before, withoutQuestions: true }))
  console.log(
    `\n15 people, 12 months: ${whole.toFixed(0)} ms with questions, ${change.toFixed(0)} ms for a change (processor time, median of 25; ${before.steps.length} steps)`,
  )
}

const [count = '20', only = ''] = process.argv.slice(2)
if (only !== 'speed') simulate(Number(count))
speed()
