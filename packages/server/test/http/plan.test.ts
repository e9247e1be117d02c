import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, loadMethodology, plainDate, planning, stepIdOf } from '@sente/engine'
import type { Calendars, Methodology, PlainDate } from '@sente/engine'
import { dealOf, routes, withOurs } from '@sente/api'
import type { CallOutput, Client } from '@sente/api'
import { files } from '@sente/methodology'
import { makeToken, makeWorkspace, testApp } from '../support/application.ts'
import type { TestWorkspace } from '../support/application.ts'
import { clientOf, problemFrom } from '../support/calls.ts'
import { onDatabase } from '../support/database.ts'
import { livingDeal } from '../support/living-deal.ts'
import type { LivingDeal } from '../support/living-deal.ts'

const { methodology } = loadMethodology(files) as { methodology: Methodology }

onDatabase((db) => {
  let app: FastifyInstance
  let workspace: TestWorkspace
  let seller: Client
  let admin: Client
  let blind: Client
  let today: PlainDate

  beforeAll(async () => {
    app = await testApp(db)
    workspace = await makeWorkspace(db)
    seller = clientOf(app, workspace.members.seller.token)
    admin = clientOf(app, workspace.members.administrator.token)
    blind = clientOf(
      app,
      await makeToken(db, { workspaceId: workspace.id, id: workspace.members.seller.id }, [
        'deals:read',
        'accounts:read',
      ]),
    )
    const { rows } = await db.owner.query<{ today: string }>(
      `select (now() at time zone time_zone)::date::text as today from workspace where id = $1`,
      [workspace.id],
    )
    today = plainDate(rows[0]!.today)
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
    for (const { step, steady: slow, swift: fast } of differs) {
      expect(slow).not.toBe(fast)
      if (slow) expect(steady.plan.steps.map(stepIdOf)).toContain(step)
      if (fast) expect(swift.plan.steps.map(stepIdOf)).toContain(step)
    }
  })

  test('the agenda has a step of today, a promise of ours and the next step of the plan, and a step put off only from its day', async () => {
    const { dealId, zhou, lin } = await deal()
    const call = (): Promise<CallOutput<typeof routes.work.agenda>> =>
      seller.call(routes.work.agenda, { query: { whose: 'own' } })
    const mine = async () => (await call()).lines.filter((line) => line.dealId === dealId)
    const step = await seller.call(routes.facts.planStep.create, {
      params: { dealId },
      body: { what: 'Call about the budget', on: today, with: [lin], owner: 'Chen Jie' },
    })
    expect(await mine()).toContainEqual(
      expect.objectContaining({ kind: 'see', planStepId: step.id, on: today, ours: 'Chen Jie' }),
    )
    await seller.call(routes.facts.planStep.update, {
      params: { dealId, id: step.id },
      body: { snoozedUntil: addDays(today, 3) },
    })
    const promise = await seller.call(routes.facts.commitment.create, {
      params: { dealId },
      body: { what: 'Cost model', to: zhou, promisedOn: addDays(today, -5), dueOn: today },
    })
    const after = await mine()
    expect(after.some(({ planStepId }) => planStepId === step.id)).toBe(false)
    expect(after).toContainEqual(
      expect.objectContaining({
        kind: 'promise',
        commitmentId: promise.id,
        with: [expect.objectContaining({ id: zhou })],
      }),
    )
    const decide = after.find(({ kind }) => kind === 'decide')
    const [first] = (await planOf(dealId)).plan.steps.filter(({ locked }) => !locked)
    if (decide) expect(decide).toMatchObject({ step: stepIdOf(first!), on: first!.on, bring: first!.bring.what })
    expect((await call()).lines.length).toBeLessThanOrEqual(7)
  })

  test('a deal that was won stays in the agenda with its promises, and today says the visit back that is due', async () => {
    const { dealId, zhou } = await deal()
    await seller.call(routes.deals.update, {
      params: { dealId },
      body: { status: 'won', closedOn: addDays(today, -31) },
      version: (await seller.call(routes.deals.get, { params: { dealId }, query: {} })).deal.version,
    })
    const promise = await seller.call(routes.facts.commitment.create, {
      params: { dealId },
      body: { what: 'Training of twelve', to: zhou, promisedOn: addDays(today, -60), dueOn: today },
    })
    const { lines } = await seller.call(routes.work.agenda, { query: { whose: 'own' } })
    expect(lines).toContainEqual(expect.objectContaining({ kind: 'promise', dealId, commitmentId: promise.id }))
    const brief = await seller.call(routes.deals.brief, { params: { dealId }, query: {} })
    expect(brief.after!.visits.map(({ days, state }) => [days, state])).toContainEqual([30, 'due'])
    const { findings } = await seller.call(routes.work.today, { query: {} })
    expect(findings.filter((one) => one.dealId === dealId).map(({ rule }) => rule)).toContain('R91_after_award')
  })

  test('whose the agenda is: of a member, of a team; and it says of how many deals it looked at the plan', async () => {
    const { dealId } = await deal()
    const mine = workspace.members.seller.id
    const lines = async (query: { memberId?: string; teamId?: string; whose?: 'all' }) => {
      const { lines: found, looked } = await admin.call(routes.work.agenda, { query })
      return { deals: new Set(found.map((line) => line.dealId)), looked }
    }
    const all = await lines({ whose: 'all' })
    const his = await lines({ memberId: mine })
    expect(his.looked.deals).toBeGreaterThan(0)
    expect(his.looked.deals).toBeLessThanOrEqual(all.looked.deals)
    expect((await lines({ memberId: workspace.members.viewer.id })).looked).toEqual({ deals: 0, plans: 0 })
    const team = await admin.call(routes.members.createTeam, { body: { name: 'East' } })
    expect((await lines({ teamId: team.id })).looked.deals).toBe(0)
    const member = (await admin.call(routes.members.list, {})).items.find(({ id }) => id === mine)!
    await admin.call(routes.members.update, {
      params: { memberId: mine },
      body: { teamIds: [team.id] },
      version: member.version,
    })
    const ofTeam = await lines({ teamId: team.id })
    expect(ofTeam.looked.deals).toBe(his.looked.deals)
    expect(ofTeam.looked.plans).toBeGreaterThan(0)
    expect(ofTeam.looked.plans).toBeLessThanOrEqual(ofTeam.looked.deals)
    // A plan that was made is read again, and counts besides the few that are made at a time.
    await planOf(dealId)
    const again = await lines({ teamId: team.id })
    expect(again.looked.plans).toBeGreaterThanOrEqual(ofTeam.looked.plans)
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
    expect([shown.plan.questions, shown.plan.cannot, shown.plan.byTerm]).toEqual([[], [], []])
    const { trust } = await blind.call(routes.plan.promises, { params: { dealId } })
    expect(trust.flatMap(({ moves }) => moves)).toEqual([])
  })
})
