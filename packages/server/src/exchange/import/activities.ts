import { outdate } from '../../store/outdate.ts'
import { update } from '../../store/write.ts'
import { newId } from '../../store/ids.ts'
import { along, bulkInsert, textList } from './bulk.ts'
import type { BulkRow } from './bulk.ts'
import { lastOfEach, UNDER_WAY } from './batch.ts'
import { faultOf } from '../files/row.ts'
import type { Batch, Importer, Prepared } from './batch.ts'
import type { ParsedRow } from '../files/row.ts'
import { personKey, plainName } from './lookup.ts'
import type { KnownDeal } from './lookup.ts'
import { matchExisting, patchFor } from './match.ts'
import type { Existing } from './match.ts'
import { personRow } from './people.ts'

/** Words beyond this are a note of their own, which the reader looks through; shorter ones stay with the touch. */
const LONG = 200
const KEY = (deal: string, on: unknown, words: unknown): string =>
  `${deal} ${String(on)} ${beginning(String(words ?? ''))}`
/** 200 characters as PostgreSQL counts them. */
const beginning = (words: string): string =>
  words.length <= 200 ? words : Array.from(words.slice(0, 400)).slice(0, 200).join('')
const TOUCH_BY_KEY = `select k as key, t.id
  from unnest($2::text[]) k
  join touch t on t.workspace_id = $1
    and t.deal_id = left(k, 36)::uuid
    and t."on" = substr(k, 38, 10)::date
    and left(coalesce(t.play, t.what, ''), 200) = substr(k, 49)`
const NOTE_BY_KEY = `select k as key, n.id
  from unnest($2::text[]) k
  join note n on n.workspace_id = $1
    and n.deal_id = left(k, 36)::uuid
    and n."on" = substr(k, 38, 10)::date
    and left(n.text, 200) = substr(k, 49)`
const JOIN = `insert into stakeholder (workspace_id, deal_id, id, person_id, key, created_by)
  select $1::uuid, s.deal_id, s.id, s.person_id, s.key, $2::uuid
  from unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::text[]) s (deal_id, id, person_id, key)
  on conflict (workspace_id, deal_id, person_id) do nothing`

/** Rows of an activity list: touches, and notes where much was written. Whom they name joins the people of the deal. */
export function activityImporter(): Importer {
  /** Who is known to be among the people of a deal already; forgotten when it grows. */
  let joined = new Pairs()
  /** Whom the batches under way are about to add: two that add the same would wait for each other. */
  let joiningNow: Pairs[] = []
  return {
    async prepare(batch: Batch): Promise<Prepared> {
      const { tx, directory } = batch
      const text = (row: ParsedRow, field: string): string | undefined => row.given[field] as string | undefined
      await directory.deals.load(
        tx,
        batch.rows.flatMap((row) => [text(row, 'dealExternalId') ?? [], text(row, 'deal') ?? []].flat()),
        batch.rows.flatMap((row) => (text(row, 'deal') === undefined ? [] : [plainName(text(row, 'deal')!)])),
      )
      const deals = new Map<ParsedRow, KnownDeal>()
      for (const row of batch.rows) {
        const deal = dealOf(row, batch)
        if (deal) deals.set(row, deal)
      }
      await directory.loadAccess(
        tx,
        [...deals.values()].map(({ id }) => id),
      )
      for (const [row, deal] of deals) {
        if (directory.mayWrite(deal.id)) continue
        batch.faults.push(noDeal(row))
        deals.delete(row)
      }
      const contacts = await namedContacts(batch, deals)
      const rows = batch.rows.filter((row) => deals.has(row)).map((row) => split(row, deals.get(row)!))
      const touches = lastOfEach(
        rows.flatMap(({ touch }) => touch ?? []),
        (row) => (row.given['externalId'] as string | undefined) ?? (row.given['key'] as string),
      )
      const notes = lastOfEach(
        rows.flatMap(({ note }) => note ?? []),
        (row) => (row.given['externalId'] as string | undefined) ?? (row.given['key'] as string),
      )
      const key = (row: ParsedRow): string => row.given['key'] as string
      const oldTouches = await matchExisting(batch, 'touch', touches.rows, key, TOUCH_BY_KEY)
      const oldNotes = await matchExisting(batch, 'note', notes.rows, key, NOTE_BY_KEY)
      await checkPlaces(batch, [
        ...touches.rows.map((row) => ({ row, there: oldTouches.of(row) })),
        ...notes.rows.map((row) => ({ row, there: oldNotes.of(row) })),
      ])

      const outcome = { created: 0, updated: touches.repeated, unchanged: 0 }
      const inserts: Record<'touch' | 'note', Record<string, unknown>[]> = { touch: [], note: [] }
      const patches: { kind: 'touch' | 'note'; id: string; patch: Record<string, unknown> }[] = []
      const changed = new Set<string>()
      const seen = new Map<number, 'created' | 'updated' | 'unchanged'>()
      const settle = (kind: 'touch' | 'note', row: ParsedRow, existing: ReturnType<typeof oldTouches.of>): void => {
        const { key: _, dealId, ...given } = row.given
        const fact = kind === 'touch' ? { ...given, with: contacts.get(row.row) ?? [] } : given
        // A note that was made private since stays as it is for who may not see it.
        const hidden = existing?.row['private'] === true && !directory.maySeePersonal(existing.row['deal_id'] as string)
        const patch = existing && !hidden ? patchFor(kind, existing.row, fact) : undefined
        if (patch) patches.push({ kind, id: existing!.id, patch })
        else if (!existing) {
          inserts[kind].push(factRow(kind, dealId as string, fact))
          changed.add(dealId as string)
        }
        const now = !existing ? 'created' : patch ? 'updated' : 'unchanged'
        const before = seen.get(row.row)
        // A row that is touch and note counts once, as the more that happened to it.
        if (before === undefined || before === 'unchanged') seen.set(row.row, now)
      }
      for (const row of touches.rows) settle('touch', row, oldTouches.of(row))
      for (const row of notes.rows) settle('note', row, oldNotes.of(row))
      for (const what of seen.values()) outcome[what]++
      const joining = contacts.joining.filter((one) => !joined.has(one))
      const elsewhere = (one: Pair): boolean => joiningNow.some((pairs) => pairs.has(one))
      const [ours, shared] = [joining.filter((one) => !elsewhere(one)), joining.filter(elsewhere)]
      joiningNow = [...joiningNow, new Pairs(joining)].slice(1 - UNDER_WAY)
      batch.afterCommit.push(() => {
        if (joined.size > 300_000) joined = new Pairs()
        for (const one of joining) joined.add(one)
      })
      const join = async (people: readonly Joining[]): Promise<void> => {
        if (people.length > 0)
          await tx.rows(
            JOIN,
            [
              tx.workspaceId,
              tx.actorId ?? null,
              ...(['deal_id', 'id', 'person_id', 'key'] as const).map((column) =>
                textList(people.map((one) => one[column])),
              ),
            ],
            'import_join',
          )
      }
      return {
        outcome,
        ordered: contacts.people.length > 0 || batch.rows.some((row) => row.given['externalId'] === undefined),
        async write() {
          await Promise.all([
            bulkInsert(tx, 'person', contacts.people),
            join(ours),
            bulkInsert(tx, 'touch', along('deal_id', inserts.touch)),
            bulkInsert(tx, 'note', along('deal_id', inserts.note)),
          ])
        },
        async inTurn() {
          await join(shared.filter((one) => !joined.has(one)))
          await outdate(tx, changed)
          for (const { kind, id, patch } of patches) await update(tx, kind, id, patch)
        },
      }
    },
  }
}

/** What has the row's id in the CRM may belong to another deal: the right to one is none to the other. */
async function checkPlaces(
  { tx, directory, faults }: Batch,
  found: readonly { row: ParsedRow; there: Existing | undefined }[],
): Promise<void> {
  const elsewhere = found.flatMap(({ row, there }) =>
    there && there.row['deal_id'] !== row.given['dealId'] ? [{ row, dealId: there.row['deal_id'] as string }] : [],
  )
  await directory.loadAccess(
    tx,
    elsewhere.map(({ dealId }) => dealId),
  )
  for (const { row, dealId } of elsewhere)
    if (!directory.mayWrite(dealId))
      faults.push(
        faultOf(row, 'externalId', {
          en: 'This activity is in the database already, in a deal that is not yours to change.',
          zh: '这条活动已在库里，属于你无权修改的商机。',
        }),
      )
}

const noDeal = (row: ParsedRow): ReturnType<typeof faultOf> => {
  const field = row.given['dealExternalId'] === undefined ? 'deal' : 'dealExternalId'
  return faultOf(row, field, {
    en: `There is no deal "${String(row.given[field])}" that you may write. Import the deals first.`,
    zh: `没有你可以修改的商机“${String(row.given[field])}”。请先导入商机。`,
  })
}

function dealOf(row: ParsedRow, batch: Batch): KnownDeal | undefined {
  const [externalId, name] = [
    row.given['dealExternalId'] as string | undefined,
    row.given['deal'] as string | undefined,
  ]
  const { deals } = batch.directory
  const found =
    (externalId === undefined ? undefined : deals.byExternalId(externalId)) ??
    (name === undefined ? undefined : (deals.byExternalId(name) ?? deals.byName(plainName(name))))
  if (found === 'many')
    batch.faults.push(
      faultOf(row, 'deal', {
        en: `Several deals are called "${name!}": refer to it by its id.`,
        zh: `有多个商机叫“${name!}”，请用编号引用。`,
      }),
    )
  else if (found) return found
  else if (externalId === undefined && name === undefined)
    batch.faults.push(
      faultOf(row, 'deal', {
        en: 'An activity needs a deal, by name or by its id.',
        zh: '活动需要所属商机（名称或编号）。',
      }),
    )
  else batch.faults.push(noDeal(row))
  return undefined
}

/** What was done becomes a touch, long words a note, and a row that is both gives both. */
function split(row: ParsedRow, deal: KnownDeal): { touch?: ParsedRow; note?: ParsedRow } {
  const { given } = row
  const words = given['text'] as string | undefined
  const what = (given['what'] as string | undefined) ?? (given['type'] as string | undefined)
  const isTouch =
    what !== undefined || given['play'] !== undefined || given['with'] !== undefined || words === undefined
  const isNote = words !== undefined && (words.length > LONG || !isTouch)
  const own = given['externalId'] === undefined ? {} : { externalId: given['externalId'] }
  const some = (field: string): Record<string, unknown> => (given[field] === undefined ? {} : { [field]: given[field] })
  const touch: Record<string, unknown> = {
    ...own,
    on: given['on'],
    ...some('play'),
    ...(what === undefined ? {} : { what }),
    ...some('concern'),
    ...some('hours'),
    ...some('paid'),
    ...some('outcome'),
    ...(words !== undefined && !isNote ? { note: words } : {}),
  }
  const note: Record<string, unknown> = { ...own, on: given['on'], ...some('author'), text: words }
  return {
    ...(isTouch
      ? {
          touch: {
            ...row,
            given: { ...touch, dealId: deal.id, key: KEY(deal.id, given['on'], given['play'] ?? what) },
          },
        }
      : {}),
    ...(isNote ? { note: { ...row, given: { ...note, dealId: deal.id, key: KEY(deal.id, given['on'], words) } } } : {}),
  }
}

interface Joining {
  deal_id: string
  id: string
  person_id: string
  key: string
}
interface Contacts {
  get: (row: number) => string[] | undefined
  people: Record<string, unknown>[]
  joining: Joining[]
}

type Pair = Pick<Joining, 'deal_id' | 'person_id'>
/** Pairs of deal and person. */
class Pairs {
  readonly #of = new Map<string, Set<string>>()
  size = 0
  constructor(pairs: Iterable<Pair> = []) {
    for (const pair of pairs) this.add(pair)
  }

  has({ deal_id, person_id }: Pair): boolean {
    return this.#of.get(deal_id)?.has(person_id) ?? false
  }

  /** False: it was there. */
  add({ deal_id, person_id }: Pair): boolean {
    let people = this.#of.get(deal_id)
    if (!people) this.#of.set(deal_id, (people = new Set()))
    if (people.has(person_id)) return false
    people.add(person_id)
    this.size++
    return true
  }
}

/** The people rows name, by id in the CRM or by name within the deal's account; whoever is new is made. */
async function namedContacts(
  { tx, rows, directory, faults, afterCommit }: Batch,
  deals: ReadonlyMap<ParsedRow, KnownDeal>,
): Promise<Contacts> {
  const named = rows.flatMap((row) =>
    deals.has(row)
      ? ((row.given['with'] as string[] | undefined) ?? []).map((name) => ({
          row,
          name,
          accountId: deals.get(row)!.account_id,
        }))
      : [],
  )
  if (named.length === 0) return { get: () => undefined, people: [], joining: [] }
  await directory.people.load(
    tx,
    named.map(({ name }) => name),
    [],
  )
  await directory.people.load(
    tx,
    [],
    named.flatMap(({ name, accountId }) =>
      accountId === null || directory.people.byExternalId(name) ? [] : [personKey(accountId, name)],
    ),
  )
  const [people, joining, of, made]: [
    Record<string, unknown>[],
    Joining[],
    Map<number, string[]>,
    Map<string, string>,
  ] = [[], [], new Map(), new Map()]
  const pairs = new Pairs()
  for (const { row, name, accountId } of named) {
    const key = accountId === null ? undefined : personKey(accountId, name)
    const found = directory.people.byExternalId(name) ?? (key === undefined ? undefined : directory.people.byName(key))
    if (found === 'many') {
      faults.push(
        faultOf(row, 'with', {
          en: `Several people of this account are called "${name}": refer to them by id.`,
          zh: `该客户有多人叫“${name}”，请用编号引用。`,
        }),
      )
      continue
    }
    if (!found && key === undefined) {
      faults.push(
        faultOf(row, 'with', {
          en: `"${name}" is not known, and the deal has no account to whose people they could belong.`,
          zh: `不认识“${name}”，而商机没有客户，无法添加。`,
        }),
      )
      continue
    }
    let id = found?.id ?? made.get(key!)
    if (id === undefined) {
      made.set(key!, (id = newId()))
      people.push(personRow(id, { accountId, name }))
      const known = { id, account_id: accountId!, name }
      afterCommit.push(() => directory.people.add(known, undefined, key))
    }
    const deal = deals.get(row)!
    of.set(row.row, [...(of.get(row.row) ?? []), id])
    if (pairs.add({ deal_id: deal.id, person_id: id }))
      joining.push({ deal_id: deal.id, id: newId(), person_id: id, key: `p-${id.slice(-12)}` })
  }
  return { get: (row) => of.get(row), people, joining: along('deal_id', joining) }
}

function factRow(kind: 'touch' | 'note', dealId: string, given: Readonly<Record<string, unknown>>): BulkRow {
  const { externalId, ...fields } = given
  return {
    deal_id: dealId,
    id: newId(),
    ...fields,
    ...(kind === 'touch' ? { outcome: given['outcome'] ?? 'done' } : {}),
    external_id: externalId,
  }
}
