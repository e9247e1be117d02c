import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays } from '@sente/engine'
import { routes } from '@sente/api'
import { makeMember, problem, testApp, withToken } from '../support/application.ts'
import { clientOf, problemFrom } from '../support/calls.ts'
import { onDatabase } from '../support/database.ts'
import { customerOf, pathOf, sharedDeal } from '../support/joint.ts'
import { livingDeal } from '../support/living-deal.ts'
import { livingApp } from '../support/living-app.ts'
import type { LivingApp } from '../support/living-app.ts'

onDatabase((db) => {
  let app: LivingApp['app']
  let workspace: LivingApp['workspace']
  let seller: LivingApp['seller']
  let today: LivingApp['today']
  beforeAll(async () => {
    ;({ app, workspace, seller, today } = await livingApp(db))
  })
  afterAll(() => app.close())

  const open = (url: string, query = '') => customerOf(app).open(url, query)
  const say = (url: string, fields: Record<string, string>) => customerOf(app).say(url, fields)
  const jointOf = (dealId: string) => seller.call(routes.joint.get, { params: { dealId } })

  test('who has the link sees the joint steps with owners and days of both sides, and no account is asked for', async () => {
    const { url } = await sharedDeal(seller, today)
    const answer = await open(url)
    expect(answer.statusCode).toBe(200)
    expect(answer.body).toContain('Together to the go-live')
    expect(answer.body).toContain('Budget is approved')
    expect(answer.body).toContain('Ms Zhou')
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8')
    const chinese = await open(url, '?lang=zh')
    expect(chinese.body).toContain('<html lang="zh-CN">')
    expect(chinese.body).toContain('联合推进计划')
  })

  test('the page is kept by nobody, found by no search, told to no other site, and loads nothing', async () => {
    const { url } = await sharedDeal(seller, today)
    const answer = await open(url)
    const nonce = /<style nonce="([\w-]+)">/.exec(answer.body)![1]!
    expect(answer.headers).toMatchObject({
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex, nofollow, noarchive',
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
      'content-security-policy': `default-src 'none'; style-src 'nonce-${nonce}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    })
    expect(answer.headers['set-cookie']).toBeUndefined()
    expect(answer.body).not.toMatch(/<script|<img|<link|<iframe|\ssrc=|https?:\/\/|\bstyle=|\bon\w+=/i)
    expect((await open(url)).body.includes(nonce)).toBe(false)
  })

  test('an address that was ended or has had its time gives a calm page that says nothing of the deal', async () => {
    const { url, link, dealId } = await sharedDeal(seller, today)
    await seller.call(routes.joint.revoke, { params: { dealId, id: link.id } })
    const revoked = await open(url)
    const { url: old, link: second } = await seller.call(routes.joint.link, {
      params: { dealId },
      body: { title: 'Secret title', language: 'zh' },
    })
    await db.owner.query(`update joint_link set expires_at = now() - interval '1 minute' where id = $1`, [second.id])
    const expired = await open(old)
    const none = await open(`http://x/joint/${'A'.repeat(43)}`)
    expect([revoked.statusCode, expired.statusCode, none.statusCode]).toEqual([410, 410, 404])
    expect(revoked.body).toContain('This page is closed')
    expect(expired.body).toContain('这个页面已关闭')
    for (const { body, headers } of [revoked, expired, none]) {
      expect(body).not.toMatch(/Together|Secret title|Budget|Zhou/)
      expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex, nofollow, noarchive' })
    }
    expect((await say(url, { item: 'x' })).statusCode).toBe(410)
    const { links } = await jointOf(dealId)
    expect(links.map(({ state }) => state)).toEqual(['expired', 'revoked'])
  })

  test('a day that the customer moves is a suggestion; accepted it is told by them, moves the decision, and can be undone', async () => {
    const { url, itemId, dealId, zhou } = await sharedDeal(seller, today)
    await seller.call(routes.facts.processStep.create, {
      params: { dealId },
      body: { step: 'budget-approval', on: addDays(today, 20), toldBy: 'guess' },
    })
    const on = addDays(today, 60)
    const sent = await say(url, {
      item: itemId,
      kind: 'move',
      moveOn: on,
      text: 'The board meets later',
      author: 'Lin Tao',
    })
    expect([sent.statusCode, sent.headers['location']]).toEqual([303, `${pathOf(url)}?sent=${itemId}#s-${itemId}`])
    expect((await open(url, `?sent=${itemId}`)).body).toContain('The board meets later')
    const before = await jointOf(dealId)
    expect(before.items[0]!.on).toBe(addDays(today, 20))
    const said = before.suggestions[0]!
    expect(said).toMatchObject({ kind: 'move', on, author: 'Lin Tao', decision: 'open', toldBy: 'project-leader' })
    expect(said.createdBy).toBeUndefined()

    const decided = await seller.call(routes.joint.decide, { params: { dealId, id: said.id }, body: { accept: true } })
    expect(decided.item).toMatchObject({ on })
    expect(decided.told).toMatchObject({ step: 'budget-approval', on, toldBy: 'project-leader' })
    const brief = await seller.call(routes.deals.brief, { params: { dealId }, query: {} as never })
    const told = (brief as { position: { told: { step: string; on: string; slips: number }[] } }).position.told
    expect(told.find(({ step }) => step === 'budget-approval')).toMatchObject({ on, slips: 1 })
    expect((await open(url)).body).toContain('taken over')

    await seller.call(routes.work.undo, { params: { changeSet: decided.changeSet } })
    const after = await jointOf(dealId)
    expect([after.items[0]!.on, after.suggestions[0]!.decision]).toEqual([addDays(today, 20), 'open'])
    const whole = await seller.call(routes.deals.get, { params: { dealId }, query: { include: 'all' as never } })
    expect(whole.processStep!.map(({ on: day }) => day)).toEqual([addDays(today, 20)])
    expect(zhou).toBeTruthy()
  })

  test('whose word it is follows from who got the link', async () => {
    const deal = await livingDeal(seller, today)
    const { dealId, zhou } = deal
    const whole = await seller.call(routes.deals.get, { params: { dealId }, query: { include: 'all' as never } })
    const stakeholder = whole.stakeholder!.find(({ personId }) => personId === zhou)!
    await seller.call(routes.facts.stakeholder.update, {
      params: { dealId, id: stakeholder.id },
      body: { roles: ['number-one'] },
    })
    const item = await seller.call(routes.facts.jointItem.create, {
      params: { dealId },
      body: { what: 'Sign', step: 'signature' },
    })
    const { url } = await seller.call(routes.joint.link, {
      params: { dealId },
      body: { title: 'T', language: 'en', personId: zhou },
    })
    await say(url, { item: item.id, kind: 'move', moveOn: addDays(today, 90), author: 'Zhou' })
    const { suggestions } = await jointOf(dealId)
    expect(suggestions[0]).toMatchObject({ personId: zhou, toldBy: 'executive' })
    const stranger = await problemFrom(
      seller.call(routes.joint.link, { params: { dealId }, body: { title: 'T', language: 'en', personId: dealId } }),
    )
    expect(stranger.faults?.[0]?.field).toBe('body.personId')
  })

  test('a step that the customer ticks is done when we accept it, and open again when they take it back', async () => {
    const { url, itemId, dealId } = await sharedDeal(seller, today)
    await say(url, { item: itemId, kind: 'done', doneOn: today, author: 'Lin Tao' })
    const first = (await jointOf(dealId)).suggestions[0]!
    const accepted = await seller.call(routes.joint.decide, {
      params: { dealId, id: first.id },
      body: { accept: true, toldBy: 'coach' },
    })
    expect(accepted.item?.doneOn).toBe(today)
    expect(accepted.told).toMatchObject({ step: 'budget-approval', on: today, done: true, toldBy: 'coach' })
    await say(url, { item: itemId, kind: 'undone', author: 'Lin Tao' })
    const second = (await jointOf(dealId)).suggestions[0]!
    const back = await seller.call(routes.joint.decide, { params: { dealId, id: second.id }, body: { accept: true } })
    expect([back.item?.doneOn, back.told?.done]).toEqual([undefined, false])
    const again = await problemFrom(
      seller.call(routes.joint.decide, { params: { dealId, id: second.id }, body: { accept: true } }),
    )
    expect(again.code).toBe('conflict')
  })

  test('a comment that we accept is a note of theirs; what we reject changes nothing but says so', async () => {
    const { url, itemId, dealId } = await sharedDeal(seller, today)
    await say(url, { item: itemId, kind: 'comment', text: 'Who comes on Sunday night?', author: 'Lin Tao' })
    await say(url, { item: itemId, kind: 'move', moveOn: addDays(today, 70), author: 'Lin Tao' })
    const { suggestions } = await jointOf(dealId)
    const [move, comment] = suggestions
    const kept = await seller.call(routes.joint.decide, { params: { dealId, id: comment!.id }, body: { accept: true } })
    expect(kept.note).toMatchObject({ author: 'Lin Tao', text: 'Budget is approved: Who comes on Sunday night?' })
    const refused = await seller.call(routes.joint.decide, {
      params: { dealId, id: move!.id },
      body: { accept: false },
    })
    expect([refused.suggestion.decision, refused.item, refused.told]).toEqual(['rejected', undefined, undefined])
    expect((await jointOf(dealId)).items[0]!.on).toBe(addDays(today, 20))
    expect((await open(url)).body).toContain('not taken over')
  })

  test('a planned step of ours moves with the joint step that stands for it', async () => {
    const { dealId, zhou } = await livingDeal(seller, today)
    const step = await seller.call(routes.facts.planStep.create, {
      params: { dealId },
      body: { play: 'exec_discovery', what: 'Win him against the rival', on: addDays(today, 10), with: [zhou] },
    })
    const { candidates } = await jointOf(dealId)
    const offered = candidates.find(({ planStepId }) => planStepId === step.id)!
    expect(offered.what.en).toMatch(/^Meeting with /)
    expect(JSON.stringify(candidates)).not.toContain('Win him')
    const item = await seller.call(routes.facts.jointItem.create, {
      params: { dealId },
      body: { what: offered.what.en, whose: offered.whose, on: offered.on!, planStepId: step.id },
    })
    const { url } = await seller.call(routes.joint.link, { params: { dealId }, body: { title: 'T', language: 'en' } })
    expect((await jointOf(dealId)).candidates.some(({ planStepId }) => planStepId === step.id)).toBe(false)
    await say(url, { item: item.id, kind: 'move', moveOn: addDays(today, 15), author: 'Zhou' })
    const { suggestions } = await jointOf(dealId)
    const moved = await seller.call(routes.joint.decide, {
      params: { dealId, id: suggestions[0]!.id },
      body: { accept: true },
    })
    expect(moved.planStep).toMatchObject({ id: step.id, on: addDays(today, 15), status: 'open' })
  })

  test('what is not said well is said so on the page, with what was typed, and nothing is kept', async () => {
    const { url, itemId, dealId } = await sharedDeal(seller, today)
    const other = await sharedDeal(seller, today)
    const wrong: [Record<string, string>, string][] = [
      [{ item: itemId, kind: 'move', author: 'Lin' }, 'choose a date'],
      [{ item: itemId, kind: 'move', moveOn: '2026-13-40', author: 'Lin' }, 'choose a date'],
      [{ item: itemId, kind: 'done', doneOn: addDays(today, 3), author: 'Lin' }, 'choose a date'],
      [{ item: itemId, kind: 'comment', author: 'Lin' }, 'write something'],
      [{ item: itemId, kind: 'comment', text: 'x'.repeat(2001), author: 'Lin' }, 'at most 2,000'],
      [{ item: itemId, kind: 'comment', text: 'hello', author: ' ' }, 'your name'],
      [{ item: itemId, kind: 'comment', text: '\u200b', author: 'Lin' }, 'write something'],
      [{ item: other.itemId, kind: 'comment', text: 'hello', author: 'Lin' }, 'not on the plan'],
      [{ item: itemId, kind: 'delete', text: 'hello', author: 'Lin' }, 'not on the plan'],
      [{}, 'not on the plan'],
    ]
    for (const [fields, why] of wrong) {
      const answer = await say(url, fields)
      expect([answer.statusCode, answer.body.includes(why)], JSON.stringify(fields)).toEqual([422, true])
    }
    expect((await jointOf(dealId)).suggestions).toEqual([])
    expect((await jointOf(other.dealId)).suggestions).toEqual([])
    const huge = await say(url, { item: itemId, kind: 'comment', text: 'x'.repeat(40_000), author: 'Lin' })
    expect(huge.statusCode).toBe(413)
    expect(huge.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(huge.body).toContain('That was too much at once')
    const chinese = await customerOf(app).say(`${url}`, { text: '长'.repeat(40_000) }, '?lang=zh')
    expect([chinese.statusCode, chinese.body.includes('内容太多')]).toEqual([413, true])
    const json = await app.inject({
      method: 'POST',
      url: pathOf(url),
      payload: { item: itemId, kind: 'comment', text: 'x', author: 'Lin' },
    })
    expect(json.statusCode).toBe(422)
  })

  test('a step that the customer proposes waits, and accepted it is a joint step of theirs; undone it waits again', async () => {
    const { url, dealId } = await sharedDeal(seller, today)
    const on = addDays(today, 12)
    const sent = await say(url, {
      kind: 'propose',
      text: 'Visit  the plant in\nNingbo',
      proposeOn: on,
      author: 'Lin Tao',
    })
    expect([sent.statusCode, sent.headers['location']]).toEqual([303, `${pathOf(url)}?sent=proposed#proposed`])
    const page = await open(url, '?sent=proposed')
    expect(page.body).toContain('Visit the plant in Ningbo')
    expect(page.body).toContain('we have not answered yet')
    const before = await jointOf(dealId)
    const said = before.suggestions[0]!
    expect(said).toMatchObject({ kind: 'propose', text: 'Visit the plant in Ningbo', on, decision: 'open' })
    expect(before.items).toHaveLength(1)
    const decided = await seller.call(routes.joint.decide, { params: { dealId, id: said.id }, body: { accept: true } })
    expect(decided.item).toMatchObject({ what: 'Visit the plant in Ningbo', whose: 'theirs', on })
    const accepted = await open(url)
    expect(accepted.body.match(/Visit the plant in Ningbo/g)).toHaveLength(1)
    await seller.call(routes.work.undo, { params: { changeSet: decided.changeSet } })
    const after = await jointOf(dealId)
    expect([after.items.length, after.suggestions[0]!.decision]).toEqual([1, 'open'])
    await seller.call(routes.joint.decide, { params: { dealId, id: said.id }, body: { accept: false } })
    expect((await open(url)).body).toContain('not taken over')
    for (const [fields, why] of [
      [{ text: 'x', author: '' }, 'your name'],
      [{ text: 'x', author: '\u200b\u2060' }, 'your name'],
      [{ text: '\u200b', author: 'Lin' }, 'what should happen'],
      [{ text: ' ', author: 'Lin' }, 'what should happen'],
      [{ text: 'x'.repeat(201), author: 'Lin' }, 'at most 200'],
      [{ text: 'x', author: 'Lin', proposeOn: '2026-02-31' }, 'choose a date'],
    ] as const) {
      const answer = await say(url, { kind: 'propose', ...fields })
      expect([answer.statusCode, answer.body.includes(why)]).toEqual([422, true])
    }
  })

  test('making, opening and ending a link are in the audit trail, without its address', async () => {
    const admin = clientOf(app, workspace.members.administrator.token)
    const { url, link, dealId } = await sharedDeal(seller, today)
    await open(url)
    await open(url)
    await seller.call(routes.joint.revoke, { params: { dealId, id: link.id } })
    await seller.call(routes.joint.revoke, { params: { dealId, id: link.id } })
    const { items } = await admin.call(routes.work.audit, { query: { kind: 'jointLink', limit: 200 } })
    const mine = items.filter(({ recordId }) => recordId === link.id)
    expect(mine.map(({ action, via, actorId }) => [action, via, actorId])).toEqual([
      ['delete', 'api', workspace.members.seller.id],
      ['update', 'customer', undefined],
      ['create', 'api', workspace.members.seller.id],
    ])
    expect(JSON.stringify(mine)).toContain('Together to the go-live')
    expect(JSON.stringify(mine)).not.toContain(pathOf(url).split('/').at(-1))
    expect(
      await problemFrom(seller.call(routes.work.undo, { params: { changeSet: mine[2]!.changeSet! } })),
    ).toMatchObject({ status: 404 })
  })

  test('who opened it and who said something is told by the hour, and what was said stands in the history as the customer’s', async () => {
    const { url, itemId, dealId } = await sharedDeal(seller, today)
    await open(url)
    await open(url)
    await say(url, { item: itemId, kind: 'comment', text: 'Fine', author: 'Lin Tao' })
    const [link] = (await jointOf(dealId)).links
    expect(link!.visits.reduce((sum, { opened }) => sum + opened, 0)).toBe(2)
    expect(link!.visits.flatMap(({ authors }) => authors)).toEqual(['Lin Tao'])
    const { items } = await seller.call(routes.deals.history, { params: { dealId }, query: {} as never })
    expect(items.find(({ kind }) => kind === 'jointSuggestion')).toMatchObject({ action: 'create', via: 'customer' })
  })

  test('only whoever may share the deal makes a link, and the secret is in no table and no line of the log', async () => {
    const { dealId, url } = await sharedDeal(seller, today)
    const helper = await makeMember(db, workspace.id, 'seller', `helper.${dealId.slice(-8)}@example.com`)
    await seller.call(routes.deals.share, {
      params: { dealId },
      body: { memberId: helper.id, mayWrite: true } as never,
    })
    const refused = await withToken(app, helper.token)('POST', `/deals/${dealId}/joint/links`, {
      title: 'T',
      language: 'en',
    })
    expect([refused.statusCode, problem(refused).code]).toEqual([403, 'not-allowed'])
    const secret = pathOf(url).split('/').at(-1)!
    const { rows } = await db.owner.query<{ all: string }>(
      `select (select string_agg(l::text, ' ') from joint_link l) || (select coalesce(string_agg(c::text, ' '), '') from change c where c.deal_id = $1) as all`,
      [dealId],
    )
    expect(rows[0]!.all).not.toContain(secret)
    const lines: string[] = []
    const logging = await testApp(db, { log: { stream: { write: (line) => void lines.push(line) } } })
    try {
      await logging.inject({ method: 'GET', url: pathOf(url) })
      expect(lines.join('\n')).toContain('/joint/:secret')
      expect(lines.join('\n')).not.toContain(secret)
    } finally {
      await logging.close()
    }
  })

  test('a seller without a share opens no preview, and finds nothing to decide', async () => {
    const { dealId } = await sharedDeal(seller, today)
    const stranger = await makeMember(db, workspace.id, 'seller', `none.${dealId.slice(-8)}@example.com`)
    const call = withToken(app, stranger.token)
    for (const path of ['joint', 'joint/preview?title=T&language=en'])
      expect((await call('GET', `/deals/${dealId}/${path}`)).statusCode).toBe(404)
  })
})
