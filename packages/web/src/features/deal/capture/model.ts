import type { CallInput, DealWhole, routes } from '@sente/api'
import type { Proposal, Suggestion } from '@sente/reader'

/** One of the notes that were pasted together, and where its words stand in what was pasted. */
export interface Part {
  on: string
  author?: string
  text: string
  offset: number
}
export type Verdict = 'confirmed' | 'rejected'
/** A suggestion with its words' place in the whole text. */
export interface Found extends Suggestion {
  part: number
  /** The same signal in the same words is the same suggestion, also after more was typed. */
  key: string
  shown: readonly [start: number, end: number]
}

/** Notes with the place of each in the text; one note of everything where they cannot be found again word by word. */
export function partsOf(
  text: string,
  on: string,
  author: string,
  notes: readonly { on: string; author?: string; text: string }[],
): Part[] {
  const whole: Part = { on, ...(author !== '' && { author }), text, offset: 0 }
  // One note without a day of its own is what was pasted, letter by letter.
  if (notes.length === 0 || (notes.length === 1 && notes[0]!.on === on)) return [whole]
  let from = 0
  const parts: Part[] = []
  for (const note of notes) {
    const offset = text.indexOf(note.text, from)
    if (offset < 0) return [whole]
    parts.push({
      on: note.on,
      ...((note.author ?? author) !== '' && { author: note.author ?? author }),
      text: note.text,
      offset,
    })
    from = offset + note.text.length
  }
  return parts
}

export function foundOf(parts: readonly Part[], read: readonly (readonly Suggestion[])[]): Found[] {
  return parts.flatMap((part, i) =>
    (read[i] ?? []).map((one) => ({
      ...one,
      part: i,
      key: `${i}|${one.signal}|${one.quote}`,
      shown: [one.span[0] + part.offset, one.span[1] + part.offset] as const,
    })),
  )
}

/** What else a note says, with its place among the notes. */
export type Offer = Proposal & { part: number; key: string }

export function offersOf(read: readonly (readonly Proposal[])[]): Offer[] {
  return read.flatMap((proposals, part) =>
    proposals.map((one) => ({ ...one, part, key: `offer|${part}|${one.kind}|${labelOf(one)}` })),
  )
}

function labelOf(one: Proposal): string {
  if (one.kind === 'touch') return `${one.on}|${one.what}`
  if (one.kind === 'told') return `${one.step}|${one.on}`
  return one.kind === 'promise' ? one.what : one.name
}

export interface Segment {
  text: string
  /** Suggestions that rest on these words. */
  keys: readonly string[]
}

/** The text cut where suggestions begin and end, so that overlapping ones can all be underlined. */
export function segments(text: string, found: readonly Found[]): Segment[] {
  const cuts = [...new Set([0, text.length, ...found.flatMap(({ shown }) => [shown[0], shown[1]])])]
    .filter((at) => at >= 0 && at <= text.length)
    .sort((a, b) => a - b)
  return cuts.slice(1).map((end, i) => {
    const start = cuts[i]!
    return {
      text: text.slice(start, end),
      keys: found.filter(({ shown }) => shown[0] <= start && shown[1] >= end).map(({ key }) => key),
    }
  })
}

type Body = CallInput<typeof routes.deals.capture>['body']
type Person = (key: string | undefined) => string | undefined

/** How what is taken is called in the deal. */
export interface OfferWords {
  meeting: (what: Extract<Proposal, { kind: 'touch' }>['what']) => string
  /** Who of ours promised. */
  us: string | undefined
  person: (key: string | undefined) => string | undefined
}
interface Sending {
  isPrivate: boolean
  read: boolean
  personOf: Person
  offers?: readonly Offer[]
  words: OfferWords
}

const statusOf = (verdict: Verdict | undefined) => verdict ?? ('suggested' as const)

/** What is sent for each note: everything that was judged, and what was not as a suggestion. Nothing read: the server reads. */
export function bodiesOf(
  parts: readonly Part[],
  found: readonly Found[],
  verdicts: ReadonlyMap<string, Verdict>,
  { isPrivate, read, personOf, offers = [], words }: Sending,
): Body[] {
  return parts.map(({ on, author, text }, i) => ({
    note: { on, text, ...(author !== undefined && { author }), ...(isPrivate && { private: true }) },
    ...(read && {
      evidence: found
        .filter(({ part }) => part === i)
        .map(({ on: day, signal, from, about, confidence, quote, span, key }) => {
          const personId = personOf(from)
          return {
            on: day,
            signal,
            ...(personId && { personId }),
            ...(about !== undefined && { about }),
            confidence: Math.max(0.01, confidence),
            quote,
            span: [...span],
            status: statusOf(verdicts.get(key)),
          }
        }),
    }),
    ...takenIn(
      offers.filter((one) => one.part === i && verdicts.get(one.key) === 'confirmed'),
      personOf,
      words,
    ),
  }))
}

/** What was taken, as the server makes records of it. Who of a touch is not taken as well stands in its words. */
function takenIn(offers: readonly Offer[], personOf: Person, words: OfferWords): Pick<Body, 'taken'> {
  if (offers.length === 0) return {}
  const made = new Set(offers.flatMap((one) => (one.kind === 'person' ? [one.name] : [])))
  const ids = (keys: readonly string[]): string[] => keys.flatMap((key) => personOf(key) ?? [])
  return {
    taken: offers.map((one): NonNullable<Body['taken']>[number] => {
      switch (one.kind) {
        case 'touch': {
          const others = one.names.filter((name) => !made.has(name))
          return {
            kind: 'touch',
            on: one.on,
            what: [words.meeting(one.what), ...others].join(' · '),
            with: ids(one.with),
            names: one.names.filter((name) => made.has(name)),
          }
        }
        case 'person':
          return { kind: 'person', name: one.name, ...(one.title !== undefined && { title: one.title }) }
        case 'rival':
          return { kind: 'rival', name: one.name }
        case 'told':
          return { kind: 'told', step: one.step, on: one.on, ...(one.guess && { toldBy: 'guess' }) }
        case 'promise': {
          const who = one.by === 'us' ? words.us : words.person(one.from)
          const [to] = one.to === undefined ? [] : ids([one.to])
          return {
            kind: 'promise',
            what: one.what,
            promisedOn: one.promisedOn,
            ...(who !== undefined && { who }),
            ...(to !== undefined && { to }),
            ...(one.dueOn !== undefined && { dueOn: one.dueOn }),
          }
        }
      }
    }),
  }
}

type Piece = NonNullable<Body['evidence']>[number]

/** The deal with evidence that the server does not have. Ids are the order of lists, and `g` comes after all hexadecimal ones: drafts stand last. */
function withPieces(whole: DealWhole, pieces: readonly Piece[], of: string): DealWhole {
  const drafts = pieces
    .filter(({ status }) => status !== 'rejected')
    .map((piece, i) => ({
      ...piece,
      id: `g-draft-${of}${String(i).padStart(3, '0')}`,
      version: 0,
      dealId: whole.deal.id,
      createdAt: '',
    }))
  return drafts.length === 0
    ? whole
    : { ...whole, evidence: [...(whole.evidence ?? []), ...drafts] as NonNullable<DealWhole['evidence']> }
}

/** The deal with notes that wait on this device: they were kept, so they count. What nobody has read yet says nothing. */
export const withWaiting = (whole: DealWhole, bodies: readonly Body[]): DealWhole =>
  bodies.reduce((before, { note, evidence = [] }) => withPieces(before, evidence, `${note.id}-`), whole)

/** The deal as it would be with the note: what the picture shows while one decides. Rejected suggestions count nothing. */
export function withDraft(
  whole: DealWhole,
  found: readonly Found[],
  verdicts: ReadonlyMap<string, Verdict>,
  personOf: Person,
): DealWhole {
  const pieces = found.map(({ on, signal, from, about, confidence, quote, key }) => {
    const personId = personOf(from)
    return {
      on,
      signal,
      ...(personId && { personId }),
      ...(about !== undefined && { about }),
      confidence: Math.max(0.01, confidence),
      quote,
      status: statusOf(verdicts.get(key)),
    }
  })
  return withPieces(whole, pieces, '')
}
