/** Our field to their column, from what was chosen for each column. */
export function mappingOf(fields: Readonly<Record<string, string | null>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([column, field]) => (field === null ? [] : [[field, column]])),
  )
}

/** Fields without which a row cannot be read and that no column was chosen for. Files that are not tables have no columns to choose. */
export function missingFields<F extends { name: string; required: boolean }>(
  known: readonly F[],
  fields: Readonly<Record<string, string | null>>,
): F[] {
  if (Object.keys(fields).length === 0) return []
  const chosen = new Set(Object.values(fields))
  return known.filter(({ name, required }) => required && !chosen.has(name))
}
