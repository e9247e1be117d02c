import type { Lang } from '@sente/engine'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { markVisit, openJointLink } from '../../auth/joint-links.ts'
import type { OpenLink } from '../../auth/joint-links.ts'
import { Fault } from '../../core/fault.ts'
import { acceptedLanguage } from '../../core/language.ts'
import { jointPage } from '../../queries/joint-page.ts'
import { NotFound } from '../../store/refusal.ts'
import { withWorkspace } from '../../store/tenant.ts'
import type { Store, Tx } from '../../store/tenant.ts'
import { newNonce } from '../headers.ts'
import type { Limits } from '../limits.ts'
import { closedHtml, jointHtml } from './html.ts'
import type { Shown } from './html.ts'
import { say, Unsaid } from './say.ts'
import { WORDS } from './words.ts'

/** Bytes of what is sent: a comment and a name. */
const BODY_LIMIT = 32 * 1024
/** What was sent is a step of its own. */
const PROPOSED = 'proposed'
const SECRET = /^[\w-]{43}$/

/** Nothing but our own words and the style of the page itself: no script, no picture, nothing from elsewhere, and no frame around it. */
export const jointPolicy = (nonce: string): string =>
  `default-src 'none'; style-src 'nonce-${nonce}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`

/** What browsers, search engines and whatever lies between must know: it is for one reader, and nobody else is told of it. */
export const JOINT_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'x-robots-tag': 'noindex, nofollow, noarchive',
  'referrer-policy': 'no-referrer',
}

interface Asked {
  Params: { secret: string }
  Querystring: { lang?: unknown; sent?: unknown }
  Body: URLSearchParams | undefined
}

/**
 * The customer's page of the joint plan, at an address that nobody can guess. Made by the server, without the application: it works in any browser,
 * also inside a chat program, and on paper.
 */
export async function serveJoint(app: FastifyInstance, store: Store, limits: Limits): Promise<void> {
  await app.register(async (page) => {
    page.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: BODY_LIMIT },
      (_, body, done) => done(null, new URLSearchParams(body as string)),
    )
    page.setErrorHandler((error, request, reply) => {
      const nonce = newNonce()
      if ((error as { statusCode?: number }).statusCode === 413)
        return send(
          reply.code(413),
          nonce,
          closedHtml(languageOf(request as FastifyRequest<Asked>, 'en'), nonce, 'tooLarge'),
        )
      if (!(error instanceof Fault) || error.code !== 'too-many-requests') throw error
      void reply.header('retry-after', String(error.more.retryAfter ?? 60))
      return send(
        reply.code(429),
        nonce,
        closedHtml(languageOf(request as FastifyRequest<Asked>, 'en'), nonce, 'tooMany'),
      )
    })
    page.get<Asked>('/joint/:secret', { onRequest: limits.link }, (request, reply) => show(request, reply, store))
    page.post<Asked>('/joint/:secret', { onRequest: [limits.link, limits.said] }, (request, reply) =>
      take(request, reply, store),
    )
  })
}

async function show(request: FastifyRequest<Asked>, reply: FastifyReply, store: Store): Promise<FastifyReply> {
  const found = await find(request, store)
  if ('closed' in found) return closed(request, reply, found)
  const { sent } = request.query
  const itemId = typeof sent === 'string' && sent.length === 36 ? sent : undefined
  const notice = itemId !== undefined || sent === PROPOSED ? { good: true, itemId } : undefined
  return answer(request, reply, store, { link: found.link, notice, mark: notice === undefined })
}

async function take(request: FastifyRequest<Asked>, reply: FastifyReply, store: Store): Promise<FastifyReply> {
  const found = await find(request, store)
  if ('closed' in found) return closed(request, reply, found)
  const { link } = found
  const body = request.body instanceof URLSearchParams ? request.body : new URLSearchParams()
  try {
    const itemId = await within(store, link, (tx) => say(tx, link, body))
    const lang = languageOf(request, undefined)
    const query = new URLSearchParams({ ...(lang && { lang }), sent: itemId ?? PROPOSED })
    // Asked for anew, so that reading the page again sends nothing twice.
    return await reply
      .headers({
        ...JOINT_HEADERS,
        location: `${pathOf(request)}?${query.toString()}#${itemId === undefined ? PROPOSED : `s-${itemId}`}`,
      })
      .code(303)
      .send()
  } catch (error) {
    if (!(error instanceof Unsaid)) throw error
    const itemId = body.get('item') ?? undefined
    const notice = { good: false, itemId, why: error.why, name: body.get('author') ?? undefined }
    return answer(request, reply.code(422), store, { link, notice, mark: false })
  }
}

interface Answering {
  link: OpenLink
  notice:
    | {
        good: boolean
        itemId: string | undefined
        why?: keyof (typeof WORDS)['en'] | undefined
        name?: string | undefined
      }
    | undefined
  mark: boolean
}

async function answer(
  request: FastifyRequest<Asked>,
  reply: FastifyReply,
  store: Store,
  { link, notice, mark }: Answering,
): Promise<FastifyReply> {
  const page = await within(store, link, async (tx) => {
    if (mark) await markVisit(tx, link.linkId)
    return jointPage(tx, link)
  }).catch((error: unknown) => {
    if (error instanceof NotFound) return undefined
    throw error
  })
  if (!page) return closed(request, reply, { closed: 'over', language: 'en' })
  const language = languageOf(request, page.language)
  const nonce = newNonce()
  const there = notice?.itemId !== undefined && page.items.some(({ id }) => id === notice.itemId)
  const told: Shown['notice'] = notice && {
    good: notice.good,
    text: WORDS[language][notice.why ?? 'sent'],
    ...(there ? { itemId: notice.itemId! } : {}),
    ...(notice.name === undefined ? {} : { name: notice.name.slice(0, 100) }),
  }
  return send(reply, nonce, jointHtml(page, { language, nonce, path: pathOf(request), notice: told }))
}

const within = <T>(store: Store, { workspaceId }: OpenLink, work: (tx: Tx) => Promise<T>): Promise<T> =>
  withWorkspace(store, { workspaceId, via: 'customer' }, work)

type Found = { link: OpenLink } | { closed: 'over' | 'none'; language: Lang | undefined }

async function find({ params }: FastifyRequest<Asked>, store: Store): Promise<Found> {
  const found = SECRET.test(params.secret) ? await openJointLink(store, params.secret) : undefined
  if (!found) return { closed: 'none', language: undefined }
  return 'over' in found ? { closed: 'over', language: found.language } : { link: found }
}

/** Gone, or never there: both say so calmly, and neither says anything else. */
function closed(
  request: FastifyRequest<Asked>,
  reply: FastifyReply,
  { closed: which, language }: Extract<Found, { closed: unknown }>,
): FastifyReply {
  const nonce = newNonce()
  return send(
    reply.code(which === 'over' ? 410 : 404),
    nonce,
    closedHtml(languageOf(request, language ?? 'en'), nonce, which),
  )
}

const send = (reply: FastifyReply, nonce: string, html: string): FastifyReply =>
  reply.headers({ ...JOINT_HEADERS, 'content-security-policy': jointPolicy(nonce) }).send(html)

const pathOf = ({ params }: FastifyRequest<Asked>): string => `/joint/${encodeURIComponent(params.secret)}`

/** What the reader chose, else what the page was made in; a closed page of nobody's in the browser's. */
function languageOf(request: FastifyRequest<Asked>, made: Lang): Lang
function languageOf(request: FastifyRequest<Asked>, made: undefined): Lang | undefined
function languageOf({ query, headers }: FastifyRequest<Asked>, made: Lang | undefined): Lang | undefined {
  const { lang } = query
  if (lang === 'en' || lang === 'zh') return lang
  return made ?? acceptedLanguage(headers['accept-language'])
}
