/** A place for each person of an organisation chart: parents above the middle of those who report to them, narrow rather than wide. */
export interface Box {
  id: string
  above: string | undefined
  width: number
  height: number
}
export interface Place {
  x: number
  y: number
}

const GAP_X = 24
const GAP_Y = 56
/** Leaves under one head stand in columns of so many, or a team of ten would be a yard wide. */
const COLUMN = 3
const GAP_COLUMN = 14

/** Total: a loop of reports is cut where it is found; whoever has nobody above stands in the top row. */
export function treeLayout(boxes: readonly Box[]): Map<string, Place> {
  const byId = new Map(boxes.map((box) => [box.id, box]))
  const children = Map.groupBy(
    boxes.filter(({ above }) => above !== undefined && byId.has(above)),
    ({ above }) => above!,
  )
  const places = new Map<string, Place>()
  const inTree = new Set<string>()
  /** Who was laid out under whom: unlike the reports, never a loop. */
  const under = new Map<string, string[]>()
  const roots = boxes.filter(({ above }) => above === undefined || !byId.has(above))

  /** Lays a subtree out from the left edge; returns its width. */
  const lay = (box: Box, left: number, top: number): number => {
    inTree.add(box.id)
    const below = (children.get(box.id) ?? []).filter(({ id }) => !inTree.has(id))
    for (const { id } of below) inTree.add(id)
    under.set(
      box.id,
      below.map(({ id }) => id),
    )
    const leaves = below.filter(({ id }) => !children.has(id))
    const heads = below.filter(({ id }) => children.has(id))
    const y = top + box.height + GAP_Y
    let x = left
    for (const head of heads) x += lay(head, x, y) + GAP_X
    const high = leaves.length > COLUMN ? COLUMN : 1
    for (let i = 0; i < leaves.length; i += high) {
      const column = leaves.slice(i, i + high)
      let at = y
      for (const leaf of column) {
        places.set(leaf.id, { x, y: at })
        at += leaf.height + GAP_COLUMN
      }
      x += Math.max(...column.map(({ width }) => width)) + GAP_X
    }
    const width = Math.max(box.width, x - left - GAP_X)
    // The whole row moves so that parent and children share a middle.
    const shift = (width - (x - left - GAP_X)) / 2
    if (below.length > 0 && shift > 0) for (const { id } of below) move(id, shift)
    places.set(box.id, { x: left + (width - box.width) / 2, y: top })
    return width
  }
  const move = (id: string, by: number): void => {
    const place = places.get(id)
    if (place) places.set(id, { ...place, x: place.x + by })
    for (const child of under.get(id) ?? []) move(child, by)
  }

  let left = 0
  for (const root of roots) left += lay(root, left, 0) + GAP_X * 1.5
  // A loop has no root: it begins with its first.
  for (const box of boxes) if (!inTree.has(box.id)) left += lay(box, left, 0) + GAP_X * 1.5
  return places
}
