import type { FastifyInstance, InjectOptions } from 'fastify'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ERRORS } from '@sente/api'
import { openApi } from '../../src/http/openapi.ts'
import { isCurrent } from '../../src/http/openapi-write.ts'
import { operations } from '../../src/http/operations/index.ts'
import { compile } from '../../src/http/serialise.ts'
import { allContracts } from '../../src/http/table.ts'
import { makeMember, problem, testApp } from '../support/application.ts'
import type { TestMember } from '../support/application.ts'
import { onDatabase } from '../support/database.ts'
import { populate } from '../support/populated.ts'
import type { Populated } from '../support/populated.ts'
import { operationsOf, requestOf, valuesOf } from '../support/requests.ts'
import type { Asked, DocumentOperation } from '../support/requests.ts'

const document = openApi()
const contracts = allContracts()
/** SENTE_SEED=… repeats a run that failed; SENTE_RUNS=… looks longer. */
const seed = Number(process.env['SENTE_SEED'] ?? 20_261_125)
const runs = Number(process.env['SENTE_RUNS'] ?? 800)

const takesAway = ({ operation: { operationId } }: DocumentOperation): boolean =>
  /^(deals|accounts|people)\.(remove|bulk)$|^members\.update$/.test(operationId)

describe('the document', () => {
  test('in the tree is what the route table makes (node packages/server/src/http/openapi-write.ts --write)', async () =>
    expect(await isCurrent()).toBe(true))

  test('names every operation once, with its right, its errors and a summary', () => {
    const described = operationsOf(document)
    expect(described.map(({ operation }) => operation.operationId).sort()).toEqual(
      contracts.map(({ name }) => name).sort(),
    )
    for (const { operation } of described) {
      expect(operation.summary).toMatch(/^[A-Z]/)
      expect(operation.description.length).toBeGreaterThan(10)
      expect(Object.keys(operation.responses)).toContain('422')
    }
  })

  test('has no reference that leads nowhere', () => {
    const found = JSON.stringify(document).match(/"\$ref":"[^"]+"/g) ?? []
    expect(found.length).toBeGreaterThan(100)
    for (const reference of new Set(found)) {
      const path = reference.slice('"$ref":"#/'.length, -1).split('/')
      expect(
        path.reduce<unknown>((here, key) => (here as Record<string, unknown> | undefined)?.[key], document),
        reference,
      ).toBeDefined()
    }
  })

  test('every error of the catalogue can be met, and says so in both languages', () => {
    const text = JSON.stringify(document.components.responses)
    for (const [code, { what, remedy }] of Object.entries(ERRORS)) {
      // What is no request of an operation is answered by none; only deal files without a server need one.
      if (!['no-such-route', 'bad-request', 'headers-too-large', 'unknown-host', 'needs-server'].includes(code))
        expect(text).toContain(`\`${code}\``)
      for (const said of [what.en, what.zh, remedy.en, remedy.zh]) expect(said.length).toBeGreaterThan(3)
    }
  })
})

describe('answers', () => {
  test.each(contracts.filter(({ contract }) => contract.output && !contract.produces))(
    '$name: written by what the contract names they are what they were',
    ({ name, contract }) => {
      const write = compile(contract.output!)
      const { operation } = operationsOf(document).find((one) => one.operation.operationId === name)!
      const success = Object.entries(operation.responses).find(([status]) => status.startsWith('2'))![1] as {
        content: Record<string, { schema: Record<string, unknown> }>
      }
      const values = valuesOf(success.content['application/json']!.schema, { document, ids: [] })
      fc.assert(
        fc.property(values, (value) => {
          fc.pre(contract.output!.safeParse(value).success)
          const plain = JSON.parse(JSON.stringify(value)) as unknown
          expect(JSON.parse(write(value))).toEqual(plain)
        }),
        { numRuns: 15, seed },
      )
    },
  )
  test('what is undefined is left out, and what the contract does not name is not written', () => {
    const write = compile(allContracts().find(({ name }) => name === 'auth.createToken')!.contract.output!)
    expect(
      write({ id: '01890000-0000-7000-8000-000000000000', token: 'x', password_hash: 'secret', more: undefined }),
    ).toBe('{"id":"01890000-0000-7000-8000-000000000000","token":"x"}')
  })
})

onDatabase((db) => {
  let app: FastifyInstance
  let world: Populated
  let callers: TestMember[]

  beforeAll(async () => {
    app = await testApp(db)
    await app.ready()
    world = await populate(app, db)
    // Not one of these may lose the right to go on.
    callers = await Promise.all([
      makeMember(db, world.id, 'administrator', 'random.admin@example.com'),
      makeMember(db, world.id, 'manager', 'random.manager@example.com'),
      makeMember(db, world.id, 'seller', 'random.seller@example.com'),
    ])
  }, 60_000)
  afterAll(() => app.close())

  test('whatever is sent, no answer is a fault of the program, and each is one that the document promises', async () => {
    const possible = operationsOf(document).filter(({ operation: { operationId } }) => {
      const contract = contracts.find(({ name }) => name === operationId)!.contract
      return operations.some((one) => one.contract === contract) && contract.produces === undefined
    })
    // Most lead to what is there; what takes away whole deals comes seldom, or the rest would find nothing.
    const request = fc
      .oneof(
        { weight: 40, arbitrary: fc.constantFrom(...possible.filter((one) => !takesAway(one))) },
        { weight: 1, arbitrary: fc.constantFrom(...possible.filter(takesAway)) },
      )
      .chain((one) => {
        const params = world.params(one.operation.operationId)
        return fc
          .oneof({ weight: 4, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) })
          .chain((real) =>
            requestOf(one, { document, ids: world.ids, spoilt: true, ...(real && !takesAway(one) ? { params } : {}) }),
          )
      })
    const promised = new Map(possible.map(({ operation }) => [operation.operationId, operation.responses]))
    const reached = new Set<string>()
    await fc.assert(
      fc.asyncProperty(request, fc.nat(7), async (asked, who) => {
        const answer = await send(asked, callers[who < 3 ? who : 0]!)
        const says = `${asked.method} ${asked.url} ${JSON.stringify(asked.body)}\n→ ${answer.statusCode} ${answer.body.slice(0, 2000)}`
        if (answer.statusCode >= 500) throw new Error(says)
        if (answer.statusCode === 304) return
        if (!(String(answer.statusCode) in promised.get(asked.operationId)!)) throw new Error(`not promised: ${says}`)
        if (answer.statusCode >= 400) expect(ERRORS[problem(answer).code]?.status, says).toBe(answer.statusCode)
        else reached.add(asked.operationId)
      }),
      { numRuns: runs, seed, interruptAfterTimeLimit: 120_000 },
    )
    // The requests are not all refused at the door.
    expect(reached.size).toBeGreaterThan(possible.length / 3)
  }, 180_000)

  function send({ method, url, headers, body }: Asked, caller: TestMember) {
    // Passwords, roles and sessions of the callers are theirs: those who come from elsewhere may change them.
    const type =
      typeof body === 'string'
        ? { 'content-type': 'application/octet-stream' }
        : body === undefined
          ? {}
          : { 'content-type': 'application/json' }
    return app.inject({
      method: method as 'GET',
      url: `/api/v1${url}`,
      headers: { authorization: `Bearer ${caller.token}`, ...type, ...headers },
      ...(body === undefined
        ? {}
        : {
            payload:
              typeof body === 'string' && type['content-type'] === 'application/octet-stream'
                ? body
                : (JSON.stringify(body) as InjectOptions['payload'] & string),
          }),
    })
  }
})
