import { z } from 'zod'
import { Language } from '../records/members.ts'
import { Day, Id } from '../records/shapes.ts'
import { route } from '../route.ts'

const query = z.strictObject({
  audience: z.enum(['us', 'customer']).default('us').meta({
    description: 'For whom: `customer` holds only what a customer may see, never trust, stances, rivals or the outlook',
  }),
  asOf: Day.optional(),
  language: Language.optional().meta({ description: 'Default: yours' }),
})
const produces = 'application/vnd.openxmlformats-officedocument.presentationml.presentation'

/** Slides with native tables, shapes and charts. */
export const dealSlides = route({
  method: 'GET',
  path: '/deals/{dealId}/slides',
  tag: 'Deals',
  summary: 'Download the brief of a deal as slides; for the customer its joint steps',
  permission: 'deals:read',
  params: z.strictObject({ dealId: Id }),
  query,
  produces,
})
export const accountSlides = route({
  method: 'GET',
  path: '/accounts/{accountId}/slides',
  tag: 'Accounts',
  summary: 'Download the account plan as slides; for the customer what is in use, their own numbers and joint steps',
  permission: 'deals:read',
  params: z.strictObject({ accountId: Id }),
  query,
  produces,
  errors: ['conflict'],
})
