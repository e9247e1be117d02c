import type { Tx } from '../../store/tenant.ts'
import { newId } from '../../store/ids.ts'
import { accountRow } from './accounts.ts'
import { bulkInsert } from './bulk.ts'
import type { Batch } from './batch.ts'
import { plainName } from './lookup.ts'
import type { KnownAccount } from './lookup.ts'

/** Accounts that rows name and nobody knows yet: a list of deals or contacts brings its customers along. */
export class NewAccounts {
  readonly #batch: Batch
  readonly #made = new Map<string, KnownAccount>()
  constructor(batch: Batch) {
    this.#batch = batch
  }

  /** The account itself, made here where it is new. */
  settle(account: KnownAccount | { new: string } | undefined): KnownAccount | undefined {
    if (account === undefined || 'id' in account) return account
    const key = plainName(account.new)
    let made = this.#made.get(key)
    if (!made) {
      const fresh = { id: newId(), name: account.new.trim() }
      this.#made.set(key, (made = fresh))
      this.#batch.afterCommit.push(() => this.#batch.directory.accounts.add(fresh, undefined, key))
    }
    return made
  }

  get some(): boolean {
    return this.#made.size > 0
  }

  async write(tx: Tx): Promise<void> {
    await bulkInsert(
      tx,
      'account',
      [...this.#made.values()].map(({ id, name }) => accountRow(id, { name })),
    )
  }
}
