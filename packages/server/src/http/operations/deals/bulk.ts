import { routes } from '@sente/api'
import { checkOwner, checkPassesOn, lockWritableDeals } from '../../../access/access.ts'
import { remove, update } from '../../../store/write.ts'
import { Fault } from '../../../core/fault.ts'
import { operation } from '../../operation.ts'

/** All or none: one transaction, one change set, undone by one call. Deals are taken in the order of their ids, so that two of these never wait in a circle. */
export const bulk = operation(routes.deals.bulk, async ({ body, context }) => {
  const { tx, changeSet } = context
  if ((body.set === undefined) === (body.remove === undefined)) {
    throw new Fault('invalid-input', {
      faults: [
        { field: 'body', what: { en: 'Needs either `set` or `remove`.', zh: '需要 `set` 或 `remove` 其中之一。' } },
      ],
    })
  }
  const ids = [...new Set(body.ids)].sort()
  await lockWritableDeals(context, ids)
  if (body.remove) {
    await checkPassesOn(context, ids)
    for (const id of ids) await remove(tx, 'deal', id)
    return { changed: ids.length, changeSet }
  }
  const set = body.set!
  if (typeof set.ownerId === 'string') {
    await checkPassesOn(context, ids, set.ownerId)
    await checkOwner(tx, set.ownerId)
  }
  const before = new Map(
    (
      await tx.rows<{ id: string; version: number }>(
        'select id, version from deal where workspace_id = $1 and id = any($2::uuid[])',
        [tx.workspaceId, ids],
      )
    ).map(({ id, version }) => [id, version]),
  )
  let changed = 0
  for (const id of ids) if ((await update(tx, 'deal', id, set)).version !== before.get(id)) changed++
  return { changed, changeSet }
})
