import { update } from '../../store/write.ts'
import { newId } from '../../store/ids.ts'
import { bulkInsert } from './bulk.ts'
import type { BulkRow } from './bulk.ts'
import { lastOfEach } from './batch.ts'
import { faultOf } from '../files/row.ts'
import type { Batch, Importer, Prepared } from './batch.ts'
import type { ParsedRow } from '../files/row.ts'
import type { Directory } from './directory.ts'
import { plainName } from './lookup.ts'
import { matchExisting, patchFor } from './match.ts'
import type { Existing } from './match.ts'
import { LaterReferences } from './later.ts'

/** Fields of a row that are fields of the record as they are. */
const PLAIN = ['name', 'industry', 'region', 'goal', 'wonProjects', 'nextOpportunities', 'externalId'] as const

/** Rows of an account list. Without an id of the CRM, the name says which account is meant. */
export function accountImporter(): Importer {
  const later = new LaterReferences('account', 'parent_id', 'parent')
  return {
    finish: (tx, directory, dryRun) => later.finish(tx, dryRun, directory.accounts, (name) => plainName(name)),
    async prepare(batch: Batch): Promise<Prepared> {
      const { tx, directory } = batch
      const { rows, repeated } = lastOfEach(
        batch.rows,
        ({ given }) => (given['externalId'] as string | undefined) ?? plainName(String(given['name'] ?? '')),
      )
      const text = (row: ParsedRow, field: string): string | undefined => row.given[field] as string | undefined
      await directory.accounts.load(
        tx,
        rows.flatMap((row) => [text(row, 'parentExternalId') ?? []].flat()),
        rows.flatMap((row) => (text(row, 'parent') === undefined ? [] : [plainName(text(row, 'parent')!)])),
      )
      const existing = await matchExisting(
        batch,
        'account',
        rows,
        (row) => plainName(String(row.given['name'] ?? '')),
        `select k as key, a.id
         from unnest($2::text[]) k
         join account a on a.workspace_id = $1 and lower(a.name) = k`,
      )
      batch.faults.push(...existing.faults)

      const inserts: Record<string, unknown>[] = []
      const patches: { id: string; patch: Record<string, unknown> }[] = []
      const outcome = { created: 0, updated: repeated, unchanged: 0 }
      const made = new Map<string, string>()
      for (const row of rows) {
        const there = existing.of(row)
        const id = there?.id ?? newId()
        const [externalId, name] = [text(row, 'externalId'), plainName(String(row.given['name'] ?? ''))]
        if (externalId !== undefined) made.set(externalId, id)
        // A row without an id goes by its name; one with an id gives way to it.
        if (externalId === undefined || !made.has(name)) made.set(name, id)
      }
      for (const row of rows) {
        const there = existing.of(row)
        const id = made.get(text(row, 'externalId') ?? plainName(String(row.given['name'] ?? '')))!
        const given: Record<string, unknown> = Object.fromEntries(
          PLAIN.flatMap((field) => (row.given[field] === undefined ? [] : [[field, row.given[field]]])),
        )
        const owner = text(row, 'owner')
        if (owner !== undefined) {
          const member = directory.member(owner)
          if (member) given['ownerId'] = member.id
          else if (!directory.keepsNames)
            batch.faults.push(
              faultOf(row, 'owner', {
                en: `Nobody of ours is called "${owner}" or has this address.`,
                zh: `我们这边没有叫“${owner}”或用这个邮箱的成员。`,
              }),
            )
        }
        const parent = parentOf(row, directory, made)
        if (parent !== undefined && parent !== 'later') {
          if (parent === id)
            batch.faults.push(
              faultOf(row, text(row, 'parentExternalId') === undefined ? 'parent' : 'parentExternalId', {
                en: 'An account is not its own parent.',
                zh: '客户不能是自己的上级。',
              }),
            )
          else given['parentId'] = parent
        }
        if (parent === 'later')
          batch.afterCommit.push(() =>
            later.add({
              row: row.row,
              id,
              externalId: text(row, 'parentExternalId'),
              name: text(row, 'parent'),
              known: there !== undefined,
            }),
          )
        if (there) plan(there, given, patches, outcome)
        else {
          outcome.created++
          inserts.push(accountRow(id, given))
        }
        batch.afterCommit.push(() =>
          directory.accounts.add(
            { id, name: String(row.given['name']) },
            text(row, 'externalId'),
            plainName(String(row.given['name'])),
          ),
        )
      }
      return {
        outcome,
        ordered:
          existing.byName ||
          rows.some((row) => row.given['externalId'] === undefined || row.given['parent'] !== undefined),
        async write() {
          // Parents before children does not matter: references are checked when the statement ends.
          await bulkInsert(tx, 'account', inserts)
        },
        async inTurn() {
          for (const { id, patch } of patches) await update(tx, 'account', id, patch)
        },
      }
    },
  }
}

function plan(
  there: Existing,
  given: Record<string, unknown>,
  patches: { id: string; patch: Record<string, unknown> }[],
  outcome: { updated: number; unchanged: number },
): void {
  const patch = patchFor('account', there.row, given)
  if (!patch) outcome.unchanged++
  else {
    outcome.updated++
    patches.push({ id: there.id, patch })
  }
}

/** The parent, if it is known by now; `later` when it may still come. */
function parentOf(
  { given }: ParsedRow,
  { accounts }: Directory,
  made: ReadonlyMap<string, string>,
): string | 'later' | undefined {
  const [externalId, name] = [given['parentExternalId'] as string | undefined, given['parent'] as string | undefined]
  if (externalId !== undefined) return accounts.byExternalId(externalId)?.id ?? made.get(externalId) ?? 'later'
  if (name === undefined) return undefined
  const found = accounts.byExternalId(name) ?? accounts.byName(plainName(name))
  if (found !== undefined && found !== 'many') return found.id
  return made.get(name) ?? made.get(plainName(name)) ?? 'later'
}

/** The row of a new account; what it does not have stays as the table says. */
export function accountRow(id: string, given: Readonly<Record<string, unknown>>): BulkRow {
  return {
    id,
    name: given['name'],
    parent_id: given['parentId'],
    owner_id: given['ownerId'],
    industry: given['industry'],
    region: given['region'],
    goal: given['goal'] === false ? undefined : given['goal'],
    won_projects: given['wonProjects'],
    next_opportunities: given['nextOpportunities'],
    external_id: given['externalId'],
    known_none: given['goal'] === false ? ['goal'] : [],
  }
}
