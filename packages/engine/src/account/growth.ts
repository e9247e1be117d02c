import { addDays, saidDay } from '../core/dates.ts'
import type { PlainDate } from '../core/dates.ts'
import { comeBackOf, returnsOf } from '../people/after.ts'
import { fill } from '../plan/words.ts'
import type { Ground } from './part.ts'
import { sponsorOf, teamOf } from './relationships.ts'
import type { AccountPlan } from './schema.ts'

type Step = AccountPlan['growth'][number]

/** What comes next, by day: visits back, whoever has a result takes us on, those who did not choose us, deciders nobody meets. */
export function growthOf(ground: Ground, plan: Pick<AccountPlan, 'grid' | 'people'>): Step[] {
  const { model, asOf, parts } = ground
  const says = model.methodology.account.growth
  const team = teamOf(ground)
  const sellers = team.find(({ rank }) => rank === 'manager' || rank === 'seller')?.name ?? null
  const steps: Step[] = []
  for (const { deal, relations, unit } of parts) {
    const executives = new Set(relations.people.filter(({ executive }) => executive).map(({ id }) => id))
    const visit = returnsOf(deal, executives, model, asOf).findLast(({ state }) => state === 'due' || state === 'ahead')
    const owner = sponsorOf(deal, team) ?? sellers
    if (visit)
      steps.push({
        what: fill(says.visit, { visit: visit.name, deal: deal.name }),
        on: later(visit.due, asOf),
        owner,
        unit,
        deal: deal.name,
      })
    const back = comeBackOf(deal, model, asOf)
    if (back)
      steps.push({
        what: fill(says.back, {
          deal: deal.name,
          why: fill(back.why, {
            step: back.step === null ? '' : (model.milestones.get(back.step)?.name ?? back.step),
            day: back.on,
          }),
        }),
        on: later(back.on, asOf),
        owner: sellers ?? owner,
        unit,
        deal: deal.name,
      })
  }
  const on = addDays(asOf, model.methodology.account.introduceDays)
  for (const { unit, offer, status } of plan.grid) {
    if (status !== 'white') continue
    const won = parts.find((part) => part.deal.status === 'won' && part.offer === offer && part.unit !== unit)
    const friend = won && warmest(won.relations.people)
    if (friend)
      steps.push({
        what: fill(says.introduce, { person: friend.name, unit, offer }),
        on,
        owner: sellers,
        unit,
        deal: won.deal.name,
      })
  }
  const sponsor = parts.map(({ deal }) => sponsorOf(deal, team)).find((name) => name !== undefined) ?? null
  for (const { name, red, units, last, level } of plan.people)
    if (red)
      steps.push({
        what:
          last === null
            ? fill(says.meet, { person: name })
            : fill(says.again, { person: name, day: saidDay(last as PlainDate) }),
        on,
        owner: level === 'working' ? sellers : (sponsor ?? sellers),
        unit: units[0] ?? null,
        deal: null,
      })
  return steps.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
}

const later = (a: PlainDate, b: PlainDate): PlainDate => (a > b ? a : b)

/** Who speaks for us with most weight. */
function warmest<T extends { name: string; trust: number; stance: number | null; influence: number }>(
  people: readonly T[],
): T | undefined {
  return [...people]
    .filter(({ stance }) => (stance ?? 0) >= 0)
    .sort((a, b) => (b.stance ?? 0) - (a.stance ?? 0) || b.influence - a.influence || b.trust - a.trust)[0]
}
