import type { z } from 'zod'
import { ERRORS } from '@sente/api'
import type { Routes } from '@sente/api'

/** Schemas that many answers hold, with the name they have in the document. */
export function namedSchemas(routes: Routes): Map<z.ZodType, string> {
  const whole = routes.deals.get.output.shape
  const named: [string, z.ZodType][] = [
    ['Account', routes.accounts.create.output],
    ['Person', routes.people.create.output],
    ['Deal', routes.deals.create.output],
    ['DealRow', routes.deals.list.output.shape.items.element],
    ['DealWhole', routes.deals.get.output],
    ['Summary', whole.summary.unwrap()],
    ['Brief', routes.deals.brief.output],
    ['Plan', routes.plan.get.output],
    ['Member', routes.members.update.output],
    ['Team', routes.members.createTeam.output],
    ['Me', routes.auth.me.output],
    ['ImportRun', routes.exchange.start.output],
    ['Relationship', routes.people.get.output],
  ]
  for (const [kind, { create }] of Object.entries(routes.facts))
    named.push([kind[0]!.toUpperCase() + kind.slice(1), create.output])
  return new Map(named.map(([name, schema]) => [schema, name]))
}

/** RFC 9457, with what we add. */
export const PROBLEM_SCHEMA = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'remedy'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string', description: 'What happened' },
    status: { type: 'integer' },
    code: { type: 'string', enum: Object.keys(ERRORS) },
    detail: { type: 'string' },
    remedy: { type: 'string', description: 'How to mend it' },
    requestId: { type: 'string', description: 'Give this when you report it' },
    faults: {
      type: 'array',
      items: {
        type: 'object',
        required: ['field', 'what'],
        properties: {
          field: { type: 'string', description: 'Where, such as `body.people[2].name`' },
          what: {
            type: 'object',
            required: ['en', 'zh'],
            properties: { en: { type: 'string' }, zh: { type: 'string' } },
          },
          allowed: { type: 'array', items: { type: 'string' } },
          nearest: { type: 'string', description: 'What was probably meant' },
        },
      },
    },
    current: { description: 'With `changed-since`: the record as it is now' },
  },
}
