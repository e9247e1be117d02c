import { routes } from '@sente/api'
import { oursOf } from '../../../store/plans.ts'
import { operation } from '../../operation.ts'
import { absencesOf } from './own-absences.ts'

export const absences = operation(routes.calendar.absences, async ({ context: { tx, member } }) =>
  absencesOf(await oursOf(tx), member.id),
)
