import { FIELD_SCHEMAS, KIND_NAMES, recordsOf } from '@sente/api'
import type { Deal as DealRecord, FieldFault, DealWhole } from '@sente/api'
import { AccountFields, DealFields, PersonFields } from '@sente/api'
import type { Deal } from '@sente/engine'
import { newId } from './ids.ts'
import { z } from 'zod'
import { checkWrites, readsContacts, writesBook } from './field-rights.ts'
import { lockRow } from './gateway.ts'
import { insertEntries } from './entries.ts'
import { emptyRow, recordOf, specFor, withFields } from './records.ts'
import type { PatchOf, RecordKind, Row } from './records.ts'
import { refusedByDatabase } from './refused-by-database.ts'
import { InvalidInput, NotAllowed } from './refusal.ts'
import { SEARCHED, statementsFor } from './statements.ts'
import type { Tx } from './tenant.ts'
import { countDeal } from './totals.ts'
import { update } from './write.ts'

/** A record that was never written, as its row. */
export function rowFor(tx: Tx, kind: RecordKind, record: Readonly<Record<string, unknown>>): Row {
  const spec = specFor(kind)
  const { id = newId(), dealId } = record as { id?: string; dealId?: string }
  return withFields(
    spec,
    emptyRow(spec, {
      workspace_id: tx.workspaceId,
      id,
      created_by: tx.actorId ?? null,
      ...(spec.fact ? { deal_id: dealId } : {}),
    }),
    record,
  )
}

/**
 * Writes many new rows of one kind at once: the bulk path. Nothing is checked but what the tables check; deals are not counted in `deal_total`
 * (`recount`), nor are facts in their deal's version. `marks` false: no marks in the audit trail; `search` false: entries are made by a job.
 */
export async function insertRows(
  tx: Tx,
  kind: RecordKind,
  rows: readonly Row[],
  { marks, search }: { marks: boolean; search: boolean },
): Promise<void> {
  if (rows.length === 0) return
  checkWrites(tx.rights, kind)
  await tx.rows(statementsFor(kind).insertAll, [JSON.stringify(rows)], `insert_${kind}`).catch((error: unknown) => {
    throw refusedByDatabase(error, 'create', kind)
  })
  if (marks) {
    await tx.rows(
      `insert into change (workspace_id, id, change_set, actor_id, via, kind, record_id, deal_id, account_id, action)
       select $1, c.id, $2, $3, $4, $5, c.record_id, c.deal_id, c.account_id, 'create'
       from json_to_recordset($6::json) c (id uuid, record_id uuid, deal_id uuid, account_id uuid)`,
      [
        tx.workspaceId,
        tx.changeSet,
        tx.actorId ?? null,
        tx.via,
        kind,
        JSON.stringify(
          rows.map((row) => ({
            id: newId(),
            record_id: row.id,
            deal_id: kind === 'deal' ? row.id : row['deal_id'],
            account_id: kind === 'account' ? row.id : row['account_id'],
          })),
        ),
      ],
      'mark_created',
    )
  }
  if (search && SEARCHED.has(kind)) await insertEntries(tx, kind, rows)
}

export interface WholeOptions {
  /** Default: who does it. */
  ownerId?: string | undefined
  /** The account it belongs to; default: the one of that name, or a new one. */
  accountId?: string | undefined
  /** Another name than the file's. */
  name?: string | undefined
  id?: string | undefined
  externalId?: string | undefined
}

/**
 * Writes a whole deal, as a deal file says it: account, people, deal and facts in a few statements, with their marks, so that it can be undone.
 * The account and its people are found by their names where they are there already; what they do not say yet is filled in, nothing is written
 * over. Days of recording stay as they are. `dealOf` of what was written is the deal, but for what the account had to say already.
 */
export async function createWhole(
  tx: Tx,
  deal: Deal,
  { ownerId = tx.actorId, accountId, name, id, externalId }: WholeOptions = {},
): Promise<DealRecord> {
  if (ownerId === undefined)
    throw new InvalidInput([{ field: 'body.ownerId', what: { en: 'A deal needs an owner.', zh: '商机需要负责人。' } }])
  checkLooksUp(tx, deal)
  const account = accountId ?? (deal.account ? await accountNamed(tx, deal.account.name) : undefined)
  const known = account === undefined ? new Map<string, string>() : await peopleOf(tx, account)
  const taken = new Set<string>()
  // People need an account; a deal that names none gets one to keep them, without belonging to it.
  const home = account ?? (deal.account || !deal.people?.length ? undefined : newId())
  const whole = recordsOf(name === undefined ? deal : { ...deal, name }, {
    newId,
    ownerId,
    createdAt: '',
    accountId: home,
    personId: (person) => {
      const found = known.get(person.name.toLowerCase())
      if (found === undefined || taken.has(found)) return undefined
      taken.add(found)
      return found
    },
  })
  const record: Record<string, unknown> = {
    ...whole.deal,
    ...(externalId === undefined ? {} : { externalId }),
    ...(accountId === undefined ? {} : { accountId }),
  }
  if (id !== undefined) {
    for (const kind of KIND_NAMES) for (const fact of whole[kind] ?? []) fact.dealId = id
    record['id'] = id
  }
  checkMakes(tx, whole, account, taken)
  check(whole as unknown as Record<string, unknown>, record)

  await writeAccount(tx, whole, account, home)
  await writePeople(tx, whole, taken)
  await insertRows(tx, 'deal', [rowFor(tx, 'deal', record)], MARKED)
  for (const kind of KIND_NAMES)
    await insertRows(
      tx,
      kind,
      ((whole[kind] ?? []) as unknown as Record<string, unknown>[]).map((fact) => rowFor(tx, kind, fact)),
      MARKED,
    )

  const row = await lockRow(tx, 'deal', record['id'] as string)
  await countDeal(tx, null, row)
  tx.events.push({
    workspaceId: tx.workspaceId,
    dealId: row.id,
    kind: 'deal',
    id: row.id,
    version: row.version,
    action: 'create',
    ...(tx.actorId === undefined ? {} : { actorId: tx.actorId }),
  })
  return recordOf('deal', row)
}

/** `account` is there already; `home` keeps the people of a deal that names none. */
async function writeAccount(
  tx: Tx,
  whole: DealWhole,
  account: string | undefined,
  home: string | undefined,
): Promise<void> {
  if (whole.account && account === undefined)
    await insertRows(tx, 'account', [rowFor(tx, 'account', whole.account as never)], MARKED)
  else if (whole.account && account !== undefined) await fill(tx, 'account', account, whole.account)
  else if (home !== account && home !== undefined)
    await insertRows(tx, 'account', [rowFor(tx, 'account', { id: home, name: whole.deal.name })], MARKED)
}

/** Those in `taken` are there already. */
async function writePeople(tx: Tx, whole: DealWhole, taken: ReadonlySet<string>): Promise<void> {
  const people = (whole.people ?? []) as unknown as Record<string, unknown>[]
  await insertRows(
    tx,
    'person',
    people.filter((person) => !taken.has(person['id'] as string)).map((person) => rowFor(tx, 'person', person)),
    MARKED,
  )
  for (const person of people)
    if (taken.has(person['id'] as string)) await fill(tx, 'person', person['id'] as string, person)
}

const MARKED = { marks: true, search: true }

/** The account of a name, the oldest where there are several. */
export async function accountNamed(tx: Tx, name: string): Promise<string | undefined> {
  const [found] = await tx.rows<{ id: string }>(
    `select id
     from account
     where workspace_id = $1 and lower(name) = lower($2)
     order by id
     limit 1`,
    [tx.workspaceId, name],
  )
  return found?.id
}

async function peopleOf(tx: Tx, accountId: string): Promise<Map<string, string>> {
  const rows = await tx.rows<{ id: string; name: string }>(
    'select id, name from person where workspace_id = $1 and account_id = $2 order by id desc',
    [tx.workspaceId, accountId],
  )
  return new Map(rows.map((row) => [row.name.toLowerCase(), row.id]))
}

/** Says what a record did not say yet, where the caller may. */
async function fill(tx: Tx, kind: 'account' | 'person', id: string, given: object): Promise<void> {
  if (!writesBook(tx.rights)) return
  const now = recordOf(kind, await lockRow(tx, kind, id)) as Record<string, unknown>
  const patch = Object.fromEntries(
    Object.entries(given).filter(([field]) => specFor(kind).fields.has(field) && now[field] === undefined),
  )
  if (Object.keys(patch).length > 0) await update(tx, kind, id, patch as PatchOf<typeof kind>)
}

/** Whom a name means is looked up in the address book. */
function checkLooksUp(tx: Tx, deal: Deal): void {
  if (readsContacts(tx.rights) || (!deal.account && !deal.people?.length)) return
  throw new NotAllowed({
    en: 'The file names an account or people; to find them it takes the right to read the address book (accounts:read).',
    zh: '文件里有客户或人员，查找他们需要通讯录的读权限（accounts:read）。',
  })
}

/** Of the account and people that the file names, those that would have to be made first. */
function checkMakes(
  tx: Tx,
  { account, people = [] }: DealWhole,
  known: string | undefined,
  taken: ReadonlySet<string>,
): void {
  if (writesBook(tx.rights)) return
  const made = [
    ...(account && known === undefined ? [{ field: 'account', name: account.name }] : []),
    ...people.flatMap(({ id, name }, i) => (taken.has(id) ? [] : [{ field: `people[${i}]`, name }])),
  ]
  if (made.length === 0) return
  throw new NotAllowed(
    {
      en: 'The file names somebody who is not in the address book yet; to put them there takes accounts:write.',
      zh: '文件里有通讯录中还没有的客户或人员，新建他们需要写权限（accounts:write）。',
    },
    made.slice(0, 50).map(({ field, name }) => ({
      field: `body.text.${field}`,
      what: { en: `Not in the address book: ${name}`, zh: `通讯录里没有：${name}` },
    })),
  )
}

const SHAPES: Readonly<Record<string, z.ZodType>> = {
  account: z.object(AccountFields),
  people: z.object(PersonFields),
  deal: z.object(DealFields),
  ...Object.fromEntries(KIND_NAMES.map((kind) => [kind, z.object(FIELD_SCHEMAS[kind])])),
}

/** A deal file knows fewer limits than the API: what would not come back out is not let in. */
function check(whole: Record<string, unknown>, deal: Record<string, unknown>): void {
  const faults: FieldFault[] = []
  for (const [part, shape] of Object.entries(SHAPES)) {
    const value = part === 'deal' ? deal : whole[part]
    for (const [i, record] of [value ?? []].flat().entries()) {
      const result = shape.safeParse(record)
      for (const issue of result.error?.issues ?? [])
        faults.push({
          field: `body.${part}${Array.isArray(value) ? `[${i}]` : ''}.${issue.path.join('.')}`,
          what: { en: issue.message, zh: `不符合要求：${issue.message}` },
        })
    }
  }
  if (faults.length > 0) throw new InvalidInput(faults.slice(0, 50))
}
