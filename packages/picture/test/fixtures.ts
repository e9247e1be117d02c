import { addDays, CONCERNS, PHASES, plainDate } from '@sente/engine'
import type { Brief, ConcernId, PhaseId, StartBy, Text } from '@sente/engine'

const t = (en: string, zh = en): Text => ({ en, zh })
const KNOTS: readonly (readonly [number, number, number, number, number])[] = [
  [0, 55, 30, 15, 10], [0.15, 85, 48, 28, 12], [0.24, 92, 47, 36, 13], [0.32, 82, 42, 48, 16], [0.4, 66, 32, 66, 20], [0.47, 56, 26, 78, 26], [0.58, 44, 20, 92, 36],
  [0.7, 30, 42, 62, 62], [0.77, 26, 54, 48, 80], [0.84, 24, 66, 38, 90], [0.92, 24, 78, 32, 92], [1, 28, 70, 30, 88], [1.25, 45, 30, 45, 40], [1.6, 58, 45, 40, 24],
]
const ENDS = [0.15, 0.32, 0.47, 0.7, 0.84, 1, 1.25, 1.6]
const clamp = (x: number): number => Math.min(1, Math.max(0, x))

function curve(concern: ConcernId, u: number): number {
  const column = CONCERNS.indexOf(concern) + 1
  const next = KNOTS.findIndex(([at]) => at >= u)
  if (next <= 0) return (KNOTS[next < 0 ? KNOTS.length - 1 : 0]![column as 1] ?? 0) / 100
  const [p, q] = [KNOTS[next - 1]!, KNOTS[next]!]
  const mix = (u - p[0]) / (q[0] - p[0])
  return (p[column as 1] + (q[column as 1] - p[column as 1]) * mix) / 100
}

/** Shares of the phases for a process at `u`, blurred by `sd`. */
function shares(u: number, sd: number, last: number): number[] {
  const below = (x: number): number => 1 / (1 + Math.exp((-1.7 * (x - u)) / sd))
  const raw = PHASES.map((_, p) => (p > last ? 0 : Math.max(1e-6, below(p === last ? 9 : ENDS[p]!) - (p === 0 ? 0 : below(ENDS[p - 1]!)))))
  const sum = raw.reduce((a, b) => a + b, 0)
  return raw.map((value) => value / sum)
}

export interface Shape {
  name: string
  account?: string | null
  asOf?: string
  /** Days of the past and until 90 % are decided. */
  past?: number
  future?: number
  u0?: number
  u1?: number
  ready?: Partial<Record<ConcernId, readonly (readonly [day: number, value: number])[]>>
  people?: readonly { id: string; name: string; title?: string; numberOne?: boolean; executive?: boolean; influence?: number; trust?: number; stance?: number | null }[]
  touches?: readonly (readonly [day: number, person: string | null, name: Text])[]
  rivals?: readonly { name: string; visits: readonly (readonly [day: number, person: string])[] }[]
  proofs?: readonly (readonly [concern: ConcernId, days: number, name: Text])[]
  status?: Brief['deal']['status']
  stalled?: number
}

/** A brief as the engine would make it, from a few strokes. */
export function makeBrief(shape: Shape): Brief {
  const asOf = plainDate(shape.asOf ?? '2025-11-24')
  const { past = 180, future = 200, u0 = 0.05, u1 = 0.5, status = 'open' } = shape
  const open = status === 'open'
  const on = (day: number): string => addDays(asOf, day)
  const count = Math.max(1, Math.ceil(past / 3))
  const pastDays = Array.from({ length: count }, (_, i) => (count === 1 ? 0 : Math.round(-past + (past * i) / (count - 1))))
  const futureDays = open ? Array.from({ length: 60 }, (_, i) => Math.round((future * i) / 59)) : []
  const uOf = (day: number): number => (day <= 0 ? u0 + (u1 - u0) * Math.pow(past === 0 ? 1 : (day + past) / past, 0.8) : Math.min(0.97, u1 + (0.97 - u1) * (day / (future * 0.75))))
  const sdOf = (day: number): number => (day <= 0 ? 0.05 + 0.06 * Math.sin(((day + past) / Math.max(1, past)) * 7) ** 2 : 0.1 + 0.14 * Math.min(1, day / 120))
  const last = status === 'won' ? 7 : 5
  const phasesOn = (day: number): number[] => shares(uOf(day), sdOf(day), last)
  const undecided = futureDays.map((day) => 1 - 0.92 / (1 + Math.exp(-(day - future * 0.62) / (future * 0.1))))
  const nowShares = phasesOn(0)
  const leading = PHASES[nowShares.indexOf(Math.max(...nowShares))]!
  const days = [...pastDays, ...futureDays.filter((day) => day > 0)]
  const concernOf = <T>(of: (concern: ConcernId) => T): Record<ConcernId, T> => Object.fromEntries(CONCERNS.map((concern) => [concern, of(concern)])) as Record<ConcernId, T>
  const band = (concern: ConcernId, day: number): { value: number; low: number; high: number } => {
    const values = [-1.3, 0, 1.3].map((z) => curve(concern, uOf(day) + z * sdOf(day)))
    return { value: (values[0]! + 2 * values[1]! + values[2]!) / 4, low: Math.min(...values), high: Math.max(...values) }
  }
  const steps = concernOf((concern) => (shape.ready?.[concern] ?? []).map(([day, value]) => ({ on: on(day), value, planned: day > 0 })))
  const now = concernOf((concern) => steps[concern].filter(({ planned }) => !planned).at(-1)?.value ?? 0)
  const crossingOf = (concern: ConcernId): number | null => {
    const over = (day: number): boolean => band(concern, day).value - now[concern] > 0.1
    if (!over(0)) return futureDays.find((day) => day > 0 && over(day)) ?? null
    return -([...pastDays].reverse().map((day) => -day).find((ago) => !over(-ago)) ?? past)
  }
  const leads = concernOf((concern) => {
    const at = crossingOf(concern)
    const state = at === null ? 'covered' : at > 0 ? 'ahead' : 'behind'
    return { state, days: at, crossing: at === null ? null : on(at), low: at === null ? null : Math.round(at * (at > 0 ? 0.4 : 1.5)) - 3, high: at === null || at > 90 ? null : Math.round(at * (at > 0 ? 1.6 : 0.4)) + 4 } as const
  })
  const deciding = CONCERNS.filter((concern) => leads[concern].days !== null).sort((a, b) => leads[a].days! - leads[b].days!)[0] ?? null
  const quantiles = (a: number, b: number, c: number): { p10: string; p50: string; p90: string } => ({ p10: on(a), p50: on(b), p90: on(c) })
  const startBy = (shape.proofs ?? []).map(([concern, day, name], i): StartBy => ({
    concern, topic: `topic${i}`, name: t('Vendor viability', '厂商存续'), proof: `proof${i}`, proofName: name, owner: 'finance', strength: 'strong',
    for: [], crossing: on(day + 30), leadDays: 30, startBy: on(day), verdict: day < 0 ? 'too-late' : day < 12 ? 'fast' : 'normal', chosen: i % 2 === 0,
  }))
  const people = (shape.people ?? []).map((person) => ({
    id: person.id, name: person.name, title: person.title ?? null, roles: [person.numberOne ? 'economic_buyer' : 'technical_buyer'], executive: person.executive ?? false, decides: person.executive ?? false,
    numberOne: person.numberOne ?? false, reportsTo: null, influence: person.influence ?? 3, stance: person.stance === undefined ? 1 : person.stance, rung: person.numberOne ? 'registered' : 'trust',
    climbs: [], trust: person.trust ?? 0.5, lastTouch: on(-12), lastSubstantive: null, hold: person.numberOne ? { state: 'asked' as const, on: on(-20), fragile: true } : null, topConcern: 'risk' as const,
  }))
  return {
    asOf, methodology: { id: 'roundtable', version: '1.0.0', name: t('Roundtable', '圆桌方法') },
    deal: {
      name: shape.name, account: shape.account ?? null, amount: { value: '4800000', currency: 'CNY' }, status, closedOn: open ? null : asOf, goal: null, style: 'steady',
      touches: (shape.touches ?? []).map(([day, person, name]) => ({ on: on(day), play: null, name, with: person ? [person] : [], concern: null, planned: day > 0 })),
    },
    position: {
      state: open ? 'open' : status === 'won' ? 'won' : 'frozen', since: on(pastDays[0]!), phases: Object.fromEntries(PHASES.map((phase, i) => [phase, nowShares[i]!])) as Record<PhaseId, number>,
      stalled: shape.stalled ?? 0.12, leading, progress: u1,
      reasons: people.length === 0 ? [] : [
        { kind: 'evidence', index: 0, on: on(-30), what: 'asks_reference', from: people[0]!.id, quote: 'Who of your customers runs this in three provinces?', weight: 0.9, effect: 1.2 },
        { kind: 'evidence', index: 1, on: on(-12), what: 'budget_named', from: people.at(-1)!.id, quote: null, weight: 0.45, effect: -0.4 },
        { kind: 'pin', index: 0, on: on(-5), what: leading, from: null, quote: null, weight: 1, effect: 2.1 },
      ],
      history: { days: pastDays.map(on), phases: pastDays.map(phasesOn), stalled: pastDays.map(() => 0.1), progress: pastDays.map(uOf) },
      began: PHASES.slice(0, PHASES.indexOf(leading) + 1).map((phase, i, all) => ({ phase, on: quantiles(-past + (past * i) / all.length - 5 | 0, -past + (past * i) / all.length | 0, -past + (past * i) / all.length + 5 | 0) })),
      forecast: open ? {
        days: futureDays.map(on), phases: futureDays.map(phasesOn), undecided, progress: futureDays.map(uOf),
        ends: PHASES.slice(PHASES.indexOf(leading), 6).map((phase, i) => ({ phase, on: quantiles(10 + 30 * i, 25 + 30 * i, 50 + 30 * i) })),
        decision: quantiles(Math.round(future * 0.4), Math.round(future * 0.63), Math.round(future * 0.95)),
      } : null,
    },
    demand: { now: concernOf((concern) => band(concern, 0)), people: [], traits: [], curve: { days: days.map(on), concerns: concernOf((concern) => {
      const bands = days.map((day) => band(concern, day))
      return { value: bands.map(({ value }) => clamp(value)), low: bands.map(({ low }) => low), high: bands.map(({ high }) => high) }
    }) } },
    readiness: { now, topics: concernOf(() => []), steps },
    lead: {
      state: !open ? 'closed' : deciding ? leads[deciding].state : 'covered', days: open && deciding ? leads[deciding].days : null, low: open && deciding ? leads[deciding].low : null, high: open && deciding ? leads[deciding].high : null,
      concern: open ? deciding : null, step: { ours: 3, theirs: PHASES.indexOf(leading), lead: 3 - PHASES.indexOf(leading) }, concerns: open ? leads : null, startBy: open ? startBy : [],
    },
    people: {
      people, cover: people.length > 0 ? { executives: { value: 0.42, n: 2 }, working: { value: 0.71, n: 3 }, numberOne: { value: 0.28, n: 1 } } : { executives: null, working: null, numberOne: null }, vacuum: people.length > 0 ? true : null,
      rivals: (shape.rivals ?? []).map(({ name, visits }, i) => ({ id: `rival${i}`, name, incumbent: i === 0, executives: { value: 0.55, n: 2 }, numberOne: null, contacts: visits.map(([day, person]) => ({ person, on: on(day) })) })),
    },
    findings: people.length === 0 ? [] : [
      { rule: 'R02', severity: 'danger', name: t('Behind on risk', '风险落后'), message: t('Risk runs over what we have answered; nothing is prepared for the number one.', '风险关注已超过准备度，一号位处没有准备。'), claim: t('Bring the risk forward and the danger falls.', '风险提前，危险降低。'), speaker: t('Roundtable', '圆桌'), about: 'risk', stake: 0.8, facts: [{ fact: 'risk.open', name: t('Open risk topics', '未答风险项'), value: 4 }], plays: ['risk_filing', 'exec_meeting'] },
      { rule: 'R09', severity: 'warn', name: t('Vacuum at the top', '高层真空'), message: t('The working level trusts us, the number one hardly knows us.', '中层信任我们，一号位几乎不认识我们。'), claim: t('Who holds the top holds the decision.', '得高层者得决策。'), speaker: t('Sun', '孙'), about: 'people', stake: 0.5, facts: [], plays: ['exec_meeting'] },
    ],
    homework: people.length === 0 ? [{ fact: 'people.known', question: t('Who decides, who uses it, who pays?', '谁拍板、谁使用、谁出钱？'), field: 'people', weight: 3, rules: ['R01', 'R02'] }] : [{ fact: 'budget.owner', question: t('Who owns the budget, and when is it approved?', '预算归谁管，何时批？'), field: 'process[].owner', weight: 2, rules: ['R03'] }],
    outlook: {
      when: open ? quantiles(Math.round(future * 0.4), Math.round(future * 0.63), Math.round(future * 0.95)) : null,
      whether: open ? { value: 0.46, low: 0.28, high: 0.65, source: 'prior', contributions: [
        { feature: 'stance', name: t('Stance', '态度'), value: 0.5, coefficient: 1.2, contribution: 0.6, known: true }, { feature: 'exec_cover_margin', name: t('Executive cover against the best rival', '高层覆盖差'), value: -0.13, coefficient: 1.5, contribution: -0.2, known: true },
        { feature: 'ucv_strength', name: t('Strength of unique value', '独到价值'), value: 0, coefficient: 0.8, contribution: 0, known: false },
      ] } : null,
      seller: { value: 0.7, on: on(-20), by: 'Wang' }, manager: null, horizon: open ? { on: on(future), won: 0.4, lost: 0.45, noDecision: 0.15 } : null,
    },
    plan: people.length === 0 ? [] : [
      { play: 'risk_filing', name: t('File the risks in advance', '风险备案'), objective: t('Answer the risks before they are asked', '在客户提出前先回答风险'), because: ['R02'], with: [people[0]!.id], concern: 'risk', startBy: on(-6), before: { what: 'crossing', on: on(20) }, leadDays: 26, late: true, first: [{ fact: 'reference.available', name: t('A matching reference is available', '有可用的对口案例'), holds: null }], silence: null },
      { play: 'exec_meeting', name: t('Meeting of executives', '高层会面'), objective: t('Put our CEO before their president', '让我方总经理见到对方行长'), because: ['R09'], with: [people[0]!.id], concern: null, startBy: on(18), before: { what: 'decision', on: on(120) }, leadDays: 14, late: false, first: [], silence: { from: on(40), to: null } },
    ],
    missing: people.length === 0 ? [{ what: t('No people: demand is the bare curve, cover is unknown.', '没有人员：关注度只用原始曲线，覆盖未知。'), field: 'people' }] : [],
  }
}
