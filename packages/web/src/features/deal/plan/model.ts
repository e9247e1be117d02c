import type { DealWhole } from '@sente/api'
import { addDays, dayNumber, plainDate, stepIdOf } from '@sente/engine'
import type { Brief, Step, Text } from '@sente/engine'
import type { Fact } from '../model/fact.ts'
import type { MethodIndex } from '../model/method-index.ts'
import type { DealPerson } from '../model/people.ts'
import type { PlannedAct } from '../next/model.ts'

/** Whose days they are: theirs, the two levels at which we see them, and what we do among ourselves. */
export const LANES = ['theirs', 'executives', 'working', 'ourselves'] as const
export type Lane = (typeof LANES)[number]

/** Something on the time line. */
export interface Item {
  id: string
  lane: Lane
  kind: 'milestone' | 'commitment' | 'decision' | 'step' | 'proposal' | 'proof' | 'touch'
  on: string
  label: Text
  done: boolean
  late: boolean
  /** Days between which a step of the plan does what it is for. */
  window?: { from: string; to: string }
  /** A step of the plan: proposed, or with its record. */
  act?: PlannedAct
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

interface Known {
  whole: DealWhole
  brief: Brief
  index: MethodIndex
  people: readonly DealPerson[]
  acts?: readonly PlannedAct[]
}

/** Everything with a day from `from` on, in the order of days. Steps without one are left to the list. */
export function itemsOf(known: Known, from: string): Item[] {
  const { whole, brief, index, acts = [] } = known
  const inPlan = new Set(acts.flatMap(({ own, held }) => own?.id ?? held?.id ?? []))
  return [
    ...theirsOf(whole, brief, index),
    ...actsItems(known),
    ...oursOf(known, inPlan),
    ...proofsOf(whole, brief, index),
  ]
    .filter(({ on, window }) => (window?.to ?? on) >= from && on >= from)
    .sort((a, b) => a.on.localeCompare(b.on) || a.id.localeCompare(b.id))
}

const levelOf = (person: DealPerson | undefined): Lane =>
  person === undefined ? 'ourselves' : person.view?.executive || person.view?.numberOne ? 'executives' : 'working'

const withName = (names: readonly string[], what: Text): Text =>
  names.length === 0 ? what : { en: `${names.join(', ')} · ${what.en}`, zh: `${names.join('、')} · ${what.zh}` }

function theirsOf(whole: DealWhole, { asOf, outlook }: Brief, index: MethodIndex): Item[] {
  const theirs = { lane: 'theirs' } as const
  const decision = outlook.when?.p50
  return [
    ...(whole.processStep ?? []).flatMap((step): Item[] =>
      step.on && step.applies !== false
        ? [
            {
              ...theirs,
              id: step.id,
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
      if (!on) return []
      const done = one.doneOn !== undefined
      return [{ ...theirs, id: one.id, kind: 'commitment', on, label: both(one.what), done, late: !done && on < asOf }]
    }),
    ...(decision
      ? [
          {
            ...theirs,
            id: 'decision',
            kind: 'decision' as const,
            on: decision,
            label: DECISION,
            done: false,
            late: false,
          },
        ]
      : []),
  ]
}

/** What the plan proposes, and what of it stands in the deal already. */
function actsItems({ people, acts = [] }: Known): Item[] {
  const byKey = new Map(people.map((person) => [person.key, person]))
  return acts.map((act): Item => {
    const { step, own, held } = act
    const stored = own ?? held
    const met = step.with.flatMap((key) => byKey.get(key) ?? [])
    return {
      id: own?.id ?? stepIdOf(step),
      lane: levelOf(met[0]),
      kind: own ? 'step' : 'proposal',
      on: step.on,
      label: withName(
        met.map(({ name }) => name),
        step.name,
      ),
      done: false,
      late: false,
      window: { from: step.earliest, to: step.latest },
      act,
      ...(stored && { step: stored }),
    }
  })
}

/** Our own steps that the plan does not speak of, and what was done. */
function oursOf({ whole, brief: { asOf }, index, people }: Known, inPlan: ReadonlySet<string>): Item[] {
  const byPerson = new Map(people.map((person) => [person.personId, person]))
  const met = (ids: readonly string[] | undefined): DealPerson[] => (ids ?? []).flatMap((id) => byPerson.get(id) ?? [])
  const names = (persons: readonly DealPerson[]): string[] => persons.map(({ name }) => name)
  return [
    ...(whole.planStep ?? []).flatMap((step): Item[] => {
      const status = step.status ?? 'open'
      if (!step.on || status === 'dropped' || status === 'skipped' || status === 'held' || inPlan.has(step.id))
        return []
      const persons = met(step.with)
      return [
        {
          id: step.id,
          lane: levelOf(persons[0]),
          kind: 'step',
          on: step.on,
          label: withName(names(persons), stepName(step, index)),
          done: status === 'done',
          late: status === 'open' && step.on < asOf,
          step,
        },
      ]
    }),
    ...(whole.touch ?? []).flatMap((touch): Item[] => {
      if (touch.outcome === 'cancelled') return []
      const persons = met(touch.with)
      const what = touch.play
        ? (index.plays.get(touch.play)?.name ?? both(touch.play))
        : touch.what
          ? both(touch.what)
          : TOUCH
      return [
        {
          id: touch.id,
          lane: levelOf(persons[0]),
          kind: 'touch',
          on: touch.on,
          label: withName(names(persons), what),
          done: true,
          late: false,
        },
      ]
    }),
  ]
}

function proofsOf(whole: DealWhole, { asOf }: Brief, index: MethodIndex): Item[] {
  return (whole.proof ?? []).flatMap((proof): Item[] => {
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
        lane: 'ourselves',
        kind: 'proof',
        on: proof.readyOn,
        label: name,
        done: ready,
        late: !ready && proof.readyOn < asOf,
        proof,
      },
    ]
  })
}

export interface Range {
  from: string
  to: string
}

/** Three weeks back, so that one sees where one comes from; as far ahead as anything is planned, at least a quarter. */
export function rangeOf(known: Known): Range {
  const asOf = plainDate(known.brief.asOf)
  const from = addDays(asOf, -21)
  const last = itemsOf(known, from).at(-1)?.on ?? known.brief.asOf
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

/** Days in the range on which at least one side does not work; weekends are left out: they are everywhere. */
export function daysOff({ from, to }: Range, off: readonly string[]): string[] {
  return [...new Set(off)].filter((on) => {
    const weekday = (((dayNumber(plainDate(on)) + 3) % 7) + 7) % 7
    return on >= from && on <= to && weekday < 5
  })
}

/** Two plans of one deal, step beside step, by the day of the one that comes first. */
export interface Sides {
  id: string
  name: Text
  with: readonly string[]
  left?: Step
  right?: Step
}
export function sidesOf(left: readonly Step[], right: readonly Step[]): Sides[] {
  const all = new Map<string, Sides>()
  for (const [side, steps] of [
    ['left', left],
    ['right', right],
  ] as const) {
    const seen = new Map<string, number>()
    for (const step of steps) {
      // The same play with the same person may come twice in a plan.
      const count = (seen.get(stepIdOf(step)) ?? 0) + 1
      seen.set(stepIdOf(step), count)
      const id = `${stepIdOf(step)} ${count}`
      const entry = all.get(id) ?? { id, name: step.name, with: step.with }
      entry[side] = step
      all.set(id, entry)
    }
  }
  const first = ({ left: a, right: b }: Sides): string => [a, b].flatMap((step) => step?.on ?? []).sort()[0]!
  return [...all.values()].sort((a, b) => first(a).localeCompare(first(b)) || a.id.localeCompare(b.id))
}

/** They part where one has not the step, on the day, or in who of ours goes. */
export const differs = ({ left, right }: Sides): boolean => left?.on !== right?.on || left?.ours !== right?.ours
