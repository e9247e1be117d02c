import { z } from 'zod'
import { Day, Id, Moment } from '../kinds/shapes.ts'
import { route } from '../route.ts'
import { Account, AccountFields, DealRow, Page, pageOf, patchOf, Person, PersonFields } from './records.ts'

const oneAccount = z.strictObject({ accountId: Id })
const onePerson = z.strictObject({ personId: Id })

/** A person with the deals they take part in, and how we stand with them there. */
const Relationship = z.strictObject({
  person: Person,
  deals: z.array(z.strictObject({ dealId: Id, name: z.string(), key: z.string(), status: z.enum(['open', 'won', 'lost', 'no-decision']), roles: z.array(z.string()), rung: z.string().optional(), trust: z.number().optional(), stance: z.number().optional(), lastTouch: Day.optional() })),
})

export const accounts = {
  list: route({
    method: 'GET', path: '/accounts', tag: 'Accounts', summary: 'List accounts', permission: 'accounts:read',
    query: z.strictObject({ q: z.string().max(200).optional(), industry: z.string().optional(), region: z.string().optional(), ownerId: Id.optional(), parentId: Id.optional(), sort: z.enum(['name', 'updatedAt']).default('name'), order: z.enum(['asc', 'desc']).default('asc'), ...Page }),
    output: pageOf(Account.extend({ openDeals: z.int(), people: z.int() })), errors: ['bad-cursor'],
  }),
  get: route({ method: 'GET', path: '/accounts/{accountId}', tag: 'Accounts', summary: 'Read an account with its deals, people and relationships', permission: 'accounts:read', params: oneAccount,
    output: z.strictObject({ account: Account, parent: Account.optional(), children: z.array(Account), deals: z.array(DealRow), people: z.array(Relationship), notes: z.array(z.strictObject({ id: Id, dealId: Id, on: Day, author: z.string().optional(), text: z.string() })).meta({ description: 'The newest notes of its deals, at most 20' }) }), versioned: true }),
  create: route({ method: 'POST', path: '/accounts', tag: 'Accounts', summary: 'Create an account', permission: 'accounts:write', body: z.strictObject({ id: Id.optional(), ...AccountFields }), output: Account, status: 201, idempotent: true, versioned: true, errors: ['conflict'] }),
  update: route({ method: 'PATCH', path: '/accounts/{accountId}', tag: 'Accounts', summary: 'Change an account', permission: 'accounts:write', params: oneAccount, body: patchOf(AccountFields), output: Account, versioned: true, errors: ['changed-since', 'conflict'] }),
  remove: route({ method: 'DELETE', path: '/accounts/{accountId}', tag: 'Accounts', summary: 'Delete an account without deals', permission: 'accounts:write', params: oneAccount, versioned: true, errors: ['changed-since', 'in-use'] }),
}

export const people = {
  list: route({ method: 'GET', path: '/people', tag: 'People', summary: 'List people of customers', permission: 'accounts:read', query: z.strictObject({ q: z.string().max(200).optional(), accountId: Id.optional(), ...Page }), output: pageOf(Person), errors: ['bad-cursor'] }),
  get: route({ method: 'GET', path: '/people/{personId}', tag: 'People', summary: 'Read a person with the deals they take part in', permission: 'accounts:read', params: onePerson, output: Relationship, versioned: true }),
  create: route({ method: 'POST', path: '/people', tag: 'People', summary: 'Create a person', permission: 'accounts:write', body: z.strictObject({ id: Id.optional(), ...PersonFields }), output: Person, status: 201, idempotent: true, versioned: true, errors: ['conflict'] }),
  update: route({ method: 'PATCH', path: '/people/{personId}', tag: 'People', summary: 'Change a person', permission: 'accounts:write', params: onePerson, body: patchOf(PersonFields), output: Person, versioned: true, errors: ['changed-since', 'conflict'] }),
  remove: route({ method: 'DELETE', path: '/people/{personId}', tag: 'People', summary: 'Delete a person nobody refers to', permission: 'accounts:write', params: onePerson, versioned: true, errors: ['changed-since', 'in-use'] }),
}

export const work = {
  today: route({
    method: 'GET', path: '/today', tag: 'Work', summary: 'Read your moves that are due, new findings, homework and the meetings of the week', permission: 'deals:read',
    query: z.strictObject({ on: Day.optional() }),
    output: z.strictObject({
      on: Day,
      moves: z.array(z.strictObject({ dealId: Id, deal: z.string(), account: z.string().optional(), planStepId: Id.optional(), play: z.string().optional(), what: z.string().optional(), with: z.array(z.strictObject({ id: Id, name: z.string() })), due: Day, kind: z.enum(['planned', 'start-by', 'commitment']), topic: z.string().optional(), proof: z.string().optional(), late: z.boolean(), daysLate: z.int().optional() })),
      findings: z.array(z.strictObject({ dealId: Id, deal: z.string(), account: z.string().optional(), rule: z.string(), severity: z.string(), name: z.strictObject({ en: z.string(), zh: z.string() }), message: z.strictObject({ en: z.string(), zh: z.string() }), since: Day.optional(), isNew: z.boolean() })),
      homework: z.array(z.strictObject({ dealId: Id, deal: z.string(), fact: z.string(), field: z.string(), question: z.strictObject({ en: z.string(), zh: z.string() }), weight: z.number() })),
      meetings: z.array(z.strictObject({ dealId: Id, deal: z.string(), account: z.string().optional(), planStepId: Id, on: Day, play: z.string().optional(), what: z.string().optional(), people: z.array(z.strictObject({ id: Id, name: z.string(), title: z.string().optional() })) })),
    }),
  }),
  search: route({
    method: 'GET', path: '/search', tag: 'Work', summary: 'Search names, notes, touches and evidence in Chinese and English', permission: 'deals:read',
    query: z.strictObject({ q: z.string().min(1).max(200), kind: z.enum(['account', 'person', 'deal', 'note', 'touch', 'evidence']).optional(), limit: z.coerce.number().int().min(1).max(50).default(20) }),
    output: z.strictObject({ items: z.array(z.strictObject({ kind: z.string(), id: Id, dealId: Id.optional(), accountId: Id.optional(), of: z.string().optional(), on: Day.optional(), title: z.string(), excerpt: z.string().optional(), marks: z.array(z.array(z.int()).length(2)) })) }),
  }),
  undo: route({ method: 'POST', path: '/changes/{changeSet}/undo', tag: 'Work', summary: 'Undo all changes of one request, if nothing of it was changed since', permission: 'deals:write', params: z.strictObject({ changeSet: Id }), output: z.strictObject({ undone: z.int(), changeSet: Id }), errors: ['conflict'] }),
  audit: route({
    method: 'GET', path: '/audit', tag: 'Work', summary: 'Read the audit trail of the workspace', permission: 'audit:read',
    query: z.strictObject({ actorId: Id.optional(), kind: z.string().optional(), recordId: Id.optional(), from: Moment.optional(), to: Moment.optional(), ...Page }),
    output: pageOf(z.strictObject({ id: Id, changeSet: Id, at: Moment, actorId: Id.optional(), actor: z.string().optional(), via: z.string(), kind: z.string(), recordId: Id, dealId: Id.optional(), action: z.string(), before: z.unknown().optional(), after: z.unknown().optional() })), errors: ['bad-cursor'],
  }),
  events: route({ method: 'GET', path: '/events', tag: 'Work', summary: 'Follow changes as they happen (server-sent events)', permission: 'deals:read', query: z.strictObject({ dealId: Id.optional() }), produces: 'text/event-stream' }),
  methodology: route({ method: 'GET', path: '/methodology', tag: 'Work', summary: 'Read the methodology in force', permission: 'signed-in', output: z.strictObject({ id: z.string(), version: z.string(), files: z.record(z.string(), z.unknown()) }) }),
}
