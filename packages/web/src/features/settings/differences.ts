/** Fields that say nothing to a reader. */
const SILENT = new Set(['version', 'updatedAt', 'updated_at', 'workspaceId', 'workspace_id', 'createdAt', 'created_at', 'createdBy', 'created_by'])
const shown = (value: unknown): string => (value === undefined || value === null ? '–' : typeof value === 'string' ? value : JSON.stringify(value))

/** What differs between two states of a record, field by field; a deletion shows what was there. */
export function differences(before: unknown, after: unknown): { name: string; before: string; after: string }[] {
  const [a, b] = [before ?? {}, after ?? {}] as Record<string, unknown>[]
  return [...new Set([...Object.keys(a!), ...Object.keys(b!)])]
    .filter((name) => !SILENT.has(name) && JSON.stringify(a![name]) !== JSON.stringify(b![name]))
    .map((name) => ({ name, before: clip(shown(a![name])), after: clip(shown(b![name])) }))
}

const clip = (text: string): string => (text.length > 120 ? `${text.slice(0, 119)}…` : text)
