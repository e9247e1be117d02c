import { FIELDS } from './fields.ts'
import type { TableKind } from './fields.ts'
import { plainHeading } from './headings.ts'

const SURE = 0.8

/** Our field to their column. */
export type Mapping = Readonly<Record<string, string>>

interface Proposed {
  /** 1: the heading is one that a CRM gives to exactly this; below: it only contains one. */
  confidence: number
  field: string
}

/** Which of our fields each column holds, as far as its heading says. Every field is given away once, to the best heading. */
export function proposeMapping(kind: TableKind, columns: readonly string[]): Map<string, Proposed> {
  const bids = columns.flatMap((column) => {
    const heading = plainHeading(column)
    return FIELDS[kind].flatMap(({ name, headings }) => {
      const place = headings.indexOf(heading)
      if (place >= 0) return [{ column, field: name, confidence: Math.max(0.8, 1 - place * 0.01) }]
      // "Opportunity Owner: Full Name", "预计成交金额（元）": a known heading with something around it.
      const inside = headings.some(
        (known) => known.length >= (/[^\u0020-\u007e]/.test(known) ? 2 : 5) && heading.startsWith(known),
      )
      return inside ? [{ column, field: name, confidence: 0.5 }] : []
    })
  })
  bids.sort((a, b) => b.confidence - a.confidence)
  const found = new Map<string, Proposed>()
  const given = new Set<string>()
  for (const { column, field, confidence } of bids) {
    if (found.has(column) || given.has(field)) continue
    found.set(column, { field, confidence })
    given.add(field)
  }
  // Where only the day on which it was done is there, it is the day.
  if (kind === 'activities' && !given.has('on'))
    for (const [column, proposed] of found)
      if (proposed.field === 'doneOn') found.set(column, { ...proposed, field: 'on' })
  return found
}

/** The kind whose fields the columns fit best. */
export function kindOfColumns(columns: readonly string[]): TableKind {
  const score = (kind: TableKind): number => {
    const proposed = [...proposeMapping(kind, columns).values()]
    const fields = new Set(proposed.map(({ field }) => field))
    const sum = proposed.reduce((total, { confidence }) => total + confidence, 0)
    const missing = FIELDS[kind].filter(({ name, required }) => required === true && !fields.has(name)).length
    // What only one kind has says most.
    const own = {
      accounts: fields.has('industry') ? 0.5 : 0,
      people: fields.has('title') || fields.has('email') ? 2 : 0,
      deals: fields.has('stage') || fields.has('amount') ? 2 : 0,
      activities:
        (fields.has('deal') || fields.has('dealExternalId')) &&
        fields.has('on') &&
        (fields.has('what') || fields.has('text') || fields.has('type'))
          ? 3
          : -2,
    }
    return sum + own[kind] - missing * 3
  }
  return (Object.keys(FIELDS) as TableKind[]).reduce((best, kind) => (score(kind) > score(best) ? kind : best))
}

/** The mapping that holds: what the user says, else what the headings say. A field mapped to an empty text is left out. */
export function mappingFor(
  kind: TableKind,
  columns: readonly string[],
  said: Mapping | undefined,
): { mapping: Map<string, string>; unknownFields: string[]; unknownColumns: string[] } {
  const known = new Set(FIELDS[kind].map(({ name }) => name))
  const mapping = new Map<string, string>()
  const [unknownFields, unknownColumns]: [string[], string[]] = [[], []]
  const taken = new Set<string>()
  for (const [field, column] of Object.entries(said ?? {})) {
    if (!known.has(field)) unknownFields.push(field)
    else if (column === '') continue
    else if (!columns.includes(column)) unknownColumns.push(column)
    else {
      mapping.set(field, column)
      taken.add(column)
    }
  }
  for (const [column, { field, confidence }] of proposeMapping(kind, columns)) {
    // What only resembles a known heading is proposed to somebody who looks, never taken by itself.
    if (confidence < SURE || (said !== undefined && field in said)) continue
    if (!taken.has(column) && !mapping.has(field)) mapping.set(field, column)
  }
  return { mapping, unknownFields, unknownColumns }
}
