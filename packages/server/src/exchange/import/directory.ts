import { nearestOf } from '@sente/engine'
import { accessToAll, NO_ACCESS, visibilityOf } from '../../store/visibility.ts'
import type { Access, Visibility, Viewer } from '../../store/visibility.ts'
import type { Tx } from '../../store/tenant.ts'
import { faultOf } from '../files/row.ts'
import type { ParsedRow } from '../files/row.ts'
import { accountLookup, dealLookup, personLookup, plainName } from './lookup.ts'
import type { KnownAccount, KnownMember } from './lookup.ts'
import { ImportProblem } from '../files/problem.ts'
import type { RowFault } from '../files/problem.ts'

export const NOT_TO_GIVE = {
  en: 'Only its owner, their manager or an administrator may give this deal to somebody else.',
  zh: '只有负责人、其主管或管理员可以更换这个商机的负责人。',
}

const NO_LONGER = {
  en: 'The right to this import was taken away while it ran. What was written until then stays; the rest was not written.',
  zh: '导入过程中，导入者失去了相应权限。之前写入的内容保留，其余未写入。',
}

/** Where what is worth a note goes, and what is remembered once the batch is committed. */
interface Noting {
  notes: RowFault[]
  afterCommit: (() => void)[]
}

/** As whom a run writes. */
export interface ImportRights {
  viewer: Viewer
  /** May make members and teams, share deals of others and set up the workspace. */
  administers: boolean
}

/** What rows may refer to, for one run: accounts, people, deals and members of ours, and which deals the importer may write. */
export class Directory {
  readonly accounts = accountLookup()
  readonly people = personLookup()
  readonly deals = dealLookup()
  #rights: ImportRights
  readonly #rightsNow: ((tx: Tx) => Promise<ImportRights | undefined>) | undefined
  #members: Map<string, KnownMember> | undefined
  readonly #coming = new Map<string, KnownMember>()
  #visibility: Visibility | undefined
  readonly #access = new Map<string, Pick<Access, 'write' | 'sensitive'>>()
  readonly #new = new Map<string, boolean>()
  #looking = false
  #lenient: { defaultOwner: string | undefined; said: Set<string> } | undefined
  /** `rightsNow` answers what became of the rights meanwhile; without it they last as long as the run. */
  constructor(rights: ImportRights, rightsNow?: (tx: Tx) => Promise<ImportRights | undefined>) {
    this.#rights = rights
    this.#rightsNow = rightsNow
  }

  /** Owners whom nobody of ours is called are no faults: what they owned goes to a default owner, and is said once for each name. */
  keepNames(defaultOwner: string | undefined): void {
    this.#lenient = { defaultOwner, said: new Set() }
  }

  get keepsNames(): boolean {
    return this.#lenient !== undefined
  }

  get viewer(): Viewer {
    return this.#rights.viewer
  }

  get administers(): boolean {
    return this.#rights.administers
  }

  /** Looked up for each batch: a run may last for hours, and its rights end when they are taken away. Throws `ImportProblem` when they are gone. */
  async open(tx: Tx): Promise<void> {
    const rights = this.#rightsNow ? await this.#rightsNow(tx) : this.#rights
    if (!rights) throw new ImportProblem(NO_LONGER)
    this.#rights = rights
    const rows = await tx.rows<KnownMember>(
      `select id, email, name, disabled_at is null and role <> 'viewer' as works
       from member
       where workspace_id = $1
       order by disabled_at is null, created_at`,
      [tx.workspaceId],
    )
    this.#members = new Map(
      rows.flatMap((member) => [
        [plainName(member.name), member],
        [member.email, member],
        [member.id, member],
      ]),
    )
    this.#visibility = await visibilityOf(tx, this.viewer)
  }

  /** Forgets what a batch that was not committed may have added. */
  forget(): void {
    this.accounts.forget()
    this.people.forget()
    this.deals.forget()
  }

  /**
   * Nothing in this table had an id of the CRM when the run first asked: its rows need not be looked for. Where one is there all the same, from an
   * earlier batch or from somebody else, the database refuses it, and `lookAgain` is called.
   */
  async isNew(tx: Tx, table: string): Promise<boolean> {
    if (this.#looking) return false
    let answer = this.#new.get(table)
    if (answer === undefined) {
      const [row] = await tx.rows<{ some: boolean }>(
        `select exists (select from "${table}" where workspace_id = $1 and external_id is not null) as some`,
        [tx.workspaceId],
      )
      this.#new.set(table, (answer = !row!.some))
    }
    return answer
  }

  /** Something may not be looked for. */
  get trusting(): boolean {
    return !this.#looking
  }

  /** From now on everything is looked for. */
  lookAgain(): void {
    this.#looking = true
  }

  /** The member of ours a row names; the owner of a row that names none is who imports. `past`: also one who has gone or only looks. */
  owner(row: ParsedRow, faults: RowFault[], { past = false, batch }: { past?: boolean; batch?: Noting } = {}): string {
    const field = 'owner'
    const name = row.given[field]
    if (name === undefined) return this.#defaultOwner(row, faults)
    const member = this.member(String(name))
    if (this.#lenient && batch && (!member || (!past && !member.works)))
      return this.#kept(row, faults, batch, String(name))
    if (!member) {
      faults.push(
        faultOf(
          row,
          field,
          {
            en: `Nobody of ours is called "${String(name)}" or has this address.`,
            zh: `我们这边没有叫“${String(name)}”或用这个邮箱的成员。`,
          },
          nearestOf(plainName(String(name)), this.#members!.keys()),
        ),
      )
      return this.viewer.memberId
    }
    if (!past && !member.works) {
      faults.push(
        faultOf(row, field, {
          en: `${member.name} has gone or may not write deals: name another owner.`,
          zh: `${member.name} 已停用或无权修改商机，请换一个负责人。`,
        }),
      )
      return this.viewer.memberId
    }
    const visibility = this.#visibility!
    if (visibility.all || visibility.owners.includes(member.id)) return member.id
    faults.push(
      faultOf(row, field, {
        en: `You may import deals of your own or your teams’ only, not of ${member.name}.`,
        zh: `只能导入自己或所在团队的商机，不能导入 ${member.name} 的。`,
      }),
    )
    return this.viewer.memberId
  }

  /** Who owns what nobody of ours owns: as said, else who imports. */
  #defaultOwner(row: ParsedRow, faults: RowFault[]): string {
    const named = this.#lenient?.defaultOwner
    if (named === undefined) return this.viewer.memberId
    const member = this.member(named)
    const visibility = this.#visibility!
    if (member?.works && (visibility.all || visibility.owners.includes(member.id))) return member.id
    faults.push({
      row: row.row,
      field: 'owner',
      value: named,
      what: {
        en: `The default owner "${named}" is nobody of ours, has gone, or may not be given deals by you.`,
        zh: `默认负责人“${named}”不是我们的成员、已停用，或你无权把商机交给他。`,
      },
    })
    return this.viewer.memberId
  }

  #kept(row: ParsedRow, faults: RowFault[], { notes, afterCommit }: Noting, name: string): string {
    const id = this.#defaultOwner(row, faults)
    const { said } = this.#lenient!
    if (!said.has(name) && !notes.some(({ field, value }) => field === 'owner' && value === name)) {
      const to = [...this.#members!.values()].find((member) => member.id === id)?.name ?? ''
      notes.push({
        row: row.row,
        field: 'owner',
        value: name,
        note: true,
        what: {
          en: `"${name}" is nobody who works here now: what they owned goes to ${to} (say --owner to name another).`,
          zh: `“${name}”不是现任成员：其商机交给 ${to}（可用 --owner 另行指定）。`,
        },
      })
      afterCommit.push(() => said.add(name))
    }
    return id
  }

  /** A share gives the right to write a deal, not to give it to somebody else. */
  mayPassOn(ownerId: string): boolean {
    return this.#visibility!.all || this.#visibility!.owners.includes(ownerId)
  }

  /** Names of members without rights in the question: for owners of accounts. */
  member(name: string): KnownMember | undefined {
    return this.#coming.get(plainName(name)) ?? this.#members!.get(plainName(name))
  }

  /** A batch begins, or begins anew: what an earlier attempt would have made is not there. */
  begin(): void {
    this.#coming.clear()
  }

  /** A member that this batch makes. */
  addMember(member: KnownMember): void {
    for (const key of [plainName(member.name), member.email, member.id]) this.#coming.set(key, member)
  }

  /** The batch is committed. */
  keepMembers(): void {
    for (const [key, member] of this.#coming) this.#members!.set(key, member)
  }

  get seesAll(): boolean {
    return this.#visibility!.all
  }

  /** Loads what may be done with these deals. */
  async loadAccess(tx: Tx, dealIds: Iterable<string>): Promise<void> {
    if (this.#visibility!.all) return
    const ids = [...new Set(dealIds)]
    if (ids.length === 0) return
    const access = await accessToAll(tx, this.viewer, ids)
    if (this.#access.size > 300_000) this.#access.clear()
    for (const id of ids) this.#access.set(id, access.get(id) ?? NO_ACCESS)
  }

  mayWrite(dealId: string): boolean {
    return this.#visibility!.all ? this.viewer.write : (this.#access.get(dealId)?.write ?? false)
  }

  /** May what is personal in this deal be seen, and so be written? */
  maySeePersonal(dealId: string): boolean {
    return this.#visibility!.all ? this.viewer.sensitive : (this.#access.get(dealId)?.sensitive ?? false)
  }

  /** A deal of the importer's own, which this batch makes. */
  allowWriting(dealId: string): void {
    this.#access.set(dealId, { write: this.viewer.write, sensitive: this.viewer.sensitive })
  }

  /** The account a row belongs to. By id it must be there; by name it may be `new`. */
  account(
    row: ParsedRow,
    faults: RowFault[],
    batchOwn?: (externalId: string) => KnownAccount | undefined,
  ): KnownAccount | { new: string } | undefined {
    const [externalId, name] = [
      row.given['accountExternalId'] as string | undefined,
      row.given['account'] as string | undefined,
    ]
    if (externalId !== undefined) {
      const found = this.accounts.byExternalId(externalId) ?? batchOwn?.(externalId)
      if (found) return found
      if (name === undefined) {
        faults.push(
          faultOf(row, 'accountExternalId', {
            en: `No account has the id "${externalId}". Import the accounts first.`,
            zh: `没有编号为“${externalId}”的客户。请先导入客户。`,
          }),
        )
        return undefined
      }
    }
    if (name === undefined) return undefined
    const byId = externalId === undefined ? this.accounts.byExternalId(name) : undefined
    if (byId) return byId
    const found = this.accounts.byName(plainName(name))
    if (found === 'many') {
      faults.push(
        faultOf(row, 'account', {
          en: `Several accounts are called "${name}": refer to it by its id.`,
          zh: `有多个客户叫“${name}”，请用编号引用。`,
        }),
      )
      return undefined
    }
    return found ?? { new: name }
  }
}
