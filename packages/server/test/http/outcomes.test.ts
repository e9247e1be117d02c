import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays } from '@sente/engine'
import { routes } from '@sente/api'
import { problemFrom } from '../support/calls.ts'
import { onDatabase } from '../support/database.ts'
import { livingDeal } from '../support/living-deal.ts'
import type { LivingDeal } from '../support/living-deal.ts'
import { livingApp } from '../support/living-app.ts'
import type { LivingApp } from '../support/living-app.ts'

onDatabase((db) => {
  let app: LivingApp['app']
  let seller: LivingApp['seller']
  let today: LivingApp['today']
  beforeAll(async () => {
    ;({ app, seller, today } = await livingApp(db))
  })
  afterAll(() => app.close())

  const deal = (): Promise<LivingDeal> => livingDeal(seller, today)

  test('one call says how a step went: the touch, the promises of both sides and the next date, undone as a whole', async () => {
    const { dealId, zhou, lin } = await deal()
    const step = await seller.call(routes.facts.planStep.create, {
      params: { dealId },
      body: { play: 'exec_discovery', on: today, with: [zhou], owner: 'Chen Jie' },
    })
    const told = await seller.call(routes.plan.outcome, {
      params: { dealId },
      body: {
        planStepId: step.id,
        outcome: 'done',
        promises: [
          { by: 'us', what: 'Send the cost model', dueOn: addDays(today, 5) },
          { by: 'them', what: 'Name a contact in finance', personId: lin },
        ],
        next: { on: addDays(today, 20), time: '14:00', what: 'Go through the cost model' },
      },
    })
    expect(told.touch).toMatchObject({ play: 'exec_discovery', on: today, with: [zhou], outcome: 'done' })
    expect(told.planStep).toMatchObject({ id: step.id, status: 'done' })
    expect(told.next).toMatchObject({ on: addDays(today, 20), time: '14:00', with: [zhou], owner: 'Chen Jie' })
    const { promises } = await seller.call(routes.plan.promises, { params: { dealId } })
    expect(promises).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          by: 'us',
          what: 'Send the cost model',
          personId: zhou,
          state: 'open',
          overdue: false,
        }),
        expect.objectContaining({ by: 'them', what: 'Name a contact in finance', personId: lin }),
      ]),
    )
    await seller.call(routes.work.undo, { params: { changeSet: told.changeSet } })
    const whole = await seller.call(routes.deals.get, { params: { dealId }, query: { include: 'all' as never } })
    expect(whole.planStep!.map(({ status, id }) => [id, status])).toEqual([[step.id, 'open']])
    expect(whole.commitment).toEqual([])
  })

  test('a step that was put off keeps its place in the deal on its new day', async () => {
    const { dealId, zhou } = await deal()
    const step = await seller.call(routes.facts.planStep.create, {
      params: { dealId },
      body: { play: 'exec_discovery', on: today, with: [zhou] },
    })
    const on = addDays(today, 14)
    const { planStep, next } = await seller.call(routes.plan.outcome, {
      params: { dealId },
      body: { planStepId: step.id, outcome: 'postponed', next: { on } },
    })
    expect(planStep).toMatchObject({ id: step.id, status: 'open', on })
    expect(next).toBeUndefined()
  })

  test('an outcome of a day to come is refused with what to do', async () => {
    const { dealId } = await deal()
    const problem = await problemFrom(
      seller.call(routes.plan.outcome, {
        params: { dealId },
        body: { what: 'Lunch', outcome: 'done', on: addDays(today, 3) },
      }),
    )
    expect(problem.faults?.[0]).toMatchObject({ field: 'body.on' })
  })

  test('a broken promise lowers the trust of whom it was given to, on its day, and says so', async () => {
    const { dealId, lin } = await deal()
    const trustIn = async () =>
      (await seller.call(routes.plan.promises, { params: { dealId } })).trust.find(({ personId }) => personId === lin)!
    const before = await trustIn()
    await seller.call(routes.facts.commitment.create, {
      params: { dealId },
      body: {
        what: 'Send the plan',
        to: lin,
        promisedOn: addDays(today, -9),
        dueOn: addDays(today, -4),
        brokenOn: addDays(today, -2),
      },
    })
    const after = await trustIn()
    expect(after.trust).toBeLessThan(before.trust)
    const fall = after.moves.find(({ kind }) => kind === 'broken')!
    expect(fall.on).toBe(addDays(today, -2))
    expect(fall.to).toBeLessThan(fall.from)
    const sum = after.moves.reduce((trust, { from, to }) => trust + to - from, 0)
    expect(sum).toBeCloseTo(after.trust, 1)
  })
})
