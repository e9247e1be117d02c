import { AccountFields, DealFields, Id, FIELD_SCHEMAS, KIND_NAMES, PersonFields } from '@sente/api'
import { z } from 'zod'
import type { RecordKind } from '../../store/records.ts'

/** The shape of a line of an export, by its kind. */
export const fieldShapes = {
  account: z.strictObject({ id: Id, ...AccountFields }),
  person: z.strictObject({ id: Id, ...PersonFields }),
  deal: z.strictObject({ id: Id, ...DealFields }),
  ...Object.fromEntries(
    KIND_NAMES.map((kind) => [kind, z.strictObject({ id: Id, dealId: Id, ...FIELD_SCHEMAS[kind] })]),
  ),
} as unknown as Record<RecordKind, z.ZodObject>
