import { readdirSync, readFileSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { plainDate } from '@sente/engine'
import { routes } from '@sente/api'
import type { Client } from '@sente/api'
import { makeToken, makeWorkspace, testApp } from '../support/application.ts'
import { clientOf } from '../support/calls.ts'
import { onDatabase } from '../support/database.ts'
import { readSlides } from '../support/slides.ts'
import { METHOD } from '../support/workspace.ts'

const STORY = new URL('../../../../examples/6-one-project-became-an-account/', import.meta.url)
const asOf = plainDate('2025-10-15')

onDatabase((db) => {
  let app: FastifyInstance
  let seller: Client
  let blind: Client
  let accountId: string
  let dealId: string

  beforeAll(async () => {
    app = await testApp(db)
    const workspace = await makeWorkspace(db)
    seller = clientOf(app, workspace.members.seller.token)
    const owner = { workspaceId: workspace.id, id: workspace.members.seller.id }
    blind = clientOf(app, await makeToken(db, owner, ['deals:read', 'accounts:read']))
    for (const name of readdirSync(STORY).sort().slice(0, 3)) {
      const text = readFileSync(new URL(name, STORY), 'utf8')
      const deal = await seller.call(routes.deals.fromFile, { body: { text } })
      accountId = deal.accountId!
      dealId = deal.id
    }
    await seller.call(routes.facts.jointItem.create, {
      params: { dealId },
      body: { what: 'Walk through the network', whose: 'both', on: '2025-11-20' },
    })
  })
  afterAll(() => app.close())

  const read = async (file: Response): Promise<ReturnType<typeof readSlides>> =>
    readSlides(new Uint8Array(await file.arrayBuffer()))
  const textOf = ({ slides }: ReturnType<typeof readSlides>): string =>
    slides.flatMap(({ texts, tables }) => [...texts, ...tables.flat(2)]).join('\n')

  test('the account plan is downloaded as slides, for our review by default', async () => {
    const query = { asOf, language: 'zh' } as const
    const deck = await read(await seller.call(routes.accounts.slides, { params: { accountId }, query }))
    expect(deck.slides[0]!.title).toBe('澄江水务集团')
    expect(textOf(deck)).toContain('蓝河')
    const theirs = await read(
      await seller.call(routes.accounts.slides, { params: { accountId }, query: { ...query, audience: 'customer' } }),
    )
    expect(textOf(theirs)).toContain('Walk through the network')
    expect(textOf(theirs)).not.toMatch(/蓝河|龙启明|信任|拍板|内部/)
  })

  test('slides of a deal hold a stance only for whoever may see it, and for the customer the joint steps alone', async () => {
    const stances = METHOD.people.stances.map(({ name }) => name.en)
    const of = async (client: Client, audience: 'us' | 'customer'): Promise<string> =>
      textOf(
        await read(
          await client.call(routes.deals.slides, { params: { dealId }, query: { asOf, language: 'en', audience } }),
        ),
      )
    const seen = (text: string): string[] => stances.filter((stance) => text.split('\n').includes(stance))
    expect(seen(await of(seller, 'us'))).not.toEqual([])
    expect(seen(await of(blind, 'us'))).toEqual([])
    const theirs = await of(seller, 'customer')
    expect(theirs).toContain('Walk through the network')
    expect(theirs).not.toMatch(/龙启明|蓝河|Trust|Stance|Rival/i)
  })
})
