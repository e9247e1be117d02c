import { routes } from '@sente/api'
import { useQueryClient } from '@tanstack/react-query'
import { change } from '../../shared/api/client.ts'
import { keys } from '../../shared/api/keys.ts'
import { undoChange } from '../../shared/api/undo-change.ts'
import { useFormat } from '../../shared/format/format.ts'
import { offerUndo, say } from '../../shared/undo/undo.tsx'
import { aWeekOn, inDays, nameOfLine } from './agenda-model.ts'
import type { Line } from './agenda-model.ts'
import { agendaQuery } from './query.ts'
import type { Whose } from './query.ts'
import { useTodayWords } from './words.ts'

/** Days that "not now" and "snooze" last. */
const LATER = 14
const SNOOZE = 3

/** What is done with a line where it stands: it goes at once, and comes back when it is taken back or could not be kept. */
export function useLine(line: Line, today: string, whose: Whose) {
  const t = useTodayWords()
  const format = useFormat()
  const client = useQueryClient()
  const { dealId } = line
  const { queryKey } = agendaQuery(whose)
  const lookAgain = async (): Promise<void> => {
    await Promise.all([keys.today, keys.deal(dealId)].map((key) => client.invalidateQueries({ queryKey: key })))
  }
  const act = async (
    says: string,
    recordId: string | undefined,
    work: () => Promise<{ changeSet?: string }>,
  ): Promise<void> => {
    const before = client.getQueryData(queryKey)
    client.setQueryData(
      queryKey,
      (data) => data && { ...data, lines: data.lines.filter((one) => nameOfLine(one) !== nameOfLine(line)) },
    )
    try {
      const { changeSet } = await work()
      offerUndo(says, async () => {
        await undoChange({ dealId, recordId, changeSet }).catch(() => say(t('notUndone'), 'danger'))
        await lookAgain()
      })
      await lookAgain()
    } catch {
      client.setQueryData(queryKey, before)
      say(t('notDone'), 'danger')
    }
  }
  const step = (says: string, body: { on?: string; owner?: string; snoozedUntil?: string }): Promise<void> =>
    act(says, line.planStepId, () =>
      change(routes.facts.planStep.update, { params: { dealId, id: line.planStepId! }, body }),
    )
  const week = aWeekOn(line.on, today)
  return {
    week,
    moved: () => step(t('agenda.moved', { day: format.shortDay(week) }), { on: week }),
    handedOver: (owner: string) => step(t('agenda.handedOver', { name: owner }), { owner }),
    snoozed: () => {
      const until = inDays(today, SNOOZE)
      return step(t('agenda.snoozed', { day: format.shortDay(until) }), { snoozedUntil: until })
    },
    kept: () =>
      act(t('agenda.kept'), line.commitmentId, () =>
        change(routes.facts.commitment.update, {
          params: { dealId, id: line.commitmentId! },
          body: { doneOn: today },
        }),
      ),
    accepted: () =>
      act(t('agenda.accepted', { day: format.shortDay(line.on) }), undefined, () =>
        change(routes.plan.accept, { params: { dealId }, body: { step: line.step! } }),
      ),
    notNow: () => {
      const until = inDays(today, LATER)
      return act(t('agenda.notBefore', { day: format.shortDay(until) }), undefined, () =>
        change(routes.facts.setAside.create, {
          params: { dealId },
          body: { on: today, until, play: line.play!, ...(line.with[0] && { personId: line.with[0].id }) },
        }),
      )
    },
  }
}
