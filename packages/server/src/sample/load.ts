import type { Methodology, PlainDate } from '@sente/engine'
import { newId } from '../store/ids.ts'
import { Conflict } from '../store/refusal.ts'
import type { Tx } from '../store/tenant.ts'
import { accountNamed, createWhole } from '../store/whole.ts'
import { recount } from '../store/totals.ts'
import { sampleDeals } from './build.ts'
import { TEAM } from './team.ts'

export interface SampleCounts {
  accounts: number
  people: number
  deals: number
}

/** What belongs to the sample, so that it can be taken out again without touching what people added. */
interface Loaded {
  on: string
  members: string[]
  teams: string[]
  deals: string[]
}

/** Fills a workspace that has no deals with the sample team, its customers and forty deals up to `today`. Throws `Conflict` when it has some. */
export async function loadSample(tx: Tx, methodology: Methodology, today: PlainDate): Promise<SampleCounts> {
  const [there] = await tx.rows('select 1 from deal where workspace_id = $1 limit 1', [tx.workspaceId])
  if (there)
    throw new Conflict({
      en: 'The workspace has deals already; the sample goes into an empty one only.',
      zh: '工作区里已有商机，示例数据只能放进空的工作区。',
    })
  const members = await loadTeam(tx)
  const loaded: Loaded = { on: today, members: [...members.values()], teams: [], deals: [] }
  const parents: { child: string; parent: string }[] = []
  for (const { owner, deal, parentAccount } of sampleDeals(methodology, today)) {
    const { id, accountId } = await createWhole(tx, deal, { ownerId: members.get(owner)! })
    loaded.deals.push(id)
    if (parentAccount !== undefined && accountId !== undefined)
      parents.push({ child: accountId, parent: parentAccount })
  }
  for (const { child, parent } of parents) {
    const id = (await accountNamed(tx, parent)) ?? (await newAccount(tx, parent))
    if (id !== child)
      await tx.rows('update account set parent_id = $3 where workspace_id = $1 and id = $2', [
        tx.workspaceId,
        child,
        id,
      ])
  }
  loaded.teams = (
    await tx.rows<{ id: string }>(
      `select id
      from team
      where workspace_id = $1 and name = any($2::text[])`,
      [tx.workspaceId, TEAM.teams],
    )
  ).map(({ id }) => id)
  await tx.rows(
    `update workspace
    set settings = settings || jsonb_build_object('sample', $2::jsonb)
    where id = $1`,
    [tx.workspaceId, JSON.stringify(loaded)],
  )
  return counts(tx)
}

async function newAccount(tx: Tx, name: string): Promise<string> {
  const id = newId()
  await tx.rows('insert into account (workspace_id, id, name) values ($1, $2, $3)', [tx.workspaceId, id, name])
  return id
}

/** The team's members cannot sign in: they have neither password nor link. An address that is there already keeps its member. */
async function loadTeam(tx: Tx): Promise<Map<string, string>> {
  const teams = new Map<string, string>()
  for (const name of TEAM.teams) {
    const [row] = await tx.rows<{ id: string }>(
      `insert into team (workspace_id, id, name)
       values ($1, $2, $3)
       on conflict (workspace_id, name)
       do update set name = excluded.name
       returning id`,
      [tx.workspaceId, newId(), name],
    )
    teams.set(name, row!.id)
  }
  const members = new Map<string, string>()
  for (const { key, name, email, role, teams: of } of TEAM.members) {
    const [row] = await tx.rows<{ id: string }>(
      `insert into member (workspace_id, id, email, name, role)
       values ($1, $2, $3, $4, $5)
       on conflict (workspace_id, email)
       do update set email = excluded.email
       returning id`,
      [tx.workspaceId, newId(), email, name, role],
    )
    members.set(key, row!.id)
    for (const team of of)
      await tx.rows(
        `insert into team_member (workspace_id, team_id, member_id)
         values ($1, $2, $3)
         on conflict do nothing`,
        [tx.workspaceId, teams.get(team), row!.id],
      )
  }
  return members
}

async function counts(tx: Tx): Promise<SampleCounts> {
  const [row] = await tx.rows<SampleCounts>(
    `select (select count(*)::int
       from account
       where workspace_id = $1) as accounts, (select count(*)::int
       from person
       where workspace_id = $1) as people, (select count(*)::int
       from deal
       where workspace_id = $1) as deals`,
    [tx.workspaceId],
  )
  return row!
}

/**
 * Takes the sample out: its deals; accounts and people that no deal is left of; members who never signed in and own nothing. The audit trail
 * keeps what it has. Throws `Conflict` when there is no sample.
 */
export async function clearSample(tx: Tx): Promise<{ deals: number }> {
  const [row] = await tx.rows<{ sample: Loaded | null }>(
    `select settings -> 'sample' as sample from workspace where id = $1 for update`,
    [tx.workspaceId],
  )
  const sample = row?.sample
  if (!sample) throw new Conflict({ en: 'There is no sample in this workspace.', zh: '这个工作区没有示例数据。' })
  const w = tx.workspaceId
  const people = (
    await tx.rows<{ id: string }>(
      `select distinct person_id as id
       from stakeholder
       where workspace_id = $1 and deal_id = any($2::uuid[])`,
      [w, sample.deals],
    )
  ).map(({ id }) => id)
  const accounts = (
    await tx.rows<{ id: string }>(
      `select distinct account_id as id
       from deal
       where workspace_id = $1 and id = any($2::uuid[]) and account_id is not null`,
      [w, sample.deals],
    )
  ).map(({ id }) => id)
  const gone = await tx.rows(
    `delete from deal
    where workspace_id = $1 and id = any($2::uuid[])
    returning id`,
    [w, sample.deals],
  )
  await tx.rows('delete from search_entry where workspace_id = $1 and deal_id = any($2::uuid[])', [w, sample.deals])
  const free = `select p.id
    from person p
    where p.workspace_id = $1
      and p.id = any($2::uuid[])
      and not exists (select from stakeholder s where s.workspace_id = $1 and s.person_id = p.id)`
  await tx.rows(
    `update person
    set reports_to = null
    where workspace_id = $1 and reports_to in (${free})`,
    [w, people],
  )
  await tx.rows(
    `with gone as (delete from person where workspace_id = $1 and id in (${free}) returning id)
     delete from search_entry
     where workspace_id = $1 and kind = 'person' and id in (select id from gone)`,
    [w, people],
  )
  const empty = `select a.id
    from account a
    where a.workspace_id = $1
      and (a.id = any($2::uuid[]) or a.id in (select parent_id from account where workspace_id = $1 and id = any($2::uuid[])))
    and not exists (select from deal d where d.workspace_id = $1 and d.account_id = a.id)
      and not exists (select from person p where p.workspace_id = $1 and p.account_id = a.id)`
  await tx.rows(
    `update account
    set parent_id = null
    where workspace_id = $1 and parent_id in (${empty})`,
    [w, accounts],
  )
  await tx.rows(
    `with gone as (delete from account where workspace_id = $1 and id in (${empty}) returning id)
     delete from search_entry
     where workspace_id = $1 and kind = 'account' and id in (select id from gone)`,
    [w, accounts],
  )
  await tx.rows(
    `delete from member m
     where m.workspace_id = $1
       and m.id = any($2::uuid[])
       and m.password_hash is null
       and m.oidc_subject is null
       and not exists (select from deal d where d.workspace_id = $1 and d.owner_id = m.id)
         and not exists (select from account a where a.workspace_id = $1 and a.owner_id = m.id)`,
    [w, sample.members],
  )
  await tx.rows(
    `delete from team t
     where t.workspace_id = $1
       and t.id = any($2::uuid[])
       and not exists (select from team_member m where m.workspace_id = $1 and m.team_id = t.id)`,
    [w, sample.teams],
  )
  await tx.rows(`update workspace set settings = settings - 'sample' where id = $1`, [w])
  await recount(tx)
  return { deals: gone.length }
}
