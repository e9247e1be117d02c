import { isMap, isSeq, parseDocument } from 'yaml'
import type { Document } from 'yaml'

/** An edit of a deal file that keeps its comments and the order of its keys. */
export interface DealEdit {
  /** Items added at the end of lists; a list that is not there is made. */
  add?: Readonly<Record<string, readonly object[]>>
  /** Keys set in items that are there, by list and place. */
  set?: readonly { list: string; at: number; values: Readonly<Record<string, unknown>> }[]
}

/** The text of a deal file (YAML, or JSON where it is JSON) with the edit in it. The text must have been read as a deal. */
export function editedDeal(text: string, { add = {}, set = [] }: DealEdit): string {
  const document = parseDocument(text)
  if (!isMap(document.contents)) throw new Error('a deal file that was read is a map')
  for (const { list, at, values } of set)
    for (const [key, value] of Object.entries(values)) document.setIn([list, at, key], value)
  for (const [list, items] of Object.entries(add)) if (items.length > 0) append(document, list, items)
  return /^\s*\{/.test(text)
    ? `${JSON.stringify(document.toJS(), null, 2)}\n`
    : document.toString({ lineWidth: 0, flowCollectionPadding: false })
}

function append(document: Document, list: string, items: readonly object[]): void {
  const nodes = items.map((item) => document.createNode(item, { flow: true }))
  const there = document.get(list, true)
  if (!isSeq(there)) return document.set(list, document.createNode(nodes))
  // An empty list is written on one line; what is added to it gets lines of its own.
  if (there.items.length === 0) there.flow = false
  for (const node of nodes) there.add(node)
}
