import type { Tx } from '../../store/tenant.ts'
import { canonicalId, formsOf, plainName, spellings } from '../intake/identity.ts'
import { textList } from './bulk.ts'

export { plainName }

/** Beyond so many entries everything is forgotten and asked for again: a run's memory does not grow with the workspace. */
const MOST = 300_000

/** What is known under a name: one record, several, or none. */
export type Named<T> = T | 'many' | undefined

interface Sources<T> {
  /** $1 workspace, $2 ids in the CRM. Answers `key` and the columns of T. */
  byExternalId: string
  /** $1 workspace, $2 names in lower case (or keys made of them). Answers `key` and the columns of T. */
  byName: string
  keyOf: (row: T & { key: string }) => string
}

/** Records that rows refer to, by their id in the CRM and by name: asked for in lots, remembered for the run. */
export class Lookup<T extends { id: string }> {
  readonly #sources: Sources<T>
  readonly #byExternalId = new Map<string, T | null>()
  readonly #byName = new Map<string, T | 'many' | null>()
  constructor(sources: Sources<T>) {
    this.#sources = sources
  }

  /** Makes sure that these are known. */
  async load(tx: Tx, externalIds: Iterable<string>, names: Iterable<string>): Promise<void> {
    if (this.#byExternalId.size > MOST) this.#byExternalId.clear()
    if (this.#byName.size > MOST) this.#byName.clear()
    const ids = [...new Set([...externalIds].map(canonicalId))].filter((id) => !this.#byExternalId.has(id))
    if (ids.length > 0) {
      const rows = await tx.rows<T & { key: string }>(
        this.#sources.byExternalId,
        [tx.workspaceId, textList(ids.flatMap(formsOf))],
        'import_by_id',
      )
      // Not before the answer: another batch may be asking meanwhile.
      for (const id of ids) if (!this.#byExternalId.has(id)) this.#byExternalId.set(id, null)
      for (const row of rows) this.#byExternalId.set(canonicalId(row.key), row)
    }
    const wanted = [...new Set(names)].filter((name) => !this.#byName.has(name))
    if (wanted.length > 0) {
      const rows = await tx.rows<T & { key: string }>(this.#sources.byName, [
        tx.workspaceId,
        textList(wanted.flatMap(spellings)),
      ])
      for (const name of wanted) if (!this.#byName.has(name)) this.#byName.set(name, null)
      for (const row of rows) this.#name(this.#sources.keyOf(row), row)
    }
  }

  #name(key: string, row: T): void {
    const there = this.#byName.get(key)
    this.#byName.set(key, there && (there === 'many' || there.id !== row.id) ? 'many' : row)
  }

  byExternalId(id: string): T | undefined {
    return this.#byExternalId.get(canonicalId(id)) ?? undefined
  }

  byName(name: string): Named<T> {
    return this.#byName.get(name) ?? undefined
  }

  /** Remembers what a batch has made, once it is committed. */
  add(row: T, externalId: string | undefined, name: string | undefined): void {
    if (externalId !== undefined) this.#byExternalId.set(canonicalId(externalId), row)
    if (name !== undefined) this.#name(name, row)
  }

  /** After a batch that was not written, in case it was about these. */
  forget(): void {
    this.#byExternalId.clear()
    this.#byName.clear()
  }
}

export interface KnownAccount {
  id: string
  name: string
}
export interface KnownPerson {
  id: string
  account_id: string
  name: string
}
export interface KnownDeal {
  id: string
  owner_id: string
  account_id: string | null
  name: string
}
export interface KnownMember {
  id: string
  email: string
  name: string
  /** Is here and may write deals. */
  works: boolean
}

/** A person's name counts within their account. */
export const personKey = (accountId: string, name: string): string => `${accountId} ${plainName(name)}`

export const accountLookup = (): Lookup<KnownAccount> =>
  new Lookup<KnownAccount>({
    byExternalId: `select external_id as key, id, name
       from account
       where workspace_id = $1 and external_id = any($2::text[])`,
    byName: `select lower(name) as key, id, name
       from account
       where workspace_id = $1 and lower(name) = any($2::text[])`,
    keyOf: ({ name }) => plainName(name),
  })

export const personLookup = (): Lookup<KnownPerson> =>
  new Lookup<KnownPerson>({
    byExternalId: `select external_id as key, id, account_id, name
       from person
       where workspace_id = $1 and external_id = any($2::text[])`,
    byName: `select '' as key, p.id, p.account_id, p.name
      from unnest($2::text[]) k
      join person p on p.workspace_id = $1
        and p.account_id = split_part(k, ' ', 1)::uuid
        and lower(p.name) = substr(k, 38)`,
    keyOf: ({ account_id, name }) => personKey(account_id, name),
  })

export const dealLookup = (): Lookup<KnownDeal> =>
  new Lookup<KnownDeal>({
    byExternalId: `select external_id as key, id, owner_id, account_id, name
       from deal
       where workspace_id = $1 and external_id = any($2::text[])`,
    byName: `select lower(name) as key, id, owner_id, account_id, name
       from deal
       where workspace_id = $1 and lower(name) = any($2::text[])`,
    keyOf: ({ name }) => plainName(name),
  })
