import { camel } from '../../store/records.ts'
import { InvalidInput } from '../../store/refusal.ts'
import type { Tx } from '../../store/tenant.ts'
import { update } from '../../store/write.ts'
import type { Lookup } from './lookup.ts'
import type { RowFault } from '../files/problem.ts'

interface Later {
  row: number
  id: string
  externalId: string | undefined
  name: string | undefined
  /** It was there before this run: what is changed of it leaves a mark. */
  known?: boolean
}

/** References to rows of the same list that come later: set at the end of the run, when all are there. */
export class LaterReferences {
  #waiting: Later[] = []
  readonly #table: 'account' | 'person'
  readonly #column: 'parent_id' | 'reports_to'
  readonly #field: string
  constructor(table: 'account' | 'person', column: 'parent_id' | 'reports_to', field: string) {
    this.#table = table
    this.#column = column
    this.#field = field
  }

  add(later: Later): void {
    this.#waiting.push(later)
  }

  /** Sets what can be set. Answers faults for rows whose reference never came: they are in the database without it. */
  async finish<T extends { id: string }>(
    tx: Tx,
    dryRun: boolean,
    lookup: Lookup<T>,
    keyOf: (name: string, later: Later) => string,
    found?: (later: Later, to: string) => void,
  ): Promise<RowFault[]> {
    const faults: RowFault[] = []
    const pairs: { id: string; to: string }[] = []
    const changes: { later: Later; to: string }[] = []
    await lookup.load(
      tx,
      this.#waiting.flatMap(({ externalId }) => externalId ?? []),
      this.#waiting.flatMap((later) => (later.name === undefined ? [] : [keyOf(later.name, later)])),
    )
    for (const later of this.#waiting) {
      const target =
        (later.externalId === undefined ? undefined : lookup.byExternalId(later.externalId)) ??
        (later.name === undefined ? undefined : lookup.byName(keyOf(later.name, later)))
      if (target !== undefined && target !== 'many' && target.id !== later.id) {
        if (later.known === true) changes.push({ later, to: target.id })
        else {
          pairs.push({ id: later.id, to: target.id })
          found?.(later, target.id)
        }
        continue
      }
      const value = later.externalId ?? later.name ?? ''
      faults.push({
        row: later.row,
        field: later.externalId === undefined ? this.#field : `${this.#field}ExternalId`,
        value,
        what: {
          en: `"${value}" is neither in this list nor in the database${dryRun ? '' : '; the row was taken without it'}.`,
          zh: `“${value}”既不在这个列表中，也不在库里${dryRun ? '' : '，该行已导入但没有这个关系'}。`,
        },
      })
    }
    if (!dryRun && pairs.length > 0) {
      await tx.rows(
        `update "${this.#table}" t
         set ${this.#column} = p.to
         from json_to_recordset($2::json) p (id uuid, "to" uuid)
         where t.workspace_id = $1 and t.id = p.id and t.${this.#column} is distinct from p.to`,
        [tx.workspaceId, JSON.stringify(pairs)],
      )
    }
    if (!dryRun) for (const { later, to } of changes) faults.push(...(await this.#change(tx, later, to)))
    return faults
  }

  async #change(tx: Tx, { row, id }: Later, to: string): Promise<RowFault[]> {
    try {
      await update(tx, this.#table, id, { [camel(this.#column)]: to })
      return []
    } catch (error) {
      if (error instanceof InvalidInput) return error.faults.map(({ what }) => ({ row, field: this.#field, what }))
      throw error
    }
  }
}
