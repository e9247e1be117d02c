import { plainDate } from '@sente/engine'
import { routes } from '@sente/api'
import type { FactInput } from '@sente/api'
import type { Suggestion } from '@sente/reader'
import { dealFor, lockWritableDeal } from '../../../access/access.ts'
import { askedFor } from '../../../queries/note-reading.ts'
import { checkPersonal } from '../../../access/personal.ts'
import { SOURCE } from '../../../notes/reader.ts'
import { readBuiltIn } from '../../../notes/server-reading.ts'
import type { Tx } from '../../../store/tenant.ts'
import { create } from '../../../store/write.ts'
import { Fault } from '../../../core/fault.ts'
import { preparedOperation } from '../../operation.ts'
import type { Preparing } from '../../operation.ts'
import { take } from './taken.ts'

type Piece = Omit<FactInput<'evidence'>, 'noteId' | 'source'> & { id?: string | undefined }

/** One transaction: a note whose evidence could not be kept is not kept either. What the user rejected is kept too, so that the reader learns. */
export const capture = preparedOperation(
  routes.deals.capture,
  suggestionsFor,
  async ({ params, body, context }, suggestions) => {
    const { tx } = context
    const { dealId } = params
    const { deal, sensitive } = await lockWritableDeal(context, dealId)
    if (!sensitive) checkPersonal('note', body.note)
    const note = await create(
      tx,
      'note',
      { ...body.note, author: body.note.author ?? context.member.name, dealId },
      deal,
    )
    const pieces = body.evidence ? spanned(body.evidence, note.text) : await suggested(tx, dealId, suggestions)
    const evidence = []
    for (const piece of pieces)
      evidence.push(
        await create(
          tx,
          'evidence',
          {
            ...piece,
            dealId,
            noteId: note.id,
            source: SOURCE,
            ...(note.recordedOn === undefined ? {} : { recordedOn: later(note.recordedOn, piece.on) }),
          },
          deal,
        ),
      )
    if (body.taken) await take(tx, dealId, deal, body.taken)
    return { note: [note], evidence }
  },
)

/** A piece that happened on its day was not written down before it. */
const later = (a: string, b: string): string => (a > b ? a : b)

/** Words are those of the note: the span says which. */
function spanned(pieces: readonly Piece[], text: string): Piece[] {
  return pieces.map((piece, i) => {
    if (!piece.span) return piece
    const [start = 0, end = 0] = piece.span
    if (start >= end || end > text.length)
      throw new Fault('invalid-input', {
        faults: [
          {
            field: `body.evidence[${i}].span`,
            what: {
              en: `Not a stretch of the note, which has ${text.length} characters.`,
              zh: `不是笔记中的一段；笔记共 ${text.length} 个字符。`,
            },
          },
        ],
      })
    return { quote: text.slice(start, end), ...piece }
  })
}

/** What the built-in reader finds in a note that comes without evidence; read before the deal is locked. */
async function suggestionsFor({
  params,
  body,
  context,
}: Preparing<typeof routes.deals.capture>): Promise<readonly Suggestion[]> {
  if (body.evidence) return []
  const asked = await context.inWorkspace(async (tx) => {
    await dealFor({ tx, principal: context.principal }, params.dealId)
    return askedFor(tx, params.dealId)
  })
  return (await readBuiltIn({ on: plainDate(body.note.on), text: body.note.text }, asked)).suggestions
}

/** What the deal does not say already: the same signal on the same day, or the same words. */
async function suggested(tx: Tx, dealId: string, found: readonly Suggestion[]): Promise<Piece[]> {
  if (found.length === 0) return []
  const known = await tx.rows<{ signal: string; on: string; quote: string | null }>(
    `select signal, "on", quote
     from evidence
     where workspace_id = $1 and deal_id = $2 and signal = any($3)`,
    [tx.workspaceId, dealId, found.map(({ signal }) => signal)],
  )
  return found
    .filter(
      ({ signal, on, quote }) =>
        !known.some((other) => other.signal === signal && (other.on === on || other.quote === quote)),
    )
    .map(({ signal, confidence, span, quote, from, about, on }) => ({
      on,
      signal,
      confidence: Math.max(0.01, confidence),
      quote,
      span: [...span],
      status: 'suggested' as const,
      ...(from === undefined ? {} : { personId: from }),
      ...(about === undefined ? {} : { about }),
    }))
}
