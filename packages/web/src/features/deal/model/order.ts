/** The order in which the engine reads a list of records: ids are the order of their making. */
export function inOrder<T extends { id: string }>(items: readonly T[] | undefined): T[] {
  return [...(items ?? [])].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
}
