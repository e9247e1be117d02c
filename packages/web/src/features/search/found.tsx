import { useFormat } from '../../shared/format/format.ts'
import classes from './search.module.css'
import type { FoundItem } from './use-found.ts'

/** A hit: its title, what it is part of, and the place where the words stand; where the title is that place, once. */
export function Found({ item }: { item: FoundItem }) {
  const format = useFormat()
  // A note has no title: its beginning stands for one.
  const said = item.excerpt !== undefined && isBeginning(item.title, item.excerpt)
  return (
    <span className={classes.found}>
      <span className={classes.title}>
        <span>{said ? marked(item.excerpt!, item.marks) : item.title}</span>
        {item.on !== undefined && <time dateTime={item.on}>{format.shortDay(item.on)}</time>}
      </span>
      {(item.of !== undefined || (item.excerpt !== undefined && !said)) && (
        <span className={classes.excerpt}>
          {item.of}
          {item.of !== undefined && item.excerpt !== undefined && !said && ' · '}
          {item.excerpt !== undefined && !said && marked(item.excerpt, item.marks)}
        </span>
      )}
    </span>
  )
}

const bare = (text: string): string => text.replace(/^…/, '').slice(0, 40)
const isBeginning = (title: string, excerpt: string): boolean =>
  excerpt.includes(bare(title)) || title.includes(bare(excerpt))

function marked(text: string, marks: readonly number[][]) {
  const parts: (string | { mark: string })[] = []
  let at = 0
  for (const [from = 0, to = 0] of marks) {
    if (from < at || to <= from) continue
    parts.push(text.slice(at, from), { mark: text.slice(from, to) })
    at = to
  }
  parts.push(text.slice(at))
  return parts.map((part, i) => (typeof part === 'string' ? part : <mark key={i}>{part.mark}</mark>))
}
