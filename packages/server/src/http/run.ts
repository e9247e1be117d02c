import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Route } from '@sente/api'
import { etagOf, ifMatchOf, isKnown } from './etag.ts'
import { answeredBefore, keepAnswer, repeatOf } from './idempotency.ts'
import type { Sent } from './idempotency.ts'
import { isAnswered } from './operation.ts'
import type { Answered, HttpParts, Operation, PublicContext } from './operation.ts'
import { perform } from './perform.ts'
import type { Write } from './serialise.ts'
import type { Services } from './services.ts'
import { ownOrigin } from './session/origin.ts'
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
  const input = checkInput(contract, { params: request.params, query: request.query, body: request.body })
  const context: PublicContext & HttpParts = {
    requestId: request.id,
    language: request.language,
    get origin() {
      return ownOrigin(request, services.settings)
    },
    ifMatch: contract.versioned && contract.method !== 'GET' ? ifMatchOf(request.headers['if-match']) : undefined,
    get signal() {
      return request.gone
    },
    services,
    request,
    reply,
  }
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
  const repeat = request.principal && repeatOf(contract, request.headers['idempotency-key'], request.url, request.body)
  const answered = await perform(operation, input, context, request.principal, {
    before: repeat && ((tx) => answeredBefore(tx, repeat)),
    async made(value, tx) {
      if (contract.produces) return { value }
      // A redirect is sent already.
      if (reply.sent) return undefined
      const sent = sentOf(contract, value, write)
      // By it the change can be undone.
      if (tx && tx.events.length > 0) sent.headers['x-change-set'] = tx.changeSet
      if (tx && repeat) await keepAnswer(tx, repeat, sent)
      return sent
    },
  })
  if (answered === undefined) return reply
  return 'value' in answered ? sendStream(contract, reply, answered.value) : send(answered)
}

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
