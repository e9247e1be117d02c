import type { CallOutput, routes } from '@sente/api'

export type HistoryItem = CallOutput<typeof routes.deals.history>['items'][number]

/** Fields that say where a record belongs or when it was kept: no news to a reader. */
const QUIET: ReadonlySet<string> = new Set([
  'id',
  'dealId',
  'version',
  'createdAt',
  'createdBy',
  'updatedAt',
  'updatedBy',
  'workspaceId',
  'key',
  'recordedOn',
  'externalId',
  'span',
  'noteId',
  'source',
  'mapX',
  'mapY',
])
export const toldFields = (item: HistoryItem): HistoryItem['fields'] =>
  item.fields.filter(({ name, before, after }) => !QUIET.has(name) && !(isNothing(before) && isNothing(after)))
const isNothing = (value: unknown): boolean => value === undefined || value === null || value === ''

/** Changes of one request stand together, since they are undone together. Newest first, as they come. */
export function groupsOf(items: readonly HistoryItem[]): HistoryItem[][] {
  const groups: HistoryItem[][] = []
  for (const item of items) {
    const last = groups.at(-1)
    if (last && item.changeSet !== undefined && last[0]!.changeSet === item.changeSet) last.push(item)
    else groups.push([item])
  }
  return groups
}
