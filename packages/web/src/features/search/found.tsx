import { useFormat } from '../../shared/format/format.ts'
import classes from './search.module.css'
import type { FoundItem } from './use-found.ts'

/** A hit: its title, and the place where the words stand. */
export function Found({ item }: { item: FoundItem }) {
  const format = useFormat()
  return (
    <span className={classes.found}>
      <span className={classes.title}>
        {item.title}
        {item.on !== undefined && <time dateTime={item.on}>{format.shortDay(item.on)}</time>}
      </span>
      {item.excerpt !== undefined && <span className={classes.excerpt}>{marked(item.excerpt, item.marks)}</span>}
    </span>
  )
}

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
