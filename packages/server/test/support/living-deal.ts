import { addDays } from '@sente/engine'
import type { PlainDate } from '@sente/engine'
import { routes } from '@sente/api'
import type { Client } from '@sente/api'

export interface LivingDeal {
  dealId: string
  accountId: string
  /** Number one, whom we have not met. */
  zhou: string
  /** Project leader, whom we met. */
  lin: string
  /** Coach. */
  he: string
}

/** A deal that is under way today: a project leader who was met, a coach, and a number one who was not. */
export async function livingDeal(seller: Client, today: PlainDate): Promise<LivingDeal> {
  const { id: accountId } = await seller.call(routes.accounts.create, { body: { name: 'Riverbank' } })
  const person = async (name: string, title: string): Promise<string> =>
    (await seller.call(routes.people.create, { body: { accountId, name, title } })).id
  const [zhou, lin, he] = [
    await person('周敏', 'President'),
    await person('Lin Tao', 'Head of the project'),
    await person('He Qian', 'Planning'),
  ]
  const { id: dealId } = await seller.call(routes.deals.create, {
    body: {
      name: 'Core platform',
      accountId,
      amount: { value: '4800000', currency: 'CNY' },
      openedOn: addDays(today, -60),
      firstContactOn: addDays(today, -60),
      us: { execSponsor: 'Gao Wei', hoursPerWeek: 30 },
    },
  })
  const params = { dealId }
  const { facts } = routes
  await seller.call(facts.stakeholder.create, {
    params,
    body: { personId: zhou, key: 'zhou', roles: ['number_one'], influence: 5 },
  })
  await seller.call(facts.stakeholder.create, {
    params,
    body: { personId: lin, key: 'lin', roles: ['project_leader'], influence: 4 },
  })
  await seller.call(facts.stakeholder.create, {
    params,
    body: { personId: he, key: 'he', roles: ['coach'], influence: 2 },
  })
  await seller.call(facts.stance.create, { params, body: { personId: he, value: 2, on: addDays(today, -50) } })
  await seller.call(facts.touch.create, {
    params,
    body: { on: addDays(today, -45), play: 'exec_discovery', with: [lin] },
  })
  await seller.call(facts.touch.create, { params, body: { on: addDays(today, -30), play: 'intel_sprint', with: [he] } })
  await seller.call(facts.evidence.create, {
    params,
    body: { on: addDays(today, -30), signal: 'asks_local_support', personId: lin },
  })
  return { dealId, accountId, zhou, lin, he }
}
