import type { FastifyInstance, InjectOptions } from 'fastify'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PERMISSIONS, ROLE_PERMISSIONS, ROLES, route, routes } from '@sente/api'
import { openApi } from '../../src/http/openapi.ts'
import type { ApiDocument } from '../../src/http/openapi.ts'
import { operation } from '../../src/http/operation.ts'
import { operations } from '../../src/http/operations/index.ts'
import { allContracts, checkTable } from '../../src/http/table.ts'
import type { Database } from '../../src/store/connect.ts'
import { makeToken, makeWorkspace, problem, testApp } from '../support/application.ts'
import type { Answer, TestWorkspace } from '../support/application.ts'
import { onDatabase } from '../support/database.ts'
import { populate } from '../support/populated.ts'
import type { Populated } from '../support/populated.ts'
import { operationsOf, requestOf } from '../support/requests.ts'
import type { Asked } from '../support/requests.ts'

const contracts = allContracts()
const written = contracts.filter(({ contract }) => operations.some((one) => one.contract === contract))

describe('the table', () => {
  test('an operation without a permission stops the server', () => {
    const bare = route({ method: 'GET', path: '/bare', tag: 'X', summary: 'Nothing' } as never)
    expect(() => checkTable([operation(bare, () => undefined as never)], [{ name: 'x.bare', contract: bare }])).toThrow(
      'x.bare: no permission',
    )
  })
  test('so does one with a permission that does not exist', () => {
    const odd = route({ method: 'GET', path: '/odd', tag: 'X', summary: 'Nothing', permission: 'everything' } as never)
    expect(() => checkTable([operation(odd, () => undefined as never)], [{ name: 'x.odd', contract: odd }])).toThrow(
      'x.odd: no permission (everything)',
    )
  })
  test('a route without an operation stops it, and an operation without a route', () => {
    const me = operation(routes.auth.me, () => undefined as never)
    expect(() => checkTable([], [{ name: 'auth.me', contract: routes.auth.me }])).toThrow('auth.me: no operation')
    expect(() => checkTable([me, me], [{ name: 'auth.me', contract: routes.auth.me }])).toThrow('auth.me: 2 operations')
    expect(() => checkTable([me], [])).toThrow('GET /me: not in the route table')
  })
  test('nobody but administrators manages members and the workspace', () => {
    for (const { contract } of contracts)
      if (contract.permission.endsWith(':manage'))
        expect(
          ROLES.filter((role) => (ROLE_PERMISSIONS[role] as readonly string[]).includes(contract.permission)),
        ).toEqual(['administrator'])
  })
  test('only signing in, and what a secret in the address opens, is open to everybody', () => {
    for (const { name, contract } of contracts)
      if (contract.permission === 'public')
        expect(contract.bySecret === true || name.startsWith('auth.'), name).toBe(true)
  })
  test('what a secret in the address opens asks for nothing else', () => {
    for (const { name, contract } of contracts)
      if (contract.bySecret)
        expect([contract.permission, Object.keys(contract.params!.shape).length > 0], name).toEqual(['public', true])
  })
  test('every route has its operation', () => expect(written.length).toBe(contracts.length))
})

/** One valid request of each operation; the same ones in every run. */
function samples(document: ApiDocument, world: Populated): Map<string, Asked> {
  const made = new Map<string, Asked>()
  for (const one of operationsOf(document)) {
    const name = one.operation.operationId
    const [asked] = fc.sample(requestOf(one, { document, ids: world.ids, params: world.params(name) }), {
      numRuns: 1,
      seed: 11,
    })
    // A change of nothing reaches every handler; what may be changed to what is not the question here.
    made.set(name, one.method === 'PATCH' ? { ...asked!, body: {} } : asked!)
  }
  return made
}

type Caller = { token: string } | { session: 'none' }
async function send(app: FastifyInstance, { method, url, body }: Asked, caller: Caller): Promise<Answer> {
  const type = typeof body === 'string' ? { 'content-type': 'application/octet-stream' } : {}
  const options: InjectOptions = {
    method: method as 'GET',
    url: `/api/v1${url}`,
    headers: { ...('token' in caller ? { authorization: `Bearer ${caller.token}` } : {}), ...type },
    ...(body === undefined ? {} : { payload: body as InjectOptions['payload'] & object }),
  }
  if (!url.startsWith('/events')) return app.inject(options)
  // The events never end: that they begin is all there is to see.
  const begun = await app.inject({ ...options, payloadAsStream: true })
  if (begun.statusCode !== 200) return app.inject(options)
  begun.stream().destroy()
  return begun
}

/** Everything of a workspace, as one number for each table; who was seen when is no change. */
async function fingerprint(db: Database, workspaceId: string): Promise<string> {
  const { rows: tables } = await db.owner.query<{ name: string }>(
    `select table_name as name from information_schema.columns where column_name = 'workspace_id' and table_schema = 'public' and table_name not in ('session', 'api_token', 'calendar_feed') order by 1`,
  )
  const { rows } = await db.owner.query<{ all: string }>(
    `select concat_ws(E'\\n', ${tables.map(({ name }) => `(select '${name} ' || md5(coalesce(string_agg(t::text, '|' order by t::text), '')) from "${name}" t where workspace_id = $1)`).join(', ')}) as all`,
    [workspaceId],
  )
  return rows[0]!.all
}

onDatabase((db) => {
  let app: FastifyInstance
  let world: Populated
  let elsewhere: TestWorkspace
  let document: ApiDocument
  let asked: Map<string, Asked>
  /** The workspace before anybody tried. */
  let before: string

  beforeAll(async () => {
    app = await testApp(db)
    await app.ready()
    document = openApi()
    world = await populate(app, db)
    elsewhere = await makeWorkspace(db, 'Elsewhere')
    asked = samples(document, world)
    before = await fingerprint(db, world.id)
  })
  afterAll(() => app.close())

  test.for(written)(
    '$name: nobody without the right passes the gate, whatever they send',
    async ({ name, contract }) => {
      const { permission } = contract
      const request = asked.get(name)!
      const anonymous = await send(app, request, { session: 'none' })
      if (permission === 'public')
        return expect(['not-signed-in', 'csrf']).not.toContain(
          anonymous.statusCode < 400 ? '' : problem(anonymous).code,
        )
      expect([anonymous.statusCode, problem(anonymous).code]).toEqual([401, 'not-signed-in'])
      if (permission === 'signed-in') return
      // Somebody of another workspace who lacks the right is refused before it is looked where the record is.
      for (const role of ROLES.filter((role) => !(ROLE_PERMISSIONS[role] as readonly string[]).includes(permission))) {
        for (const member of [world.members[role], elsewhere.members[role]]) {
          const answer = await send(app, request, { token: member.token })
          expect([role, answer.statusCode, problem(answer).code]).toEqual([role, 403, 'not-allowed'])
        }
      }
      const others = await makeToken(
        db,
        { workspaceId: world.id, id: world.members.administrator.id },
        PERMISSIONS.filter((one) => one !== permission),
      )
      const narrow = await send(app, request, { token: others })
      expect([narrow.statusCode, problem(narrow).code]).toEqual([403, 'not-allowed'])
    },
  )

  test.for(written)(
    '$name: an administrator of another workspace finds nothing here, and changes nothing',
    async ({ name, contract }) => {
      if (contract.permission === 'public') return
      // A fresh administrator for each: the calls may end sessions, take roles away or clear a workspace.
      const stranger = (await makeWorkspace(db, 'Stranger')).members.administrator
      const answer = await send(app, asked.get(name)!, { token: stranger.token })
      if (contract.params) expect([answer.statusCode, problem(answer).code], answer.body).toEqual([404, 'not-found'])
      else if (answer.statusCode >= 400)
        expect(['not-signed-in', 'not-allowed', 'internal'], answer.body).not.toContain(problem(answer).code)
      if (name !== 'work.events') for (const id of world.ids) expect(answer.body).not.toContain(id)
      expect(await fingerprint(db, world.id)).toBe(before)
    },
  )

  test.for(written.filter(({ contract }) => contract.path.startsWith('/deals/{dealId}')))(
    '$name: a seller without a share finds no deal of a colleague',
    async ({ name }) => {
      const answer = await send(app, asked.get(name)!, { token: world.stranger.token })
      expect([answer.statusCode, problem(answer).code], answer.body).toEqual([404, 'not-found'])
      expect(await fingerprint(db, world.id)).toBe(before)
    },
  )

  // Last, since these calls do what they say.
  test.for(written)('$name: whoever has the right passes the gate', async ({ name, contract }) => {
    const { permission } = contract
    const own = await makeWorkspace(db, 'Own')
    for (const role of ROLES) {
      if (
        permission !== 'public' &&
        permission !== 'signed-in' &&
        !(ROLE_PERMISSIONS[role] as readonly string[]).includes(permission)
      )
        continue
      const token =
        permission === 'public' || permission === 'signed-in'
          ? own.members[role].token
          : await makeToken(db, { workspaceId: own.id, id: own.members[role].id }, [permission])
      const answer = await send(app, asked.get(name)!, permission === 'public' ? { session: 'none' } : { token })
      if (answer.statusCode < 400 || name === 'work.events') continue
      const { code, detail } = problem(answer)
      expect(
        [...(name === 'auth.password' ? [] : ['not-signed-in']), 'csrf', 'internal'],
        `${role}: ${answer.body}`,
      ).not.toContain(code)
      // A handler may refuse on grounds of its own, but not for want of the right.
      if (code === 'not-allowed') expect(detail).not.toContain('It needs the right')
    }
  })
})
