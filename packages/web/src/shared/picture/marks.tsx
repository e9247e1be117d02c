import type { Mark } from '@sente/picture'
import { createElement, memo } from 'react'
import type { ReactNode } from 'react'

/** SVG's own spelling to React's. */
const NAMES: Readonly<Record<string, string>> = {
  class: 'className',
  'font-size': 'fontSize',
  'text-anchor': 'textAnchor',
}
/** Said by our own words beside the picture, or styled by the page. */
const LEFT_OUT = new Set(['style'])

function sameAttrs(a: Mark['attrs'], b: Mark['attrs']): boolean {
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key])
}

/** While a plan is dragged most marks stay as they are; comparing them is far cheaper than drawing them. */
function same(a: Mark, b: Mark): boolean {
  if (a === b) return true
  const [x, y] = [a.children ?? [], b.children ?? []]
  return (
    a.tag === b.tag &&
    a.text === b.text &&
    x.length === y.length &&
    sameAttrs(a.attrs, b.attrs) &&
    x.every((child, i) => same(child, y[i]!))
  )
}

/** A mark of the picture as an element of the page. */
export const MarkNode = memo(
  function MarkNode({ mark }: { mark: Mark }): ReactNode {
    if (LEFT_OUT.has(mark.tag)) return null
    const attrs = Object.fromEntries(Object.entries(mark.attrs).map(([key, value]) => [NAMES[key] ?? key, value]))
    // Children have no identity of their own beside their place.
    return createElement(
      mark.tag,
      attrs,
      mark.text,
      ...(mark.children ?? []).map((child, i) => <MarkNode key={i} mark={child} />),
    )
  },
  (before, after) => same(before.mark, after.mark),
)
