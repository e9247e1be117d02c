import { routes } from '@sente/api'
import { Fault } from '../../../core/fault.ts'
import { decode } from '../../../exchange/files/decode.ts'
import { absencesAside } from '../../../exchange/files/parsing.ts'
import { ImportProblem } from '../../../exchange/files/problem.ts'
import { todayOf } from '../../../store/today.ts'
import type { Tx } from '../../../store/tenant.ts'
import { operation } from '../../operation.ts'
import { uploaded } from '../../uploads.ts'

/** Years of somebody's calendar. */
const MOST_BYTES = 8 * 1024 * 1024

export const readAbsences = operation(routes.calendar.readAbsences, async ({ body, context }) => {
  const { services, inWorkspace } = context
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of uploaded(body, services)) {
    size += chunk.length
    if (size > MOST_BYTES) throw new Fault('too-large')
    chunks.push(chunk)
  }
  const { zone, today } = await inWorkspace(async (tx: Tx) => {
    const [row] = await tx.rows<{ zone: string }>(
      `select time_zone as zone
      from workspace
      where id = $1`,
      [tx.workspaceId],
    )
    return { zone: row!.zone, today: await todayOf(tx) }
  })
  try {
    return await absencesAside(decode(Buffer.concat(chunks)) ?? '', zone, today)
  } catch (error) {
    if (error instanceof ImportProblem) throw new Fault('unsupported-media', { detail: error.says })
    throw error
  }
})
