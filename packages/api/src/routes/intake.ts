import { z } from 'zod'

/** What a list of another program holds, what of it is a guess, and what one may say instead. */

const Says = z.strictObject({ en: z.string(), zh: z.string() })
const Example = z.strictObject({
  row: z.int().meta({ description: 'As a spreadsheet counts; 0 where no row is meant' }),
  value: z.string(),
  readAs: z.string().optional(),
})

const Doubt = z.strictObject({
  about: z.enum([
    'encoding',
    'separator',
    'sheet',
    'heading-row',
    'date-order',
    'year',
    'time-zone',
    'serial-days',
    'no-day',
    'unit',
    'number-format',
    'currency',
    'about',
    'probability',
    'stage',
    'status',
    'outcome',
    'duplicate',
    'history',
    'group',
    'amount-column',
    'account',
    'owner',
    'remembered',
  ]),
  column: z.string().optional(),
  guess: z.string().meta({ description: 'What was assumed' }),
  choices: z.array(z.string()).meta({ description: 'What could be said instead' }),
  what: Says,
  rows: z.int().meta({ description: 'Rows that rest on it' }),
  examples: z.array(Example),
  waits: z.boolean().meta({
    description:
      'It moves days, money, outcome or identity of more than a handful of rows: nothing is written before it is answered, or `yes` is said',
  }),
  option: z.string().optional().meta({ description: 'How the command line says otherwise' }),
})
export type Doubt = z.infer<typeof Doubt>

const LeftOut = z.strictObject({
  reason: z.enum(['total', 'footer', 'heading', 'units', 'deleted', 'continuation', 'example', 'planned']),
  what: Says,
  rows: z.int(),
  examples: z.array(Example),
})
export type LeftOut = z.infer<typeof LeftOut>

export const IntakeReport = z.strictObject({
  sheet: z.string().optional(),
  headingRow: z.int().optional(),
  encoding: z.string().optional(),
  separator: z.string().optional(),
  taken: z.int().meta({ description: 'Rows that are records' }),
  doubts: z.array(Doubt),
  leftOut: z.array(LeftOut),
  stages: z
    .array(z.strictObject({ stage: z.string(), rows: z.int(), means: z.string().optional() }))
    .meta({ description: 'What each stage of the list was taken for' }),
})
export type IntakeReport = z.infer<typeof IntakeReport>

/** What may be said about a source, in the query of a preview and of an import. */
export const AnswersQuery = {
  currency: z.string().optional().meta({ description: 'Of amounts that name none' }),
  dateOrder: z.enum(['ymd', 'dmy', 'mdy']).optional().meta({ description: 'Which part comes first in 3/4/2025' }),
  year: z.coerce
    .number()
    .int()
    .min(1971)
    .max(2099)
    .optional()
    .meta({ description: 'Of days without a year; default: the nearest' }),
  sheet: z.string().max(200).optional().meta({ description: 'Name or number of the sheet that holds the list' }),
  headingRow: z.coerce.number().int().min(1).max(1000).optional().meta({ description: 'Row of the headings' }),
  owner: z.string().max(200).optional().meta({ description: 'Member who owns what nobody of ours owns' }),
  timeZone: z
    .string()
    .max(100)
    .optional()
    .meta({ description: 'Whose day counts for moments; default: the workspace' }),
  deal: z.string().max(500).optional().meta({ description: 'Deal of activities that name none, by name or id' }),
  encoding: z.string().max(40).optional().meta({ description: 'For example gb18030, big5, windows-1252' }),
  separator: z.string().max(4).optional().meta({ description: 'Between columns: , ; | or \\t' }),
  decimal: z.enum(['.', ',']).optional().meta({ description: 'Mark before decimals' }),
  unit: z.coerce.number().int().min(0).max(12).optional().meta({ description: 'Power of ten of all amounts; 万: 4' }),
  probability: z.enum(['percent', 'fraction']).optional().meta({ description: 'Unit of the column of probabilities' }),
  stages: z
    .string()
    .max(20_000)
    .optional()
    .meta({ description: 'JSON: their stage to a phase of ours, or to won, lost, no-decision, open' }),
  statuses: z.string().max(20_000).optional().meta({
    description:
      'JSON: their status of a deal to open, won, lost, no-decision; of an activity to done, failed, cancelled, planned',
  }),
} as const
