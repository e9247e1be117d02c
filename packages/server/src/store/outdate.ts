import type { Tx } from './tenant.ts'

/**
 * Facts make what was computed of a deal old. A new version for every deal would say so, but costs an import more than all facts of a row; so only
 * those get one whose summary is up to date (no brief is kept of others) or is being computed right now. The others wait to be computed anyway: as long
 * as this transaction holds the lock by which `summaries.ts` keeps a deal, shared, nobody begins with them.
 */
const HOLD = `select id
  from unnest($1::uuid[]) id
  where not pg_try_advisory_xact_lock_shared(hashtextextended(id::text, 7))`
/** In the order of ids, as everybody locks deals. Sees what was computed until the locks were taken, so it is a statement of its own. */
const BUMP = `with locked as (select id
    from deal
    where workspace_id = $1 and id = any($2::uuid[]) and (brief_version = version or id = any($3::uuid[]))
    order by id for no key update)
  update deal d
  set version = d.version + 1, updated_at = now()
  from locked
  where d.workspace_id = $1 and d.id = locked.id`

/** To be called when facts of these deals were written past the gateway, in the same transaction. */
export async function outdate(tx: Tx, dealIds: Iterable<string>): Promise<void> {
  // As text: the driver takes four times as long for a list.
  const deals = `{${[...dealIds].join(',')}}`
  if (deals === '{}') return
  const computing = await tx.rows<{ id: string }>(HOLD, [deals], 'outdate_hold')
  await tx.rows(BUMP, [tx.workspaceId, deals, `{${computing.map(({ id }) => id).join(',')}}`], 'outdate')
}
