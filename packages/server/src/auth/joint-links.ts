import type { Lang } from '@sente/engine'
import type { JointLink } from '@sente/api'
import { newId } from '../store/ids.ts'
import { NotFound } from '../store/refusal.ts'
import type { Store, Tx } from '../store/tenant.ts'
import { audit } from './audit.ts'
import { hashOf, newSecret } from './secrets.ts'

/** Links of the joint plan: who has one needs no account. Of the address only a hash is kept. */
interface Row {
  id: string
  title: string
  intro: string | null
  language: Lang
  for_whom: string | null
  person_id: string | null
  expires_at: Date
  revoked_at: Date | null
  created_at: Date
  created_by: string | null
  visits: { at: string; opened: number; said: number; authors: string[] }[]
}

const MOST_VISITS = 50
const COLUMNS = `l.id, l.title, l.intro, l.language, l.for_whom, l.person_id, l.expires_at, l.revoked_at, l.created_at, l.created_by,
  coalesce((select json_agg(json_build_object('at', to_json(v.at) #>> '{}', 'opened', v.opened, 'said', v.said, 'authors', v.authors) order by v.at desc)
    from (select * from joint_visit v where v.workspace_id = l.workspace_id and v.joint_link_id = l.id order by v.at desc limit ${MOST_VISITS}) v), '[]') as visits`

const linkOf = (row: Row): JointLink => ({
  id: row.id,
  title: row.title,
  ...(row.intro === null ? {} : { intro: row.intro }),
  language: row.language,
  ...(row.for_whom === null ? {} : { forWhom: row.for_whom }),
  ...(row.person_id === null ? {} : { personId: row.person_id }),
  state: row.revoked_at ? 'revoked' : row.expires_at.getTime() <= Date.now() ? 'expired' : 'open',
  expiresAt: row.expires_at.toISOString(),
  createdAt: row.created_at.toISOString(),
  ...(row.created_by === null ? {} : { createdBy: row.created_by }),
  visits: row.visits.map((visit) => ({ ...visit, at: new Date(visit.at).toISOString() })),
})

/** Of a deal, the newest first. */
export async function jointLinks(tx: Tx, dealId: string): Promise<JointLink[]> {
  const rows = await tx.rows<Row>(
    `select ${COLUMNS}
     from joint_link l
     where l.workspace_id = $1 and l.deal_id = $2
     order by l.id desc
     limit 100`,
    [tx.workspaceId, dealId],
    'joint_links',
  )
  return rows.map(linkOf)
}

export interface NewLink {
  title: string
  intro?: string | undefined
  language: Lang
  forWhom?: string | undefined
  personId?: string | undefined
  days: number
}

export async function newJointLink(
  tx: Tx,
  dealId: string,
  { title, intro, language, forWhom, personId, days }: NewLink,
): Promise<{ path: string; link: JointLink }> {
  const secret = newSecret()
  const id = newId()
  await tx.rows(
    `insert into joint_link (workspace_id, id, deal_id, token_hash, title, intro, language, for_whom, person_id, expires_at, created_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, now() + make_interval(days => $10::int), $11)`,
    [
      tx.workspaceId,
      id,
      dealId,
      hashOf(secret),
      title,
      intro ?? null,
      language,
      forWhom ?? null,
      personId ?? null,
      days,
      tx.actorId ?? null,
    ],
  )
  const [row] = await tx.rows<Row>(
    `select ${COLUMNS}
    from joint_link l
    where l.workspace_id = $1 and l.id = $2`,
    [tx.workspaceId, id],
  )
  const made = linkOf(row!)
  await audit(tx, { kind: 'jointLink', id, action: 'create', after: audited(dealId, made) })
  return { path: `/joint/${secret}`, link: made }
}

/** What the audit trail says of a link: to what, for whom and until when; the address is nowhere. */
const audited = (
  dealId: string,
  { title, forWhom, expiresAt }: Pick<JointLink, 'title' | 'forWhom' | 'expiresAt'>,
) => ({
  dealId,
  title,
  ...(forWhom === undefined ? {} : { forWhom }),
  expiresAt,
})

/** For good: an address that somebody may have passed on never opens again. Throws `NotFound`. */
export async function revokeJointLink(tx: Tx, dealId: string, id: string): Promise<void> {
  const [row] = await tx.rows<Row>(
    `select ${COLUMNS}
     from joint_link l
     where l.workspace_id = $1 and l.deal_id = $2 and l.id = $3 for update`,
    [tx.workspaceId, dealId, id],
  )
  if (!row) throw new NotFound()
  if (row.revoked_at) return
  await tx.rows('update joint_link set revoked_at = now() where workspace_id = $1 and id = $2', [tx.workspaceId, id])
  await audit(tx, { kind: 'jointLink', id, action: 'delete', before: audited(dealId, linkOf(row)) })
}

export interface OpenLink {
  workspaceId: string
  linkId: string
  dealId: string
}

/** What a secret opens; `over`: it did once, and in which language its page was; `undefined`: nothing. */
export async function openJointLink(
  store: Store,
  secret: string,
): Promise<OpenLink | { over: true; language: Lang } | undefined> {
  const { rows } = await store.database.app.query<{
    workspace_id: string
    id: string
    deal_id: string
    language: Lang
    over: boolean
  }>({ name: 'joint_link_of', text: 'select * from joint_link_of($1)', values: [hashOf(secret)] })
  const row = rows[0]
  if (!row) return undefined
  if (row.over) return { over: true, language: row.language }
  return { workspaceId: row.workspace_id, linkId: row.id, dealId: row.deal_id }
}

/** So many names of one hour are kept. */
const MOST_AUTHORS = 20

/** That the page was opened, or something said on it: counted by the hour, without anything of the reader but the name they sign with. */
export async function markVisit(tx: Tx, linkId: string, author?: string): Promise<void> {
  const said = author === undefined ? 0 : 1
  const [visit] = await tx.rows<{ first: boolean; at: Date }>(
    `insert into joint_visit as v (workspace_id, joint_link_id, at, opened, said, authors)
     values ($1, $2, date_trunc('hour', now()), 1 - $3, $3, case when $4::text is null then '{}' else array[$4] end)
     on conflict (workspace_id, joint_link_id, at)
     do update set opened = v.opened + excluded.opened, said = v.said + excluded.said,
       authors = case when $4 is null or $4 = any(v.authors) or cardinality(v.authors) >= ${MOST_AUTHORS} then v.authors else v.authors || $4 end
     returning v.xmax = 0 as first, v.at`,
    [tx.workspaceId, linkId, said, author ?? null],
    'joint_visit',
  )
  // One mark an hour: who looks again and again fills no trail. What they say is a record, with a trail of its own.
  if (visit?.first && author === undefined)
    await audit(tx, { kind: 'jointLink', id: linkId, action: 'update', after: { opened: visit.at } })
}
