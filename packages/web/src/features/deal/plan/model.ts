import type { DealWhole } from '@sente/api'
import { addDays, dayNumber, plainDate } from '@sente/engine'
import type { Brief, Text } from '@sente/engine'
import type { Fact } from '../model/fact.ts'
import type { MethodIndex } from '../model/method-index.ts'

/** Something on the time line: what they do above, what we do below. */
export interface Item {
  id: string
  lane: 'theirs' | 'ours'
  kind: 'milestone' | 'commitment' | 'decision' | 'step' | 'proof' | 'touch'
  on: string
  label: Text
  done: boolean
  late: boolean
  /** A step of ours that is open can be moved. */
  step?: Fact<'planStep'>
  proof?: Fact<'proof'>
}

const both = (text: string): Text => ({ en: text, zh: text })
const DECISION: Text = { en: 'Decision expected', zh: '预计决定' }
/** One of which nobody said more than that it was. */
const TOUCH: Text = { en: 'Touch', zh: '接触' }

export function stepName(step: Pick<Fact<'planStep'>, 'play' | 'what'>, index: MethodIndex): Text {
  const play = step.play === undefined ? undefined : index.plays.get(step.play)?.name
  return play ?? both(step.what ?? step.play ?? '–')
}

/** Everything with a day from `from` on, in the order of days. Steps without one are left to the list. */
export function itemsOf(whole: DealWhole, brief: Brief, index: MethodIndex, from: string): Item[] {
  const { asOf } = brief
  const decision = brief.outlook.when?.p50
  const items: Item[] = [
    ...(whole.processStep ?? []).flatMap((step): Item[] =>
      step.on && step.applies !== false
        ? [
            {
              id: step.id,
              lane: 'theirs',
              kind: 'milestone',
              on: step.on,
              label: index.milestones.get(step.step)?.name ?? both(step.step),
              done: step.done ?? false,
              late: !step.done && step.on < asOf,
            },
          ]
        : [],
    ),
    ...(whole.commitment ?? []).flatMap((one): Item[] => {
      const on = one.doneOn ?? one.dueOn
      return on
        ? [
            {
              id: one.id,
              lane: 'theirs',
              kind: 'commitment',
              on,
              label: both(one.what),
              done: one.doneOn !== undefined,
              late: !one.doneOn && on < asOf,
            },
          ]
        : []
    }),
    ...(decision
      ? [
          {
            id: 'decision',
            lane: 'theirs' as const,
            kind: 'decision' as const,
            on: decision,
            label: DECISION,
            done: false,
            late: false,
          },
        ]
      : []),
    ...(whole.planStep ?? []).flatMap((step): Item[] => {
      const status = step.status ?? 'open'
      if (!step.on || status === 'dropped' || status === 'skipped') return []
      return [
        {
          id: step.id,
          lane: 'ours',
          kind: 'step',
          on: step.on,
          label: stepName(step, index),
          done: status === 'done',
          late: status === 'open' && step.on < asOf,
          step,
        },
      ]
    }),
    ...(whole.proof ?? []).flatMap((proof): Item[] => {
      if (!proof.readyOn) return []
      const ready = (whole.proofStatus ?? []).some(
        (one) =>
          one.proofId === proof.id &&
          (one.status === 'prepared' || one.status === 'presented' || one.status === 'accepted'),
      )
      const name = index.topics.get(proof.topic)?.proofs.find(({ id }) => id === proof.proof)?.name ?? both(proof.proof)
      return [
        {
          id: proof.id,
          lane: 'ours',
          kind: 'proof',
          on: proof.readyOn,
          label: name,
          done: ready,
          late: !ready && proof.readyOn < asOf,
          proof,
        },
      ]
    }),
    ...(whole.touch ?? []).flatMap((touch): Item[] =>
      touch.outcome === 'cancelled'
        ? []
        : [
            {
              id: touch.id,
              lane: 'ours',
              kind: 'touch',
              on: touch.on,
              label: touch.play
                ? (index.plays.get(touch.play)?.name ?? both(touch.play))
                : touch.what
                  ? both(touch.what)
                  : TOUCH,
              done: true,
              late: false,
            },
          ],
    ),
  ]
  return items.filter(({ on }) => on >= from).sort((a, b) => a.on.localeCompare(b.on))
}

export interface Range {
  from: string
  to: string
}

/** Six weeks back, so that one sees where one comes from; as far ahead as anything is planned, at least a quarter. */
export function rangeOf(whole: DealWhole, brief: Brief, index: MethodIndex): Range {
  const asOf = plainDate(brief.asOf)
  const from = addDays(asOf, -42)
  const last = itemsOf(whole, brief, index, from).at(-1)?.on ?? brief.asOf
  const least = addDays(asOf, 90)
  const most = addDays(asOf, 540)
  const to = last > most ? most : last > least ? last : least
  return { from, to: addDays(plainDate(to), 14) }
}

export const shareOf = ({ from, to }: Range, on: string): number => {
  const [a, b] = [dayNumber(plainDate(from)), dayNumber(plainDate(to))]
  return (dayNumber(plainDate(on)) - a) / (b - a)
}
export const dayOf = ({ from, to }: Range, share: number): string => {
  const length = dayNumber(plainDate(to)) - dayNumber(plainDate(from))
  return addDays(plainDate(from), Math.round(Math.min(1, Math.max(0, share)) * length))
}
export const moved = (on: string, days: number): string => addDays(plainDate(on), days)

/** First days of the months in the range. */
export function months({ from, to }: Range): string[] {
  const list: string[] = []
  let [year, month] = [Number(from.slice(0, 4)), Number(from.slice(5, 7))]
  for (;;) {
    month++
    if (month > 12) [year, month] = [year + 1, 1]
    const on = `${year}-${String(month).padStart(2, '0')}-01`
    if (on > to) return list
    list.push(on)
  }
}

/** A row for each label so that none lies on another: the first row in which it has room. */
export function rowsFor(spans: readonly { left: number; width: number }[]): number[] {
  const ends: number[] = []
  return spans.map(({ left, width }) => {
    const free = ends.findIndex((end) => end <= left)
    const row = free < 0 ? ends.length : free
    ends[row] = left + width
    return row
  })
}
