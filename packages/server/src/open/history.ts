import type { CallOutput, routes } from '@sente/api'
import { Fault } from '../core/fault.ts'
import type { Changed, Draft } from './draft.ts'
import { idAt } from './identity.ts'
import type { Written } from './shelf.ts'

type Page = CallOutput<typeof routes.deals.history>
type Item = Page['items'][number]

/** What was changed here since the program was started, newest first; who changed the file before is not in the file. */
export function historyOf(
  log: readonly Written[],
  dealId: string,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Page {
  const items = log
    .filter((one) => one.dealId === dealId)
    .toReversed()
    .flatMap((one) => one.changes.map((change) => itemOf(one, change)))
  const from = cursor === undefined ? 0 : Number(cursor)
  if (!Number.isInteger(from) || from < 0) throw new Fault('bad-cursor')
  const end = from + limit
  return { items: items.slice(from, end), ...(end < items.length && { next: String(end) }) }
}

const BESIDES = new Set(['id', 'version', 'dealId', 'createdAt', 'createdBy', 'updatedAt'])

function itemOf({ changeSet, at, undoneBy }: Written, { kind, id, before, after }: Changed): Item {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])
  const label = (after ?? before)?.['name'] ?? (after ?? before)?.['what']
  return {
    id: idAt(Date.parse(at), changeSet, kind, id),
    changeSet,
    at,
    via: 'web',
    kind,
    recordId: id,
    action: before ? (after ? 'update' : 'delete') : 'create',
    ...(typeof label === 'string' && { label }),
    fields: [...names].flatMap((name) => {
      const [was, is] = [before?.[name], after?.[name]]
      if (BESIDES.has(name) || JSON.stringify(was) === JSON.stringify(is)) return []
      return [{ name, ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) }]
    }),
    undone: undoneBy !== undefined,
  }
}

/** Puts back what a change found, where nothing of it was changed since; other records stay as they are now. Throws `conflict`. */
export function takeBack(draft: Draft, changes: readonly Changed[]): void {
  for (const { kind, id, before, after } of changes.toReversed()) {
    const now = draft.find(kind, id)
    if (JSON.stringify(now) !== JSON.stringify(after))
      throw new Fault('conflict', {
        detail: { en: 'Something of it was changed since.', zh: '其中有内容在此之后又被修改过。' },
      })
    draft.put(kind, id, before && { ...before, version: Math.max(before.version, after?.version ?? 0) + 1 })
  }
}
