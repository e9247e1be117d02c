import { z } from 'zod'
import { AccountPlan } from '@sente/engine'
import { Account, AccountFields, DealRow, Page, pageOf, patchOf, Relationship } from '../records/records.ts'
import { Day, Id } from '../records/shapes.ts'
import { route } from '../route.ts'
import { accountSlides } from './slides.ts'

const oneAccount = z.strictObject({ accountId: Id })

export const accounts = {
  list: route({
    method: 'GET',
    path: '/accounts',
    tag: 'Accounts',
    summary: 'List accounts',
    permission: 'accounts:read',
    query: z.strictObject({
      q: z.string().max(200).optional(),
      industry: z.string().optional(),
      region: z.string().optional(),
      ownerId: Id.optional(),
      parentId: Id.optional(),
      sort: z.enum(['name', 'updatedAt']).default('name'),
      order: z.enum(['asc', 'desc']).default('asc'),
      ...Page,
    }),
    output: pageOf(Account.extend({ openDeals: z.int(), people: z.int() })),
    errors: ['bad-cursor'],
  }),
  get: route({
    method: 'GET',
    path: '/accounts/{accountId}',
    tag: 'Accounts',
    summary: 'Read an account with its deals, people and relationships',
    permission: 'accounts:read',
    params: oneAccount,
    output: z.strictObject({
      account: Account,
      parent: Account.optional(),
      children: z.array(Account),
      deals: z.array(DealRow),
      people: z.array(Relationship),
      notes: z
        .array(z.strictObject({ id: Id, dealId: Id, on: Day, author: z.string().optional(), text: z.string() }))
        .meta({ description: 'The newest notes of its deals, at most 20' }),
    }),
    versioned: true,
  }),
  plan: route({
    method: 'GET',
    path: '/accounts/{accountId}/plan',
    tag: 'Accounts',
    summary:
      'Read the account plan that the deals you may see fill: units and offers, relationships, rivals, promises, next steps',
    permission: 'deals:read',
    params: oneAccount,
    query: z.strictObject({ asOf: Day.optional() }),
    output: AccountPlan.extend({
      dealIds: z.record(z.string(), Id).meta({ description: 'Ids of the deals by their names' }),
    }).meta({ description: 'The engine’s `accountPlan`; deals are named' }),
    errors: ['conflict'],
  }),
  slides: accountSlides,
  create: route({
    method: 'POST',
    path: '/accounts',
    tag: 'Accounts',
    summary: 'Create an account',
    permission: 'accounts:write',
    body: z.strictObject({ id: Id.optional(), ...AccountFields }),
    output: Account,
    status: 201,
    idempotent: true,
    versioned: true,
    errors: ['conflict'],
  }),
  update: route({
    method: 'PATCH',
    path: '/accounts/{accountId}',
    tag: 'Accounts',
    summary: 'Change an account',
    permission: 'accounts:write',
    params: oneAccount,
    body: patchOf(AccountFields),
    output: Account,
    versioned: true,
    errors: ['changed-since', 'conflict'],
  }),
  remove: route({
    method: 'DELETE',
    path: '/accounts/{accountId}',
    tag: 'Accounts',
    summary: 'Delete an account without deals',
    permission: 'accounts:write',
    params: oneAccount,
    versioned: true,
    errors: ['changed-since', 'in-use'],
  }),
}
