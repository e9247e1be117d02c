import type { DealWhole } from '@sente/client'
import type { Tx } from '../store/tenant.ts'

/** The deal without evidence that quotes a private note. `whole` has no such notes any more, so the store is asked which they are. */
export async function withoutPrivateEvidence(tx: Tx, dealId: string, whole: DealWhole): Promise<DealWhole> {
  if (!whole.evidence?.some(({ noteId }) => noteId !== undefined)) return whole
  const hidden = await privateNotes(tx, dealId)
  return hidden.size === 0 ? whole : { ...whole, evidence: whole.evidence.filter(({ noteId }) => noteId === undefined || !hidden.has(noteId)) }
}

/** The same for a deal as it stood earlier, whose notes are all in `whole` but the private ones. They are given back only if they were asked for. */
export function withoutPrivateThen(whole: DealWhole, include: readonly string[]): DealWhole {
  const { note, ...rest } = whole
  const open = new Set(note?.map(({ id }) => id))
  const asked = include.includes('all') || include.includes('note')
  return { ...rest, ...(asked && note ? { note } : {}), ...(whole.evidence ? { evidence: whole.evidence.filter(({ noteId }) => noteId === undefined || open.has(noteId)) } : {}) }
}

/** Of a deal, the notes that only those with the right may read. */
export async function privateNotes(tx: Tx, dealId: string): Promise<Set<string>> {
  return new Set((await tx.rows<{ id: string }>('select id from note where workspace_id = $1 and deal_id = $2 and private', [tx.workspaceId, dealId], 'private_notes')).map(({ id }) => id))
}
