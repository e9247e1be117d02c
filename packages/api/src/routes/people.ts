import { z } from 'zod'
import { Page, pageOf, patchOf, Person, PersonFields, Relationship } from '../records/records.ts'
import { Id } from '../records/shapes.ts'
import { route } from '../route.ts'

const onePerson = z.strictObject({ personId: Id })

export const people = {
  list: route({
    method: 'GET',
    path: '/people',
    tag: 'People',
    summary: 'List people of customers',
    permission: 'accounts:read',
    query: z.strictObject({ q: z.string().max(200).optional(), accountId: Id.optional(), ...Page }),
    output: pageOf(Person),
    errors: ['bad-cursor'],
  }),
  get: route({
    method: 'GET',
    path: '/people/{personId}',
    tag: 'People',
    summary: 'Read a person with the deals they take part in',
    permission: 'accounts:read',
    params: onePerson,
    output: Relationship,
    versioned: true,
  }),
  create: route({
    method: 'POST',
    path: '/people',
    tag: 'People',
    summary: 'Create a person',
    permission: 'accounts:write',
    body: z.strictObject({ id: Id.optional(), ...PersonFields }),
    output: Person,
    status: 201,
    idempotent: true,
    versioned: true,
    errors: ['conflict'],
  }),
  update: route({
    method: 'PATCH',
    path: '/people/{personId}',
    tag: 'People',
    summary: 'Change a person',
    permission: 'accounts:write',
    params: onePerson,
    body: patchOf(PersonFields),
    output: Person,
    versioned: true,
    errors: ['changed-since', 'conflict'],
  }),
  remove: route({
    method: 'DELETE',
    path: '/people/{personId}',
    tag: 'People',
    summary: 'Delete a person nobody refers to',
    permission: 'accounts:write',
    params: onePerson,
    versioned: true,
    errors: ['changed-since', 'in-use'],
  }),
}
