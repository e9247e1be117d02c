import { KINDS } from '@sente/api'
import type { KindName, Permission } from '@sente/api'
import { NotAllowed } from './refusal.ts'

/**
 * The one place that decides which fields of which records somebody may see, and which kinds they may write. Which deals are theirs is another
 * question (`visibility.ts`); evidence that quotes a private note is told by the note (`access/private-evidence.ts`).
 *
 * Rights ride on the transaction. Without any it is the program itself: a job, a first start, the command line on one's own machine.
 */
export type Rights = ReadonlySet<Permission> | undefined

/** What of a record may be seen: what is personal, by the deal; how to reach somebody and their id in a CRM, by the right to read the address book. */
export interface FieldRights {
  sensitive: boolean
  contacts: boolean
}

/** Of the address book, what a deal does not need to be understood. */
const CONTACTS: Readonly<Record<string, readonly string[]>> = {
  person: ['email', 'phone', 'externalId'],
  account: ['externalId'],
}
/** Of a deal's facts, what is personal: all of a kind, or these fields. */
const SPEC = KINDS as Readonly<Record<string, { sensitive?: true | readonly string[] } | undefined>>

export const readsContacts = (rights: Rights): boolean => rights?.has('accounts:read') ?? true
export const writesBook = (rights: Rights): boolean => rights?.has('accounts:write') ?? true

/** Fields of a kind that are not shown; `true`: the whole record. Whether a note is personal says the note. */
export function hiddenFields(kind: string, { sensitive, contacts }: FieldRights): true | readonly string[] {
  const personal = sensitive ? [] : (SPEC[kind]?.sensitive ?? [])
  if (personal === true) return true
  return [...personal, ...(contacts ? [] : (CONTACTS[kind] ?? []))]
}

/** The record as it may be seen; `undefined`: not at all. */
export function shown<T extends object>(kind: string, record: T, rights: FieldRights): T | undefined {
  if (!rights.sensitive && kind === 'note' && (record as { private?: boolean }).private === true) return undefined
  const hidden = hiddenFields(kind, rights)
  if (hidden === true) return undefined
  if (hidden.length === 0) return record
  return Object.fromEntries(Object.entries(record).filter(([field]) => !hidden.includes(field))) as T
}

/** A record that somebody has just written, or would have: what is personal in it is their caller's question, who knows the deal. */
export const shownTo = <T extends object>(rights: Rights, kind: string, record: T): T =>
  shown(kind, record, { sensitive: true, contacts: readsContacts(rights) })!

/** Fields among `given` that one may not see, and so not write. `true`: nothing of this kind. */
export function unwritable(kind: KindName, given: Readonly<Record<string, unknown>>): true | string[] {
  if (kind === 'note') return given['private'] === true ? ['private'] : []
  const hidden = hiddenFields(kind, { sensitive: false, contacts: true })
  return hidden === true ? true : Object.keys(given).filter((name) => hidden.includes(name))
}

/** Refuses to write the address book without the right, whichever way it is come by. Asked by everything that writes a row. */
export function checkWrites(rights: Rights, kind: string): void {
  if ((kind === 'account' || kind === 'person') && !writesBook(rights)) throw new NotAllowed(BOOK)
}

const BOOK = {
  en: 'Accounts and people are written with the right to change the address book (accounts:write).',
  zh: '修改客户和人员需要通讯录的写权限（accounts:write）。',
}

/** Of the audit trail: what rights it takes to be told what a record said. */
export function quotedTo(rights: Rights, kind: string, ofDeal: boolean): boolean {
  if (rights === undefined) return true
  if (kind === 'account' || kind === 'person') return rights.has('accounts:read')
  if (kind === 'member' || kind === 'team' || kind === 'workspace') return rights.has('members:read')
  return !ofDeal || rights.has('deals:read')
}
