import { addDays } from '@sente/engine'
import type { Deal, DealProof, PlainDate, ProofStatus, StartBy } from '@sente/engine'

/** What can be changed in the picture; places are those of the deal's own lists. */
export type PictureEdit =
  | { kind: 'move-step'; index: number; on: PlainDate }
  | { kind: 'plan-play'; play: string; on: PlainDate; with: string[] }
  | { kind: 'proof-status'; index: number; status: ProofStatus; on: PlainDate }
  | { kind: 'proof-ready'; index: number; readyOn: PlainDate }
  | { kind: 'start-proof'; topic: string; proof: string; for: string[]; on: PlainDate; readyOn: PlainDate }

const replaced = <T>(list: readonly T[] | undefined, index: number, change: (item: T) => T): T[] =>
  (list ?? []).map((item, i) => (i === index ? change(item) : item))

/** The deal after a change. Only `plan` and `proofs` become new lists, so that the engine recomputes no more than it must. */
export function applyEdit(deal: Deal, edit: PictureEdit): Deal {
  switch (edit.kind) {
    case 'move-step':
      return { ...deal, plan: replaced(deal.plan, edit.index, (step) => ({ ...step, on: edit.on })) }
    case 'plan-play':
      return {
        ...deal,
        plan: [...(deal.plan ?? []), { play: edit.play, on: edit.on, with: edit.with, status: 'open' }],
      }
    case 'proof-status':
      return { ...deal, proofs: replaced(deal.proofs, edit.index, (proof) => withStatus(proof, edit.status, edit.on)) }
    case 'proof-ready':
      return { ...deal, proofs: replaced(deal.proofs, edit.index, (proof) => ({ ...proof, readyOn: edit.readyOn })) }
    case 'start-proof': {
      const { topic, proof, on, readyOn } = edit
      const started: DealProof = {
        topic,
        proof,
        history: [{ status: 'preparing', on }],
        readyOn,
        ...(edit.for.length > 0 && { for: edit.for }),
      }
      return { ...deal, proofs: [...(deal.proofs ?? []), started] }
    }
  }
}

/** A second change on one day replaces the first; what came before stays as it was. */
function withStatus(proof: DealProof, status: ProofStatus, on: PlainDate): DealProof {
  const before = proof.history.filter((entry) => entry.on === undefined || entry.on < on)
  return { ...proof, history: [...before, { status, on }] }
}

/** Something planned that can be taken by its mark and moved to another day. */
export interface Movable {
  id: string
  kind: 'step' | 'proof'
  index: number
  on: PlainDate
  /** People of a step; the topic of a proof. */
  with: readonly string[]
  topic: string | null
  play: string | null
  proof: string | null
  what: string | null
}

/** Open steps with a day, and proofs under way with a day on which they will be ready. */
export function movablesOf(deal: Deal, asOf: PlainDate): Movable[] {
  const steps = (deal.plan ?? []).flatMap((step, index): Movable[] => {
    if (step.status !== 'open' || !step.on || step.on < asOf) return []
    return [
      {
        id: `step-${index}`,
        kind: 'step',
        index,
        on: step.on,
        with: step.with ?? [],
        topic: null,
        play: step.play ?? null,
        proof: null,
        what: step.what ?? null,
      },
    ]
  })
  const proofs = (deal.proofs ?? []).flatMap((proof, index): Movable[] => {
    const status = proof.history.at(-1)?.status ?? 'missing'
    if (!proof.readyOn || proof.readyOn <= asOf || (status !== 'preparing' && status !== 'missing')) return []
    return [
      {
        id: `proof-${index}`,
        kind: 'proof',
        index,
        on: proof.readyOn,
        with: [],
        topic: proof.topic,
        play: null,
        proof: proof.proof,
        what: null,
      },
    ]
  })
  return [...steps, ...proofs]
}

export const moveOf = ({ kind, index }: Movable, on: PlainDate): PictureEdit =>
  kind === 'step' ? { kind: 'move-step', index, on } : { kind: 'proof-ready', index, readyOn: on }

/** Starting a missing proof today makes it ready after its lead time. */
export const startOf = ({ topic, proof, for: people, leadDays }: StartBy, asOf: PlainDate): PictureEdit => ({
  kind: 'start-proof',
  topic,
  proof,
  for: people,
  on: asOf,
  readyOn: addDays(asOf, leadDays),
})
