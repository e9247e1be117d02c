import { z } from 'zod'
import { Day, Id, Line, MethodId, Words } from './shapes.ts'

const words = { span: z.array(z.int()).length(2), quote: z.string() }

/** What a note says besides signals; nothing of it is kept until it comes back as `taken`. */
export const PROPOSAL = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('touch'),
    on: Day,
    what: z.enum(['visit', 'call', 'meeting', 'demo', 'meal', 'workshop']),
    with: z.array(Id),
    names: z.array(z.string()).meta({ description: 'People whom the deal does not know' }),
    ...words,
  }),
  z.strictObject({ kind: z.literal('person'), name: z.string(), title: z.string().optional(), ...words }),
  z.strictObject({ kind: z.literal('rival'), name: z.string(), ...words }),
  z.strictObject({
    kind: z.literal('told'),
    step: MethodId,
    on: Day,
    guess: z.boolean().meta({ description: 'The note itself doubts the day' }),
    personId: Id.optional(),
    ...words,
  }),
  z.strictObject({
    kind: z.literal('promise'),
    by: z.enum(['us', 'them']),
    what: z.string(),
    promisedOn: Day,
    dueOn: Day.optional(),
    personId: Id.optional().meta({ description: 'Who of theirs gave it' }),
    to: Id.optional().meta({ description: 'To whom of theirs ours was given' }),
    ...words,
  }),
])

/** The same as the user took it: it becomes a record of the deal together with the note. */
export const TAKEN = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('touch'),
    on: Day,
    what: Line,
    with: z.array(Id).max(50),
    names: z
      .array(Line)
      .max(20)
      .default([])
      .meta({ description: 'People who are taken from the same note, by their names' }),
  }),
  z.strictObject({ kind: z.literal('person'), name: Line, title: Line.optional() }),
  z.strictObject({ kind: z.literal('rival'), name: Line }),
  z.strictObject({
    kind: z.literal('told'),
    step: MethodId,
    on: Day,
    toldBy: z.enum(['published', 'contract', 'executive', 'project-leader', 'coach', 'guess']).optional(),
  }),
  z.strictObject({
    kind: z.literal('promise'),
    what: Words,
    who: Line.optional(),
    to: Id.optional(),
    promisedOn: Day,
    dueOn: Day.optional(),
  }),
])
export type Taken = z.infer<typeof TAKEN>
