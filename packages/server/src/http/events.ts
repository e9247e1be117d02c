import { KINDS, ROLE_SIGHT } from '@sente/client'
import type { KindName, Permission } from '@sente/client'
import type { ChangeEvent } from '../store/events.ts'
import { sightOf } from '../store/sight.ts'
import type { Sight, Viewer } from '../store/sight.ts'
import type { Tx } from '../store/tenant.ts'

/** How long it is believed that a member sees a deal, or does not. */
const BELIEVED_MS = 15_000
const MOST_DEALS = 5_000

/** What an event of the stream says; the rest is read again over the API, with the rights it needs. */
export type Told = Pick<ChangeEvent, 'kind' | 'id' | 'action' | 'version'> & { dealId?: string; actorId?: string }

type InWorkspace = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>

/** Which changes one member may hear of. */
export class Hearing {
  readonly #viewer: Viewer
  readonly #permissions: ReadonlySet<Permission>
  readonly #inWorkspace: InWorkspace
  readonly #deals = new Map<string, { sees: boolean; until: number }>()
  #sight: { sight: Sight; until: number } | undefined

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
    if (kind === 'deal' || kind === 'share') this.#deals.delete(dealId)
    if (!(await this.#sees(dealId, kind === 'deal' && action === 'delete'))) return undefined
    // That something personal was written down is personal too; that the deal has another version is not.
    if (!this.#permissions.has('sensitive:read') && isPersonal(kind)) return { kind: 'deal', id: dealId, dealId, action: 'update', version, ...more }
    return { kind, id, action, version, dealId, ...more }
  }

  async #sees(dealId: string, deleted: boolean): Promise<boolean> {
    if (ROLE_SIGHT[this.#viewer.role] === 'all') return true
    const now = Date.now()
    const known = this.#deals.get(dealId)
    if (known && now < known.until) return known.sees
    const sees = await this.#inWorkspace(async (tx) => {
      if (!this.#sight || now >= this.#sight.until) this.#sight = { sight: await sightOf(tx, this.#viewer), until: now + BELIEVED_MS }
      const { sight } = this.#sight
      if (sight.all) return true
      if (sight.shared.includes(dealId)) return true
      const [row] = await tx.rows<{ owner: string | null }>(
        deleted ? `select before ->> 'owner_id' as owner from change where workspace_id = $1 and record_id = $2 and action = 'delete' order by id desc limit 1` : 'select owner_id::text as owner from deal where workspace_id = $1 and id = $2',
        [tx.workspaceId, dealId],
      )
      return row?.owner !== null && row?.owner !== undefined && sight.owners.includes(row.owner)
    })
    if (this.#deals.size >= MOST_DEALS) this.#deals.clear()
    this.#deals.set(dealId, { sees, until: now + BELIEVED_MS })
    return sees
  }
}

const isPersonal = (kind: string): boolean => kind in KINDS && (KINDS[kind as KindName] as { sensitive?: unknown }).sensitive === true
