import type { Text } from '@sente/engine'
import type { FieldFault } from '@sente/api'
import { camel } from './records.ts'
import type { RecordSpec, Row } from './records.ts'

export const fault = (field: string, what: Text): FieldFault => ({ field: `body.${field}`, what })

/** What a row says that cannot be: something needed that is missing, days in the wrong order. */
export function rowFaults(spec: RecordSpec, row: Row): FieldFault[] {
  const faults: FieldFault[] = []
  for (const field of spec.required) {
    const column = field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
    if (row[column] === null || row[column] === undefined)
      faults.push(fault(field, { en: 'This cannot be left open.', zh: '此项不能留空。' }))
  }
  for (const [earlier, later, says] of spec.order) {
    const [from, to] = [row[earlier], row[later]]
    if (typeof from === 'string' && typeof to === 'string' && to < from) faults.push(fault(camel(later), says))
  }
  if (spec.kind === 'deal') faults.push(...dealFaults(row))
  return faults
}

function dealFaults(row: Row): FieldFault[] {
  const faults: FieldFault[] = []
  if (row['status'] !== 'open' && row['closed_on'] === null)
    faults.push(
      fault('closedOn', {
        en: `A deal that is ${String(row['status'])} needs the day it was closed.`,
        zh: `状态为 ${String(row['status'])} 的商机需要关闭日期。`,
      }),
    )
  if (row['status'] === 'open' && row['closed_on'] !== null)
    faults.push(
      fault('closedOn', { en: 'An open deal has no day on which it was closed.', zh: '进行中的商机不能有关闭日期。' }),
    )
  const us = row['us'] as { blackouts?: { from: string; to: string }[] } | null
  for (const [i, { from, to }] of (us?.blackouts ?? []).entries())
    if (to < from) faults.push(fault(`us.blackouts[${i}].to`, { en: 'Ends before it starts.', zh: '结束早于开始。' }))
  return faults
}

/** Days that say when something happened, in the order in which they count. */
const HAPPENED = ['on', 'promised_on'] as const

/**
 * The day on which a fact counts as written down, where its writer names none. What happened before the deal was in the database is background: it
 * counts from its own day. What happened since is known from today on, or a replay would know it earlier than we did.
 */
export function recordedOn({ kind }: RecordSpec, row: Row, today: string, inBooksSince: string): string | null {
  const happened = HAPPENED.map((column) => row[column]).find((value) => typeof value === 'string') as
    | string
    | undefined
  if (happened === undefined) return today > inBooksSince ? today : null
  // What is said to happen later cannot have been written down before it did.
  if (happened > today && (kind === 'evidence' || kind === 'touch')) return null
  // Written down on its own day is the same as saying nothing.
  return happened >= inBooksSince && happened !== today ? today : null
}
