import type { KindName } from '@sente/api'
import { KINDS } from '@sente/api'
import { Fault } from '../core/fault.ts'
import type { Asking } from '../auth/principal.ts'
import { lockDeals } from '../store/gateway.ts'
import { sameValue, snake } from '../store/records.ts'
import type { Row } from '../store/records.ts'
import { NotFound } from '../store/refusal.ts'
import { accessToAll, viewerOf } from '../store/visibility.ts'
import { passesOn } from './access.ts'
import { privateNotes } from './private-evidence.ts'

interface Change {
  kind: string
  record_id: string
  deal_id: string | null
  action: 'create' | 'update' | 'delete'
  before: Row | null
  after: Row | null
}

/** What `auth/audit.ts` marks: no records of the store. */
const DECIDED = new Set(['member', 'team', 'workspace', 'jointLink'])

/**
 * May the caller take this change back? It takes what the change itself took: the right to write each deal of it, and to what is personal where
 * that was changed. A deal that is gone, or that the change gave to somebody else, counts as its owner's of before.
 */
export async function checkMayUndo(context: Asking, changeSet: string): Promise<void> {
  const { tx, principal } = context
  const { permissions } = principal
  const changes = await tx.rows<Change>(
    `select kind, record_id, deal_id, action, before, after
     from change
     where workspace_id = $1 and change_set = $2`,
    [tx.workspaceId, changeSet],
  )
  // Who may do what is decided anew, not taken back.
  if (changes.length === 0 || changes.some(({ kind }) => DECIDED.has(kind))) throw new NotFound()
  const dealIds = [...new Set(changes.flatMap(({ deal_id: id }) => id ?? []))]
  await lockDeals(tx, dealIds)
  const access = await accessToAll(tx, viewerOf(principal), dealIds)
  const ownersBefore = new Map(
    changes.flatMap(({ kind, record_id: id, before }) =>
      kind === 'deal' && before ? [[id, before['owner_id'] as string] as const] : [],
    ),
  )
  const passes = await passesOn(context)
  const own = (dealId: string): boolean => ownersBefore.has(dealId) && passes(ownersBefore.get(dealId)!)
  if (dealIds.some((id) => !access.has(id) && !own(id))) throw new NotFound()
  if (dealIds.some((id) => !access.get(id)?.write && !own(id))) throw new Fault('not-allowed')
  if (changes.some(({ kind }) => kind === 'dealShare') && !(await allPassedOn(context, dealIds, own)))
    throw new Fault('not-allowed')
  if (changes.some(({ deal_id: id }) => id === null) && !permissions.has('accounts:write'))
    throw new Fault('not-allowed')
  for (const dealId of dealIds) {
    if (access.get(dealId)?.sensitive ?? permissions.has('sensitive:read')) continue
    const hidden = await privateNotes(tx, dealId)
    if (changes.some((change) => change.deal_id === dealId && isPersonal(change, hidden)))
      throw new Fault('not-allowed', { detail: { en: 'It changed something personal.', zh: '其中涉及个人信息。' } })
  }
}

async function allPassedOn(
  context: Asking,
  dealIds: readonly string[],
  own: (id: string) => boolean,
): Promise<boolean> {
  const passes = await passesOn(context)
  const owners = await context.tx.rows<{ id: string; owner_id: string }>(
    'select id, owner_id from deal where workspace_id = $1 and id = any($2::uuid[])',
    [context.tx.workspaceId, dealIds],
  )
  return dealIds.every((id) => own(id) || owners.some((deal) => deal.id === id && passes(deal.owner_id)))
}

function isPersonal(
  { kind, record_id: id, action, before, after }: Change,
  privateNoteIds: ReadonlySet<string>,
): boolean {
  if (kind === 'stance') return true
  if (kind === 'note') return before?.['private'] === true || after?.['private'] === true || privateNoteIds.has(id)
  if (kind === 'evidence') return [before, after].some((row) => privateNoteIds.has(String(row?.['note_id'])))
  const fields = (KINDS[kind as KindName] as { sensitive?: readonly string[] } | undefined)?.sensitive
  if (!fields) return false
  // What was created is in its table only; one who may not see it cannot be sure, and neither can we without looking: taking it back shows nothing.
  return (
    action !== 'create' &&
    fields.some((field) => !sameValue(before?.[snake(field)] ?? null, after?.[snake(field)] ?? null))
  )
}
