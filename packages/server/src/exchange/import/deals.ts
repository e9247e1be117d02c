import type { Text } from '@sente/engine'
import type { StageChange } from '../intake/history.ts'
import { ENDINGS } from '../intake/stages.ts'
import { create, update } from '../../store/write.ts'
import { newId } from '../../store/ids.ts'
import { along, bulkInsert } from './bulk.ts'
import type { BulkRow } from './bulk.ts'
import { lastOfEach } from './batch.ts'
import { faultOf } from '../files/row.ts'
import type { Batch, Importer, Prepared } from './batch.ts'
import type { ParsedRow } from '../files/row.ts'
import { NOT_TO_GIVE } from './directory.ts'
import { plainName } from './lookup.ts'
import type { KnownDeal } from './lookup.ts'
import { matchExisting, patchFor } from './match.ts'
import { NewAccounts } from './new-accounts.ts'

const PLAIN = ['name', 'openedOn', 'firstContactOn', 'reason', 'goal', 'style', 'traits', 'externalId'] as const
/** What the CRM expects, kept as its word: our days and steps stay what they are. */
const CRM_SAYS = [
  ['crmCloseOn', 'expectedCloseOn'],
  ['crmNextStep', 'nextStep'],
] as const
const BY_NAME = `select k as key, d.id
  from unnest($2::text[]) k
  join deal d on d.workspace_id = $1
    and lower(d.name) = substr(k, 38)
    and coalesce(d.account_id::text, repeat('-', 36)) = left(k, 36)`

/** New deals counted in the totals, in one statement for the batch (compare `store/totals.ts`). */
const COUNT = `
  insert into deal_total (workspace_id, owner_id, status, phase, currency, deals, amount, behind, danger)
  select $1::uuid, m.owner_id, m.status, -1, coalesce(m.currency, ''), count(*), coalesce(sum(m.amount), 0), 0, 0
  from json_to_recordset($2::json) m (owner_id uuid, status text, currency text, amount numeric)
  group by 2, 3, 5
  order by 2, 3, 5
  on conflict (workspace_id, owner_id, status, phase, currency)
  do update set deals = deal_total.deals + excluded.deals, amount = deal_total.amount + excluded.amount`

/** Rows of an opportunity list. The CRM's stage is kept as a claim of the phase, its probability as the seller's estimate. */
export function dealImporter(currency: string | undefined, today: string): Importer {
  return {
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
        const account = fresh.settle(directory.account(row, batch.faults))
        if (account) accounts.set(row, account.id)
      }
      const keyOf = (row: ParsedRow): string | undefined =>
        row.given['name'] === undefined
          ? undefined
          : `${accounts.get(row) ?? '-'.repeat(36)} ${plainName(String(row.given['name']))}`
      const { rows, repeated } = lastOfEach(batch.rows, (row) => text(row, 'externalId') ?? keyOf(row))
      const existing = await matchExisting(batch, 'deal', rows, keyOf, BY_NAME)
      batch.faults.push(...existing.faults)
      const known = (row: ParsedRow): KnownDeal => existing.of(row)!.row as unknown as KnownDeal
      await directory.loadAccess(
        tx,
        rows.flatMap((row) => existing.of(row)?.id ?? []),
      )

      const outcome = { created: 0, updated: repeated, unchanged: 0 }
      const inserts: Record<string, unknown>[] = []
      const [claims, estimates]: [Record<string, unknown>[], Record<string, unknown>[]] = [[], []]
      const patches: { id: string; patch: Record<string, unknown> }[] = []
      const news: News[] = []
      const said = await saidBefore(
        batch,
        rows.flatMap((row) => existing.of(row)?.id ?? []),
      )
      for (const row of rows) {
        const there = existing.of(row)
        if (there && !directory.mayWrite(there.id)) {
          batch.faults.push(
            faultOf(row, 'externalId', {
              en: 'This deal is in the database already and not yours to change.',
              zh: '这个商机已在库里，你无权修改。',
            }),
          )
          continue
        }
        const id = there?.id ?? newId()
        const given = plainOf(row)
        if (accounts.has(row)) given['accountId'] = accounts.get(row)
        const ownerId = directory.owner(row, batch.faults, { batch })
        if (!there || row.given['owner'] !== undefined) given['ownerId'] = ownerId
        if (
          there &&
          row.given['owner'] !== undefined &&
          ownerId !== known(row).owner_id &&
          !directory.mayPassOn(known(row).owner_id)
        )
          batch.faults.push(faultOf(row, 'owner', NOT_TO_GIVE))
        addAmount(row, given, currency, batch)
        const stages = addStatus(row, given, there?.row['status'] as string | undefined, batch, today)
        if (there) {
          const patch = patchFor('deal', there.row, given)
          if (patch) patches.push({ id, patch })
          const since = saidSince(id, stages, row.given['probability'] as number | undefined, said)
          news.push(...since)
          outcome[patch || since.length > 0 ? 'updated' : 'unchanged']++
        } else {
          outcome.created++
          inserts.push(dealRow(id, given))
          for (const claim of stages) claims.push({ deal_id: id, id: newId(), ...claim })
          if (row.given['probability'] !== undefined)
            estimates.push({ deal_id: id, id: newId(), side: 'seller', value: row.given['probability'] })
        }
        const deal: KnownDeal = {
          id,
          owner_id: ownerId,
          account_id: accounts.get(row) ?? null,
          name: String(row.given['name']),
        }
        batch.afterCommit.push(() => directory.deals.add(deal, text(row, 'externalId'), plainName(deal.name)))
      }
      return {
        outcome,
        ordered: fresh.some || rows.some((row) => row.given['externalId'] === undefined),
        async write() {
          await fresh.write(tx)
          await Promise.all([
            bulkInsert(tx, 'deal', along('account_id', inserts)),
            bulkInsert(tx, 'stage_claim', claims),
            bulkInsert(tx, 'estimate', estimates),
          ])
        },
        async inTurn() {
          if (inserts.length > 0)
            await tx.rows(
              COUNT,
              [
                tx.workspaceId,
                JSON.stringify(
                  inserts.map(({ owner_id, status, currency: unit, amount }) => ({
                    owner_id,
                    status,
                    currency: unit,
                    amount,
                  })),
                ),
              ],
              'import_totals',
            )
          for (const { id, patch } of patches) await update(tx, 'deal', id, patch)
          for (const { kind, fact } of news) await create(tx, kind, fact as never)
        },
      }
    },
  }
}

/** What is taken over as it stands. */
const plainOf = (row: ParsedRow): Record<string, unknown> =>
  Object.fromEntries(
    [...PLAIN.map((field) => [field, field] as const), ...CRM_SAYS].flatMap(([field, column]) =>
      row.given[column] === undefined ? [] : [[field, row.given[column]]],
    ),
  )

type News = { kind: 'stageClaim' | 'estimate'; fact: Record<string, unknown> }

/** What earlier lists said of these deals. */
interface Said {
  claims: Map<string, { phase: string; label: string | null; on: string }[]>
  estimates: Map<string, number>
}

async function saidBefore({ tx }: Batch, dealIds: readonly string[]): Promise<Said> {
  if (dealIds.length === 0) return { claims: new Map(), estimates: new Map() }
  const claims = await tx.rows<{ deal_id: string; phase: string; label: string | null; on: string }>(
    `select deal_id, phase, label, "on"::text
     from stage_claim
     where workspace_id = $1 and deal_id = any($2::uuid[])
     order by "on" desc, id desc`,
    [tx.workspaceId, dealIds],
  )
  const estimates = await tx.rows<{ deal_id: string; value: number }>(
    `select distinct on (deal_id) deal_id, value
     from estimate
     where workspace_id = $1 and deal_id = any($2::uuid[]) and side = 'seller'
     order by deal_id, coalesce("on", recorded_on) desc nulls last, id desc`,
    [tx.workspaceId, dealIds],
  )
  return {
    claims: Map.groupBy(claims, (claim) => claim.deal_id),
    estimates: new Map(estimates.map(({ deal_id, value }) => [deal_id, value])),
  }
}

/** A stage that has moved is a claim of its own, and so is a probability: what was said before stays as it was said then. */
function saidSince(
  dealId: string,
  stages: readonly Record<string, unknown>[],
  probability: number | undefined,
  { claims, estimates }: Said,
): News[] {
  const known = claims.get(dealId) ?? []
  const isSaid = (claim: Record<string, unknown>): boolean =>
    known.some(
      ({ phase, label, on }, i) =>
        phase === claim['phase'] &&
        label === claim['label'] &&
        ((i === 0 && stages.length === 1) || on === claim['on']),
    )
  return [
    ...stages
      .filter((claim) => !isSaid(claim))
      .map((claim) => ({ kind: 'stageClaim' as const, fact: { dealId, ...claim } })),
    ...(probability === undefined || probability === estimates.get(dealId)
      ? []
      : [{ kind: 'estimate' as const, fact: { dealId, side: 'seller', value: probability } }]),
  ]
}

function addAmount(row: ParsedRow, given: Record<string, unknown>, ours: string | undefined, batch: Batch): void {
  const amount = row.given['amount'] as { value: string; currency?: string } | undefined
  if (!amount) return
  const currency = (row.given['currency'] as string | undefined) ?? amount.currency ?? ours
  if (currency === undefined)
    batch.faults.push(
      faultOf(row, 'currency', {
        en: 'This amount has no currency; map a column to it, or name one for all.',
        zh: '金额没有币种：请映射币种列，或为全部指定一个。',
      }),
    )
  else if (!/^[A-Z]{3}$/.test(currency))
    batch.faults.push(
      faultOf(row, 'currency', {
        en: 'Not a currency; three letters like CNY.',
        zh: '不是币种，应为 CNY 这样的三个字母。',
      }),
    )
  else given['amount'] = { value: amount.value, currency }
}

const closedUnknown = (today: string): Text => ({
  en: `Closed, but the list does not say when: taken as closed on ${today}, the day of the import.`,
  zh: `已关闭，但列表没有写明日期：按导入日 ${today} 计。`,
})

/** Status and day of closing, as composed of the row's columns. Answers the claims of its stages: of a history all of them. */
function addStatus(
  row: ParsedRow,
  given: Record<string, unknown>,
  before: string | undefined,
  batch: Batch,
  today: string,
): Record<string, unknown>[] {
  const { stage, phase, changes } = row.given as { stage?: string; phase?: string; changes?: StageChange[] }
  const status =
    (row.given['status'] as string | undefined) ?? (stage === undefined && before !== undefined ? before : 'open')
  const openedOn = row.given['openedOn'] as string | undefined
  given['status'] = status
  const past: Record<string, unknown>[] = (changes ?? []).map((change) => ({ ...change }))
  if (status !== 'open') {
    addClosing(row, given, before, batch, today)
    return past
  }
  if (past.length > 0 || phase === undefined || ENDINGS.has(phase)) return past
  return [
    {
      on:
        (row.given['stageSince'] as string | undefined) ??
        (openedOn !== undefined && openedOn > today ? openedOn : today),
      phase,
      label: stage,
    },
  ]
}

/** The day on which a deal that is closed was closed, where the row, or the day of the import, can tell it. */
function addClosing(
  row: ParsedRow,
  given: Record<string, unknown>,
  before: string | undefined,
  batch: Batch,
  today: string,
): void {
  const { closedOn, openedOn, firstContactOn, stageSince } = row.given as Record<string, string | undefined>
  const told = closedOn ?? stageSince
  // A list of another program may not say when: then nobody knows more than that it is closed by now.
  const day = told ?? (batch.directory.keepsNames && before === undefined ? today : undefined)
  if (told === undefined && day !== undefined)
    batch.notes.push({ ...faultOf(row, 'closedOn', closedUnknown(today)), note: true })
  if (day === undefined && before === undefined)
    batch.faults.push(
      faultOf(row, 'closedOn', {
        en: `A deal that is ${String(given['status'])} needs the day it was closed.`,
        zh: `状态为 ${String(given['status'])} 的商机需要关闭日期。`,
      }),
    )
  else if (day !== undefined) given['closedOn'] = day
  if (day !== undefined && openedOn !== undefined && day < openedOn)
    batch.faults.push(faultOf(row, 'closedOn', { en: 'Closed before it was opened.', zh: '关闭早于立单。' }))
  if (day !== undefined && firstContactOn !== undefined && day < firstContactOn)
    batch.faults.push(faultOf(row, 'closedOn', { en: 'Closed before the first contact.', zh: '关闭早于首次接触。' }))
}

function dealRow(id: string, given: Readonly<Record<string, unknown>>): BulkRow {
  const amount = given['amount'] as { value: string; currency: string } | undefined
  return {
    id,
    account_id: given['accountId'],
    owner_id: given['ownerId'],
    name: given['name'],
    amount: amount?.value,
    currency: amount?.currency,
    crm_close_on: given['crmCloseOn'],
    crm_next_step: given['crmNextStep'],
    opened_on: given['openedOn'],
    first_contact_on: given['firstContactOn'],
    status: given['status'],
    closed_on: given['closedOn'],
    reason: given['reason'],
    goal: given['goal'] === false ? undefined : given['goal'],
    style: given['style'],
    traits: given['traits'],
    external_id: given['externalId'],
    known_none: given['goal'] === false ? ['goal'] : [],
  }
}
