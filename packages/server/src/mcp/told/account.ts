import { unitRows } from '@sente/engine'
import type { AccountPlan, Lang } from '@sente/engine'
import { accountSections } from '@sente/picture'
import { z } from 'zod'
import { line, quoted } from '../marks.ts'
import { Day, listOf, said, says, share, Share, top } from './shapes.ts'

const State = z.enum(['confirmed', 'assumed', 'stale']).meta({
  description: 'confirmed: somebody said it; stale: not said again for too long; assumed: nobody said it',
})

export const AccountTold = z.object({
  account: z.string(),
  asOf: Day,
  industry: z.string().optional(),
  region: z.string().optional(),
  filled: Share.meta({ description: 'How much of the plan the deals fill' }),
  assumed: Share.meta({ description: 'The part of it that nobody said' }),
  units: listOf(
    z.object({
      unit: z.string(),
      decider: z
        .object({ name: z.string(), title: z.string().optional(), ofTheWhole: z.boolean() })
        .optional()
        .meta({ description: 'Absent: not known' }),
      offers: z.array(
        z.object({
          offer: z.string(),
          status: z.enum(['won', 'open', 'lost', 'no-decision', 'rival', 'white']).meta({
            description: 'rival: one of theirs stands there; white: nothing of ours, nothing open',
          }),
          why: z.string(),
          state: State,
          on: Day.optional(),
        }),
      ),
    }),
  ),
  people: listOf(
    z.object({
      name: z.string(),
      title: z.string().optional(),
      decides: z.boolean(),
      last: Day.optional().meta({ description: 'Absent: nobody of ours has met them' }),
      due: Day.optional().meta({ description: 'By when the next contact is due' }),
      overdue: z.boolean(),
      red: z.boolean().meta({ description: 'Decides, and was never met or not for too long' }),
      by: z.array(z.string()).meta({ description: 'Who of ours met them' }),
    }),
  ),
  sections: z.array(z.object({ name: z.string(), lines: z.array(z.string()), more: z.int().optional() })).meta({
    description:
      'Goals, pressures, next steps, sponsors, promises, results, rivals, risks, calendar, money, what to ask',
  }),
})

/** The plan of one customer in one language, with what is not known left out or said to be so. */
export function accountTold(plan: AccountPlan, lang: Lang): z.input<typeof AccountTold> {
  const units = top(unitRows(plan), 20)
  const people = top(plan.people, 40)
  return {
    account: line(plan.name),
    asOf: plan.asOf,
    ...said({ industry: plan.industry && line(plan.industry), region: plan.region && line(plan.region) }),
    filled: share(plan.filled.share),
    assumed: share(plan.filled.assumed),
    units: {
      ...units,
      items: units.items.map(({ unit, decider, cells }) => ({
        unit: line(unit),
        ...said({
          decider: decider && {
            name: line(decider.name),
            ...said({ title: decider.title && line(decider.title) }),
            ofTheWhole: decider.group,
          },
        }),
        offers: cells.slice(0, 20).map(({ offer, status, reason, claim }) => ({
          offer: line(offer),
          status,
          why: says(reason, lang),
          state: claim.state,
          ...said({ on: claim.on }),
        })),
      })),
    },
    people: {
      ...people,
      items: people.items.map(({ name, title, decides, last, due, overdue, red, cells }) => ({
        name: line(name),
        ...said({ title: title && line(title), last, due }),
        decides,
        overdue,
        red,
        by: [...new Set(cells.flatMap(({ ours }) => (ours === null ? [] : [line(ours)])))].slice(0, 10),
      })),
    },
    sections: accountSections(plan, lang).map(({ name, lines }) => {
      const { items, more } = top(lines, 20)
      // Our words and theirs are laid out together: the whole of a line stands between the marks.
      return { name, lines: items.map(({ text }) => quoted(text, 600)), ...said({ more }) }
    }),
  }
}
