import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, loadMethodology, planning, stepIdOf } from '@sente/engine'
import type { Calendars, Methodology, PlainDate } from '@sente/engine'
import { dealOf, routes, withOurs } from '@sente/api'
import type { Client } from '@sente/api'
import { files } from '@sente/methodology'
import { problemFrom } from '../support/calls.ts'
import { onDatabase } from '../support/database.ts'
import { livingDeal } from '../support/living-deal.ts'
import type { LivingDeal } from '../support/living-deal.ts'
import { livingApp } from '../support/living-app.ts'
import type { LivingApp } from '../support/living-app.ts'

const { methodology } = loadMethodology(files) as { methodology: Methodology }

onDatabase((db) => {
  let app: LivingApp['app']
  let workspace: LivingApp['workspace']
  let seller: LivingApp['seller']
  let admin: LivingApp['admin']
  let blind: LivingApp['blind']
  let today: LivingApp['today']
  beforeAll(async () => {
    ;({ app, workspace, seller, admin, blind, today } = await livingApp(db))
  })
  afterAll(() => app.close())

  const deal = (): Promise<LivingDeal> => livingDeal(seller, today)
  const planOf = (dealId: string) => seller.call(routes.plan.get, { params: { dealId } })

  test('a step that was accepted stands in the plan on its day and is not proposed again', async () => {
    const { dealId } = await deal()
    const before = await planOf(dealId)
    const first = before.plan.steps.find(({ with: people }) => people.length > 0)!
    const on = addDays(first.on as PlainDate, 7)
    const kept = await seller.call(routes.plan.accept, {
      params: { dealId },
      body: { step: stepIdOf(first), on, time: '09:30', minutes: 45 },
    })
    expect(kept).toMatchObject({ play: first.play, on, time: '09:30', minutes: 45 })
    const after = await planOf(dealId)
    expect(after.own).toContainEqual({ step: stepIdOf(first), on, planStepId: kept.id, version: kept.version })
    expect(
      after.plan.steps.filter((step) => stepIdOf(step) === stepIdOf(first) && !step.locked && step.on === on),
    ).toEqual([])
    const again = await problemFrom(
      seller.call(routes.plan.accept, { params: { dealId }, body: { step: 'no_such~one' } }),
    )
    expect(again.code).toBe('conflict')
  })

  test('a day too far ahead is asked of no plan, no promises and no game: every year of it costs time and says nothing', async () => {
    const { dealId } = await deal()
    for (const route of [routes.plan.get, routes.plan.promises, routes.plan.wargame] as const)
      expect(
        await problemFrom(
          seller.call(route as typeof routes.plan.get, { params: { dealId }, query: { asOf: '2199-12-31' } }),
        ),
      ).toMatchObject({ status: 422, faults: [{ field: 'query.asOf' }] })
  })

  test('what is set aside is not proposed before its day, and the plan says what it changed', async () => {
    const { dealId, zhou } = await deal()
    const before = await planOf(dealId)
    const key = before.people.find(({ id }) => id === zhou)!.key
    const his = before.plan.steps.filter(({ with: people }) => people.includes(key))
    expect(his.length).toBeGreaterThan(0)
    const until = addDays(today, 60)
    const tried = await seller.call(routes.plan.preview, {
      params: { dealId },
      body: { setAside: [{ person: key, until }] },
    })
    await seller.call(routes.facts.setAside.create, { params: { dealId }, body: { personId: zhou, until } })
    const after = await planOf(dealId)
    for (const { plan } of [tried, after])
      expect(plan.steps.filter(({ with: people, on }) => people.includes(key) && on < until)).toEqual([])
    // Whoever weighs and is not seen is named, with why; the win number is told before and after.
    expect(after.plan.unseen).toContainEqual(expect.objectContaining({ person: key, reason: 'setAside' }))
    const { win } = after.plan
    expect(win!.after!.value).toBeGreaterThanOrEqual(win!.before!.value)
    expect(tried.plan.win).toBeUndefined()
    expect(after.changed.length).toBeGreaterThan(0)
    expect(after.changed.every(({ noticedOn }) => noticedOn === today)).toBe(true)
    // Told again, though nothing has changed since.
    expect((await planOf(dealId)).changed).toEqual(after.changed)
  })

  test('made again from the answer and the deal alone, as a page does, the plan and a trial of it are the same', async () => {
    const { dealId } = await deal()
    const answer = await planOf(dealId)
    const whole = await seller.call(routes.deals.get, { params: { dealId }, query: { include: ['all'] } })
    const make = planning(withOurs(dealOf(whole), answer.us), methodology, today)
    const request = { style: answer.plan.style, calendars: answer.calendars as Calendars }
    const { changed: _, ...again } = make(request)
    expect(again).toEqual(answer.plan)

    const [step] = answer.plan.steps
    const locks = [{ play: step!.play, with: step!.with, on: addDays(step!.on as PlainDate, 7) }]
    const shown = await seller.call(routes.plan.preview, { params: { dealId }, body: { locks } })
    const previous = { ...answer.plan, changed: [] }
    const tried = make({ ...request, previous, locks, withoutQuestions: true })
    expect(tried.steps).toEqual(shown.plan.steps)
    expect(tried.steps.find(({ locked }) => locked)).toMatchObject(locks[0]!)
  })

  test('the steady and the swift plan are shown side by side with the steps in which they part', async () => {
    const { dealId } = await deal()
    const { steady, swift, differs } = await seller.call(routes.plan.compare, { params: { dealId } })
    expect([steady.plan.style, swift.plan.style]).toEqual(['steady', 'swift'])
    expect(differs.length).toBeGreaterThan(0)
    for (const { step, steady: slow, swift: fast } of differs) {
      expect(slow).not.toBe(fast)
      if (slow) expect(steady.plan.steps.map(stepIdOf)).toContain(step)
      if (fast) expect(swift.plan.steps.map(stepIdOf)).toContain(step)
    }
  })

  test('a step of the deal is tried on another day by whoever may not see what is personal, as by who may', async () => {
    const { dealId } = await deal()
    const before = await planOf(dealId)
    const first = before.plan.steps.find(({ with: people }) => people.length > 0)!
    const own = await seller.call(routes.plan.accept, { params: { dealId }, body: { step: stepIdOf(first) } })
    const on = addDays(first.on as PlainDate, 14)
    const tried = (client: Client) =>
      client.call(routes.plan.preview, { params: { dealId }, body: { moved: [{ planStepId: own.id, on }] } })
    const [shown, whole] = [await tried(blind), await tried(seller)]
    expect(shown.plan.steps.map((step) => [stepIdOf(step), step.on])).toEqual(
      whole.plan.steps.map((step) => [stepIdOf(step), step.on]),
    )
    expect(shown.plan.steps.filter((step) => stepIdOf(step) === stepIdOf(first) && step.locked)).toMatchObject([{ on }])
    expect((await planOf(dealId)).own).toMatchObject([{ planStepId: own.id, on: first.on }])
    const other = await deal()
    const wrong = blind.call(routes.plan.preview, {
      params: { dealId: other.dealId },
      body: { moved: [{ planStepId: own.id, on }] },
    })
    expect(await problemFrom(wrong)).toMatchObject({ status: 404 })
  })

  test('a step that was accepted keeps its day and who goes when the plan is made again; let go, it is planned anew', async () => {
    const { dealId, lin } = await deal()
    const { plan } = await planOf(dealId)
    const first = plan.steps.find(({ with: people }) => people.length > 0)!
    const own = await seller.call(routes.plan.accept, {
      params: { dealId },
      body: { step: stepIdOf(first), owner: 'Chen Jie' },
    })
    await seller.call(routes.facts.evidence.create, {
      params: { dealId },
      body: { on: today, signal: 'asks_local_support', personId: lin },
    })
    const held = (await planOf(dealId)).plan.steps.filter(({ locked }) => locked)
    expect(held).toMatchObject([{ play: first.play, on: first.on, with: first.with }])
    const { items } = await seller.call(routes.facts.planStep.list, { params: { dealId } })
    expect(items.find(({ id }) => id === own.id)!.owner).toBe('Chen Jie')
    await seller.call(routes.facts.planStep.remove, { params: { dealId, id: own.id } })
    expect((await planOf(dealId)).plan.steps.filter(({ locked }) => locked)).toEqual([])
  })

  test('a proposal that is held keeps its day while the plan is made again, is no step of the deal until it is accepted, and can be let go', async () => {
    const { dealId, lin } = await deal()
    const params = { dealId }
    const { plan, people } = await planOf(dealId)
    const first = plan.steps.find(({ with: who }) => who.length > 0)!
    const ids = first.with.map((key) => people.find((one) => one.key === key)!.id)
    const hold = () =>
      seller.call(routes.facts.planStep.create, {
        params,
        body: { play: first.play, on: first.on, with: ids, status: 'held' },
      })
    const kept = await hold()
    await seller.call(routes.facts.evidence.create, {
      params,
      body: { on: today, signal: 'asks_local_support', personId: lin },
    })
    const held = await planOf(dealId)
    const name = stepIdOf(first)
    expect(held.plan.steps.filter((step) => step.held)).toMatchObject([
      { play: first.play, on: first.on, locked: true },
    ])
    expect(held.own).toEqual([])
    expect(held.held).toEqual([{ step: name, on: first.on, planStepId: kept.id, version: kept.version }])
    const { standing } = await seller.call(routes.deals.brief, { params })
    expect(standing).toEqual([])

    // Let go, and held again, as a change is taken back.
    await seller.call(routes.facts.planStep.remove, { params: { dealId, id: kept.id } })
    expect((await planOf(dealId)).plan.steps.filter(({ locked }) => locked)).toEqual([])
    const again = await hold()

    const taken = await seller.call(routes.plan.accept, { params, body: { step: name } })
    expect(taken).toMatchObject({ id: again.id, on: first.on })
    const after = await planOf(dealId)
    expect(after.held).toEqual([])
    expect(after.own.map(({ planStepId }) => planStepId)).toEqual([again.id])
    expect((await seller.call(routes.facts.planStep.list, { params })).items).toHaveLength(1)
  })

  test('the plan that stood on an earlier day is kept as it stood, not made again; where none was, one is made from what was known', async () => {
    const { dealId, lin } = await deal()
    const params = { dealId }
    const { plan: before } = await planOf(dealId)
    const made = addDays(today, -10)
    // As if it had been made ten days ago.
    await db.owner.query(`update deal_plan set "on" = $2 where deal_id = $1`, [dealId, made])
    await seller.call(routes.facts.evidence.create, {
      params,
      body: { on: today, signal: 'asks_local_support', personId: lin },
    })
    await planOf(dealId)
    const then = (asOf: PlainDate, kept?: 'true') =>
      seller.call(routes.plan.get, { params, query: { asOf, ...(kept === undefined ? {} : { kept }) } })
    const days = (steps: (typeof before)['steps']) => steps.map((step) => [stepIdOf(step), step.on, step.ours])
    for (const day of [made, addDays(today, -5), addDays(today, -1)]) {
      const stood = await then(day, 'true')
      expect([stood.kept, stood.plan.asOf]).toEqual([made, made])
      expect(days(stood.plan.steps)).toEqual(days(before.steps))
      expect(stood.plan.steps.flatMap(({ why }) => why)).toEqual([])
    }
    // Asked for as it would have been, and from before anything was kept: made for the question.
    for (const answer of [await then(addDays(today, -5)), await then(addDays(today, -11), 'true')])
      expect(answer.kept).toBeUndefined()
    // What is asked of today is the plan that lives.
    expect((await then(today, 'true')).kept).toBeUndefined()
  })

  test('people, holidays and absences of the workspace count in the plans of all its deals', async () => {
    const { dealId } = await deal()
    const settings = await admin.call(routes.workspace.update, {
      body: {
        us: {
          country: 'CN',
          team: [
            { id: 'gao', name: 'Gao Wei', rank: 'executive', absences: [{ from: today, to: addDays(today, 40) }] },
            { id: 'chen', name: 'Chen Jie', rank: 'seller', memberId: workspace.members.seller.id },
          ],
        },
      },
    })
    expect(settings.us?.team?.map(({ id }) => id)).toEqual(['gao', 'chen'])
    const { ours, plan } = await planOf(dealId)
    expect(ours.map(({ id, memberId }) => [id, memberId])).toEqual([
      ['gao', undefined],
      ['chen', workspace.members.seller.id],
    ])
    expect(plan.steps.filter(({ ours: who, on }) => who === 'gao' && on <= addDays(today, 40))).toEqual([])
    const wrong = await problemFrom(
      admin.call(routes.workspace.update, {
        body: { us: { team: [{ id: 'a', name: 'A', absences: [{ from: today, to: addDays(today, -1) }] }] } },
      }),
    )
    expect(wrong.faults?.[0]?.field).toBe('body.us.team[0].absences[0].to')
    await admin.call(routes.workspace.update, { body: { us: null } })
  })

  test('the brief and the page of a meeting say what the plan says, with the people, holidays and absences of the workspace', async () => {
    const { dealId } = await deal()
    const params = { dealId }
    const said = async (asOf?: PlainDate) => {
      const query = asOf === undefined ? {} : { asOf }
      const [planned, brief] = [
        await seller.call(routes.plan.get, { params, query }),
        await seller.call(routes.deals.brief, { params, query }),
      ]
      const one = ({ play, with: people, on, ours, through }: (typeof brief.plan)[number]): unknown[] => [
        play,
        people,
        on,
        ours,
        through,
      ]
      return [planned.plan.steps.filter(({ locked }) => !locked).map((step) => one(step as never)), brief.plan.map(one)]
    }
    const same = async (asOf?: PlainDate): Promise<void> => {
      const [plan, brief] = await said(asOf)
      expect(brief!.length).toBeGreaterThan(0)
      expect(brief).toEqual(plan)
    }
    await same()
    const [, before] = await said()
    const away = [{ from: today, to: addDays(today, 40) }]
    const team = [
      { id: 'gao', name: 'Gao Wei', rank: 'executive' as const, absences: away },
      { id: 'chen', name: 'Chen Jie', rank: 'seller' as const },
    ]
    await admin.call(routes.workspace.update, { body: { us: { country: 'CN', team } } })
    // Today's plan lives on from the one before; the day after it is another change of what it is made with.
    await same()
    await same(addDays(today, -10))
    await same(addDays(today, 3))
    const [, after] = await said()
    expect(after).not.toEqual(before)
    const { plan, people } = await planOf(dealId)
    const step = plan.steps.find(({ locked, ours, with: met }) => !locked && ours === 'chen' && met.length > 0)!
    const page = await seller.call(routes.deals.meeting, {
      params,
      query: { with: step.with.map((key) => people.find((one) => one.key === key)!.id), play: step.play },
    })
    expect([page.on, page.ours]).toEqual([step.on, 'Chen Jie'])
    await admin.call(routes.workspace.update, { body: { us: null } })
    await same()
  })

  test('who may not see what is personal sees the steps, and neither their reasons nor what is asked about people', async () => {
    const { dealId } = await deal()
    const full = await planOf(dealId)
    const shown = await blind.call(routes.plan.get, { params: { dealId } })
    expect(shown.plan.steps.map(stepIdOf)).toEqual(full.plan.steps.map(stepIdOf))
    expect(shown.plan.steps.flatMap(({ why, because }) => [...why, ...because])).toEqual([])
    expect([shown.plan.questions, shown.plan.cannot, shown.plan.unseen, shown.plan.byTerm]).toEqual([[], [], [], []])
    const { trust } = await blind.call(routes.plan.promises, { params: { dealId } })
    expect(trust.flatMap(({ moves }) => moves)).toEqual([])
  })
})
