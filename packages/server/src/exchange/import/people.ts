import { update } from '../../store/write.ts'
import { newId } from '../../store/ids.ts'
import { along, bulkInsert } from './bulk.ts'
import type { BulkRow } from './bulk.ts'
import { lastOfEach } from './batch.ts'
import { faultOf } from '../files/row.ts'
import type { Batch, Importer, Prepared } from './batch.ts'
import type { ParsedRow } from '../files/row.ts'
import { cutCircles } from './circles.ts'
import type { ReportingLines } from './circles.ts'
import { LaterReferences } from './later.ts'
import { personKey, plainName } from './lookup.ts'
import { matchExisting, patchFor } from './match.ts'
import { NewAccounts } from './new-accounts.ts'

const PLAIN = ['name', 'title', 'local', 'email', 'phone', 'leftOn', 'externalId'] as const
const BY_NAME = `select k as key, p.id
  from unnest($2::text[]) k
  join person p on p.workspace_id = $1
    and p.account_id = split_part(k, ' ', 1)::uuid
    and lower(p.name) = substr(k, 38)`

/** Rows of a contact list. Without an id of the CRM, account and name say who is meant. */
export function peopleImporter(): Importer {
  const later = new LaterReferences('person', 'reports_to', 'reportsTo')
  const accountOf = new Map<string, string>()
  /** Who was said to report to whom in this run. */
  const lines: ReportingLines = new Map()
  return {
    async finish(tx, directory, dryRun) {
      const faults = await later.finish(
        tx,
        dryRun,
        directory.people,
        (name, { id }) => personKey(accountOf.get(id)!, name),
        ({ id, row }, boss) => lines.set(id, { boss, row }),
      )
      return dryRun ? faults : [...faults, ...(await cutCircles(tx, lines))]
    },
    async prepare(batch: Batch): Promise<Prepared> {
      const { tx, directory } = batch
      const text = (row: ParsedRow, field: string): string | undefined => row.given[field] as string | undefined
      await directory.accounts.load(
        tx,
        batch.rows.flatMap((row) => [text(row, 'accountExternalId') ?? [], text(row, 'account') ?? []].flat()),
        batch.rows.flatMap((row) => (text(row, 'account') === undefined ? [] : [plainName(text(row, 'account')!)])),
      )
      const fresh = new NewAccounts(batch)
      const accounts = new Map<ParsedRow, string>()
      for (const row of batch.rows) {
        if (text(row, 'account') === undefined && text(row, 'accountExternalId') === undefined)
          batch.faults.push(
            faultOf(row, 'account', {
              en: 'A person needs an account, by name or by its id.',
              zh: '人员需要所属客户（名称或编号）。',
            }),
          )
        const account = fresh.settle(directory.account(row, batch.faults))
        if (account) accounts.set(row, account.id)
      }
      const keyOf = (row: ParsedRow): string | undefined =>
        accounts.has(row) && row.given['name'] !== undefined
          ? personKey(accounts.get(row)!, String(row.given['name']))
          : undefined
      const { rows, repeated } = lastOfEach(
        batch.rows.filter((row) => accounts.has(row)),
        (row) => text(row, 'externalId') ?? keyOf(row),
      )
      const bosses = rows.flatMap((row) =>
        typeof row.given['reportsTo'] === 'string' ? [personKey(accounts.get(row)!, row.given['reportsTo'])] : [],
      )
      await directory.people.load(
        tx,
        rows.flatMap((row) =>
          [
            text(row, 'reportsToExternalId') ?? [],
            typeof row.given['reportsTo'] === 'string' ? row.given['reportsTo'] : [],
          ].flat(),
        ),
        bosses,
      )
      const existing = await matchExisting(batch, 'person', rows, keyOf, BY_NAME)
      batch.faults.push(...existing.faults)

      const outcome = { created: 0, updated: repeated, unchanged: 0 }
      const inserts: Record<string, unknown>[] = []
      const patches: { id: string; patch: Record<string, unknown> }[] = []
      const ids = new Map(rows.map((row) => [row, existing.of(row)?.id ?? newId()]))
      const made = new Map(
        rows.flatMap((row): [string, string][] => [
          ...(text(row, 'externalId') === undefined
            ? []
            : [[text(row, 'externalId')!, ids.get(row)!] as [string, string]]),
          [keyOf(row)!, ids.get(row)!],
        ]),
      )
      for (const row of rows) {
        const [id, accountId, there] = [ids.get(row)!, accounts.get(row)!, existing.of(row)]
        const given: Record<string, unknown> = {
          accountId,
          ...Object.fromEntries(
            PLAIN.flatMap((field) => (row.given[field] === undefined ? [] : [[field, row.given[field]]])),
          ),
        }
        const [byId, byName] = [text(row, 'reportsToExternalId'), row.given['reportsTo'] as string | false | undefined]
        if (byName === false && byId === undefined) given['reportsTo'] = false
        else if (byId !== undefined || byName !== undefined) {
          const boss = superiorOf(directory.people, made, accountId, byId, byName === false ? undefined : byName)
          if (boss === undefined)
            batch.afterCommit.push(() =>
              later.add({
                row: row.row,
                id,
                externalId: byId,
                name: typeof byName === 'string' ? byName : undefined,
                known: there !== undefined,
              }),
            )
          else if (boss === id)
            batch.faults.push(
              faultOf(row, byId === undefined ? 'reportsTo' : 'reportsToExternalId', {
                en: 'Nobody reports to themselves.',
                zh: '人不能向自己汇报。',
              }),
            )
          else {
            given['reportsTo'] = boss
            batch.afterCommit.push(() => lines.set(id, { boss, row: row.row }))
          }
          batch.afterCommit.push(() => accountOf.set(id, accountId))
        }
        if (there) {
          const patch = patchFor('person', there.row, given)
          if (patch) patches.push({ id, patch })
          outcome[patch ? 'updated' : 'unchanged']++
        } else {
          outcome.created++
          inserts.push(personRow(id, given))
        }
        const known = { id, account_id: accountId, name: String(row.given['name']) }
        batch.afterCommit.push(() => directory.people.add(known, text(row, 'externalId'), keyOf(row)))
      }
      return {
        outcome,
        ordered:
          fresh.some ||
          existing.byName ||
          rows.some((row) => row.given['externalId'] === undefined || typeof row.given['reportsTo'] === 'string'),
        async write() {
          await fresh.write(tx)
          await bulkInsert(tx, 'person', along('account_id', inserts))
        },
        async inTurn() {
          for (const { id, patch } of patches) await update(tx, 'person', id, patch)
        },
      }
    },
  }
}

/** Who is meant as the superior: somebody who is there, or who comes in with this batch (`made`, by id of the CRM or by account and name). */
function superiorOf(
  people: Batch['directory']['people'],
  made: ReadonlyMap<string, string>,
  accountId: string,
  byId: string | undefined,
  byName: string | undefined,
): string | undefined {
  const first = byId === undefined ? undefined : (people.byExternalId(byId)?.id ?? made.get(byId))
  if (first !== undefined || byName === undefined) return first
  const key = personKey(accountId, byName)
  const named = people.byName(key)
  return people.byExternalId(byName)?.id ?? (named !== undefined && named !== 'many' ? named.id : made.get(key))
}

export function personRow(id: string, given: Readonly<Record<string, unknown>>): BulkRow {
  return {
    id,
    account_id: given['accountId'],
    name: given['name'],
    title: given['title'],
    reports_to: given['reportsTo'] === false ? undefined : given['reportsTo'],
    local: given['local'],
    email: given['email'],
    phone: given['phone'],
    left_on: given['leftOn'],
    external_id: given['externalId'],
    known_none: given['reportsTo'] === false ? ['reports_to'] : [],
  }
}
