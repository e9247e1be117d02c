import { actWords } from '@sente/engine'
import type { Brief, Lang, Methodology } from '@sente/engine'
import { z } from 'zod'
import { line } from '../marks.ts'
import { Day, DealNamed, dealNamed, listOf, said, says, share, Share, top } from './shapes.ts'
import type { DealRef } from '../desk.ts'

const Days = z
  .object({ early: Day.optional(), likely: Day.optional(), late: Day.optional() })
  .meta({ description: 'Reached by then with 10, 50 and 90 %; absent: not within the horizon' })
export const FindingTold = z.object({
  rule: z.string(),
  severity: z.string(),
  name: z.string(),
  message: z.string(),
  todo: z.string(),
  with: z.array(z.string()),
  by: Day.optional(),
  withinDays: z.number().optional(),
})

export const BriefTold = z.object({
  deal: DealNamed,
  asOf: Day,
  status: z.string(),
  amount: z.object({ value: z.string(), currency: z.string() }).optional(),
  customer: z.object({
    known: z.boolean().meta({ description: 'false: nothing was heard of the customer, so no phase is known' }),
    phase: z.string().optional(),
    phaseName: z.string().optional(),
    probability: Share.optional(),
    stalled: Share.optional().meta({ description: 'Probability that the purchase stands still' }),
    progress: z.number().optional().meta({ description: 'Share of the purchasing process done; 1 is the signature' }),
    crmSays: z.string().optional(),
    told: z.array(z.object({ what: z.string(), on: Day, passed: z.boolean() })),
  }),
  lead: z.object({
    state: z.string().meta({ description: 'ahead, behind, covered (all answered), closed, or unknown' }),
    days: z
      .int()
      .optional()
      .meta({ description: 'Days ahead of what will be asked; negative: behind; absent: unknown' }),
    low: z.int().optional(),
    high: z.int().optional(),
    concern: z.string().optional(),
    act: z.object({ what: z.string(), on: Day }).optional(),
    executives: z.object({ who: z.string(), days: z.int().optional(), lastGoodDay: Day.optional() }).optional(),
    tooLate: z.array(z.string()).meta({ description: 'Questions of the customer that cannot be answered in time' }),
  }),
  win: z
    .object({
      value: Share,
      low: Share,
      high: Share,
      source: z.string().meta({ description: 'prior: our estimate; fitted: from own closed deals' }),
      seller: Share.optional(),
      manager: Share.optional(),
    })
    .optional()
    .meta({ description: 'Absent: closed, or not known' }),
  decision: Days.optional(),
  findings: listOf(FindingTold),
  questions: listOf(z.object({ question: z.string(), field: z.string() })),
  people: listOf(
    z.object({
      key: z.string(),
      name: z.string(),
      title: z.string().optional(),
      roles: z.array(z.string()),
      decides: z.boolean(),
      relation: z.string(),
      trust: Share,
      stance: z
        .number()
        .optional()
        .meta({ description: '−2 against us to 2 for us; absent: not known, or not yours to see' }),
      lastTouch: Day.optional(),
    }),
  ),
  startBy: listOf(
    z.object({ topic: z.string(), proof: z.string(), startBy: Day, verdict: z.string(), for: z.array(z.string()) }),
  ),
  unknown: z.array(z.string()).meta({ description: 'What the estimates had to do without' }),
})

/** The parts of a brief that somebody acts on, in one language. */
export function briefTold(deal: DealRef, brief: Brief, method: Methodology, lang: Lang): z.input<typeof BriefTold> {
  const { position, lead, outlook, people } = brief
  const names = new Map(people.people.map(({ id, name }) => [id, line(name)]))
  const named = (id: string): string => names.get(id) ?? line(id)
  const concern = (id: string): string => method.concerns.concerns.find((one) => one.id === id)?.name[lang] ?? id
  const { whether, when, seller, manager } = outlook
  const act = actWords(brief)
  return {
    deal: dealNamed({ ...deal, account: brief.deal.account }),
    asOf: brief.asOf,
    status: brief.deal.status,
    ...said({ amount: brief.deal.amount }),
    customer: {
      known: position.known,
      ...(position.known && {
        phase: position.leading,
        phaseName: method.phases.phases.find(({ id }) => id === position.leading)?.name[lang] ?? position.leading,
        probability: share(position.phases[position.leading]),
        stalled: share(position.stalled),
        progress: share(position.progress),
      }),
      ...said({ crmSays: position.claim && line(position.claim.label ?? position.claim.phase) }),
      told: position.told.slice(0, 8).map(({ name, on, passed }) => ({ what: says(name, lang), on, passed })),
    },
    lead: {
      state: lead.state,
      ...said({ days: lead.days, low: lead.low, high: lead.high }),
      ...said({ concern: lead.concern && concern(lead.concern) }),
      ...said({ act: lead.act && act && { what: says(act, lang), on: lead.act.on } }),
      ...said({
        executives:
          lead.executives.who === null
            ? null
            : {
                who: named(lead.executives.who),
                ...said({ days: lead.executives.days, lastGoodDay: lead.executives.lastGoodDay }),
              },
      }),
      tooLate: lead.topics.red.slice(0, 12).map((id) => topicName(method, id, lang)),
    },
    ...(whether && {
      win: {
        value: share(whether.value),
        low: share(whether.low),
        high: share(whether.high),
        source: whether.source,
        ...said({ seller: seller && share(seller.value), manager: manager && share(manager.value) }),
      },
    }),
    ...(when && { decision: said({ early: when.p10, likely: when.p50, late: when.p90 }) }),
    findings: findingsTold(brief, lang, 10),
    questions: mapped(top(brief.homework, 6), ({ question, field }) => ({ question: says(question, lang), field })),
    people: mapped(top(people.people, 25), (person) => ({
      key: person.id,
      name: line(person.name),
      ...said({ title: person.title && line(person.title) }),
      roles: person.roles.map((id) => method.people.roles.find((role) => role.id === id)?.name[lang] ?? id),
      decides: person.decides,
      relation: method.people.rungs.find(({ id }) => id === person.rung)?.name[lang] ?? person.rung,
      trust: share(person.trust),
      ...said({ stance: person.stance, lastTouch: person.lastTouch }),
    })),
    startBy: mapped(top(lead.startBy, 10), (one) => ({
      topic: says(one.name, lang),
      proof: says(one.proofName, lang),
      startBy: one.startBy,
      verdict: one.verdict,
      for: one.for.slice(0, 10).map(named),
    })),
    unknown: brief.missing.slice(0, 12).map(({ what }) => says(what, lang)),
  }
}

export function findingsTold(brief: Brief, lang: Lang, most: number): z.input<typeof BriefTold>['findings'] {
  const names = new Map(brief.people.people.map(({ id, name }) => [id, line(name)]))
  return mapped(top(brief.findings, most), (finding) => ({
    rule: finding.rule,
    severity: finding.severity,
    name: says(finding.name, lang),
    message: says(finding.message, lang),
    todo: says(finding.todo, lang),
    with: finding.with.slice(0, 10).map((id) => names.get(id) ?? line(id)),
    ...(finding.by === null ? { withinDays: finding.within } : { by: finding.by }),
  }))
}

export const topicName = (method: Methodology, id: string, lang: Lang): string =>
  method.topics.topics.find((one) => one.id === id)?.name[lang] ?? id

function mapped<T, U>(
  { items, more }: { items: T[]; more?: number },
  map: (item: T) => U,
): { items: U[]; more?: number } {
  return { items: items.map(map), ...(more === undefined ? {} : { more }) }
}
