import type { FastifyReply, FastifyRequest } from 'fastify'
import { newId } from '../store/ids.ts'
import type { Route } from '@sente/api'
import { viewerOf } from '../store/sight.ts'
import { withWorkspace } from '../store/tenant.ts'
import { etagOf, ifMatchOf, isKnown } from './etag.ts'
import { answeredBefore, keepAnswer, repeatOf } from './idempotency.ts'
import type { Sent } from './idempotency.ts'
import { isAnswered } from './operation.ts'
import type { Answered, Call, Context, Operation, PublicContext, StreamContext } from './operation.ts'
import type { Write } from './serialise.ts'
import type { Services } from './services.ts'
import { sendStream } from './streams.ts'
import { checkInput } from './validate.ts'

/** What the runner knows of an operation besides its contract and handler. */
export interface Running {
  operation: Operation
  write: Write | undefined
  services: Services
}

/** One request: input checked, handler called within its transaction, answer written before the transaction is committed. */
export async function runOperation(
  { operation, write, services }: Running,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const { contract } = operation
  const handler = operation.handler as (call: Call<Route>) => unknown
  const input = checkInput(contract, { params: request.params, query: request.query, body: request.body })
  const context: PublicContext = {
    requestId: request.id,
    language: request.language,
    ifMatch: contract.versioned && contract.method !== 'GET' ? ifMatchOf(request.headers['if-match']) : undefined,
    get signal() {
      return request.gone
    },
    services,
    request,
    reply,
  }
  // Not spread: most handlers never ask for the signal, which costs a listener.
  const call = (more: object): Call<Route> =>
    ({ ...input, context: Object.assign(context, more) }) as unknown as Call<Route>
  const send = (sent: Sent): unknown => {
    if (
      contract.method === 'GET' &&
      sent.headers['etag'] &&
      isKnown(request.headers['if-none-match'], sent.headers['etag'])
    )
      return reply.code(304).headers(sent.headers).send()
    void reply.code(sent.status).headers(sent.headers)
    return sent.status === 204 ? reply.send() : reply.send(sent.body)
  }

  const { principal } = request
  if (!principal) {
    const value = await handler(call({}))
    return contract.produces
      ? sendStream(contract, reply, value)
      : reply.sent
        ? reply
        : send(sentOf(contract, value, write))
  }
  const changeSet = newId()
  const who = { workspaceId: principal.workspaceId, actorId: principal.member.id, via: principal.via, changeSet }
  const signedIn = {
    principal,
    member: principal.member,
    viewer: viewerOf(principal),
    permissions: principal.permissions,
    workspaceId: principal.workspaceId,
    via: principal.via,
    changeSet,
  }
  if (contract.produces ?? contract.accepts ?? contract.waits) {
    const value = await handler(
      call({ ...signedIn, inWorkspace: (work) => withWorkspace(services.store, who, work) } satisfies Omit<
        StreamContext,
        keyof PublicContext
      >),
    )
    return contract.produces ? sendStream(contract, reply, value) : send(sentOf(contract, value, write))
  }
  const repeat = repeatOf(contract, request.headers['idempotency-key'], request.url, request.body)
  const { sent, effects } = await withWorkspace(services.store, who, async (tx) => {
    const before = repeat && (await answeredBefore(tx, repeat))
    if (before) return { sent: before, effects: [] }
    const effects: Effect[] = []
    const value = await handler(
      call({ ...signedIn, tx, afterCommit: (effect) => void effects.push(effect) } satisfies Omit<
        Context,
        keyof PublicContext
      >),
    )
    const sent = sentOf(contract, value, write)
    // By it the change can be undone.
    if (tx.events.length > 0) sent.headers['x-change-set'] = who.changeSet
    if (repeat) await keepAnswer(tx, repeat, sent)
    return { sent, effects }
  })
  for (const effect of effects) await effect()
  return send(sent)
}

type Effect = Parameters<Context['afterCommit']>[0]

/** The answer as it goes out. Made inside the transaction: what cannot be answered is not done. */
function sentOf(contract: Route, value: unknown, write: Write | undefined): Sent {
  const {
    value: plain,
    version,
    headers,
  }: Partial<Answered<unknown>> & { value: unknown } = isAnswered(value) ? value : { value }
  if (!write) return { status: contract.status ?? 204, headers: { ...headers }, body: '' }
  const body = write(plain)
  const counted = version ?? (contract.versioned ? (plain as { version?: number }).version : undefined)
  return {
    status: contract.status ?? 200,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      ...(counted === undefined ? {} : { etag: contract.method === 'GET' ? etagOf(counted, body) : etagOf(counted) }),
      ...headers,
    },
    body,
  }
}
