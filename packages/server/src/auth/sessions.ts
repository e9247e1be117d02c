import type { Lang } from '@sente/engine'
import type { Role } from '@sente/api'
import { withWorkspace } from '../store/tenant.ts'
import type { Store } from '../store/tenant.ts'
import { permissionsOf } from './principal.ts'
import type { Principal } from './principal.ts'
import { hashOf, TOKEN_PREFIX } from './secrets.ts'
import { ABSOLUTE, SLIDING } from './lifetimes.ts'

/** How long a check may stand without asking the database again. Ends of sessions are told at once by NOTIFY; this is for lost messages. */
const FRESH_MS = 5_000
/** `seen_at` is written at most so often: a write for each request would cost more than the request. */
const SEEN_MS = 5 * 60_000
const MOST_ENTRIES = 20_000

interface Row {
  workspace_id: string
  member_id: string
  name: string
  email: string
  role: Role
  sensitive: boolean | null
  language: Lang | null
  team_ids: string[]
  seen_at: Date | null
}
interface SessionRow extends Row {
  session_id: string
  csrf_hash: Buffer
  expires_at: Date
}
interface TokenRow extends Row {
  token_id: string
  scopes: string[]
  expires_at: Date | null
}
interface Entry {
  principal: Principal
  checkedAt: number
  endsAt: number
}

/** Finds who a session's or token's secret belongs to; remembers it for seconds. */
export class Sessions {
  readonly #store: Store
  readonly #entries = new Map<string, Entry>()
  /** Without ears for changes nothing may be remembered. */
  #listening = false
  /** Counts what was forgotten: an answer that was on its way at that moment may be older. */
  #forgot = 0

  constructor(store: Store) {
    this.#store = store
  }

  ofCookie(secret: string): Promise<Principal | undefined> {
    return this.#find(secret, async (hash) => {
      const { rows } = await this.#store.database.app.query<SessionRow>({
        name: 'session_of',
        text: 'select * from session_of($1)',
        values: [hash],
      })
      const row = rows[0]
      if (!row) return undefined
      this.#seen(row, 'session', row.session_id)
      return {
        principal: { ...principalOf(row), via: 'web', session: { id: row.session_id, csrfHash: row.csrf_hash } },
        endsAt: row.expires_at.getTime(),
      }
    })
  }

  async ofToken(secret: string): Promise<Principal | undefined> {
    if (!secret.startsWith(TOKEN_PREFIX)) return undefined
    return this.#find(secret, async (hash) => {
      const { rows } = await this.#store.database.app.query<TokenRow>({
        name: 'token_of',
        text: 'select * from token_of($1)',
        values: [hash],
      })
      const row = rows[0]
      if (!row) return undefined
      this.#seen(row, 'api_token', row.token_id)
      const principal = principalOf(row, row.scopes)
      const whole = principal.permissions.size === permissionsOf(row.role, row.sensitive).size
      return {
        principal: { ...principal, via: 'api', token: { id: row.token_id, whole } },
        endsAt: row.expires_at?.getTime() ?? Infinity,
      }
    })
  }

  /** Drops what is remembered of a member, or of everybody. */
  forget(memberId?: string): void {
    this.#forgot++
    if (memberId === undefined) this.#entries.clear()
    else
      for (const [key, { principal }] of this.#entries) if (principal.member.id === memberId) this.#entries.delete(key)
  }

  /** Hears, from all processes, whose rights or sessions have changed. Resolves to what ends it. */
  async listen(): Promise<() => void> {
    const end = await this.#store.events.subscribe('*', (heard) => {
      if ('missed' in heard) this.forget()
      else if (heard.kind === 'member') this.forget(heard.id)
    })
    this.#listening = true
    return () => {
      this.#listening = false
      this.forget()
      end()
    }
  }

  async #find(
    secret: string,
    look: (hash: Buffer) => Promise<Omit<Entry, 'checkedAt'> | undefined>,
  ): Promise<Principal | undefined> {
    const hash = hashOf(secret)
    const key = hash.toString('base64')
    const now = Date.now()
    const known = this.#entries.get(key)
    if (known && now - known.checkedAt < FRESH_MS && now < known.endsAt) return known.principal
    const forgot = this.#forgot
    const found = await look(hash)
    this.#entries.delete(key)
    if (!found) return undefined
    if (this.#listening && forgot === this.#forgot) {
      if (this.#entries.size >= MOST_ENTRIES) this.#entries.delete(this.#entries.keys().next().value!)
      this.#entries.set(key, { ...found, checkedAt: now })
    }
    return found.principal
  }

  /** Moves the end of the session on, or notes that the token is used. Not waited for: a lost mark costs nothing. */
  #seen(row: Row, table: 'session' | 'api_token', id: string): void {
    if (row.seen_at && Date.now() - row.seen_at.getTime() < SEEN_MS) return
    void withWorkspace(this.#store, { workspaceId: row.workspace_id, via: 'web' }, async (tx) => {
      if (table === 'api_token')
        await tx.rows('update api_token set used_at = now() where workspace_id = $1 and id = $2', [
          row.workspace_id,
          id,
        ])
      else
        await tx.rows(
          `update session
           set seen_at = now(), expires_at = least(now() + interval '${SLIDING}', created_at + interval '${ABSOLUTE}')
           where workspace_id = $1 and id = $2`,
          [row.workspace_id, id],
        )
    }).catch(() => {})
  }
}

function principalOf(row: Row, scopes?: readonly string[]): Omit<Principal, 'via'> {
  return {
    workspaceId: row.workspace_id,
    member: {
      id: row.member_id,
      name: row.name,
      email: row.email,
      role: row.role,
      teamIds: row.team_ids,
      ...(row.language ? { language: row.language } : {}),
    },
    permissions: permissionsOf(row.role, row.sensitive, scopes),
  }
}
