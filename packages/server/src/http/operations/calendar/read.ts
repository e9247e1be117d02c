import { hash } from 'node:crypto'
import { routes } from '@sente/api'
import { readerOfFeed } from '../../../auth/calendar-feeds.ts'
import { Fault } from '../../../core/fault.ts'
import { calendarText } from '../../../exchange/calendar/write.ts'
import { calendarOf } from '../../../queries/calendar-steps.ts'
import { withWorkspace } from '../../../store/tenant.ts'
import { isKnown } from '../../etag.ts'
import { httpOperation } from '../../operation.ts'

/** Whoever has the address reads what its member may see today; no copy of it is to be kept on the way. */
export const read = httpOperation(routes.calendar.read, async ({ params, context }) => {
  const { services, origin, request, reply } = context
  const reader = await readerOfFeed(services.store, params.feed.slice(0, -'.ics'.length))
  if (!reader) throw new Fault('not-found')
  const { workspaceId, member, permissions } = reader.principal
  const who = { workspaceId, actorId: member.id, via: 'calendar', rights: permissions }
  const { zone, events } = await withWorkspace(services.store, who, (tx) => calendarOf(tx, reader, origin), {
    readOnly: true,
  })
  const name = `${reader.language === 'zh' ? '先手' : 'Sente'} · ${member.name}`
  const text = calendarText({ name, language: reader.language, zone, events })
  const etag = `"${hash('sha256', text, 'base64url').slice(0, 22)}"`
  void reply.headers({ etag, 'cache-control': 'private, no-store', 'x-robots-tag': 'noindex, nofollow' })
  if (isKnown(request.headers['if-none-match'], etag)) {
    void reply.code(304).send()
    return undefined
  }
  return { stream: text, headers: { 'content-disposition': 'inline; filename="sente.ics"' } }
})
