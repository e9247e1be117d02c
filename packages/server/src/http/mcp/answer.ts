import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js'
import { ApiError } from '@sente/api'
import type { CallOutput, Route } from '@sente/api'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { assistantServer } from '../../mcp/assistant.ts'
import { workspaceDesk } from '../../mcp/workspace/desk.ts'
import type { Ask } from '../../mcp/workspace/desk.ts'
import { callOperation } from '../call.ts'
import { faultOf } from '../faults-of-errors.ts'
import type { Operation } from '../operation.ts'
import { problemOf } from '../problem.ts'
import type { Services } from '../services.ts'

/** One request of an assistant: a server of its own that is gone with the answer. `request.principal` is there. */
export async function answerMcp(
  request: FastifyRequest,
  reply: FastifyReply,
  { services, operations }: { services: Services; operations: readonly Operation[] },
): Promise<FastifyReply> {
  const principal = request.principal!
  const desk = workspaceDesk({
    ask: asking(request, services, operations),
    may: principal.permissions,
    lang: request.language,
    method: () => Promise.resolve(services.store.methodology),
  })
  const server = assistantServer(desk, (error) => request.log.error({ err: error }, 'mcp'))
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true })
  try {
    await server.connect(transport)
    const answer = await transport.handleRequest(asWebRequest(request), { parsedBody: request.body })
    const text = await answer.text()
    return reply
      .code(answer.status)
      .headers({ ...headersOf(answer), 'cache-control': 'no-store' })
      .send(text)
  } finally {
    await server.close()
  }
}

/** The operations of the API in this process: their checks, rights and transactions, and no way past them. */
function asking(request: FastifyRequest, services: Services, operations: readonly Operation[]): Ask {
  return async <R extends Route>(contract: R, input: Parameters<Ask>[1]) => {
    let changeSet: string | undefined
    try {
      const value = await callOperation(contract, operations, input as never, {
        principal: request.principal!,
        services,
        language: request.language,
        signal: request.gone,
        onChanges: (changed) => (changeSet = changed),
      })
      return { value: value as CallOutput<R>, changeSet }
    } catch (error) {
      const fault = faultOf(error)
      const problem = problemOf(fault, request.language, request.id)
      if (problem.status >= 500) request.log.error({ err: fault.more.cause ?? error }, problem.code)
      throw new ApiError(problem)
    }
  }
}

/** What the library looks at: the method and the headers of the protocol. The body has been read. */
function asWebRequest(request: FastifyRequest): Request {
  const headers = new Headers()
  for (const name of ['accept', 'content-type', 'mcp-protocol-version', 'mcp-session-id']) {
    const value = request.headers[name]
    if (typeof value === 'string') headers.set(name, value)
  }
  return new Request('http://localhost/mcp', { method: request.method, headers })
}

const headersOf = ({ headers }: Response): Record<string, string> => {
  const type = headers.get('content-type')
  return type === null ? {} : { 'content-type': type }
}
