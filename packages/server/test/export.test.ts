import fc from 'fast-check'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fileName } from '../src/exchange/export/deal-file.ts'
import { isDeepStrictEqual } from 'node:util'
import { parseDeal, plainDate, writeDealFile } from '@sente/engine'
import { parse } from 'yaml'
import { loadSample } from '../src/sample/load.ts'
import { withWorkspace } from '../src/store/tenant.ts'
import { eventBus } from '../src/store/events.ts'
import { onDatabase } from './support/database.ts'
import { makeWorkspace, testApp } from './support/application.ts'
import type { TestMember, TestWorkspace } from './support/application.ts'
import { METHOD } from './support/workspace.ts'
import { proposeMapping, kindOfColumns } from '../src/exchange/files/mapping.ts'
import { ROOT } from './run.ts'

it('a file name holds whole characters, whatever the deal is called', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 120 }), fc.nat(110), (text, before) => {
      const name = fileName('x'.repeat(before) + text.toWellFormed() + '😀')
      expect(name.isWellFormed()).toBe(true)
      expect(name.length).toBeLessThanOrEqual(100)
      expect(name).toMatch(/./)
    }),
  )
  expect(fileName(`${'x'.repeat(99)}😀`)).toBe('x'.repeat(99))
})

onDatabase((db) => {
  let app: FastifyInstance
  beforeAll(async () => {
    app = await testApp(db)
  })
  afterAll(() => app.close())
  const ask = (
    member: TestMember,
    method: 'GET' | 'POST' | 'DELETE',
    url: string,
    payload?: string | object,
    type = 'application/json',
  ) =>
    app.inject({
      method,
      url: `/api/v1${url}`,
      headers: { authorization: `Bearer ${member.token}`, 'content-type': type },
      ...(payload === undefined ? {} : { payload }),
    })
  const sampled = async (): Promise<TestWorkspace> => {
    const w = await makeWorkspace(db)
    const events = eventBus(db)
    await withWorkspace({ database: db, methodology: METHOD, events }, { workspaceId: w.id, via: 'test' }, (tx) =>
      loadSample(tx, METHOD, plainDate('2026-03-02')),
    )
    await events.close()
    return w
  }

  describe('an export', () => {
    it('of a workspace, imported into an empty one, gives the same bytes again', async () => {
      const [from, to] = [await sampled(), await makeWorkspace(db)]
      // Members are named by their addresses, which both workspaces must share.
      await db.owner.query(
        `update member m set email = f.email, name = f.name from member f where m.workspace_id = $1 and f.workspace_id = $2 and f.role = m.role and f.email not like '%lanhe%'`,
        [to.id, from.id],
      )
      await db.owner.query(
        `update deal set crm_close_on = '2026-09-30', crm_next_step = '约王总' where workspace_id = $1`,
        [from.id],
      )
      const first = await ask(from.members.administrator, 'GET', '/export?private=true')
      expect(first.body).toMatch(/"crmCloseOn":"2026-09-30","crmNextStep":"约王总"/)
      expect(first.headers['content-type']).toContain('application/x-ndjson')
      expect(first.body.split('\n').length).toBeGreaterThan(2000)
      const run = await ask(
        to.members.administrator,
        'POST',
        '/imports?kind=workspace',
        first.body,
        'application/octet-stream',
      )
      expect(run.json()).toMatchObject({ status: 'done', failed: 0 })
      const second = await ask(to.members.administrator, 'GET', '/export?private=true')
      expect(second.body === first.body).toBe(true)
      const again = await ask(
        to.members.administrator,
        'POST',
        '/imports?kind=workspace',
        first.body,
        'application/octet-stream',
      )
      expect(again.json()).toMatchObject({ created: 0, updated: 0, failed: 0 })
    })

    it('takes along the settings of a workspace into one where nothing is yet, the rights of members, and addresses of whatever form', async () => {
      const [from, to] = [await makeWorkspace(db), await makeWorkspace(db)]
      await db.owner.query(
        `update workspace set name = 'Exact', language = 'zh', time_zone = 'Asia/Shanghai', currency = 'EUR' where id = $1`,
        [from.id],
      )
      await db.owner.query(`update member set sensitive = false where id = $1`, [from.members.manager.id])
      await db.owner.query(`update member set email = 'administrator@localhost' where id = $1`, [
        from.members.administrator.id,
      ])
      await ask(from.members.seller, 'POST', '/accounts', { name: 'Riverbank' })
      const first = (await ask(from.members.administrator, 'GET', '/export?private=true')).body
      const load = async (lines: string): Promise<Record<string, unknown>> =>
        (
          await ask(to.members.administrator, 'POST', '/imports?kind=workspace', lines, 'application/octet-stream')
        ).json()
      expect(await load(first)).toMatchObject({ status: 'done', failed: 0, updated: 1 })
      await db.owner.query(`delete from member where workspace_id = $1 and email like '%' || $2 || '%' and id <> $3`, [
        to.id,
        to.id.slice(-8),
        to.members.administrator.id,
      ])
      const second = (await ask(to.members.administrator, 'GET', '/export?private=true')).body
      expect(second.split('\n').filter((line) => !line.includes(to.members.administrator.email))).toEqual(
        first.split('\n'),
      )
      // A workspace in which people work keeps its own name, clock and money.
      expect(await load(first.replace('"Exact"', '"Other"'))).toMatchObject({ failed: 0, updated: 0 })
      expect((await ask(to.members.administrator, 'GET', '/workspace')).json()).toMatchObject({
        name: 'Exact',
        timeZone: 'Asia/Shanghai',
        currency: 'EUR',
        language: 'zh',
      })
      const odd = await load('{"record":"member","email":"no address","name":"X","role":"selller"}\n')
      const { items } = (await ask(to.members.administrator, 'GET', `/imports/${String(odd['id'])}/faults`)).json<{
        items: { field: string; what: { en: string; zh: string }; nearest?: string }[]
      }>()
      expect(items).toMatchObject([
        { field: '' },
        { field: 'email', what: { en: 'Must be an e-mail address.', zh: '必须是邮箱地址。' } },
        { field: 'role', what: { zh: expect.stringMatching(/^必须是/) as string } },
      ])
    })

    it('holds only the deals one may see, and nothing personal unless it is asked for by who may', async () => {
      const w = await sampled()
      const [mine] = (
        await db.owner.query<{ id: string }>(
          `update deal set owner_id = $2 where id = (select d.id from deal d join stance s on s.deal_id = d.id where d.workspace_id = $1 limit 1) returning id`,
          [w.id, w.members.seller.id],
        )
      ).rows
      const records = async (member: TestMember, query = ''): Promise<{ record: string; id: string }[]> =>
        (await ask(member, 'GET', `/export${query}`)).body
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as { record: string; id: string })
      const seen = await records(w.members.seller, '?private=true')
      expect(seen.filter(({ record }) => record === 'deal').map(({ id }) => id)).toEqual([mine!.id])
      expect(seen.some(({ record }) => record === 'stance')).toBe(true)
      const plain = await records(w.members.administrator)
      expect(plain.filter(({ record }) => record === 'deal')).toHaveLength(40)
      expect(plain.some(({ record }) => record === 'stance')).toBe(false)
      expect(plain.every((line) => !('agenda' in line) && !('pressures' in line))).toBe(true)
      expect((await ask(w.members.viewer, 'GET', '/export')).statusCode).toBe(403)
    })

    it('of a deal as YAML and JSON is the deal that went in, for every example', async () => {
      const w = await makeWorkspace(db)
      const names = (await readdir(join(ROOT, 'examples'))).filter((name) => name.endsWith('.yaml'))
      for (const name of names) {
        const text = await readFile(join(ROOT, 'examples', name), 'utf8')
        const made = await ask(w.members.administrator, 'POST', '/deals/from-file', { text })
        expect([name, made.statusCode]).toEqual([name, 201])
        const { id } = made.json<{ id: string }>()
        const before = parseDeal(parse(text), METHOD)
        for (const format of ['yaml', 'json']) {
          const file = await ask(w.members.administrator, 'GET', `/deals/${id}/file?format=${format}&private=true`)
          const after = parseDeal(parse(file.body), METHOD)
          if (!('deal' in before) || !('deal' in after)) throw new Error(`${name}: ${JSON.stringify(after)}`)
          // One without an id of its own takes that of the database along.
          before.deal.id ??= id
          // Undefined and absent are the same; the order of keys is not.
          expect([
            name,
            isDeepStrictEqual(JSON.parse(JSON.stringify(after.deal)), JSON.parse(JSON.stringify(before.deal))),
          ]).toEqual([name, true])
          expect(parse(file.body)).toEqual(JSON.parse(JSON.stringify(writeDealFile(before.deal))))
        }
      }
    })

    it('a deal file with faults is refused, each with its line and column', async () => {
      const w = await makeWorkspace(db)
      const answer = await ask(w.members.seller, 'POST', '/deals/from-file', {
        text: 'name: X\nevidence:\n  - {on: 2025-02-30, signal: excited_first_meting}\n',
      })
      expect(answer.statusCode).toBe(422)
      expect(answer.json<{ faults: { field: string }[] }>().faults.map(({ field }) => field)).toEqual(
        expect.arrayContaining([expect.stringMatching(/^body\.text:3:\d+$/)]),
      )
    })

    it('the sample comes and goes without a trace of it among the records', async () => {
      const w = await makeWorkspace(db)
      expect((await ask(w.members.administrator, 'POST', '/workspace/sample')).json()).toMatchObject({ deals: 40 })
      expect((await ask(w.members.administrator, 'POST', '/workspace/sample')).statusCode).toBe(409)
      expect((await ask(w.members.administrator, 'DELETE', '/workspace/sample')).json()).toEqual({ deals: 40 })
      const { rows } = await db.owner.query(
        `select (select count(*) from deal where workspace_id = $1) + (select count(*) from person where workspace_id = $1) + (select count(*) from account where workspace_id = $1) + (select count(*) from search_entry where workspace_id = $1) + (select count(*) from deal_total where workspace_id = $1) as left, (select count(*) from member where workspace_id = $1) as members`,
        [w.id],
      )
      expect(rows).toEqual([{ left: 0, members: 4 }])
    })
  })

  describe('a preview', () => {
    it('says kind, columns with samples and the proposed fields', async () => {
      const w = await makeWorkspace(db)
      const answer = await ask(
        w.members.seller,
        'POST',
        '/imports/preview?filename=x.csv',
        'Opportunity Name,Account Name,Amount,Stage\nA,B,3,Proposal\n',
        'application/octet-stream',
      )
      expect(answer.json()).toMatchObject({
        kind: 'deals',
        rows: 1,
        columns: [
          { name: 'Opportunity Name', field: 'name', samples: ['A'] },
          { field: 'account' },
          { field: 'amount' },
          { field: 'stage' },
        ],
      })
      expect(
        (await ask(w.members.viewer, 'POST', '/imports/preview?filename=x.csv', 'a,b\n', 'application/octet-stream'))
          .statusCode,
      ).toBe(403)
    })
  })
})

describe('the columns of', () => {
  const of = (kind: 'accounts' | 'people' | 'deals' | 'activities', columns: string[]): Record<string, string> =>
    Object.fromEntries([...proposeMapping(kind, columns)].map(([column, { field }]) => [column, field]))
  it.each([
    [
      'Salesforce',
      'deals',
      [
        'Opportunity ID',
        'Opportunity Name',
        'Account Name',
        'Amount',
        'Amount Currency',
        'Stage',
        'Close Date',
        'Created Date',
        'Probability (%)',
        'Opportunity Owner',
      ],
      ['externalId', 'name', 'account', 'amount', 'currency', 'stage', 'closeDate', 'openedOn', 'probability', 'owner'],
    ],
    [
      'HubSpot',
      'people',
      ['Record ID', 'Full name', 'Job Title', 'Email', 'Phone Number', 'Associated Company'],
      ['externalId', 'name', 'title', 'email', 'phone', 'account'],
    ],
    [
      'Dynamics',
      'deals',
      ['Topic', 'Potential Customer', 'Est. Revenue', 'Sales Stage', 'Est. Close Date'],
      ['name', 'account', 'amount', 'stage', 'expectedCloseOn'],
    ],
    [
      'a Chinese CRM',
      'activities',
      ['跟进编号', '关联商机', '跟进时间', '跟进方式', '跟进内容', '联系人', '跟进人'],
      ['externalId', 'deal', 'on', 'type', 'text', 'with', 'author'],
    ],
    [
      'a Chinese CRM',
      'accounts',
      ['客户编号', '客户名称', '上级客户', '客户负责人', '所属行业', '省份'],
      ['externalId', 'name', 'parent', 'owner', 'industry', 'region'],
    ],
  ] as const)('%s (%s) are recognised', (_, kind, columns, fields) => {
    expect(Object.values(of(kind, [...columns]))).toEqual(expect.arrayContaining([...fields]))
    expect(Object.keys(of(kind, [...columns]))).toHaveLength(columns.length)
    expect(kindOfColumns(columns)).toBe(kind)
  })
})
