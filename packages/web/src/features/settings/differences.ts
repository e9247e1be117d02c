/** Fields that say nothing to a reader. */
const SILENT = new Set([
  'id',
  'dealId',
  'version',
  'updatedAt',
  'updated_at',
  'workspaceId',
  'workspace_id',
  'createdAt',
  'created_at',
  'createdBy',
  'created_by',
])

/** What differs between two states of a record, field by field; a deletion shows what was there. */
export function differences(before: unknown, after: unknown): { name: string; before: unknown; after: unknown }[] {
  const [a, b] = [before ?? {}, after ?? {}] as Record<string, unknown>[]
  return [...new Set([...Object.keys(a!), ...Object.keys(b!)])]
    .filter((name) => !SILENT.has(name) && JSON.stringify(a![name]) !== JSON.stringify(b![name]))
    .map((name) => ({ name, before: a![name], after: b![name] }))
}
