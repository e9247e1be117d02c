import { routes } from '@sente/api'
import { checkMayUndo } from '../../../access/undoing.ts'
import { undo as undoChanges } from '../../../store/undo.ts'
import { operation } from '../../operation.ts'

export const undo = operation(routes.work.undo, async ({ params, context }) => {
  await checkMayUndo(context, params.changeSet)
  return undoChanges(context.tx, params.changeSet)
})
