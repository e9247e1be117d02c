// Deals with an expert's judgment, written blind: what the engine says of them beside what the expert said.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { addDays, brief, daysBetween, plainDate } from '@sente/engine'
import type { Brief, Deal, Methodology, PlainDate } from '@sente/engine'
import { readDeal } from '../packages/server/src/exchange/files/deal-file.ts'
import type { Figure } from './server/scenarios.ts'

/** The judgment of one deal on one day, as far as it can be scored without a reader. */
interface Judgment {
  deal: string
  asOf: string
  phase: { likely: string[]; possible: string[] }
  win: { low: number; high: number }
  decisionBetween: [string, string]
  lead: { sign: Sign; alsoAccept?: Sign[]; daysBetween?: [number, number] }
  firstSteps: { rank: number; with: string[]; acceptablePlays: string[] }[]
  mustNot: { plays?: string[]; with?: string[]; from: string; to: string }[]
  mustWarn: { about: string; since: string; with?: string[] }[]
}
type Sign = 'ahead' | 'about' | 'behind'

const HANDED = fileURLToPath(new URL('../packages/engine/test/experts/', import.meta.url))
/** A lead of so few days either way is "about". */
const ABOUT_DAYS = 7
/** Findings that a seller sees without scrolling, and steps that must not be among the first. */
const WARNINGS = 8
const FIRST_STEPS = 7

interface Step {
  play: string
  with: readonly string[]
  on: string
}

function read(folder: string, method: Methodology): { judgment: Judgment; deal: Deal }[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => {
      const judgment = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Judgment
      const parsed = readDeal(readFileSync(join(folder, name.replace('.json', '.yaml')), 'utf8'), method)
      if ('faults' in parsed) throw new Error(`${name}: ${JSON.stringify(parsed.faults[0])}`)
      return { judgment, deal: parsed.deal }
    })
}

function signOf({ lead }: Brief): Sign | 'unknown' {
  if (lead.state === 'covered') return 'ahead'
  if (lead.days === null) return 'unknown'
  return Math.abs(lead.days) <= ABOUT_DAYS ? 'about' : lead.days > 0 ? 'ahead' : 'behind'
}

/** A lead that is about nothing agrees half with either side; so the sign is right, nearly, or wrong. */
const signScore = (said: Sign | 'unknown', { sign, alsoAccept = [] }: Judgment['lead']): number =>
  said === sign || alsoAccept.includes(said as Sign) ? 1 : 0

const common = (a: readonly string[], b: readonly string[]): boolean =>
  (a.length === 0 && b.length === 0) || a.some((one) => b.includes(one))

const stepsOf = ({ plan, asOf }: Brief): Step[] =>
  plan.map(({ play, with: people, startBy }) => ({
    play,
    with: people,
    on: startBy && startBy > asOf ? startBy : asOf,
  }))

interface PlanScore {
  hit3: number
  hit5: number
  person3: number
  inversions: number
  pairs: number
  forbidden: number
}

function planScore({ firstSteps, mustNot }: Judgment, steps: readonly Step[]): PlanScore {
  const at = (step: Judgment['firstSteps'][number], first: number, anyPlay = false): number =>
    steps
      .slice(0, first)
      .findIndex((ours) => common(ours.with, step.with) && (anyPlay || step.acceptablePlays.includes(ours.play)))
  const share = (n: number, anyPlay = false): number => {
    const wanted = firstSteps.filter(({ rank }) => rank <= n)
    return wanted.filter((step) => at(step, n, anyPlay) >= 0).length / Math.max(1, wanted.length)
  }
  const hits = firstSteps
    .filter(({ rank }) => rank <= 5)
    .map((step) => ({ rank: step.rank, place: at(step, 5) }))
    .filter(({ place }) => place >= 0)
  let [inversions, pairs] = [0, 0]
  for (const a of hits)
    for (const b of hits) {
      if (a.rank >= b.rank || a.place === b.place) continue
      pairs++
      if (a.place > b.place) inversions++
    }
  const forbidden = steps
    .slice(0, FIRST_STEPS)
    .filter((step) =>
      mustNot.some(
        ({ plays = [], with: people = [], from, to }) =>
          plays.includes(step.play) &&
          (people.length === 0 || common(step.with, people)) &&
          step.on >= from &&
          step.on <= to,
      ),
    ).length
  return { hit3: share(3), hit5: share(5), person3: share(3, true), inversions, pairs, forbidden }
}

/** A finding is about somebody when it names him, or when a play that it recommends is with him. */
function warnsOf(result: Brief, people: readonly string[]): boolean {
  const names = result.people.people.filter(({ id }) => people.includes(id)).map(({ name }) => name)
  return result.findings
    .slice(0, WARNINGS)
    .some(
      ({ rule, message }) =>
        names.some((name) => message.zh.includes(name) || message.en.includes(name)) ||
        result.plan.some(({ because, with: who }) => because.includes(rule) && common(who, people)),
    )
}

/** Days from `since` to the first on which the warning stands, by replay week by week; null: not by `asOf`. */
function warnedAfter(deal: Deal, method: Methodology, since: PlainDate, asOf: PlainDate, who: string[]): number | null {
  for (let day = since < asOf ? since : asOf; ; day = addDays(day, 7)) {
    const on = day < asOf ? day : asOf
    if (warnsOf(brief(deal, method, on), who)) return Math.max(0, daysBetween(since, on))
    if (on === asOf) return null
  }
}

/** The handed deals, or those of the folder in `SENTE_BENCH_EXPERTS`. */
export function runExperts(method: Methodology): Figure[] {
  const all = read(process.env['SENTE_BENCH_EXPERTS'] ?? HANDED, method)
  const rows: string[][] = [
    [
      'deal',
      'phase',
      'win',
      'band',
      'lead',
      'expert',
      'decision',
      'between',
      'hit@3',
      'hit@5',
      'person',
      'not',
      'warned',
    ],
  ]
  const sum = { phase: 0, possible: 0, win: 0, sign: 0, decision: 0, hit3: 0, hit5: 0, person3: 0 }
  let [inversions, pairs, forbidden, warned, toWarn, byReading] = [0, 0, 0, 0, 0, 0]
  for (const { judgment, deal } of all) {
    const asOf = plainDate(judgment.asOf)
    const result = brief(deal, method, asOf)
    const { leading } = result.position
    const phase = judgment.phase.likely.includes(leading) ? 1 : judgment.phase.possible.includes(leading) ? 0.5 : 0
    const win = result.outlook.whether?.value ?? NaN
    const inBand = win >= judgment.win.low && win <= judgment.win.high
    const sign = signOf(result)
    const right = signScore(sign, judgment.lead)
    const decision = result.outlook.when?.p50 ?? '–'
    const [from, to] = judgment.decisionBetween
    const inRange = decision >= from && decision <= to
    const plan = planScore(judgment, stepsOf(result))
    const named = judgment.mustWarn.filter(({ with: who }) => who && who.length > 0)
    byReading += judgment.mustWarn.length - named.length
    const after = named.map(({ since, with: who }) => warnedAfter(deal, method, plainDate(since), asOf, who!))
    const found = named.filter(({ with: who }) => warnsOf(result, who!)).length
    warned += found
    toWarn += named.length
    inversions += plan.inversions
    pairs += plan.pairs
    forbidden += plan.forbidden
    sum.phase += phase
    sum.possible += phase > 0 ? 1 : 0
    sum.win += inBand ? 1 : 0
    sum.sign += right
    sum.decision += inRange ? 1 : 0
    sum.hit3 += plan.hit3
    sum.hit5 += plan.hit5
    sum.person3 += plan.person3
    const mark = (ok: boolean): string => (ok ? '' : ' ✗')
    rows.push([
      judgment.deal,
      `${leading}${phase === 1 ? '' : phase > 0 ? ' ~' : ' ✗'}`,
      `${win.toFixed(2)}${mark(inBand)}`,
      `${judgment.win.low}–${judgment.win.high}`,
      `${sign} ${result.lead.days ?? ''}${mark(right > 0)}`,
      `${judgment.lead.sign} ${judgment.lead.daysBetween?.join('..') ?? ''}`,
      `${decision}${mark(inRange)}`,
      `${from}..${to}`,
      plan.hit3.toFixed(2),
      plan.hit5.toFixed(2),
      plan.person3.toFixed(2),
      String(plan.forbidden),
      `${found}/${named.length} ${after.map((days) => (days === null ? '–' : `${days}d`)).join(' ')}`,
    ])
  }
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)))
  for (const row of rows)
    console.log(
      row
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join('  ')
        .trimEnd(),
    )
  const n = all.length
  const of = (count: number): string => `${count} of ${n}`
  const least = (share: number): number => Math.ceil(share * n - 1e-9)
  const mean = (total: number): string => (total / n).toFixed(2)
  const figure = (name: string, count: number, share: number): Figure => ({
    name,
    value: of(count),
    goal: `≥ ${least(share)} of ${n}`,
    met: count >= least(share),
  })
  const seen = (name: string, value: string): Figure => ({ name, value, goal: '–', met: true })
  return [
    figure('win inside the expert’s band', sum.win, 6 / 8),
    figure('sign of the lead', sum.sign, 7 / 8),
    figure('phase likely or possible', sum.possible, 1),
    figure('median decision in the expert’s range', sum.decision, 7 / 8),
    seen('phase score (likely 1, possible ½)', String(sum.phase)),
    seen('plan: hit@3, hit@5, person@3', `${mean(sum.hit3)}, ${mean(sum.hit5)}, ${mean(sum.person3)}`),
    seen('plan: pairs in the wrong order', `${inversions} of ${pairs}`),
    { name: 'plan: forbidden among the first seven', value: String(forbidden), goal: '0', met: forbidden === 0 },
    seen(
      `warnings about a person among the first ${WARNINGS}`,
      `${warned} of ${toWarn}; ${byReading} more name nobody and are judged by reading`,
    ),
  ]
}
