import type { Lang } from '@sente/engine'
import { routes } from '@sente/api'
import type { FieldFault, Ours } from '@sente/api'
import { audit } from '../../../auth/audit.ts'
import { ChangedSince } from '../../../store/refusal.ts'
import { Fault } from '../../../core/fault.ts'
import { operation } from '../../operation.ts'
import { isTimeZone } from '../../../core/time-zones.ts'

interface Settings extends Record<string, unknown> {
  id: string
  version: number
  name: string
  language: Lang
  timeZone: string
  currency: string
  us: Ours | null
}
const COLUMNS = 'id, version, name, language, time_zone as "timeZone", currency, us'

export const update = operation(routes.workspace.update, async ({ body, context: { tx, ifMatch } }) => {
  const { timeZone } = body
  // Both must know it: the program for today's date, the database for the day of a moment.
  if (
    timeZone !== undefined &&
    (!isTimeZone(timeZone) ||
      (await tx.rows('select 1 from pg_timezone_names where name = $1', [timeZone])).length === 0)
  ) {
    throw new Fault('invalid-input', {
      faults: [
        {
          field: 'body.timeZone',
          what: {
            en: 'Must be a time zone of the IANA list, such as Asia/Shanghai.',
            zh: '必须是 IANA 时区名，例如 Asia/Shanghai。',
          },
        },
      ],
    })
  }
  const faults = body.us ? oursFaults(body.us) : []
  if (faults.length > 0) throw new Fault('invalid-input', { faults })
  const [before] = await tx.rows<Settings>(
    `select ${COLUMNS}
    from workspace
    where id = $1
    for no key update`,
    [tx.workspaceId],
  )
  if (ifMatch !== undefined && ifMatch !== before!.version) throw new ChangedSince(before)
  const [after] = await tx.rows<Settings>(
    `update workspace
     set name = coalesce($2, name), language = coalesce($3, language), time_zone = coalesce($4, time_zone), currency = coalesce($5, currency), us = case when $6 then $7::jsonb else us end, version = version + 1
     where id = $1
     returning ${COLUMNS}`,
    [
      tx.workspaceId,
      body.name ?? null,
      body.language ?? null,
      timeZone ?? null,
      body.currency ?? null,
      body.us !== undefined,
      body.us ? JSON.stringify(body.us) : null,
    ],
  )
  await audit(tx, { kind: 'workspace', id: tx.workspaceId, action: 'update', before: before!, after: after! })
  const { us, ...rest } = after!
  return us ? { ...rest, us } : rest
})

/** Days away that end before they start, and ids used twice. */
function oursFaults({ team = [], blackouts = [] }: Ours): FieldFault[] {
  const ends = { en: 'Ends before it starts.', zh: '结束早于开始。' }
  const ids = new Set<string>()
  return [
    ...blackouts.flatMap(({ from, to }, i) => (to < from ? [{ field: `body.us.blackouts[${i}].to`, what: ends }] : [])),
    ...team.flatMap(({ id, absences = [] }, i) => {
      const twice = ids.has(id)
      ids.add(id)
      return [
        ...(twice ? [{ field: `body.us.team[${i}].id`, what: { en: 'Used twice.', zh: '用了两次。' } }] : []),
        ...absences.flatMap(({ from, to }, j) =>
          to < from ? [{ field: `body.us.team[${i}].absences[${j}].to`, what: ends }] : [],
        ),
      ]
    }),
  ]
}
