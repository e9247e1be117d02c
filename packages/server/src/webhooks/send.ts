import { createHmac, randomBytes } from 'node:crypto'
import { request as overHttp } from 'node:http'
import { request as overHttps } from 'node:https'
import { checkTarget, publicLookup, Refused } from './targets.ts'
import type { Targets } from './targets.ts'

const PREFIX = 'whsec_'

/** A secret as Standard Webhooks writes it: 32 random bytes. */
export const newWebhookSecret = (): string => PREFIX + randomBytes(32).toString('base64')

/**
 * The headers that prove where a message comes from (Standard Webhooks 1.0, symmetric `v1`): HMAC-SHA256 over id, second and body. While a secret is being
 * changed the message carries a signature of each.
 */
export function signedHeaders(
  id: string,
  second: number,
  body: string,
  secrets: readonly string[],
): Record<string, string> {
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret, 'base64')
    return `v1,${createHmac('sha256', key).update(`${id}.${second}.${body}`).digest('base64')}`
  })
  return { 'webhook-id': id, 'webhook-timestamp': String(second), 'webhook-signature': signatures.join(' ') }
}

export interface Answer {
  /** Status; absent: there was no answer. */
  status?: number
  /** Why it did not arrive, by a code that the documentation explains. */
  problem?: string
  /** Seconds it asks to be left alone (Retry-After). */
  wait?: number
}

const PATIENCE_MS = 15_000
/** Of an answer nothing is read but its status; a few bytes are taken so that the connection ends well. */
const MOST_BYTES = 64 * 1024

/** Sends one message and waits for its answer. Never throws: what went wrong is the answer. Redirects are not followed. */
export function sendMessage(
  address: string,
  body: string,
  headers: Record<string, string>,
  { targets, signal, patienceMs = PATIENCE_MS }: { targets: Targets; signal: AbortSignal; patienceMs?: number },
): Promise<Answer> {
  let inner: boolean
  const url = new URL(address)
  try {
    ;({ inner } = checkTarget(url, targets))
  } catch (error) {
    return Promise.resolve({ problem: (error as Refused).code })
  }
  return new Promise((resolve) => {
    const both = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)])
    const send = url.protocol === 'https:' ? overHttps : overHttp
    const sent = send(
      url,
      {
        method: 'POST',
        signal: both,
        agent: false,
        ...(inner ? {} : { lookup: publicLookup }),
        headers: {
          ...headers,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'user-agent': 'Sente-Webhooks/1',
        },
      },
      (answer) => {
        let bytes = 0
        answer.on('data', (piece: Buffer) => {
          bytes += piece.length
          if (bytes > MOST_BYTES) answer.destroy()
        })
        answer.on('error', () => {})
        const status = answer.statusCode!
        const wait = secondsAsked(answer.headers['retry-after'])
        const redirected = status >= 300 && status < 400
        resolve({
          status,
          ...(redirected ? { problem: 'redirect' } : status >= 200 && status < 300 ? {} : { problem: 'status' }),
          ...(wait > 0 ? { wait } : {}),
        })
      },
    )
    sent.on('error', (error: NodeJS.ErrnoException) => resolve({ problem: problemOf(error, signal) }))
    sent.end(body)
  })
}

/** Retry-After in seconds, written as seconds or as a moment (RFC 9110, 10.2.3); 0: none that can be read, or in the past. */
export function secondsAsked(header: string | undefined, now = Date.now()): number {
  if (header === undefined) return 0
  if (/^\d+$/.test(header.trim())) return Number(header)
  const at = /^[A-Z][a-z]+,? /.test(header) ? Date.parse(header) : Number.NaN
  return Number.isNaN(at) ? 0 : Math.max(0, Math.ceil((at - now) / 1000))
}

function problemOf(error: NodeJS.ErrnoException, stopping: AbortSignal): string {
  if (error instanceof Refused) return error.code
  if (stopping.aborted) return 'stopped'
  if (error.name === 'TimeoutError' || error.name === 'AbortError' || error.code === 'ABORT_ERR') return 'timeout'
  if (error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN') return 'no-such-host'
  if (/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO/.test(error.code ?? '')) return 'certificate'
  return 'no-connection'
}
