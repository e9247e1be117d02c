import type { Feedback, KnownPerson, KnownRival } from '@sente/reader'
import { SOURCE } from '../notes/reader.ts'
import type { Asked } from '../notes/server-reading.ts'
import type { Tx } from '../store/tenant.ts'

/** Verdicts that count, and how far back they are looked for: the newest say best how this team writes. */
const VERDICTS = 300
const LOOKED_THROUGH = 5000

/** What reading a note of a deal needs to know: its people and rivals, and what everybody of the workspace said of earlier suggestions. */
export async function askedFor(tx: Tx, dealId: string): Promise<Asked> {
  const people = await tx.rows<{ id: string; name: string; title: string | null }>(
    `select p.id, p.name, p.title
     from stakeholder s
     join person p on p.workspace_id = $1 and p.id = s.person_id
     where s.workspace_id = $1 and s.deal_id = $2
     order by s.id`,
    [tx.workspaceId, dealId],
    'people_to_read',
  )
  const rivals = await tx.rows<KnownRival>(
    `select r.key as id, r.name
     from rival r
     where r.workspace_id = $1 and r.deal_id = $2
     order by r.id`,
    [tx.workspaceId, dealId],
    'rivals_to_read',
  )
  const verdicts = await tx.rows<{ signal: string; quote: string; status: Feedback['verdict'] }>(
    `select signal, quote, status
     from (select signal, quote, status, source
       from evidence
       where workspace_id = $1
       order by id desc
       limit ${LOOKED_THROUGH}) e
     where source = $2 and quote is not null and status <> 'suggested' limit ${VERDICTS}`,
    [tx.workspaceId, SOURCE],
    'verdicts',
  )
  return {
    people: people.map(({ id, name, title }): KnownPerson => ({ id, name, ...(title === null ? {} : { title }) })),
    rivals,
    feedback: verdicts.map(({ signal, quote, status }) => ({ signal, quote, verdict: status })),
  }
}
