import { routes } from '@sente/api'
import type { Ours } from '@sente/api'
import { audit } from '../../../auth/audit.ts'
import { Fault } from '../../../core/fault.ts'
import { operation } from '../../operation.ts'
import { absencesOf } from './own-absences.ts'

/** Everybody says for themselves when they are away; who is on the list at all is for an administrator. */
export const setAbsences = operation(routes.calendar.setAbsences, async ({ body, context: { tx, member } }) => {
  const faults = body.absences.flatMap(({ from, to }, i) =>
    to < from
      ? [{ field: `body.absences[${i}].to`, what: { en: 'Ends before it starts.', zh: '结束早于开始。' } }]
      : [],
  )
  if (faults.length > 0) throw new Fault('invalid-input', { faults })
  const [row] = await tx.rows<{ us: Ours | null }>(
    `select us
    from workspace
    where id = $1
    for no key update`,
    [tx.workspaceId],
  )
  const before = row?.us ?? {}
  if (!absencesOf(before, member.id).listed)
    throw new Fault('conflict', {
      detail: {
        en: 'You are not on the list of those who go to customers, so no plan asks for you. An administrator adds you in the settings of the workspace.',
        zh: '你不在“我方谁去见客户”的名单里，计划不会安排你。请管理员在工作区设置里加上你。',
      },
    })
  const absences = [...body.absences].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
  const after: Ours = {
    ...before,
    team: before.team!.map((one) => {
      if (one.memberId !== member.id) return one
      const { absences: _, ...rest } = one
      return absences.length > 0 ? { ...rest, absences } : rest
    }),
  }
  await tx.rows('update workspace set us = $2::jsonb, version = version + 1 where id = $1', [
    tx.workspaceId,
    JSON.stringify(after),
  ])
  await audit(tx, {
    kind: 'workspace',
    id: tx.workspaceId,
    action: 'update',
    before: { us: before },
    after: { us: after },
  })
  return absencesOf(after, member.id)
})
