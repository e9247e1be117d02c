import { z } from 'zod'
import { Id, Line, Moment } from '../records/shapes.ts'
import { route } from '../route.ts'
import { Page, pageOf } from '../records/records.ts'
import { AnswersQuery, IntakeReport } from './intake.ts'

const oneRun = z.strictObject({ runId: Id })
/** What a bulk import may hold. Rows refer to each other by `externalId`, or by names; `workspace` is an export of ours, with its ids. */
export const IMPORT_KINDS = ['accounts', 'people', 'deals', 'activities', 'deal-files', 'workspace'] as const
const Kind = z.enum(IMPORT_KINDS)

export const ImportRun = z.strictObject({
  id: Id,
  kind: Kind,
  source: z.string().optional(),
  dryRun: z.boolean(),
  status: z.enum(['running', 'done', 'failed', 'cancelled', 'interrupted', 'waiting']).meta({
    description:
      '`interrupted`: whoever sent the rows or wrote them went away; send the same rows with `resume`. `waiting`: nothing was written, because a doubt of the report is to be answered first, or `yes` said',
  }),
  position: z.int().meta({ description: 'Rows done; an interrupted run goes on after it' }),
  total: z.int().optional(),
  created: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  failed: z.int(),
  error: z.unknown().optional(),
  report: IntakeReport.optional().meta({ description: 'Of a table: what was taken with doubt and what was left out' }),
  createdAt: Moment,
  finishedAt: Moment.optional(),
})
export type ImportRun = z.infer<typeof ImportRun>

/** Fields a column can be mapped to. */
const ImportField = z.strictObject({
  name: z.string(),
  label: z.strictObject({ en: z.string(), zh: z.string() }),
  required: z.boolean(),
  example: z.string().optional(),
})

export const exchange = {
  preview: route({
    method: 'POST',
    path: '/imports/preview',
    tag: 'Import and export',
    summary: 'Look at a file: its columns, first rows and a proposed mapping',
    permission: 'import',
    accepts: 'application/octet-stream',
    query: z.strictObject({ filename: Line, kind: Kind.optional(), ...AnswersQuery }),
    output: z.strictObject({
      kind: Kind,
      rows: z.int(),
      columns: z.array(
        z.strictObject({
          name: z.string(),
          samples: z.array(z.string()),
          field: z.string().optional(),
          confidence: z.number(),
        }),
      ),
      fields: z.array(ImportField),
      sheets: z.array(z.string()).optional(),
      report: IntakeReport.optional(),
    }),
    errors: ['too-large', 'unsupported-media', 'stalled'],
  }),
  start: route({
    method: 'POST',
    path: '/imports',
    tag: 'Import and export',
    summary: 'Import a stream of rows (NDJSON, CSV or XLSX); all or nothing for each batch of 1000',
    permission: 'import',
    accepts: 'application/octet-stream',
    query: z.strictObject({
      kind: Kind,
      filename: Line.optional(),
      format: z.enum(['ndjson', 'csv', 'xlsx', 'yaml']).optional(),
      dryRun: z.stringbool().default(false),
      mapping: z.string().max(20_000).optional().meta({ description: 'JSON: our field to their column' }),
      resume: Id.optional().meta({ description: 'Run to go on with: rows that are done are passed over' }),
      faulty: z
        .enum(['batch', 'row'])
        .default('batch')
        .meta({ description: 'What a faulty row takes with it: the batch of 1000 rows around it, or only itself' }),
      yes: z.stringbool().default(false).meta({ description: 'Guesses are taken' }),
      ...AnswersQuery,
    }),
    output: ImportRun,
    status: 201,
    errors: ['too-large', 'unsupported-media', 'conflict', 'stalled'],
  }),
  list: route({
    method: 'GET',
    path: '/imports',
    tag: 'Import and export',
    summary: 'List imports, newest first',
    permission: 'import',
    query: z.strictObject(Page),
    output: pageOf(ImportRun),
    errors: ['bad-cursor'],
  }),
  get: route({
    method: 'GET',
    path: '/imports/{runId}',
    tag: 'Import and export',
    summary: 'See how far an import is',
    permission: 'import',
    params: oneRun,
    output: ImportRun,
  }),
  faults: route({
    method: 'GET',
    path: '/imports/{runId}/faults',
    tag: 'Import and export',
    summary: 'Read the report: which row, which field, what is wrong and how to mend it',
    permission: 'import',
    params: oneRun,
    query: z.strictObject(Page),
    output: pageOf(
      z.strictObject({
        row: z.int(),
        field: z.string(),
        label: z
          .strictObject({ en: z.string(), zh: z.string() })
          .optional()
          .meta({ description: 'What the field is called, where it is one that a list may have' }),
        what: z.strictObject({ en: z.string(), zh: z.string() }),
        value: z.string().optional(),
        nearest: z.string().optional(),
        note: z
          .literal(true)
          .optional()
          .meta({ description: 'No fault: the row was taken, and this is what became of it' }),
      }),
    ),
    errors: ['bad-cursor'],
  }),
  cancel: route({
    method: 'POST',
    path: '/imports/{runId}/cancel',
    tag: 'Import and export',
    summary: 'Stop an import after the batch under way',
    permission: 'import',
    params: oneRun,
    output: ImportRun,
  }),
  export: route({
    method: 'GET',
    path: '/export',
    tag: 'Import and export',
    summary: 'Download the whole workspace as NDJSON',
    permission: 'export',
    query: z.strictObject({ private: z.stringbool().default(false) }),
    produces: 'application/x-ndjson',
  }),
}
