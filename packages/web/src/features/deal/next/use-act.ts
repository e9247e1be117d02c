import type { PlanAnswer } from '@sente/api'
import type { Step } from '@sente/engine'
import { useFormat } from '../../../shared/format/format.ts'
import { useText } from '../../../shared/i18n/use-lang.ts'
import { actOf, sentenceOf } from '../../../shared/plan/sentence.ts'
import type { Piece } from '../../../shared/plan/sentence.ts'
import { useActWords } from '../../../shared/plan/words.ts'
import { useDealView } from '../context.ts'
import { useEdits } from '../edits.ts'
import { usePlanWords } from '../plan/words.ts'
import { notBefore, weekLater } from './model.ts'
import type { PlannedAct } from './model.ts'

/** Names of who is in a plan. */
export function useStepNames({ people, ours }: Pick<PlanAnswer, 'people' | 'ours'>) {
  const { byKey, index } = useDealView()
  const text = useText()
  const named = new Map(people.map(({ key, name }) => [key, name]))
  const team = new Map(ours.map(({ id, name }) => [id, name]))
  return {
    nameOf: (key: string): string => byKey.get(key)?.name ?? named.get(key) ?? key,
    oursOf: (id: string): string => team.get(id) ?? id,
    pathOf: (id: string): string | undefined => {
      const name = index.paths.get(id)?.name
      return name && text(name)
    },
  }
}

/** A step as the one sentence that says all of it. */
export function useSentence(answer: Pick<PlanAnswer, 'people' | 'ours'>): (step: Step) => Piece[] {
  const names = useStepNames(answer)
  const text = useText()
  const format = useFormat()
  const t = useActWords()
  return (step) => sentenceOf(actOf(step, { ...names, text }), t, format)
}

export interface ActMoves {
  week: string
  later: string
  accept: () => void
  move: (on: string) => void
  /** Nothing more with the one it is for; of our own work: not this play. */
  notPerson: () => void
  notNow: () => void
  drop: () => void
  /** Stays on its day with who goes, without being taken up. */
  hold: () => void
  /** Out of the deal again, or no longer held: the plan may place it elsewhere. */
  release: () => void
}

/** What can be done with a step in one click; each change offers its way back. */
export function useActMoves(answer: Pick<PlanAnswer, 'people' | 'ours'>): (act: PlannedAct) => ActMoves {
  const t = usePlanWords()
  const format = useFormat()
  const text = useText()
  const run = useEdits()
  const { byKey, asOf } = useDealView()
  const { nameOf, oursOf } = useStepNames(answer)
  const idOf = (key: string): string[] => [byKey.get(key)?.personId ?? []].flat()
  const later = notBefore(asOf)
  return ({ step, own, held }) => {
    const add = (on: string, status: 'open' | 'held'): void =>
      run(t(status === 'held' ? 'next.isHeld' : 'next.taken', { day: format.shortDay(on) }), (batch) => {
        const through = step.through === null ? undefined : idOf(step.through)[0]
        batch.create('planStep', {
          play: step.play,
          on,
          with: step.with.flatMap(idOf),
          status,
          ...(step.ours !== null && { owner: oursOf(step.ours) }),
          ...(through !== undefined && { through }),
        })
      })
    const stored = own ?? held
    // What is set aside is not held any more.
    const letGo = (batch: Parameters<Parameters<typeof run>[1]>[0]): void => {
      if (held) batch.remove('planStep', held)
    }
    const [first] = step.with
    const person = first === undefined ? undefined : idOf(first)[0]
    return {
      week: weekLater(step.on, asOf),
      later,
      accept: () =>
        held
          ? run(t('next.taken', { day: format.shortDay(held.on!) }), (batch) =>
              batch.update('planStep', held, { status: 'open' }),
            )
          : add(step.on, 'open'),
      move: (on) =>
        stored
          ? run(t('next.movedTo', { day: format.shortDay(on) }), (batch) => batch.update('planStep', stored, { on }))
          : add(on, 'open'),
      hold: () => add(step.on, 'held'),
      notPerson: () =>
        run(
          person === undefined
            ? t('next.asidePlay', { play: text(step.name) })
            : t('next.asidePerson', { name: nameOf(first!) }),
          (batch) => {
            letGo(batch)
            batch.create('setAside', {
              on: asOf,
              ...(person === undefined ? { play: step.play } : { personId: person }),
            })
          },
        ),
      notNow: () =>
        run(t('next.asideUntil', { day: format.shortDay(later) }), (batch) => {
          letGo(batch)
          batch.create('setAside', {
            on: asOf,
            play: step.play,
            until: later,
            ...(person !== undefined && { personId: person }),
          })
        }),
      release: () => stored && run(t('next.released'), (batch) => batch.remove('planStep', stored)),
      drop: () => own && run(t('next.dropped'), (batch) => batch.update('planStep', own, { status: 'dropped' })),
    }
  }
}
