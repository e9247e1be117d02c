import Papa from 'papaparse'

const SEPARATORS = [',', ';', '\t', '|'] as const

/** `sep=;` as Excel reads it: a line that says the separator and is no row. */
export function separatorSaid(text: string): { separator: string; rest: number } | undefined {
  const match = /^\ufeff?"?sep=(.)"?\r?\n/i.exec(text)
  return match ? { separator: match[1]!, rest: match[0].length } : undefined
}

/**
 * The separator under which the first lines are equally wide: each is tried with a real reader. A semicolon wins over the commas of decimals and
 * names. `sure` is false where another one would part the lines as evenly.
 */
export function separatorIn(head: string): { separator: string; sure: boolean } {
  const cut = head.length > 8000 ? head.slice(0, head.lastIndexOf('\n', 64_000) + 1) : head
  const tried = SEPARATORS.map((separator) => {
    const { data } = Papa.parse<string[]>(cut, { delimiter: separator, preview: 60, skipEmptyLines: 'greedy' })
    const counts = new Map<number, number>()
    for (const cells of data) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1)
    const [width, lines] = [...counts]
      .filter(([count]) => count > 1)
      .toSorted((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [1, 0]
    return { separator: separator as string, width, even: data.length === 0 ? 0 : lines / data.length }
  })
  const fit = tried.filter(({ width }) => width > 1).toSorted((a, b) => b.even - a.even || b.width - a.width)
  const [best, next] = fit
  if (!best) return { separator: ',', sure: true }
  return { separator: best.separator, sure: !next || best.even - next.even > 0.2 || best.width > next.width }
}
