import type { Tx } from '../../store/tenant.ts'
import type { RowFault } from '../files/problem.ts'

/** Person to boss, with the row that said so. */
export type ReportingLines = Map<string, { boss: string; row: number }>

/** Longer lines of reporting than this are followed no further. */
const LONGEST = 50

/** Lines of reporting that come back to where they began are cut at one of the rows that closed them. A circle needs a line of this run. */
export async function cutCircles(tx: Tx, lines: ReportingLines): Promise<RowFault[]> {
  if (lines.size === 0) return []
  const above = new Map([...lines].map(([id, { boss }]) => [id, boss]))
  let edge = new Set([...above.values()].filter((id) => !above.has(id)))
  for (let steps = 0; edge.size > 0 && steps < LONGEST; steps++) {
    const rows = await tx.rows<{ id: string; reports_to: string }>(
      `select id, reports_to
       from person
       where workspace_id = $1 and id = any($2::uuid[]) and reports_to is not null`,
      [tx.workspaceId, [...edge]],
    )
    for (const { id, reports_to } of rows) above.set(id, reports_to)
    edge = new Set(rows.map(({ reports_to }) => reports_to).filter((id) => !above.has(id)))
  }
  const faults: RowFault[] = []
  const done = new Set<string>()
  for (const start of lines.keys()) {
    const way = new Set<string>()
    let at: string | undefined = start
    while (at !== undefined && !done.has(at) && !way.has(at)) {
      way.add(at)
      at = above.get(at)
    }
    if (at !== undefined && way.has(at)) {
      const cut = lines.has(at) ? at : start
      above.delete(cut)
      await tx.rows('update person set reports_to = null where workspace_id = $1 and id = $2', [tx.workspaceId, cut])
      faults.push({
        row: lines.get(cut)!.row,
        field: 'reportsTo',
        what: {
          en: 'This closes a circle: the person would report to themselves in the end. The row was taken without it.',
          zh: '这会形成循环，最终此人会向自己汇报。该行已导入但没有这个关系。',
        },
      })
    }
    for (const id of way) done.add(id)
  }
  return faults
}
