import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays, plainDate } from '@sente/engine'
import type { Deal } from '@sente/engine'
import { KIND_NAMES, routes } from '@sente/api'
import { deals } from '../../../engine/test/support/deals.ts'
import { jointHtml } from '../../src/http/joint/html.ts'
import type { JointPage } from '../../src/queries/joint-page.ts'
import { eventBus } from '../../src/store/events.ts'
import { withWorkspace } from '../../src/store/tenant.ts'
import type { Store } from '../../src/store/tenant.ts'
import { createWhole } from '../../src/store/whole.ts'
import { withToken } from '../support/application.ts'
import { onDatabase } from '../support/database.ts'
import { customerOf, sharedDeal } from '../support/joint.ts'
import { livingApp } from '../support/living-app.ts'
import type { LivingApp } from '../support/living-app.ts'
import { METHOD } from '../support/workspace.ts'

onDatabase((db) => {
  let app: LivingApp['app']
  let workspace: LivingApp['workspace']
  let seller: LivingApp['seller']
  let today: LivingApp['today']
  beforeAll(async () => {
    ;({ app, workspace, seller, today } = await livingApp(db))
  })
  afterAll(() => app.close())

  test('whatever stands in the deal, the page shows what was shared and nothing else', async () => {
    const mark = (path: string): string => `LEAK${path.replaceAll(/[^a-z]/gi, '')}KAEL`
    const { dealId, url, zhou, lin } = await sharedDeal(seller, today)
    const call = withToken(app, workspace.members.seller.token)
    const write = async (path: string, body: object): Promise<string> => {
      const answer = await call('POST', path, body)
      expect([answer.statusCode, answer.body], `${path} ${answer.body}`).toEqual([201, expect.anything()])
      return answer.json<{ id: string }>().id
    }
    const on = addDays(today, -5)
    const facts = `/deals/${dealId}`
    await call('PATCH', facts, {
      name: mark('deal name'),
      goal: mark('goal'),
      timingNote: mark('timing'),
      riskMessage: mark('risk'),
      amount: { value: '73519842.11', currency: 'CNY' },
      us: { execSponsor: mark('sponsor') },
      execPlan: { objective: mark('objective'), owner: mark('planowner') },
    })
    const rivalId = await write(`${facts}/rivals`, { name: mark('rival'), strengths: { risk: 0.731984 } })
    await write(`${facts}/rival-contacts`, { rivalId, personId: zhou, on, play: mark('rivalplay') })
    await write(`${facts}/stances`, { personId: zhou, value: -2, on, by: mark('stanceby') }).catch(() => '')
    await write(`${facts}/notes`, { on, text: mark('note'), author: mark('noteauthor') })
    await write(`${facts}/evidence`, {
      on,
      signal: 'asks_local_support',
      personId: lin,
      quote: mark('quote'),
      source: mark('source'),
    })
    await write(`${facts}/touches`, { on, what: mark('touch'), with: [lin], note: mark('touchnote') })
    const proofId = await write(`${facts}/proofs`, {
      topic: 'vendor_viability',
      proof: 'financials',
      owner: mark('proofowner'),
      note: mark('proofnote'),
    })
    await write(`${facts}/proof-statuses`, { proofId, status: 'preparing' })
    await write(`${facts}/ucvs`, { on, onlyUs: mark('onlyus'), goal: mark('ucvgoal'), number: mark('ucvnumber') })
    await write(`${facts}/process-steps`, {
      step: 'budget-approval',
      on: addDays(today, 33),
      owner: mark('processowner'),
    })
    await write(`${facts}/our-steps`, { phase: 'need', evidence: mark('ourstep'), reason: mark('ourreason') })
    const planStepId = await write(`${facts}/plan-steps`, {
      what: mark('planstep'),
      on: addDays(today, 3),
      with: [zhou],
      owner: mark('planstepowner'),
      reason: mark('planreason'),
      where: mark('place'),
    })
    await write(`${facts}/set-aside`, { play: 'direct_to_top', personId: zhou, reason: mark('setaside') })
    await write(`${facts}/estimates`, {
      side: 'seller',
      value: 0.731984,
      by: mark('estimateby'),
      because: [mark('because')],
    })
    await write(`${facts}/pins`, { on, phase: 'need', reason: mark('pin') })
    await write(`${facts}/stage-claims`, { on, phase: 'evaluate', label: mark('stage') })
    await write(`${facts}/commitments`, {
      what: mark('promise'),
      who: mark('promiser'),
      promisedOn: on,
      where: mark('where'),
    })
    await write(`${facts}/discounts`, { on, percent: 7.319842 })
    await write(`${facts}/not-needed`, { topic: 'local_support', reason: mark('notneeded') })
    await write(`${facts}/joint-items`, { what: 'Shown step', planStepId, step: 'signature', owner: 'Shown owner' })
    const whole = await seller.call(routes.deals.get, { params: { dealId }, query: { include: 'all' as never } })
    // Every kind there is was filled, so that a new one must be thought of here.
    expect(KIND_NAMES.filter((kind) => (whole[kind] ?? []).length === 0)).toEqual(['hold', 'jointSuggestion'])
    const stored = JSON.stringify(whole)
    expect(stored.match(/LEAK\w+?KAEL/g)!.length).toBeGreaterThan(25)

    const preview = await call('GET', `${facts}/joint/preview?title=T&language=zh`)
    for (const body of [
      (await customerOf(app).open(url)).body,
      (await customerOf(app).open(url, '?lang=zh')).body,
      preview.body,
    ]) {
      expect(body).toContain('Shown step')
      expect(body).toContain('Shown owner')
      expect(body).not.toMatch(/LEAK/)
      expect(body).not.toContain('7319842')
      expect(body).not.toContain('731984')
      expect(body).not.toContain('73519842')
      // Neither ids of what is not shown, nor the words of ours for what it stands for, nor who else is in the deal.
      for (const id of [dealId, planStepId, zhou, lin, workspace.id, workspace.members.seller.id])
        expect(body).not.toContain(id)
      expect(body).not.toMatch(/signature|budget-approval|The seller|Riverbank/)
    }
  })

  test('of whatever deal, the page is byte for byte the one of a deal of which nothing is known but the joint steps', async () => {
    const store: Store = { database: db, methodology: METHOD, events: eventBus(db) }
    const pageOf = async (deal: Deal): Promise<string[]> => {
      const shared = { ...deal, joint: [{ what: 'Sign', whose: 'both' as const, on: plainDate('2026-05-04') }] }
      const { id: dealId } = await withWorkspace(
        store,
        { workspaceId: workspace.id, actorId: workspace.members.seller.id, via: 'test' },
        (tx) => createWhole(tx, shared),
      )
      const { url } = await seller.call(routes.joint.link, {
        params: { dealId },
        body: { title: 'Together', language: 'en' },
      })
      const secret = url.split('/').at(-1)!
      const bare = (body: string): string =>
        body
          .replaceAll(secret, 'SECRET')
          .replaceAll(/nonce="[\w-]+"/g, 'nonce=""')
          .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')
      return Promise.all(
        ['?lang=en', '?lang=zh'].map(async (query) => bare((await customerOf(app).open(url, query)).body)),
      )
    }
    const nothing = await pageOf({ name: 'Nothing' } as Deal)
    expect(nothing[0]).toContain('Sign')
    await fc.assert(
      fc.asyncProperty(deals, async (deal) => {
        const {
          joint: _,
          jointSuggestions: __,
          ...rest
        } = deal as Deal & { joint?: unknown; jointSuggestions?: unknown }
        expect(await pageOf(rest as Deal)).toEqual(nothing)
      }),
      { numRuns: 12 },
    )
    await store.events.close()
  }, 120_000)
})

describe('the page as text', () => {
  const strings = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.constantFrom(
      '<script>alert(1)</script>',
      '"><img src=x onerror=alert(1)>',
      "' onfocus='x",
      '</style><b>',
      '{{x}}',
      '&lt;',
      '<!--',
      '预算批复',
    ),
  )
  test('whatever somebody wrote stays text: no tag and no attribute comes of it', () => {
    fc.assert(
      fc.property(strings, strings, strings, strings, (title, what, owner, text) => {
        const page: JointPage = {
          title,
          intro: text,
          language: 'en',
          forWhom: owner,
          today: '2026-03-01',
          items: [
            {
              id: '01900000-0000-7000-8000-000000000000',
              what,
              whose: 'both',
              owner,
              on: '2026-03-05',
              doneOn: null,
              said: [{ kind: 'comment', on: null, text, author: owner, day: '2026-03-01', decision: 'open' }],
            },
          ],
          proposed: [{ on: null, text, author: owner, day: '2026-03-01', decision: 'rejected' }],
        }
        const shape = (html: string): string[] =>
          html.match(/<[^>]*>/g)!.map((tag) => tag.replaceAll(/(value|nonce)="[^"]*"/g, '$1'))
        const shown = { language: 'en', nonce: 'n', path: '/joint/x' } as const
        const bland = {
          ...page,
          title: 't',
          intro: 'i',
          forWhom: 'f',
          items: [
            {
              ...page.items[0]!,
              what: 'w',
              owner: 'o',
              said: [{ ...page.items[0]!.said[0]!, text: 'c', author: 'a' }],
            },
          ],
          proposed: [{ ...page.proposed[0]!, text: 'c', author: 'a' }],
        }
        const withoutBreaks = (tags: string[]): string[] => tags.filter((tag) => tag !== '<br>')
        expect(withoutBreaks(shape(jointHtml(page, shown)))).toEqual(withoutBreaks(shape(jointHtml(bland, shown))))
      }),
    )
  })
})
