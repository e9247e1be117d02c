import type { DealWhole } from '@sente/api'
import type { Tx } from '../store/tenant.ts'

/** Of a deal, the notes that only those with the right may read, and those that were so when they were taken out. */
export async function privateNotes(tx: Tx, dealId: string): Promise<Set<string>> {
  const rows = await tx.rows<{ id: string }>(
    `select id from note where workspace_id = $1 and deal_id = $2 and private
     union
     select c.record_id
     from change c
     where c.workspace_id = $1
       and c.deal_id = $2
       and c.kind = 'note'
       and c.action = 'delete'
       and (c.before ->> 'private')::boolean
       and not exists (select from note n where n.workspace_id = $1 and n.id = c.record_id)`,
    [tx.workspaceId, dealId],
    'private_notes_ever',
  )
  return new Set(rows.map(({ id }) => id))
}

/** Evidence that quotes a note which is private now, was private then, or is gone: nobody can say any more that it was open. */
export function isPrivate(
  noteId: string | undefined,
  whole: Pick<DealWhole, 'note'>,
  privateNow: ReadonlySet<string>,
): boolean {
  if (noteId === undefined) return false
  const note = whole.note?.find(({ id }) => id === noteId)
  return privateNow.has(noteId) || note === undefined || note.private === true
}

/** A deal as it stood earlier, without evidence that quotes a private note. `whole` has its notes; they are given back only if they were asked for. */
export async function withoutPrivateThen(tx: Tx, whole: DealWhole, include: readonly string[]): Promise<DealWhole> {
  const now = await privateNotes(tx, whole.deal.id)
  const { note, ...rest } = whole
  const asked = include.includes('all') || include.includes('note')
  return {
    ...rest,
    ...(asked && note ? { note: note.filter(({ id }) => !now.has(id)) } : {}),
    ...(whole.evidence ? { evidence: whole.evidence.filter(({ noteId }) => !isPrivate(noteId, whole, now)) } : {}),
  }
}

/** Places, in the deal's list as the engine has it (by id), of the evidence that quotes a private note. */
export async function hiddenPlaces(tx: Tx, whole: DealWhole): Promise<Set<number>> {
  const now = await privateNotes(tx, whole.deal.id)
  const pieces = [...(whole.evidence ?? [])].sort((a, b) => (a.id < b.id ? -1 : 1))
  return new Set(pieces.flatMap(({ noteId }, place) => (isPrivate(noteId, whole, now) ? [place] : [])))
}
