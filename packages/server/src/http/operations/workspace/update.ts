import { routes } from '@sente/api'
import { audit } from '../../../auth/audit.ts'
import { ChangedSince } from '../../../store/refusal.ts'
import { Fault } from '../../../core/fault.ts'
import { operation } from '../../operation.ts'
import { isTimeZone } from '../../../core/time-zones.ts'

interface Settings extends Record<string, unknown> {
  id: string
  version: number
  name: string
  language: 'en' | 'zh'
  timeZone: string
  currency: string
}
const COLUMNS = 'id, version, name, language, time_zone as "timeZone", currency'

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
  const [before] = await tx.rows<Settings>(`select ${COLUMNS} from workspace where id = $1 for no key update`, [
    tx.workspaceId,
  ])
  if (ifMatch !== undefined && ifMatch !== before!.version) throw new ChangedSince(before)
  const [after] = await tx.rows<Settings>(
    `update workspace set name = coalesce($2, name), language = coalesce($3, language), time_zone = coalesce($4, time_zone), currency = coalesce($5, currency), version = version + 1 where id = $1 returning ${COLUMNS}`,
    [tx.workspaceId, body.name ?? null, body.language ?? null, timeZone ?? null, body.currency ?? null],
  )
  await audit(tx, { kind: 'workspace', id: tx.workspaceId, action: 'update', before: before!, after: after! })
  return after!
})
