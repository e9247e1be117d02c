import { createCipheriv, createDecipheriv, createHash, hash, hkdfSync, randomBytes } from 'node:crypto'
import type { Route } from '@sente/api'
import { Fault } from '../core/fault.ts'
import type { Tx } from '../store/tenant.ts'

/** An answer as it went out. */
export interface Sent {
  status: number
  headers: Record<string, string>
  body: string | Uint8Array
}

/** A repeated request, told by its key. */
export interface Repeat {
  key: string
  /** Of method, address and body: another request with the same key is a mistake of the client. */
  requestHash: Buffer
}

export function repeatOf(
  contract: Route,
  header: string | string[] | undefined,
  url: string,
  body: unknown,
): Repeat | undefined {
  if (!contract.idempotent || header === undefined) return undefined
  if (typeof header !== 'string' || !/^[\x21-\x7e]{8,200}$/.test(header)) {
    throw new Fault('invalid-input', {
      faults: [
        {
          field: 'header.Idempotency-Key',
          what: {
            en: 'Must be 8 to 200 visible characters; a UUID is best.',
            zh: '必须是 8 到 200 个可见字符，建议用 UUID。',
          },
        },
      ],
    })
  }
  return {
    key: header,
    requestHash: createHash('sha256')
      .update(`${contract.method} ${url}\n${JSON.stringify(body) ?? ''}`)
      .digest(),
  }
}

/**
 * The answer that the same request got before. To be called first in the transaction that does the work: a second request with the key
 * is refused while the first one's transaction runs, and finds its answer once it is committed. A crash leaves neither work nor answer.
 */
export async function answeredBefore(tx: Tx, { key, requestHash }: Repeat): Promise<Sent | undefined> {
  const keyHash = hash('sha256', key, 'buffer')
  const lock = hash('sha256', `${tx.workspaceId} ${tx.actorId} ${key}`, 'buffer').readBigInt64BE()
  const [got] = await tx.rows<{ got: boolean }>('select pg_try_advisory_xact_lock($1::bigint) as got', [
    lock.toString(),
  ])
  if (!got!.got) throw new Fault('in-progress', { retryAfter: 1 })
  const [row] = await tx.rows<{ request_hash: Buffer; status: number; headers: Record<string, string>; body: Buffer }>(
    `select request_hash, status, headers, body
     from idempotency
     where workspace_id = $1 and member_id = $2 and key_hash = $3 and created_at > now() - interval '24 hours'`,
    [tx.workspaceId, tx.actorId, keyHash],
    'answered_before',
  )
  if (!row) return undefined
  if (!row.request_hash.equals(requestHash)) throw new Fault('key-reused')
  return {
    status: row.status,
    headers: { ...row.headers, 'idempotency-replayed': 'true' },
    body: unseal(key, row.body),
  }
}

export async function keepAnswer(tx: Tx, { key, requestHash }: Repeat, { status, headers, body }: Sent): Promise<void> {
  await tx.rows(
    `insert into idempotency (workspace_id, member_id, key_hash, request_hash, status, headers, body)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (workspace_id, member_id, key_hash) do update
     set request_hash = excluded.request_hash, status = excluded.status, headers = excluded.headers,
       body = excluded.body, created_at = now()`,
    [
      tx.workspaceId,
      tx.actorId,
      hash('sha256', key, 'buffer'),
      requestHash,
      status,
      JSON.stringify(headers),
      seal(key, body),
    ],
    'keep_answer',
  )
}

/** Some answers hold what is shown once; only who has the key can read one again. */
function seal(key: string, body: string | Uint8Array): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', sealKey(key, nonce), nonce)
  const sealed = typeof body === 'string' ? cipher.update(body, 'utf8') : cipher.update(body)
  return Buffer.concat([nonce, sealed, cipher.final(), cipher.getAuthTag()])
}

function unseal(key: string, sealed: Buffer): Buffer {
  const nonce = sealed.subarray(0, 12)
  const cipher = createDecipheriv('aes-256-gcm', sealKey(key, nonce), nonce)
  cipher.setAuthTag(sealed.subarray(-16))
  return Buffer.concat([cipher.update(sealed.subarray(12, -16)), cipher.final()])
}

const sealKey = (key: string, nonce: Uint8Array): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', key, nonce, 'sente idempotency', 32))
