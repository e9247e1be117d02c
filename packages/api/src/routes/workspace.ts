import { z } from 'zod'
import { Language } from '../records/members.ts'
import { Ours } from '../records/records.ts'
import { Currency, Id, Line } from '../records/shapes.ts'
import { route } from '../route.ts'

const Settings = {
  id: Id,
  version: z.int(),
  name: z.string(),
  language: Language,
  timeZone: z.string(),
  currency: Currency,
  us: Ours.optional(),
}

export const workspace = {
  get: route({
    method: 'GET',
    path: '/workspace',
    tag: 'Workspace',
    summary: 'Read the settings of the workspace',
    permission: 'signed-in',
    output: z.strictObject({
      ...Settings,
      sample: z.boolean(),
      counts: z.strictObject({ accounts: z.int(), people: z.int(), deals: z.int() }),
    }),
    versioned: true,
  }),
  update: route({
    method: 'PATCH',
    path: '/workspace',
    tag: 'Workspace',
    summary: 'Change the settings of the workspace',
    permission: 'workspace:manage',
    body: z.strictObject({
      name: Line.optional(),
      language: Language.optional(),
      timeZone: Line.optional(),
      currency: Currency.optional(),
      us: Ours.nullable().optional().meta({ description: 'Who of ours goes to customers, and when nobody can' }),
    }),
    output: z.strictObject(Settings),
    versioned: true,
    errors: ['changed-since'],
  }),
  loadSample: route({
    method: 'POST',
    path: '/workspace/sample',
    tag: 'Workspace',
    summary: 'Fill an empty workspace with the sample team',
    permission: 'workspace:manage',
    output: z.strictObject({ accounts: z.int(), people: z.int(), deals: z.int() }),
    status: 201,
    idempotent: true,
    errors: ['conflict'],
  }),
  clearSample: route({
    method: 'DELETE',
    path: '/workspace/sample',
    tag: 'Workspace',
    summary: 'Take the sample data out again',
    permission: 'workspace:manage',
    output: z.strictObject({ deals: z.int() }),
    errors: ['conflict'],
  }),
  views: route({
    method: 'GET',
    path: '/views',
    tag: 'Workspace',
    summary: 'List your saved views and those shared',
    permission: 'signed-in',
    query: z.strictObject({ screen: z.string().max(50).optional() }),
    output: z.strictObject({
      items: z.array(
        z.strictObject({
          id: Id,
          screen: z.string(),
          name: z.string(),
          query: z.record(z.string(), z.unknown()),
          shared: z.boolean(),
          mine: z.boolean(),
        }),
      ),
    }),
  }),
  saveView: route({
    method: 'POST',
    path: '/views',
    tag: 'Workspace',
    summary: 'Save a view',
    permission: 'signed-in',
    body: z.strictObject({
      screen: z.string().max(50),
      name: Line,
      query: z.record(z.string(), z.unknown()),
      shared: z.boolean().default(false),
    }),
    output: z.strictObject({ id: Id }),
    status: 201,
    idempotent: true,
  }),
  removeView: route({
    method: 'DELETE',
    path: '/views/{id}',
    tag: 'Workspace',
    summary: 'Delete a saved view',
    permission: 'signed-in',
    params: z.strictObject({ id: Id }),
  }),
}
