import nodeIcal from 'node-ical'
import type { VEvent } from 'node-ical'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays } from '@sente/engine'
import { routes } from '@sente/api'
import type { Client } from '@sente/api'
import { makeMember, makeToken, problem, testApp, withToken } from '../support/application.ts'
import { clientOf, problemFrom } from '../support/calls.ts'
import { onDatabase } from '../support/database.ts'
import { livingDeal } from '../support/living-deal.ts'
import { livingApp } from '../support/living-app.ts'
import type { LivingApp } from '../support/living-app.ts'

onDatabase((db) => {
  let app: LivingApp['app']
  let workspace: LivingApp['workspace']
  let seller: LivingApp['seller']
  let admin: LivingApp['admin']
  let today: LivingApp['today']
  beforeAll(async () => {
    ;({ app, workspace, seller, admin, today } = await livingApp(db, 'Asia/Shanghai'))
  })
  afterAll(() => app.close())

  const get = (url: string, headers: Record<string, string> = {}) =>
    app.inject({ method: 'GET', url: new URL(url).pathname, headers })
  const subscribe = async (client: Client, proposals = false): Promise<string> =>
    (await client.call(routes.calendar.renew, { body: { proposals } })).url
  const entriesAt = async (url: string): Promise<VEvent[]> => {
    const answer = await get(url)
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'text/calendar; charset=utf-8'])
    return Object.values(nodeIcal.sync.parseICS(answer.body)).filter(
      (entry): entry is VEvent => entry?.type === 'VEVENT',
    )
  }
  const entryOf = async (url: string, id: string): Promise<VEvent | undefined> =>
    (await entriesAt(url)).find(({ uid }) => uid === `${id}@sente`)

  test('a step is in its owner’s calendar, moves with its plan, and is cancelled when it is dropped', async () => {
    const { dealId, zhou } = await livingDeal(seller, today)
    const url = await subscribe(seller)
    const step = await seller.call(routes.facts.planStep.create, {
      params: { dealId },
      body: {
        what: 'Cost model',
        on: addDays(today, 5),
        time: '14:00',
        minutes: 45,
        with: [zhou],
        where: 'Tower 2, 18F',
      },
    })
    const before = (await entryOf(url, step.id))!
    expect(before).toMatchObject({
      summary: expect.stringContaining('Cost model'),
      location: 'Tower 2, 18F',
      status: 'CONFIRMED',
    })
    expect(before.start.toISOString()).toBe(new Date(`${addDays(today, 5)}T14:00:00+08:00`).toISOString())
    const moved = await seller.call(routes.facts.planStep.update, {
      params: { dealId, id: step.id },
      body: { on: addDays(today, 9) },
    })
    const after = (await entryOf(url, step.id))!
    expect(after.start.toISOString()).toBe(new Date(`${addDays(today, 9)}T14:00:00+08:00`).toISOString())
    expect(Number(after.sequence)).toBeGreaterThan(Number(before.sequence))
    await seller.call(routes.facts.planStep.update, {
      params: { dealId, id: step.id },
      body: { status: 'dropped' },
      version: moved.version,
    })
    const dropped = (await entryOf(url, step.id))!
    expect(dropped.status).toBe('CANCELLED')
    expect(Number(dropped.sequence)).toBeGreaterThan(Number(after.sequence))
  })

  test('a step that was taken out is cancelled, and back when that is undone', async () => {
    const { dealId } = await livingDeal(seller, today)
    const url = await subscribe(seller)
    const step = await seller.call(routes.facts.planStep.create, {
      params: { dealId },
      body: { what: 'Visit', on: addDays(today, 5) },
    })
    const answer = await withToken(app, workspace.members.seller.token)(
      'DELETE',
      `/deals/${dealId}/plan-steps/${step.id}`,
    )
    const gone = (await entryOf(url, step.id))!
    expect(gone.status).toBe('CANCELLED')
    await seller.call(routes.work.undo, { params: { changeSet: String(answer.headers['x-change-set']) } })
    const back = (await entryOf(url, step.id))!
    expect(back.status).toBe('CONFIRMED')
    expect(Number(back.sequence)).toBeGreaterThanOrEqual(Number(gone.sequence))
  })

  test('steps of a colleague, and of deals one may not see, are in no calendar of one’s own', async () => {
    const { dealId } = await livingDeal(seller, today)
    const other = await makeMember(db, workspace.id, 'seller', `other.${workspace.id.slice(-8)}@example.com`)
    await db.owner.query(`update member set name = 'Other Seller' where id = $1`, [other.id])
    const url = await subscribe(clientOf(app, other.token))
    const mine = await subscribe(seller)
    const step = await seller.call(routes.facts.planStep.create, {
      params: { dealId },
      body: { what: 'Named after the other', on: addDays(today, 5), owner: 'other seller, Gao Wei' },
    })
    expect([await entryOf(mine, step.id), await entryOf(url, step.id)]).toEqual([undefined, undefined])
    await seller.call(routes.deals.share, { params: { dealId }, body: { memberId: other.id } as never })
    expect((await entryOf(url, step.id))?.summary).toContain('Named after the other')
  })

  test('an address ends when it is renewed or ended, when its member is shut out, and when their password is reset', async () => {
    const member = await makeMember(db, workspace.id, 'seller', `leaver.${workspace.id.slice(-8)}@example.com`)
    const client = clientOf(app, member.token)
    const first = await subscribe(client)
    const second = await subscribe(client)
    expect([(await get(first)).statusCode, (await get(second)).statusCode]).toEqual([404, 200])
    await client.call(routes.calendar.end, {})
    expect((await get(second)).statusCode).toBe(404)
    expect(await client.call(routes.calendar.feed, {})).toEqual({})
    const third = await subscribe(client)
    await admin.call(routes.members.resetLink, { params: { memberId: member.id } })
    expect((await get(third)).statusCode).toBe(404)
    const again = await subscribe(
      clientOf(
        app,
        await makeToken(db, { workspaceId: workspace.id, id: member.id }, [
          'deals:read',
          'deals:write',
          'accounts:read',
          'accounts:write',
          'sensitive:read',
          'import',
          'export',
          'members:read',
        ]),
      ),
    )
    const { items } = await admin.call(routes.members.list, {})
    const now = items.find(({ id }) => id === member.id)!
    await admin.call(routes.members.update, {
      params: { memberId: member.id },
      body: { disabled: true },
      version: now.version,
    })
    const refused = await get(again)
    expect([refused.statusCode, problem(refused).code]).toEqual([404, 'not-found'])
  })

  test('the secret is not in the database, and a token with a part of the rights makes no address', async () => {
    const url = await subscribe(seller)
    const secret = url.split('/').at(-1)!.replace('.ics', '')
    expect(secret).toMatch(/^[\w-]{43}$/)
    const { rows } = await db.owner.query<{ all: string }>(
      'select string_agg(f::text, $1) as all from calendar_feed f',
      [' '],
    )
    expect(rows[0]!.all).not.toContain(secret)
    const narrow = await makeToken(db, { workspaceId: workspace.id, id: workspace.members.seller.id }, ['deals:read'])
    const refused = await withToken(app, narrow)('POST', '/me/calendar', {})
    expect([refused.statusCode, problem(refused).code]).toEqual([403, 'not-allowed'])
  })

  test('nobody keeps a copy on the way, and who has it already is told that it holds', async () => {
    const url = await subscribe(seller)
    const answer = await get(url)
    expect(answer.headers).toMatchObject({
      'cache-control': 'private, no-store',
      'x-robots-tag': 'noindex, nofollow',
      'referrer-policy': 'no-referrer',
    })
    const again = await get(url, { 'if-none-match': String(answer.headers['etag']) })
    expect([again.statusCode, again.body]).toEqual([304, ''])
    expect((await seller.call(routes.calendar.feed, {})).feed).toMatchObject({ proposals: false })
  })

  test('who tries address after address is told to wait', async () => {
    const tight = await testApp(db, { settings: { limits: { member: 1e6, address: 1e6, auth: 1e6, secret: 3 } } })
    try {
      const statuses: number[] = []
      for (let i = 0; i < 5; i++)
        statuses.push((await tight.inject({ method: 'GET', url: `/api/v1/calendar/${'x'.repeat(43)}.ics` })).statusCode)
      expect(statuses).toEqual([404, 404, 404, 429, 429])
    } finally {
      await tight.close()
    }
  })

  test('an address is in no line of the log', async () => {
    const lines: string[] = []
    const logging = await testApp(db, { log: { stream: { write: (line) => void lines.push(line) } } })
    try {
      const secret = 'S3CRET'.repeat(8).slice(0, 43)
      await logging.inject({ method: 'GET', url: `/api/v1/calendar/${secret}.ics` })
      expect(lines.join('\n')).toContain('/api/v1/calendar/:feed')
      expect(lines.join('\n')).not.toContain(secret)
    } finally {
      await logging.close()
    }
  })

  test('what the plan proposes is tentative, only where it is wanted, and only of whoever is to go', async () => {
    const { dealId } = await livingDeal(seller, today)
    await admin.call(routes.workspace.update, {
      body: { us: { team: [{ id: 'chen', name: 'Chen Jie', rank: 'seller', memberId: workspace.members.seller.id }] } },
    })
    const { plan } = await seller.call(routes.plan.get, { params: { dealId } })
    const mine = plan.steps.filter(({ ours, locked }) => ours === 'chen' && !locked)
    expect(mine.length).toBeGreaterThan(0)
    const url = await subscribe(seller, true)
    const proposed = (await entriesAt(url)).filter(({ uid }) => uid.startsWith(dealId))
    expect(proposed.map(({ status }) => status)).toEqual(mine.map(() => 'TENTATIVE'))
    await seller.call(routes.calendar.choose, { body: { proposals: false } })
    expect((await entriesAt(url)).filter(({ uid }) => uid.startsWith(dealId))).toEqual([])
    await admin.call(routes.workspace.update, { body: { us: null } })
  })

  test('one step comes as a file, in the language that is asked for', async () => {
    const { dealId, zhou } = await livingDeal(seller, today)
    const step = await seller.call(routes.facts.planStep.create, {
      params: { dealId },
      body: { play: 'exec_discovery', on: today, with: [zhou] },
    })
    const call = withToken(app, workspace.members.seller.token)
    const answer = await call('GET', `/deals/${dealId}/plan-steps/${step.id}/calendar`, undefined, {
      'accept-language': 'zh',
    })
    expect(answer.headers['content-disposition']).toContain(`${today}.ics`)
    expect(answer.body).toContain('METHOD:PUBLISH')
    expect(answer.body).toMatch(/SUMMARY:.*[\u4e00-\u9fff]/)
    const elsewhere = await call('GET', `/deals/${dealId}/plan-steps/${dealId}/calendar`)
    expect(elsewhere.statusCode).toBe(404)
  })

  test('days away are read from a calendar file, kept where they are wanted, and asked by every plan', async () => {
    const call = withToken(app, workspace.members.seller.token)
    const [from, last] = [addDays(today, 10), addDays(today, 14)]
    const file = [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'BEGIN:VEVENT',
      'UID:1',
      `DTSTART;VALUE=DATE:${from.replaceAll('-', '')}`,
      `DTEND;VALUE=DATE:${addDays(last, 1).replaceAll('-', '')}`,
      'SUMMARY:年假',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ].join('\r\n')
    const sent = await call('POST', '/me/absences/read', file, { 'content-type': 'application/octet-stream' })
    expect(sent.json()).toEqual({
      found: [{ from, to: last, why: '年假', sure: true, doubts: [] }],
      leftOut: 0,
      doubts: [],
    })
    const absences = [{ from, to: last, why: '年假' }]
    expect((await problemFrom(seller.call(routes.calendar.setAbsences, { body: { absences } }))).code).toBe('conflict')
    await admin.call(routes.workspace.update, {
      body: {
        us: {
          team: [
            { id: 'chen', name: 'Chen Jie', memberId: workspace.members.seller.id },
            { id: 'gao', name: 'Gao Wei' },
          ],
        },
      },
    })
    expect(await seller.call(routes.calendar.setAbsences, { body: { absences } })).toEqual({ listed: true, absences })
    const { us } = await admin.call(routes.workspace.get, {})
    expect(us!.team!.map((one) => one.absences)).toEqual([absences, undefined])
    const { dealId } = await livingDeal(seller, today)
    const { plan } = await seller.call(routes.plan.get, { params: { dealId } })
    expect(plan.steps.filter(({ ours, on }) => ours === 'chen' && on >= from && on <= last)).toEqual([])
    const wrong = await problemFrom(
      seller.call(routes.calendar.setAbsences, { body: { absences: [{ from: last, to: from }] } }),
    )
    expect(wrong.faults?.[0]?.field).toBe('body.absences[0].to')
    const none = await call('POST', '/me/absences/read', 'name,amount', { 'content-type': 'application/octet-stream' })
    expect([none.statusCode, problem(none).detail]).toEqual([415, expect.stringContaining('no readable calendar file')])
    await admin.call(routes.workspace.update, { body: { us: null } })
  })
})
