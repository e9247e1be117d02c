/** Optimal string alignment distance: insertions, deletions, replacements and swaps of neighbours cost one each. */
function distance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => [i, ...Array.from({ length: b.length }, () => 0)])
  for (let j = 0; j <= b.length; j++) rows[0]![j] = j
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      let best = Math.min(rows[i - 1]![j]! + 1, rows[i]![j - 1]! + 1, rows[i - 1]![j - 1]! + cost)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, rows[i - 2]![j - 2]! + 1)
      rows[i]![j] = best
    }
  }
  return rows[a.length]![b.length]!
}

/** The known word nearest to one that was typed, if it is near enough to be meant. */
export function nearestOf(typed: string, known: Iterable<string>): string | undefined {
  const plain = (word: string): string => word.toLowerCase().replaceAll('-', '_')
  let best: string | undefined
  let least = Math.max(2, Math.floor(typed.length / 3)) + 1
  for (const word of known) {
    // A word that merely begins or ends with what was typed is near too: `viability` means `vendor_viability`.
    const part = typed.length >= 4 && plain(word).includes(plain(typed)) ? 2 : Infinity
    const far = Math.min(part, distance(plain(typed), plain(word)))
    if (far < least) {
      least = far
      best = word
    }
  }
  return best
}
