import { readFileSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'
import { extractRawText } from 'mammoth'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { brief, meetingPage, plainDate, sheetOf } from '@sente/engine'
import type { Deal } from '@sente/engine'
import { routes } from '@sente/api'
import type { Client } from '@sente/api'
import { calendarsOf } from '../../src/core/calendars/calendars.ts'
import { readDeal } from '../../src/exchange/files/deal-file.ts'
import { eventBus } from '../../src/store/events.ts'
import { withWorkspace } from '../../src/store/tenant.ts'
import type { Store } from '../../src/store/tenant.ts'
import { createWhole } from '../../src/store/whole.ts'
import { makeToken, makeWorkspace, testApp } from '../support/application.ts'
import { clientOf, problemFrom } from '../support/calls.ts'
import { onDatabase } from '../support/database.ts'
import { METHOD } from '../support/workspace.ts'

const example = (name: string): Deal => {
  const read = readDeal(readFileSync(new URL(`../../../../examples/${name}.yaml`, import.meta.url), 'utf8'), METHOD)
  if ('faults' in read) throw new Error(JSON.stringify(read.faults))
  return read.deal
}
const STORY = example('1-loved-early-killed-late')
const DAY = plainDate('2025-08-10')

onDatabase((db) => {
  let app: FastifyInstance
  let store: Store
  let seller: Client
  let blind: Client
  let dealId: string
  let tang: string
  let stranger: string

  beforeAll(async () => {
    app = await testApp(db)
    const workspace = await makeWorkspace(db)
    store = { database: db, methodology: METHOD, events: eventBus(db) }
    const put = (deal: Deal): Promise<string> =>
      withWorkspace(
        store,
        { workspaceId: workspace.id, actorId: workspace.members.seller.id, via: 'test' },
        async (tx) => (await createWhole(tx, deal)).id,
      )
    dealId = await put(STORY)
    const other = await put(example('2-deputy-won-top-lost'))
    seller = clientOf(app, workspace.members.seller.token)
    const rights = ['deals:read', 'accounts:read'] as const
    blind = clientOf(
      app,
      await makeToken(db, { workspaceId: workspace.id, id: workspace.members.seller.id }, [...rights]),
    )
    const keysOf = async (id: string): Promise<{ key?: string | undefined; personId: string }[]> =>
      (await seller.call(routes.deals.get, { params: { dealId: id }, query: { include: ['stakeholder'] } }))
        .stakeholder!
    tang = (await keysOf(dealId)).find(({ key }) => key === 'tang')!.personId
    stranger = (await keysOf(other))[0]!.personId
  })
  afterAll(async () => {
    await store.events.close()
    await app.close()
  })

  test('the page of a meeting is the engine’s, with the ids of the people beside their keys', async () => {
    const { personIds, ...page } = await seller.call(routes.deals.meeting, {
      params: { dealId },
      query: { with: [tang], on: '2025-08-20', play: 'ucv_update', asOf: DAY },
    })
    expect(personIds['tang']).toBe(tang)
    const request = { with: ['tang'], on: '2025-08-20', play: 'ucv_update' }
    expect(page).toEqual(
      JSON.parse(
        JSON.stringify(
          meetingPage(STORY, brief(STORY, METHOD, DAY, { calendars: calendarsOf(STORY, DAY) }), METHOD, request),
        ),
      ),
    )
    expect(page.people[0]).toMatchObject({ name: 'Tang Hui', stance: -1 })
  })

  test('whoever may not see what is personal sees no stance, agenda, pressure or business model on it', async () => {
    const page = await blind.call(routes.deals.meeting, {
      params: { dealId },
      query: { with: [tang], play: 'ucv_update', asOf: DAY },
    })
    expect(page.people[0]).toMatchObject({ stance: null, agenda: null, pressures: null, businessModel: null })
  })

  test('the page as a Word document says what the page says, in the language that is asked for', async () => {
    const query = { with: [tang], on: '2025-08-20', play: 'ucv_update', asOf: DAY }
    const wordsOf = async (client: Client, language: 'en' | 'zh'): Promise<string> => {
      const file = await client.call(routes.deals.meetingDocx, { params: { dealId }, query: { ...query, language } })
      return (await extractRawText({ buffer: Buffer.from(await file.arrayBuffer()) })).value
    }
    const request = { with: ['tang'], on: '2025-08-20', play: 'ucv_update' }
    const page = meetingPage(STORY, brief(STORY, METHOD, DAY, { calendars: calendarsOf(STORY, DAY) }), METHOD, request)!
    for (const language of ['en', 'zh'] as const) {
      const words = await wordsOf(seller, language)
      for (const { name, lines } of sheetOf(page, METHOD, language).sections)
        for (const { text } of lines) expect([name, words]).toEqual([name, expect.stringContaining(text)])
    }
    const stance = METHOD.people.stances.find(({ value }) => value === -1)!.name.en
    expect(await wordsOf(seller, 'en')).toContain(stance)
    expect(await wordsOf(blind, 'en')).not.toContain(stance)
  })

  test('a step of the deal gives its page its day, words and who of ours goes; one of another deal gives none', async () => {
    const step = await seller.call(routes.facts.planStep.create, {
      params: { dealId },
      body: { what: 'Visit the plant', on: '2025-08-05', with: [tang], owner: 'Wang' },
    })
    const asked = (planStepId: string) =>
      seller.call(routes.deals.meeting, { params: { dealId }, query: { with: [tang], planStepId, asOf: DAY } })
    expect(await asked(step.id)).toMatchObject({
      on: '2025-08-05',
      play: null,
      name: { en: 'Visit the plant' },
      ours: 'Wang',
      planStep: { id: step.id, status: 'open' },
    })
    expect(await problemFrom(asked(stranger))).toMatchObject({ status: 404 })
    await seller.call(routes.facts.planStep.remove, { params: { dealId, id: step.id } })
  })

  test('somebody who is not of the deal gives no page', async () => {
    const asked = seller.call(routes.deals.meeting, { params: { dealId }, query: { with: [stranger] } })
    expect(await problemFrom(asked)).toMatchObject({ status: 404 })
  })
})
