import { addressOf, routes } from '@sente/api'
import { filesPlace } from '../../../shared/files/files.ts'
import { Anchor } from '@mantine/core'
import { useDealView } from '../context.ts'
import { usePlanWords } from './words.ts'

/** A step of ours as a calendar file: opened, it stands in one's own calendar; opened again after it was moved, the entry moves. */
export function AddToCalendar({ planStepId }: { planStepId: string }) {
  const t = usePlanWords()
  const { dealId } = useDealView()
  if (filesPlace !== undefined) return null
  return (
    <Anchor size="xs" className="no-print" download href={addressOf(routes.calendar.step, { dealId, id: planStepId })}>
      {t('toCalendar')}
    </Anchor>
  )
}
