import { isPlainDate } from '@sente/engine'
import { markVisit } from '../../auth/joint-links.ts'
import type { OpenLink } from '../../auth/joint-links.ts'
import { lockDeals } from '../../store/gateway.ts'
import { todayOf } from '../../store/today.ts'
import type { Tx } from '../../store/tenant.ts'
import { create } from '../../store/write.ts'
import type { WORDS } from './words.ts'

/** What was sent is not taken; `why` is said on the page. */
export class Unsaid extends Error {
  readonly why: keyof (typeof WORDS)['en']
  constructor(why: keyof (typeof WORDS)['en']) {
    super(why)
    this.name = 'Unsaid'
    this.why = why
  }
}

/** Words of the customer that one deal takes in a day: nobody who means well needs more. They are counted with the deal locked, one after another. */
const MOST_A_DAY = 200
const MOST_TEXT = 2000
const MOST_NAME = 100
const SAID_TODAY = `(select count(*)::int
         from joint_suggestion s
         where s.workspace_id = $1 and s.deal_id = $2 and s.created_by is null and s.created_at > now() - interval '1 day')`
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const MOST_STEP = 200
const KINDS = ['done', 'undone', 'move', 'comment'] as const
type Kind = (typeof KINDS)[number]

/**
 * Keeps what somebody said on the page as a suggestion; it changes nothing else. Answers the joint step, undefined of a step that is only proposed.
 * Throws `Unsaid`.
 */
export async function say(tx: Tx, link: OpenLink, body: URLSearchParams): Promise<string | undefined> {
  const { linkId, dealId } = link
  if (body.get('kind') === 'propose') return propose(tx, link, body)
  const itemId = body.get('item') ?? ''
  const kind = KINDS.find((one) => one === body.get('kind'))
  const author = authorOf(body)
  const text = plain(body.get('text')).trim()
  if (!UUID.test(itemId) || kind === undefined) throw new Unsaid('goneStep')
  if (author === undefined) throw new Unsaid('needsName')
  if (text.length > MOST_TEXT) throw new Unsaid('tooLong')
  if (kind === 'comment' && !isSeen(text)) throw new Unsaid('needsWords')
  const on = dayOf(kind, body, await todayOf(tx))
  await lockDeals(tx, [dealId])
  const [found] = await tx.rows<{ what: string; person_id: string | null; today: number }>(
    `select i.what, (select l.person_id
       from joint_link l
       join stakeholder s on s.workspace_id = $1 and s.deal_id = l.deal_id and s.person_id = l.person_id
         where l.workspace_id = $1 and l.id = $4) as person_id,
       ${SAID_TODAY} as today
     from joint_item i where i.workspace_id = $1 and i.deal_id = $2 and i.id = $3`,
    [tx.workspaceId, dealId, itemId, linkId],
    'joint_item_said_of',
  )
  if (!found) throw new Unsaid('goneStep')
  if (found.today >= MOST_A_DAY) throw new Unsaid('full')
  await create(tx, 'jointSuggestion', {
    dealId,
    itemId,
    item: found.what,
    kind,
    author,
    ...(on === undefined ? {} : { on }),
    ...(text === '' ? {} : { text }),
    ...(found.person_id === null ? {} : { personId: found.person_id }),
  })
  await markVisit(tx, linkId, author)
  return itemId
}

/** A step that the customer would like on the plan: its words are the step. Nothing is there before we accept it. */
async function propose(tx: Tx, { linkId, dealId }: OpenLink, body: URLSearchParams): Promise<undefined> {
  const author = authorOf(body)
  const text = oneLine(body.get('text'))
  const on = body.get('proposeOn') ?? ''
  if (author === undefined) throw new Unsaid('needsName')
  if (!isSeen(text)) throw new Unsaid('needsStep')
  if (text.length > MOST_STEP) throw new Unsaid('tooLongStep')
  if (on !== '' && !isPlainDate(on)) throw new Unsaid('needsDay')
  await lockDeals(tx, [dealId])
  const [found] = await tx.rows<{ person_id: string | null; today: number }>(
    `select s.person_id, ${SAID_TODAY} as today
     from joint_link l
     left join stakeholder s on s.workspace_id = $1 and s.deal_id = l.deal_id and s.person_id = l.person_id
     where l.workspace_id = $1 and l.deal_id = $2 and l.id = $3`,
    [tx.workspaceId, dealId, linkId],
    'joint_step_proposed',
  )
  if (!found || found.today >= MOST_A_DAY) throw new Unsaid('full')
  const person = found.person_id === null ? {} : { personId: found.person_id }
  await create(tx, 'jointSuggestion', { dealId, kind: 'propose', author, text, ...(on !== '' && { on }), ...person })
  await markVisit(tx, linkId, author)
  return undefined
}

/** Zero widths and marks of direction alone are no words. */
const isSeen = (text: string): boolean => /[\p{L}\p{N}\p{P}\p{S}]/u.test(text)
const oneLine = (text: string | null): string => plain(text).replaceAll(/\s+/g, ' ').trim()
function authorOf(body: URLSearchParams): string | undefined {
  const author = oneLine(body.get('author'))
  return !isSeen(author) || author.length > MOST_NAME ? undefined : author
}

/** Of a day that is needed; what is done was done today or before. */
function dayOf(kind: Kind, body: URLSearchParams, today: string): string | undefined {
  if (kind !== 'done' && kind !== 'move') return undefined
  const said = body.get(`${kind}On`) ?? ''
  if (!isPlainDate(said) || (kind === 'done' && said > today)) throw new Unsaid('needsDay')
  return said
}

/** Signs that are no text, and halves of characters, are left out. */
const plain = (text: string | null): string =>
  (text ?? '')
    .replaceAll('\r\n', '\n')
    .toWellFormed()
    // eslint-disable-next-line no-control-regex -- it is control characters that are taken out
    .replaceAll(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, ' ')
