import { KINDS, ROLE_VISIBILITY } from '@sente/api'
import type { KindName, Permission } from '@sente/api'
import type { ChangeEvent } from '../store/events.ts'
import { accessTo, NO_ACCESS, visibilityOf } from '../store/visibility.ts'
import type { Access, Viewer } from '../store/visibility.ts'
import type { Tx } from '../store/tenant.ts'

/** How long it is believed that a member sees a deal, or does not. */
const BELIEVED_MS = 15_000
const MOST_DEALS = 5_000

/** What an event of the stream says; the rest is read again over the API, with the rights it needs. */
export type Told = Pick<ChangeEvent, 'kind' | 'id' | 'action'> & { version?: number; dealId?: string; actorId?: string }

type InWorkspace = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>
type Seen = Pick<Access, 'read' | 'sensitive'>

/** Which changes one member may hear of. */
export class Hearing {
  readonly #viewer: Viewer
  readonly #permissions: ReadonlySet<Permission>
  readonly #inWorkspace: InWorkspace
  readonly #deals = new Map<string, { seen: Seen; until: number }>()

  constructor(viewer: Viewer, permissions: ReadonlySet<Permission>, inWorkspace: InWorkspace) {
    this.#viewer = viewer
    this.#permissions = permissions
    this.#inWorkspace = inWorkspace
  }

  /** The event as this member may know it; `undefined`: not at all. */
  async told({ kind, id, action, version, dealId, actorId }: ChangeEvent): Promise<Told | undefined> {
    const more = actorId === undefined ? {} : { actorId }
    if (dealId === undefined) {
      // The address book of the workspace; who works here, and their rights, are nobody's news.
      const book = kind === 'account' || kind === 'person'
      return book && this.#permissions.has('accounts:read') ? { kind, id, action, version, ...more } : undefined
    }
    // A change of hands or shares may open or close a deal to somebody: believe nothing older.
    if (kind === 'deal' || kind === 'dealShare') this.#deals.delete(dealId)
    const seen = await this.#seen(dealId, kind === 'deal' && action === 'delete')
    if (!seen.read)
      return kind === 'dealShare' && action === 'delete' && (await this.#inWorkspace((tx) => this.#sharedBy(tx, id)))
        ? { kind: 'deal', id: dealId, dealId, action: 'update', ...more }
        : undefined
    // That something personal was written down is personal too; that the deal has changed is not. Its version the event does not know.
    if (!seen.sensitive && mayBePersonal(kind)) return { kind: 'deal', id: dealId, dealId, action: 'update', ...more }
    return { kind, id, action, version, dealId, ...more }
  }

  async #seen(dealId: string, deleted: boolean): Promise<Seen> {
    if (ROLE_VISIBILITY[this.#viewer.role] === 'all') return { read: true, sensitive: this.#viewer.sensitive }
    const now = Date.now()
    const known = this.#deals.get(dealId)
    if (known && now < known.until) return known.seen
    const seen = await this.#inWorkspace((tx) => (deleted ? this.#saw(tx, dealId) : accessTo(tx, this.#viewer, dealId)))
    if (this.#deals.size >= MOST_DEALS) this.#deals.clear()
    this.#deals.set(dealId, { seen, until: now + BELIEVED_MS })
    return seen
  }

  /** Of a deal that is gone, whose it was says who saw it, and the shares that went with it. */
  async #saw(tx: Tx, dealId: string): Promise<Seen> {
    const visibility = await visibilityOf(tx, this.#viewer)
    const [row] = await tx.rows<{ owner: string; shares: string[] }>(
      `select c.before ->> 'owner_id' as owner, array(select s.record_id
         from change s
         where s.workspace_id = $1 and s.change_set = c.change_set and s.deal_id = $2 and s.kind = 'dealShare' and s.action = 'delete') as shares
       from change c
       where c.workspace_id = $1 and c.record_id = $2 and c.action = 'delete'
       order by c.id desc
       limit 1`,
      [tx.workspaceId, dealId],
    )
    return row && (visibility.all || visibility.owners.includes(row.owner) || (await this.#sharedBy(tx, ...row.shares)))
      ? { read: true, sensitive: false }
      : NO_ACCESS
  }

  /** Did the member see a deal by one of these shares, which are no more? That it went is no longer visible is told; nothing that comes after is. */
  async #sharedBy(tx: Tx, ...shares: readonly string[]): Promise<boolean> {
    const { memberId, teamIds } = this.#viewer
    const [row] = await tx.rows<{ mine: boolean }>(
      `select exists (select
         from change
         where workspace_id = $1 and record_id = any($2::uuid[]) and kind = 'dealShare' and action = 'delete' and (before ->> 'member_id' = $3 or before ->> 'team_id' = any($4::text[]))) as mine`,
      [tx.workspaceId, shares, memberId, teamIds],
    )
    return row!.mine
  }
}

/** Whether a note is private, or evidence quotes one that is, an event does not say. */
const mayBePersonal = (kind: string): boolean =>
  kind === 'note' ||
  kind === 'evidence' ||
  (kind in KINDS && (KINDS[kind as KindName] as { sensitive?: unknown }).sensitive === true)
