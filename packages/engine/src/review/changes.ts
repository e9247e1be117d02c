import { daysBetween } from '../core/dates.ts'
import type { PlainDate } from '../core/dates.ts'
import { PHASES } from '../methodology/schema.ts'
import type { Far, Lack, ReviewChange, ReviewLine, Voice } from './schema.ts'
import { VOICES } from './schema.ts'

/** A win number or an estimate that moves by less is not told. */
const LEAST = 0.01
/** So far apart two numbers need a word in the review. */
export const FAR = 0.3

/** The line of an earlier day; `new`: the deal was not there; `unknown`: nobody knows what it was. */
export type Before = ReviewLine | 'new' | 'unknown'

/** What is different from the line of an earlier day, in the order in which a review asks. Nothing is told of what was not known then. */
export function changesOf(before: Before, now: ReviewLine): ReviewChange[] {
  if (before === 'unknown') return []
  if (before === 'new') return [{ kind: 'new' }, ...(now.status === 'open' ? [] : [closed(now)])]
  return [
    ...statusChange(before, now),
    ...phaseChange(before, now),
    ...leadChange(before, now),
    ...numberChange('win', before.win?.value ?? null, now.win?.value ?? null),
    ...numberChange('seller', before.seller?.value ?? null, now.seller?.value ?? null),
    ...amountChange(before, now),
    ...toldChanges(before, now),
    ...findingChanges(before, now),
  ]
}

/** Whether a change is more than days that went by: those move the lead and the win number of every deal. */
export const isNews = (change: ReviewChange): boolean =>
  change.kind !== 'win' && (change.kind !== 'lead' || change.from.state !== change.to.state)

const closed = ({ status }: ReviewLine): ReviewChange => ({ kind: 'closed', to: status as 'won' })

function statusChange(before: ReviewLine, now: ReviewLine): ReviewChange[] {
  if (before.status === now.status) return []
  return now.status === 'open' ? [{ kind: 'reopened' }] : [closed(now)]
}

function phaseChange({ phase: from }: ReviewLine, { phase: to }: ReviewLine): ReviewChange[] {
  if (from === to) return []
  return [{ kind: 'phase', from, to, by: from && to && PHASES.indexOf(to) - PHASES.indexOf(from) }]
}

function leadChange({ lead: from }: ReviewLine, { lead: to, status }: ReviewLine): ReviewChange[] {
  if (status !== 'open' || (from.state === to.state && from.days === to.days)) return []
  return [{ kind: 'lead', from, to, by: from.days === null || to.days === null ? null : to.days - from.days }]
}

function numberChange(kind: 'win' | 'seller', from: number | null, to: number | null): ReviewChange[] {
  const same = from === null || to === null ? from === to : Math.abs(from - to) < LEAST
  return same ? [] : [{ kind, from, to }]
}

function amountChange({ amount: from }: ReviewLine, { amount: to }: ReviewLine): ReviewChange[] {
  const same = from && to && from.currency === to.currency && Number(from.value) === Number(to.value)
  // What it was is not known: that it has changed is not either.
  return same || !from ? [] : [{ kind: 'amount', from, to }]
}

function toldChanges(before: ReviewLine, now: ReviewLine): ReviewChange[] {
  const was = new Map(before.told.map((one) => [one.step, one]))
  const is = new Set(now.told.map(({ step }) => step))
  return [
    ...now.told.flatMap(({ step, name, on }): ReviewChange[] => {
      const from = was.get(step)?.on ?? null
      if (from === on) return []
      const slips = from === null ? null : daysBetween(from as PlainDate, on as PlainDate)
      return [{ kind: 'told', step, name, from, to: on, slips }]
    }),
    ...before.told.flatMap(({ step, name, on }): ReviewChange[] =>
      is.has(step) ? [] : [{ kind: 'told', step, name, from: on, to: null, slips: null }],
    ),
  ]
}

function findingChanges(before: ReviewLine, now: ReviewLine): ReviewChange[] {
  const rules = ({ findings }: ReviewLine): Set<string> => new Set(findings.map(({ rule }) => rule))
  const [was, is] = [rules(before), rules(now)]
  const told = (list: ReviewLine['findings'], not: Set<string>, word: 'new' | 'answered'): ReviewChange[] =>
    list.filter(({ rule }) => !not.has(rule)).map((finding) => ({ kind: 'finding', ...finding, is: word }))
  return [...told(now.findings, was, 'new'), ...told(before.findings, is, 'answered')]
}

/** What each says of the chance to win; those who say nothing are not there. */
export type Voices = Partial<Record<Voice, number>>

export const voicesOf = ({ seller, manager, win, base, status }: ReviewLine): Voices =>
  status === 'open'
    ? {
        ...(seller && { seller: seller.value }),
        ...(manager && { manager: manager.value }),
        ...(win && { sente: win.value }),
        base: base.won,
      }
    : {}

/** Pairs of numbers at least `FAR` apart, the widest first. Whoever says nothing is far off nobody. */
export function farOf(voices: Voices): Far[] {
  const said = VOICES.filter((voice) => voices[voice] !== undefined)
  return said
    .flatMap((one, i) =>
      said.slice(i + 1).map((other): Far => {
        const by = voices[one]! - voices[other]!
        return by >= 0 ? { high: one, low: other, by } : { high: other, low: one, by: -by }
      }),
    )
    .filter(({ by }) => by >= FAR - 1e-9)
    .sort((a, b) => b.by - a.by)
}

/** What a deal is without; of a closed one nothing is asked. What is not known is said as such. */
export function lacksOf({
  status,
  nextMeeting,
  decider,
  threads,
}: {
  status: string
  nextMeeting: unknown
  decider: ReviewLine['decider']
  threads: number | null
}): Lack[] {
  if (status !== 'open') return []
  return [
    ...(nextMeeting ? [] : (['meeting'] as const)),
    ...(decider === 'met' ? [] : ([`decider-${decider}`] as const)),
    ...(threads !== null && threads <= 1 ? (['single'] as const) : []),
  ]
}
