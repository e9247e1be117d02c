export const RANKS = ['executive', 'manager', 'seller', 'expert'] as const
export type Rank = (typeof RANKS)[number]

/** A short name that nobody has yet, made from the name: what plans and deal files call somebody. */
export function keyOf(name: string, taken: readonly string[]): string {
  const plain =
    name
      .trim()
      .toLowerCase()
      .replaceAll(/[\s/]+/g, '-')
      .slice(0, 60) || 'p'
  let key = plain
  for (let i = 2; taken.includes(key); i++) key = `${plain}-${i}`
  return key
}
