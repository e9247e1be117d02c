import { KIND_NAMES, KINDS } from '@sente/api'
import type { KindName } from '@sente/api'
import { recordOf } from '../../store/records.ts'
import type { RecordKind, Row } from '../../store/records.ts'
import { rowJson } from '../../store/statements.ts'
import { accessToAll, visibilityOf, visibilitySql } from '../../store/visibility.ts'
import type { Viewer } from '../../store/visibility.ts'
import { shownTo } from '../../store/field-rights.ts'
import { visible } from '../../store/read.ts'
import { snapshotOf } from '../../store/tenant.ts'
import type { Store, Tx, Who } from '../../store/tenant.ts'

/** Rows read at once. */
const PAGE = 500

export interface ExportOptions {
  /** With stance, personal agenda and private notes, of the deals where the viewer may see them. */
  sensitive: boolean
}

/**
 * A workspace as lines of JSON, one record each: what the viewer may see, from one moment of the database. Every line names its kind as `record`; records keep
 * their ids, so that an import elsewhere gives the same export again. Members are named by their address.
 */
export function exportWorkspace(
  store: Store,
  who: Who,
  viewer: Viewer,
  { sensitive }: ExportOptions,
): AsyncGenerator<string> {
  return snapshotOf(store, who, (tx) => lines(tx, viewer, sensitive))
}

async function* lines(tx: Tx, viewer: Viewer, sensitive: boolean): AsyncGenerator<string> {
  const [workspace] = await tx.rows<{ name: string; language: string; timeZone: string; currency: string }>(
    'select name, language, time_zone as "timeZone", currency from workspace where id = $1',
    [tx.workspaceId],
  )
  yield lineOf('workspace', { sente: 1, ...workspace })
  const members = await tx.rows<{
    id: string
    email: string
    name: string
    role: string
    sensitive: boolean | null
    disabled: boolean
  }>(
    `select id, email, name, role, sensitive, disabled_at is not null as disabled
     from member
     where workspace_id = $1
     order by email`,
    [tx.workspaceId],
  )
  const emails = new Map(members.map(({ id, email }) => [id, email]))
  yield members
    .map(({ email, name, role, sensitive: right, disabled }) =>
      lineOf('member', {
        email,
        name,
        role,
        ...(right === null ? {} : { sensitive: right }),
        ...(disabled ? { disabled } : {}),
      }),
    )
    .join('')
  const teams = await tx.rows<{ name: string; members: string[] }>(
    `select t.name, array(select m.email
       from team_member tm
       join member m on m.workspace_id = $1 and m.id = tm.member_id
       where tm.workspace_id = $1 and tm.team_id = t.id
       order by m.email) as members
     from team t
     where t.workspace_id = $1
     order by t.name`,
    [tx.workspaceId],
  )
  yield teams.map((team) => lineOf('team', team)).join('')
  for (const kind of ['account', 'person'] as const) {
    for await (const rows of pages(tx, kind, 'true', []))
      yield rows.map((row) => lineOf(kind, shownTo(tx.rights, kind, recordLine(kind, row, emails)))).join('')
  }
  const visibility = await visibilityOf(tx, viewer)
  const values: unknown[] = []
  const where = visibilitySql(visibility, (value) => `$${values.push(value) + 3}`, 't')
  for await (const rows of pages(tx, 'deal', where, values)) yield* dealLines(tx, viewer, rows, emails, sensitive)
}

/** Deals with everything below them. */
async function* dealLines(
  tx: Tx,
  viewer: Viewer,
  deals: readonly Row[],
  emails: ReadonlyMap<string, string>,
  sensitive: boolean,
): AsyncGenerator<string> {
  const ids = deals.map(({ id }) => id)
  const access = await accessToAll(tx, viewer, ids)
  const facts = new Map<KindName, Map<string, Row[]>>()
  for (const kind of KIND_NAMES) {
    const rows = await tx.rows<{ row: Row }>(
      `select ${rowJson(kind, 't')} as row
       from "${KINDS[kind].table}" t
       where t.workspace_id = $1 and t.deal_id = any($2::uuid[])
       order by t.deal_id, t.id`,
      [tx.workspaceId, ids],
    )
    facts.set(
      kind,
      Map.groupBy(
        rows.map(({ row }) => row),
        (row) => row['deal_id'] as string,
      ),
    )
  }
  const shares = Map.groupBy(
    await tx.rows<{
      deal_id: string
      member: string | null
      team: string | null
      may_write: boolean
      sensitive: boolean
    }>(
      `select s.deal_id, m.email as member, t.name as team, s.may_write, s.sensitive
       from deal_share s
       left join member m on m.workspace_id = $1 and m.id = s.member_id
       left join team t on t.workspace_id = $1 and t.id = s.team_id
       where s.workspace_id = $1 and s.deal_id = any($2::uuid[])
       order by s.deal_id, m.email, t.name`,
      [tx.workspaceId, ids],
    ),
    ({ deal_id }) => deal_id,
  )
  for (const deal of deals) {
    let text = lineOf('deal', recordLine('deal', deal, emails))
    const may = { sensitive: sensitive && (access.get(deal.id)?.sensitive ?? false), contacts: true }
    const privateNotes = new Set(
      (facts.get('note')!.get(deal.id) ?? []).filter((note) => note['private'] === true).map(({ id }) => id),
    )
    for (const kind of KIND_NAMES) {
      const records = (facts.get(kind)!.get(deal.id) ?? [])
        // Evidence that was read from a private note quotes it.
        .filter((row) => may.sensitive || kind !== 'evidence' || !privateNotes.has(row['note_id'] as string))
        .map((row) => recordLine(kind, row, emails))
      for (const record of visible(kind, records as never[], may)) text += lineOf(kind, record)
    }
    for (const { deal_id: dealId, member, team, may_write: mayWrite, sensitive: personal } of shares.get(deal.id) ?? [])
      text += lineOf('share', { dealId, ...(member === null ? { team } : { member }), mayWrite, sensitive: personal })
    yield text
  }
}

async function* pages(
  tx: Tx,
  kind: 'account' | 'person' | 'deal',
  where: string,
  values: readonly unknown[],
): AsyncGenerator<Row[]> {
  for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
    const rows = await tx.rows<{ row: Row }>(
      `select ${rowJson(kind, 't')} as row
       from "${kind}" t
       where t.workspace_id = $1 and t.id > $2 and ${where}
       order by t.id
       limit $3`,
      [tx.workspaceId, after, PAGE, ...values],
    )
    if (rows.length > 0) yield rows.map(({ row }) => row)
    if (rows.length < PAGE) return
    after = rows.at(-1)!.row.id
  }
}

/** A record without what only its own books say of it. */
function recordLine(kind: RecordKind, row: Row, emails: ReadonlyMap<string, string>): object {
  const {
    version: _,
    createdAt: __,
    createdBy: ___,
    updatedAt: ____,
    ownerId,
    ...record
  } = recordOf(kind, row) as Record<string, unknown>
  return { ...record, ...(ownerId === undefined ? {} : { owner: emails.get(ownerId as string) }) }
}

const lineOf = (kind: string, record: object): string => `${JSON.stringify({ record: kind, ...record })}\n`
