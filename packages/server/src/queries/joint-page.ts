import type { Lang } from '@sente/engine'
import { NotFound } from '../store/refusal.ts'
import type { Tx } from '../store/tenant.ts'

/** All that the customer's page shows. What is not in here cannot be on it. */
export interface JointPage {
  title: string
  intro: string | undefined
  language: Lang
  /** To whom the link was given; they sign with it unless they say otherwise. */
  forWhom: string | undefined
  /** Of this side's clocks. */
  today: string
  items: JointPageItem[]
  /** Steps that the customer would like on it and that are not yet, or not taken over. */
  proposed: Proposed[]
}
export type Proposed = Pick<JointPageItem['said'][number], 'on' | 'text' | 'author' | 'day' | 'decision'>
export interface JointPageItem {
  id: string
  what: string
  whose: 'ours' | 'theirs' | 'both'
  owner: string | null
  on: string | null
  doneOn: string | null
  said: {
    kind: 'done' | 'undone' | 'move' | 'comment'
    on: string | null
    text: string | null
    author: string | null
    day: string
    decision: 'open' | 'accepted' | 'rejected'
  }[]
}

/** So many joint steps are shown, and of each so many words of the customer, the last ones. */
const MOST_ITEMS = 100
const MOST_SAID = 50

/**
 * Reads joint steps and what was said of them, and no other table of the deal: not its name, its account, its people, nor anything that is computed of
 * it. That is how nothing else can be shown.
 */
export async function jointItems(tx: Tx, dealId: string): Promise<JointPageItem[]> {
  return tx.rows<JointPageItem>(
    `select i.id, i.what, i.whose, i.owner, i."on"::text as "on", i.done_on::text as "doneOn",
       coalesce((select json_agg(json_build_object('kind', s.kind, 'on', s."on", 'text', s."text", 'author', s.author,
           'day', (s.created_at at time zone w.time_zone)::date, 'decision', s.decision) order by s.id)
         from (select *
           from joint_suggestion s
           where s.workspace_id = $1 and s.item_id = i.id
           order by s.id desc
           limit ${MOST_SAID}) s), '[]') as said
     from joint_item i join workspace w on w.id = i.workspace_id
     where i.workspace_id = $1 and i.deal_id = $2
     order by i."on" nulls last, i.id limit ${MOST_ITEMS}`,
    [tx.workspaceId, dealId],
    'joint_page_items',
  )
}

/** What the customer proposed, the last ones; what was accepted is a joint step by now. The same table, and no other. */
export async function jointProposed(tx: Tx, dealId: string): Promise<Proposed[]> {
  return tx.rows<Proposed>(
    `select s."on"::text as "on", s."text", s.author, (s.created_at at time zone w.time_zone)::date::text as day, s.decision
     from joint_suggestion s
     join workspace w on w.id = s.workspace_id
     where s.workspace_id = $1 and s.deal_id = $2 and s.kind = 'propose' and s.decision <> 'accepted'
     order by s.id desc
     limit ${MOST_SAID}`,
    [tx.workspaceId, dealId],
    'joint_page_proposed',
  )
}

/** The page of a link. Throws `NotFound`. */
export async function jointPage(tx: Tx, { linkId, dealId }: { linkId: string; dealId: string }): Promise<JointPage> {
  const [link] = await tx.rows<{
    title: string
    intro: string | null
    language: Lang
    for_whom: string | null
    today: string
  }>(
    `select l.title, l.intro, l.language, l.for_whom, (now() at time zone w.time_zone)::date::text as today
     from joint_link l
     join workspace w on w.id = l.workspace_id
     where l.workspace_id = $1 and l.id = $2`,
    [tx.workspaceId, linkId],
    'joint_page_link',
  )
  if (!link) throw new NotFound()
  return {
    title: link.title,
    intro: link.intro ?? undefined,
    language: link.language,
    forWhom: link.for_whom ?? undefined,
    today: link.today,
    items: await jointItems(tx, dealId),
    proposed: await jointProposed(tx, dealId),
  }
}
