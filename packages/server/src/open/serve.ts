import { randomBytes, timingSafeEqual } from 'node:crypto'
import cookie from '@fastify/cookie'
import fastify from 'fastify'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Route } from '@sente/api'
import type { Lang } from '@sente/engine'
import { Fault } from '../core/fault.ts'
import { acceptedLanguage } from '../core/language.ts'
import { DEFAULTS } from '../core/settings.ts'
import { compressAnswers } from '../http/compression.ts'
import { etagOf, ifMatchOf, isKnown } from '../http/etag.ts'
import { faultOf } from '../http/faults-of-errors.ts'
import { setHeaders } from '../http/headers.ts'
import type { Streamed } from '../http/operation.ts'
import { PROBLEM_TYPE, problemOf } from '../http/problem.ts'
import { decorateRequests } from '../http/request.ts'
import { writerOf } from '../http/serialise.ts'
import type { Write } from '../http/serialise.ts'
import { sendStream } from '../http/streams.ts'
import { allContracts } from '../http/table.ts'
import { checkInput } from '../http/validate.ts'
import { serveWeb } from '../http/web.ts'
import type { FileOperation } from './answering.ts'
import { changes } from './changes.ts'
import { reads } from './reads.ts'
import type { Shelf } from './shelf.ts'
import { slides } from './slides.ts'

export interface OpenOptions {
  shelf: Shelf
  /** The built application. */
  webFolder: string
  /** What the page says it works on. */
  place: string
  lang: Lang | undefined
  /** 0: any that is free. */
  port: number
  /** For tests: an answer that its contract does not allow is an error. */
  checkAnswers?: boolean
}
export interface OpenFiles {
  /** The address to open, with the secret that lets in. */
  address: string
  close(): Promise<void>
}

const LISTENS = '127.0.0.1'

/**
 * Serves the application for deal files, to this machine only: it listens on the loopback interface, answers under no other name than that (a page of
 * another site whose name is pointed here gets nothing), and lets in whoever has the address with its secret, which is another with every start.
 * Operations that files cannot answer say so (`needs-server`). Rejects with the error of the socket where it cannot listen.
 */
export async function serveFiles({
  shelf,
  webFolder,
  place,
  lang,
  port,
  checkAnswers = false,
}: OpenOptions): Promise<OpenFiles> {
  const [secret, csrfToken] = [randomBytes(24).toString('base64url'), randomBytes(24).toString('base64url')]
  const app = fastify({
    logger: false,
    routerOptions: { maxParamLength: 200 },
    exposeHeadRoutes: false,
    forceCloseConnections: true,
  })
  const stopping = new AbortController()
  app.addHook('preClose', async () => stopping.abort())
  decorateRequests(app, stopping.signal)
  setHeaders(app, DEFAULTS)
  app.setErrorHandler(sendFault)
  app.setNotFoundHandler((request, reply) => sendFault(new Fault('no-such-route'), request, reply))
  await app.register(cookie)
  await compressAnswers(app)
  const bound = { port: 0 }
  guard(app, { secret, csrfToken, portOf: () => bound.port })

  const operations = new Map<Route, FileOperation>([...reads, slides, ...changes].map((one) => [one.contract, one]))
  for (const { contract } of allContracts()) {
    const operation = operations.get(contract)
    const write = operation && contract.output && !contract.produces ? writerOf(contract, checkAnswers) : undefined
    app.route({
      method: contract.method,
      url: `/api/v1${contract.path.replace(/\{(\w+)\}/g, ':$1')}`,
      ...(contract.largest && { bodyLimit: contract.largest }),
      handler: (request, reply) => {
        if (!operation) throw new Fault('needs-server')
        return answer({ operation, write, shelf, csrfToken }, request, reply)
      },
    })
  }
  app.get('/', async (_, reply) => reply.redirect(await firstPage(shelf), 303))
  // Nothing of these files is kept by the browser for later.
  app.get('/sw.js', () => {
    throw new Fault('no-such-route')
  })
  await serveWeb(app, webFolder, { place, lang })
  await app.listen({ host: LISTENS, port })
  bound.port = (app.server.address() as { port: number }).port
  shelf.watch()
  return {
    address: `http://${LISTENS}:${bound.port}/open/${secret}`,
    async close() {
      shelf.close()
      await app.close()
    },
  }
}

async function firstPage(shelf: Shelf): Promise<string> {
  const ids = [...(await shelf.deals()).keys()]
  return ids.length === 1 ? `/deals/${ids[0]}` : '/deals'
}

interface Secrets {
  secret: string
  csrfToken: string
  portOf: () => number
}

const same = (given: string | undefined, wanted: string): boolean => {
  const [a, b] = [Buffer.from(given ?? ''), Buffer.from(wanted)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** Who gets in, before anything is looked at. Cookies of a machine are the same for all of its ports: the name says which. */
function guard(app: FastifyInstance, { secret, csrfToken, portOf }: Secrets): void {
  const nameOf = (): string => `sente-open-${portOf()}`
  app.addHook('onRequest', async (request) => {
    const host = request.headers.host ?? ''
    if (host !== `${LISTENS}:${portOf()}` && host !== `localhost:${portOf()}`) throw new Fault('unknown-host')
    if (request.url.split('?', 1)[0]!.startsWith('/open/')) return
    if (!same(request.cookies[nameOf()], secret)) throw new Fault('not-signed-in', { detail: ADDRESS })
    if (request.method === 'GET' || request.method === 'HEAD') return
    const { origin } = request.headers
    const site = request.headers['sec-fetch-site']
    if (
      (origin !== undefined && origin !== `http://${host}`) ||
      (site !== undefined && site !== 'same-origin') ||
      !same(request.headers['x-csrf-token'] as string | undefined, csrfToken)
    )
      throw new Fault('csrf')
  })
  app.get('/open/:secret', (request, reply) => {
    if (!same((request.params as { secret: string }).secret, secret))
      throw new Fault('not-signed-in', { detail: ADDRESS })
    return reply
      .setCookie(nameOf(), secret, { httpOnly: true, sameSite: 'lax', path: '/' })
      .header('cache-control', 'no-store')
      .redirect('/', 303)
  })
}

const ADDRESS = {
  en: 'Open the address that the program printed when it started; it is another one with every start.',
  zh: '请打开程序启动时显示的地址；每次启动都不同。',
}

interface Answering {
  operation: FileOperation
  write: Write | undefined
  shelf: Shelf
  csrfToken: string
}

async function answer(
  { operation, write, shelf, csrfToken }: Answering,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const { contract } = operation
  const input = checkInput(contract, { params: request.params, query: request.query, body: request.body })
  let changeSet: string | undefined
  const value = await (operation.handler as (input: object, asked: object) => unknown)(input, {
    shelf,
    language: acceptedLanguage(request.headers['accept-language']) ?? 'en',
    ifMatch: contract.versioned && contract.method !== 'GET' ? ifMatchOf(request.headers['if-match']) : undefined,
    get signal() {
      return request.gone
    },
    changed: (made: string) => (changeSet = made),
    csrfToken,
  })
  if (changeSet !== undefined) void reply.header('x-change-set', changeSet)
  if (contract.produces) return sendStream(contract, reply, value as Streamed)
  if (!write) return reply.code(contract.status ?? 204).send()
  const body = write(value)
  if (contract.method === 'GET') {
    const etag = etagOf(1, body)
    void reply.header('etag', etag)
    if (isKnown(request.headers['if-none-match'], etag)) return reply.code(304).send()
  }
  return reply
    .code(contract.status ?? 200)
    .type('application/json; charset=utf-8')
    .send(body)
}

function sendFault(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const fault = faultOf(error)
  const language = acceptedLanguage(request.headers['accept-language']) ?? 'en'
  const problem = problemOf(fault, language, request.id)
  if (problem.status >= 500 && fault.code !== 'needs-server') console.error(fault.more.cause ?? error)
  // Whoever opens it in a browser without the secret reads words, not JSON.
  if ((request.headers.accept ?? '').includes('text/html'))
    return reply
      .code(problem.status)
      .type('text/plain; charset=utf-8')
      .send(`${problem.title}\n${problem.detail ?? problem.remedy}\n`)
  return reply.code(problem.status).type(PROBLEM_TYPE).send(JSON.stringify(problem))
}
