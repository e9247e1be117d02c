import { afterAll, beforeAll, expect, test } from 'vitest'
import { testApp } from '../support/application.ts'
import { onDatabase } from '../support/database.ts'
import { customerOf, pathOf, sharedDeal } from '../support/joint.ts'
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

  const say = (url: string, fields: Record<string, string>) => customerOf(app).say(url, fields)

  test('one deal takes so many words a day, and one address so many a minute', async () => {
    const { url, itemId, dealId } = await sharedDeal(seller, today)
    await db.owner.query(
      `insert into joint_suggestion (workspace_id, deal_id, id, item_id, kind, "text") select $1, $2, gen_random_uuid(), $3, 'comment', 'x' from generate_series(1, 200)`,
      [workspace.id, dealId, itemId],
    )
    const full = await say(url, { item: itemId, kind: 'comment', text: 'one more', author: 'Lin' })
    expect([full.statusCode, full.body.includes('as much as it can in one day')]).toEqual([422, true])
    const tight = await testApp(db, { settings: { limits: { member: 1e6, address: 1e6, auth: 1e6, secret: 12 } } })
    try {
      const statuses: number[] = []
      for (let i = 0; i < 4; i++)
        statuses.push(
          (
            await tight.inject({
              method: 'POST',
              url: pathOf(url),
              headers: { 'content-type': 'application/x-www-form-urlencoded' },
              payload: '',
            })
          ).statusCode,
        )
      expect(statuses).toEqual([422, 422, 429, 429])
    } finally {
      await tight.close()
    }
  })

  test('of many words said at once a deal takes as many as it takes of them in a day, and not one more', async () => {
    const { url, itemId, dealId } = await sharedDeal(seller, today)
    await db.owner.query(
      `insert into joint_suggestion (workspace_id, deal_id, id, item_id, kind, "text") select $1, $2, gen_random_uuid(), $3, 'comment', 'x' from generate_series(1, 190)`,
      [workspace.id, dealId, itemId],
    )
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, i) =>
        say(
          url,
          i % 2 === 0
            ? { kind: 'propose', text: `Step ${i}`, author: 'Lin' }
            : { item: itemId, kind: 'comment', text: `Word ${i}`, author: 'Lin' },
        ),
      ),
    )
    expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([
      ...Array.from({ length: 10 }, () => 303),
      ...Array.from({ length: 20 }, () => 422),
    ])
    const { rows } = await db.owner.query<{ n: number }>(
      'select count(*)::int as n from joint_suggestion where deal_id = $1',
      [dealId],
    )
    expect(rows[0]!.n).toBe(200)
  })
})
