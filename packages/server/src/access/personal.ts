import { KINDS } from '@sente/api'
import type { KindName } from '@sente/api'
import { Fault } from '../core/fault.ts'
import { quotedTo, shown, unwritable } from '../store/field-rights.ts'
import type { Rights } from '../store/field-rights.ts'
import { ChangedSince, NotFound } from '../store/refusal.ts'
import type { Tx } from '../store/tenant.ts'

/**
 * What is personal: stances, what drives somebody, private notes and the evidence read from them. Who may not see it gets answers without it,
 * as if it were not there, and cannot write it.
 */
const SPEC = KINDS as Readonly<Record<KindName, { sensitive?: true | readonly string[] }>>

/** Condition under which a row is personal, for SQL; `t` names the row. */
export function personalSql(kind: KindName, t: string): string {
  if (SPEC[kind].sensitive === true) return 'true'
  if (kind === 'note') return `coalesce(${t}.private, false)`
  if (kind === 'evidence')
    return `exists (select from note pn where pn.workspace_id = ${t}.workspace_id and pn.id = ${t}.note_id and pn.private)`
  return 'false'
}

/** The record without the fields that are personal; of what is personal as a whole, what its reader gave us is given back. */
export function withoutPersonal<T extends object>(kind: KindName, record: T): T {
  return shown(kind, record, { sensitive: false, contacts: true }) ?? record
}

/** Refuses to write what one may not see. */
export function checkPersonal(kind: KindName, given: Readonly<Record<string, unknown>>): void {
  const refused = unwritable(kind, given)
  if (refused !== true && refused.length === 0) return
  const fields = refused === true ? [] : refused
  throw new Fault('not-allowed', {
    detail: {
      en: 'It needs the right to see what is personal (sensitive:read).',
      zh: '需要查看个人信息的权限（sensitive:read）。',
    },
    ...(fields.length > 0
      ? { faults: fields.map((field) => ({ field: `body.${field}`, what: { en: 'Personal.', zh: '属于个人信息。' } })) }
      : {}),
  })
}

/** To somebody without the right a personal fact is not there. */
export async function checkShown(tx: Tx, kind: KindName, id: string): Promise<void> {
  if (SPEC[kind].sensitive !== true && kind !== 'note' && kind !== 'evidence') return
  const [found] = await tx.rows(
    `select
     from "${KINDS[kind].table}" t
     where workspace_id = $1 and id = $2 and not ${personalSql(kind, 't')}`,
    [tx.workspaceId, id],
  )
  if (!found) throw new NotFound()
}

/** Runs a write; what it says of the record as it stands now is without what is personal, unless one may see it. */
export async function showing<T>(kind: KindName, sensitive: boolean, write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (sensitive || !(error instanceof ChangedSince)) throw error
    throw new ChangedSince(withoutPersonal(kind, error.current as object))
  }
}

interface AuditItem {
  kind: string
  before?: unknown
  after?: unknown
}
const OPEN_KINDS = new Set<string>(
  ['deal', 'account', 'person', ...Object.keys(KINDS)].filter(
    (kind) => kind !== 'stance' && kind !== 'note' && kind !== 'evidence',
  ),
)

/**
 * A line of the audit trail that says that something was changed, but of what is personal not into what. Whether evidence was read from a
 * private note cannot be told from the line, so no notes and no evidence are quoted.
 */
export function withoutPersonalRows<T extends object>(item: T): T {
  const { before, after, ...rest } = item as T & AuditItem
  if (!OPEN_KINDS.has(rest.kind)) return rest as T
  const told = (row: unknown): unknown =>
    rest.kind in KINDS ? withoutPersonal(rest.kind as KindName, row as object) : row
  return {
    ...rest,
    ...(before === undefined ? {} : { before: told(before) }),
    ...(after === undefined ? {} : { after: told(after) }),
  } as T
}

/** A line of the audit trail; what the record said only to who may read such records. */
export function quoted<T extends object>(rights: Rights, item: T): T {
  const { before: _before, after: _after, ...rest } = item as T & AuditItem & { dealId?: string }
  return quotedTo(rights, rest.kind, rest.dealId !== undefined) ? item : (rest as T)
}
