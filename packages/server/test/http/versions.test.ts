import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { allContracts } from '../../src/http/table.ts'
import { problem, testApp, withToken } from '../support/application.ts'
import { onDatabase } from '../support/database.ts'
import { populate } from '../support/populated.ts'
import type { Populated } from '../support/populated.ts'

const contracts = allContracts()
const changes = contracts.filter(({ contract }) => ['PATCH', 'PUT', 'DELETE'].includes(contract.method))

/** Changes that rest on no version, and why nothing is lost by it. */
const WITHOUT_VERSION: Readonly<Record<string, string>> = {
  'auth.updateMe': 'one’s own settings, each by itself; the last word counts',
  'auth.endSession': 'a session cannot be changed, only ended',
  'auth.revokeToken': 'a token cannot be changed, only revoked',
  'workspace.removeView': 'a view is saved anew under its name, and belongs to one member',
  'workspace.clearSample': 'what was put there as an example goes, whatever became of it',
  'calendar.choose': 'one’s own subscription, a switch by itself; the last word counts',
  'calendar.end': 'whoever ends a subscription means it, whatever is in it',
  'calendar.setAbsences': 'one’s own days away, said as a whole; the last word counts',
  'joint.revoke': 'whoever ends a link means it, whoever opened it since',
  'deals.unshare': 'whoever stops a share means it, whatever it allowed',
}
/** Lists that come whole: there are never more than somebody reads through. */
const WHOLE = [
  // One's own kept reviews, at most a hundred.
  'review.kept',
  'auth.sessions',
  'auth.tokens',
  'members.list',
  'webhooks.list',
  'members.teams',
  'workspace.views',
  'deals.shares',
  'joint.get',
  'work.search',
]

describe('the table', () => {
  test.each(changes)('$name: a change takes If-Match, or says why not', ({ name, contract }) => {
    expect(contract.versioned === true, `${name}: versioned, or named with its reason`).toBe(!(name in WITHOUT_VERSION))
    if (contract.versioned) expect(contract.errors).toContain('changed-since')
  })
  test('no reason stands for a change that there is not', () => {
    expect(Object.keys(WITHOUT_VERSION).filter((name) => !changes.some((one) => one.name === name))).toEqual([])
  })
  test('what is changed by its version is read with it', () => {
    for (const { name, contract } of changes.filter(({ contract }) => contract.versioned && contract.output))
      expect(Object.keys((contract.output as z.ZodObject).shape), name).toContain('version')
  })
  test('every list has a cursor and says when it is none of its own, or is never long', () => {
    const lists = contracts.filter(
      ({ contract }) =>
        contract.method === 'GET' && 'items' in ((contract.output as z.ZodObject | undefined)?.shape ?? {}),
    )
    expect(lists.length).toBeGreaterThan(30)
    for (const { name, contract } of lists) {
      const shape = contract.query?.shape ?? {}
      if (WHOLE.includes(name)) continue
      expect(Object.keys(shape), name).toEqual(expect.arrayContaining(['limit', 'cursor']))
      expect(Object.keys((contract.output as z.ZodObject).shape), name).toContain('next')
      expect(contract.errors, name).toContain('bad-cursor')
    }
  })
})

onDatabase((db) => {
  let app: FastifyInstance
  let world: Populated
  let admin: ReturnType<typeof withToken>

  beforeAll(async () => {
    app = await testApp(db)
    await app.ready()
    world = await populate(app, db)
    admin = withToken(app, world.members.administrator.token)
  })
  afterAll(() => app.close())

  test.for(changes.filter(({ contract }) => contract.versioned))(
    '$name: what rests on another version is refused with the record as it is',
    async ({ name, contract }) => {
      const params = world.params(name)
      const url = contract.path.replace(/\{(\w+)\}/g, (_, key: string) => params[key]!)
      const send = (ifMatch: string) =>
        admin(contract.method as 'PATCH', url, contract.method === 'PATCH' ? {} : undefined, { 'if-match': ifMatch })
      const refused = await send('"4711"')
      expect([refused.statusCode, problem(refused).code], refused.body).toEqual([412, 'changed-since'])
      const { version } = problem(refused).current as { version: number }
      expect(version).toBeGreaterThan(0)
      expect(problem(await send('4711')).faults).toMatchObject([{ field: 'header.If-Match' }])
      if (contract.method === 'PATCH') expect((await send(`"${version}"`)).statusCode).toBe(200)
    },
  )

  test('of two who change the settings of the workspace at once, the second sees what the first did', async () => {
    const read = await admin('GET', '/workspace')
    const etag = String(read.headers['etag'])
    expect(etag).toMatch(/^"\d+-/)
    const first = await admin('PATCH', '/workspace', { name: 'First' }, { 'if-match': etag })
    expect(first.headers['etag']).toBe(`"${read.json<{ version: number }>().version + 1}"`)
    const second = await admin('PATCH', '/workspace', { name: 'Second', currency: 'USD' }, { 'if-match': etag })
    expect(problem(second)).toMatchObject({
      status: 412,
      current: { name: 'First', version: first.json<{ version: number }>().version },
    })
    expect((await admin('GET', '/workspace')).json()).toMatchObject({ name: 'First' })
  })

  test('a team has another version once somebody came or went, from whichever side', async () => {
    const { seller } = world.members
    const team = (await admin('POST', '/teams', { name: 'Both sides', memberIds: [seller.id] })).json<{
      id: string
      version: number
    }>()
    const member = (await admin('GET', '/members'))
      .json<{ items: { id: string; version: number; teamIds: string[] }[] }>()
      .items.find(({ id }) => id === seller.id)!
    expect(
      (await admin('PATCH', `/members/${seller.id}`, { teamIds: [] }, { 'if-match': `"${member.version}"` }))
        .statusCode,
    ).toBe(200)
    for (const [method, body] of [
      ['PATCH', { memberIds: [seller.id] }],
      ['DELETE', undefined],
    ] as const)
      expect(
        problem(await admin(method, `/teams/${team.id}`, body, { 'if-match': `"${team.version}"` })).current,
      ).toMatchObject({ memberIds: [], version: team.version + 1 })
    const before = (await admin('GET', '/members'))
      .json<{ items: { id: string; version: number }[] }>()
      .items.find(({ id }) => id === seller.id)!
    await admin('PATCH', `/teams/${team.id}`, { memberIds: [seller.id] })
    expect(
      problem(await admin('PATCH', `/members/${seller.id}`, { teamIds: [] }, { 'if-match': `"${before.version}"` })),
    ).toMatchObject({ status: 412, current: { teamIds: [team.id] } })
  })
})
