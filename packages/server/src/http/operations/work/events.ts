import { routes } from '@sente/api'
import { accessTo, viewerOf } from '../../../store/visibility.ts'
import { eventStream } from '../../event-stream.ts'
import { Hearing } from '../../events.ts'
import { Fault } from '../../../core/fault.ts'
import { httpOperation } from '../../operation.ts'

/** Open pages of one member in one process; more are a program that forgets to close. */
const MOST_STREAMS = 30
const open = new Map<string, number>()

export const events = httpOperation(routes.work.events, async ({ query, context }) => {
  const { inWorkspace, services, member, workspaceId, request, signal } = context
  const { dealId } = query
  if (dealId !== undefined && !(await inWorkspace((tx) => accessTo(tx, context.viewer, dealId))).read)
    throw new Fault('not-found')
  const count = open.get(member.id) ?? 0
  if (count >= MOST_STREAMS)
    throw new Fault('too-many-requests', {
      retryAfter: 30,
      detail: { en: 'Too many open streams of events.', zh: '打开的实时事件连接过多。' },
    })
  let hearing = new Hearing(context.viewer, context.permissions, inWorkspace)

  /** A stream outlives sessions, rights and teams: it is asked again who listens. */
  const still = async (): Promise<boolean> => {
    const principal = await request.authenticate().catch(() => undefined)
    if (!principal) return false
    hearing = new Hearing(viewerOf(principal), principal.permissions, inWorkspace)
    return true
  }
  const stream = eventStream({
    signal,
    returns: request.headers['last-event-id'] !== undefined,
    still,
    subscribe: async (listener) => {
      const end = await services.store.events.subscribe(workspaceId, (heard) => {
        if ('missed' in heard || dealId === undefined || heard.dealId === dealId || heard.kind === 'member')
          listener(heard)
      })
      open.set(member.id, (open.get(member.id) ?? 0) + 1)
      return () => {
        end()
        const left = open.get(member.id)! - 1
        if (left > 0) open.set(member.id, left)
        else open.delete(member.id)
      }
    },
    async tell(change) {
      if (change.kind !== 'member') return hearing.told(change)
      if (change.id === member.id && !(await still())) throw new Ended()
      return undefined
    },
  })
  return { stream: quietly(stream), headers: { 'cache-control': 'no-cache, no-transform', 'x-accel-buffering': 'no' } }
})

/** The one who listens is not let in any more. */
class Ended extends Error {}

/** An end is an end, not a broken stream. */
async function* quietly(stream: AsyncGenerator<string>): AsyncGenerator<string> {
  try {
    yield* stream
  } catch (error) {
    if (!(error instanceof Ended)) throw error
  }
}
