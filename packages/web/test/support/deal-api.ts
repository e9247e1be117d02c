import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { files } from '@sente/methodology'
import { KINDS, recordsOf } from '@sente/api'
import type { DealWhole, KindName, Me } from '@sente/api'
import { addDays, loadMethodology, parseDeal, plainDate } from '@sente/engine'
import type { Deal } from '@sente/engine'
import type { CDPSession, Page } from 'playwright-core'
import { parse } from 'yaml'
import { agendaFor, gameFor, meetingFor, planFor } from './plan-answer.ts'

/** Answers a page's calls with one example deal: canned reads, and writes that come back as they were sent. For looks, not for logic. */
export interface DealApi {
  dealId: string
  whole: DealWhole
  /** What the page changed, in order. */
  writes: { method: string; path: string; body: Record<string, unknown>; version: string | undefined }[]
  /** Set to answer the next write differently. */
  refuse: { status: number; problem: object } | null
  offline: boolean
  /** What the agenda was asked for, in order. */
  asked: string[]
  /** People of the account who take no part in the deal. */
  elsewhere: NonNullable<DealWhole['people']>
}

const loaded = loadMethodology(files)
if ('faults' in loaded) throw new Error('the methodology has faults')
export const { methodology } = loaded

let count = 0
const newId = (): string => `01970000-0000-7000-8000-${String(++count).padStart(12, '0')}`
/** Something is on, so that the day is not said to be quiet. */
const MEETING = {
  dealId: '01970000-0000-7000-8000-bbbbbbbbbbbb',
  deal: 'Another deal',
  planStepId: '01970000-0000-7000-8000-cccccccccccc',
  on: '2025-08-14',
  what: 'Workshop',
  people: [],
}
const TEAM = '01970000-0000-7000-8000-eeeeeeeeeeee'
const READER: Me['permissions'] = ['deals:read', 'accounts:read', 'members:read']
const WRITER: Me['permissions'] = [...READER, 'deals:write', 'accounts:write', 'sensitive:read', 'export']
const OWNER = '01970000-0000-7000-8000-aaaaaaaaaaaa'

export function exampleDeal(name: string): Deal {
  const text = readFileSync(fileURLToPath(new URL(`../../../../examples/${name}`, import.meta.url)), 'utf8')
  const read = parseDeal(parse(text), methodology)
  if ('faults' in read) throw new Error(JSON.stringify(read.faults))
  return read.deal
}

/** Story 1 as it stood in July: open, with a plan, a promise, our steps and a second version of the UCV. */
export function openDeal(): Deal {
  const { closedOn: _, reason: __, ...deal } = exampleDeal('1-loved-early-killed-late.yaml')
  const before = <T extends { on?: string; recordedOn?: string }>(items: T[] | undefined): T[] =>
    (items ?? []).filter(({ on, recordedOn }) => (recordedOn ?? on ?? '') <= TODAY)
  const today = plainDate(TODAY)
  return {
    ...deal,
    status: 'open',
    people: deal.people!.map((person) =>
      person.id === 'shen' ? { ...person, hold: [{ value: 'asked' as const, on: plainDate('2025-06-12') }] } : person,
    ),
    evidence: [
      ...before(deal.evidence),
      {
        on: plainDate('2025-08-11'),
        signal: 'asks_references',
        from: 'tang',
        confidence: 0.72,
        status: 'suggested',
        quote: 'Who else of our size lives on it?',
      },
    ],
    touches: before(deal.touches),
    proofs: [
      ...(deal.proofs ?? []),
      {
        topic: 'local_support',
        proof: 'partner_contract',
        for: ['lu'],
        history: [{ status: 'preparing', on: plainDate('2025-08-01') }],
        readyOn: addDays(today, 40),
        owner: 'Wang',
      },
    ],
    plan: [
      { play: 'exec_discovery', on: addDays(today, 12), with: ['shen'], status: 'open', owner: 'Wang' },
      { play: 'proof_pack', on: addDays(today, 33), with: ['tang', 'lu'], status: 'open' },
      { what: 'Visit the reference in Ningbo', on: addDays(today, -6), with: ['qin'], status: 'open' },
      { what: 'Ask the partner for figures', status: 'done', on: addDays(today, -20) },
    ],
    commitments: [
      {
        what: 'Names the decision makers of the board',
        who: 'Lu Yan',
        promisedOn: plainDate('2025-07-20'),
        dueOn: plainDate('2025-08-05'),
      },
    ],
    steps: [
      { phase: 'frame', status: 'done', on: plainDate('2025-01-20'), evidence: 'Insight briefing with Lu Yan' },
      { phase: 'need', status: 'skipped', reason: 'They came with a need' },
    ],
    ucv: [
      ...deal.ucv!,
      {
        on: plainDate('2025-05-20'),
        goal: 'Replan in minutes',
        onlyUs: 'Plans that repair themselves during the shift, also when a machine stops',
        number: '12 % less stock, 30 % fewer late orders',
        concern: 'need',
      },
    ],
    managerEstimate: [{ value: 0.45, on: plainDate('2025-07-30'), by: 'Chen' }],
    notes: [
      {
        on: plainDate('2025-07-29'),
        author: 'Wang',
        text: 'Lu Yan asked who in this country runs on it. We had only the German plant to show.\nHe wants to visit somebody nearby before September.',
      },
    ],
  }
}
export const TODAY = '2025-08-12'

export const exampleWhole = (): DealWhole =>
  recordsOf(openDeal(), { newId, ownerId: OWNER, createdAt: '2025-08-12T08:00:00Z' })

const me = (permissions: Me['permissions'], role: Me['member']['role'] = 'seller'): Me => ({
  member: {
    id: OWNER,
    version: 1,
    email: 'wang@example.com',
    name: 'Wang Lei',
    role,
    disabled: false,
    hasPassword: true,
    teamIds: [],
    createdAt: '2025-01-01T00:00:00Z',
  },
  workspace: {
    id: newId(),
    name: 'Example',
    language: 'en',
    timeZone: 'Asia/Shanghai',
    currency: 'CNY',
    today: TODAY,
    sample: true,
  },
  permissions,
  preferences: {},
  csrfToken: 'token',
})

interface Route {
  method: string
  /** Below `/api/v1`. */
  path: string
  query: URLSearchParams
  /** Names in lower case. */
  headers: Record<string, string>
  body: Record<string, unknown>
  fulfill(status: number, type: string, body: string, headers?: Record<string, string>): Promise<unknown>
  disconnect(): Promise<unknown>
}

/** Answers what a page asks of the API. Only that is held up: Playwright's own `route` turns the browser's cache off for everything. */
async function answerApi(page: Page, answer: (route: Route) => Promise<unknown>): Promise<void> {
  const session: CDPSession = await page.context().newCDPSession(page)
  session.on('Fetch.requestPaused', ({ requestId, request: { url, method, headers, postData } }) => {
    const route: Route = {
      method,
      path: new URL(url).pathname.replace('/api/v1', ''),
      query: new URL(url).searchParams,
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
      body: postData ? (JSON.parse(postData) as Record<string, unknown>) : {},
      fulfill: (responseCode, type, body, more = {}) =>
        session.send('Fetch.fulfillRequest', {
          requestId,
          responseCode,
          responseHeaders: Object.entries({ 'content-type': type, ...more }).map(([name, value]) => ({ name, value })),
          body: Buffer.from(body).toString('base64'),
        }),
      disconnect: () => session.send('Fetch.failRequest', { requestId, errorReason: 'InternetDisconnected' }),
    }
    // A page that has gone on does not wait for its answer.
    answer(route).catch(() => {})
  })
  await session.send('Fetch.enable', { patterns: [{ urlPattern: '*/api/v1/*' }] })
}

export async function dealApi(
  page: Page,
  {
    deal = openDeal(),
    write = true,
    role = 'seller',
  }: { deal?: Deal; write?: boolean; role?: 'seller' | 'manager' } = {},
): Promise<DealApi> {
  count = 0
  const created = recordsOf(deal, { newId, ownerId: OWNER, createdAt: '2025-08-12T08:00:00Z' })
  const whole = { ...created, access: { write, sensitive: write, share: write } }
  const api: DealApi = {
    dealId: whole.deal.id,
    whole,
    writes: [],
    refuse: null,
    offline: false,
    asked: [],
    elsewhere: [],
  }
  const byPath = new Map(Object.entries(KINDS).map(([kind, { path }]) => [path as string, kind as KindName]))
  const answer = (route: Route, body: unknown, status = 200): Promise<unknown> =>
    route.fulfill(status, 'application/json', body === undefined ? '' : JSON.stringify(body), {
      ...(route.method !== 'GET' && { 'x-change-set': newId() }),
    })

  await answerApi(page, (route) => {
    const { method, path, query } = route
    if (api.offline) return route.disconnect()
    if (path === '/events') return route.fulfill(200, 'text/event-stream', 'retry: 600000\n\n')
    if (method === 'GET') return answer(route, ...read(path, query))
    api.writes.push({ method, path, body: route.body, version: route.headers['if-match'] })
    if (api.refuse) {
      const { status, problem } = api.refuse
      api.refuse = null
      return route.fulfill(status, 'application/problem+json', JSON.stringify(problem))
    }
    return written(route, method, path, route.body)
  })

  function read(path: string, query: URLSearchParams): [unknown, number?] {
    if (path === '/me') return [me(write ? WRITER : READER, role)]
    if (path === `/deals/${api.dealId}/plan/compare`) {
      const [steady, swift] = (['steady', 'swift'] as const).map((style) =>
        planFor(api.whole, methodology, TODAY, { style, withoutQuestions: true }),
      )
      return [{ steady, swift, differs: [] }]
    }
    if (path === '/members')
      return [
        {
          items: [
            me([]).member,
            { ...me([]).member, id: newId(), name: 'Chen Mei', email: 'chen@example.com', role: 'manager' },
          ],
        },
      ]
    if (path === '/today') return [{ on: TODAY, moves: [], findings: [], homework: [], meetings: [MEETING] }]
    if (path === '/agenda') {
      api.asked.push(query.toString())
      const made = planFor(api.whole, methodology, TODAY)
      return [{ ...agendaFor(api.whole, made, TODAY), looked: { deals: 3, plans: 2 } }]
    }
    if (path === '/teams') return [{ items: role === 'manager' ? [{ id: TEAM, version: 1, name: 'East' }] : [] }]
    if (path === '/people') return [{ items: [...(api.whole.people ?? []), ...api.elsewhere] }]
    if (path === '/accounts') return [{ items: [whole.account] }]
    if (path === `/deals/${api.dealId}`) return [api.whole]
    if (path === `/deals/${api.dealId}/wargame`) return [gameFor(api.whole, methodology, TODAY)]
    if (path === `/deals/${api.dealId}/plan`) return [planFor(api.whole, methodology, TODAY)]
    if (path === `/deals/${api.dealId}/joint`) {
      const items = api.whole.jointItem ?? []
      return [{ items, suggestions: api.whole.jointSuggestion ?? [], links: [], candidates: [] }]
    }
    if (path === `/deals/${api.dealId}/meeting`) {
      const met = meetingFor(api.whole, methodology, query, TODAY)
      if (met) return [met]
    }
    if (path.endsWith('/shares'))
      return [{ items: [{ id: newId(), memberId: newId(), name: 'Chen Mei', mayWrite: true, sensitive: false }] }]
    if (path.endsWith('/history')) {
      const proof = api.whole.proof![0]!
      return [
        {
          items: [
            {
              id: newId(),
              changeSet: newId(),
              at: '2025-08-12T07:20:00Z',
              actor: 'Chen Mei',
              via: 'web',
              kind: 'proof',
              recordId: proof.id,
              action: 'update',
              label: 'Financial statements',
              fields: [
                { name: 'readyOn', before: '2025-08-20', after: '2025-09-20' },
                { name: 'owner', after: 'Wang' },
              ],
              undone: false,
            },
            {
              id: newId(),
              changeSet: newId(),
              at: '2025-08-11T03:00:00Z',
              actor: 'Wang Lei',
              via: 'web',
              kind: 'evidence',
              recordId: newId(),
              action: 'create',
              fields: [
                { name: 'signal', after: 'asks_references' },
                { name: 'status', after: 'suggested' },
              ],
              undone: true,
            },
          ],
        },
      ]
    }
    return [{ type: 'about:blank', title: 'Not found', status: 404, code: 'not-found', remedy: 'x' }, 404]
  }

  function written(route: Route, method: string, path: string, body: Record<string, unknown>): Promise<unknown> {
    const state = api.whole as unknown as Record<string, ({ id: string; version: number } & Record<string, unknown>)[]>
    if (path.endsWith('/undo')) return answer(route, { undone: 1, changeSet: newId() })
    if (path.endsWith('/capture')) {
      const noteId = (body['note'] as { id?: string }).id ?? newId()
      const stored = { version: 1, dealId: api.dealId, createdAt: '2025-08-12T09:00:00Z' }
      const note = { ...(body['note'] as object), id: noteId, ...stored }
      const evidence = ((body['evidence'] as object[]) ?? []).map((piece) => ({
        ...piece,
        id: newId(),
        noteId,
        ...stored,
      }))
      api.whole = {
        ...api.whole,
        note: [...api.whole.note!, note as never],
        evidence: [...api.whole.evidence!, ...(evidence as never[])],
      }
      return answer(route, { note: [note], evidence }, 201)
    }
    if (path.endsWith('/plan/accept')) return answer(route, { id: newId(), version: 1 }, 201)
    if (path.endsWith('/outcomes')) {
      const at = api.whole.planStep!.findIndex(({ id }) => id === body['planStepId'])
      const step = api.whole.planStep![at]
      const stored = { version: 1, dealId: api.dealId, createdAt: '2025-08-12T09:00:00Z', id: newId() }
      const touch = {
        ...stored,
        on: TODAY,
        play: step ? step.play : body['play'],
        what: step ? step.what : body['what'],
        with: step ? step.with : body['with'],
        outcome: body['outcome'],
      }
      api.whole = {
        ...api.whole,
        ...(step && {
          planStep: api.whole.planStep!.with(at, { ...step, status: 'done', version: step.version + 1 }),
        }),
        touch: [...api.whole.touch!, touch as never],
      }
      return answer(route, { changeSet: newId(), touch, commitments: [] }, 201)
    }
    const parts = path.split('/').filter(Boolean)
    const first = parts[0] === 'people' ? 'people' : parts[0] === 'accounts' ? 'account' : undefined
    const kind = first ?? (parts.length === 2 ? 'deal' : byPath.get(parts[2]!)!)
    const id = parts[kind === 'people' || kind === 'account' ? 1 : 3]
    if (kind === 'deal' || kind === 'account') {
      const now = api.whole[kind]!
      const next = Object.fromEntries(
        Object.entries({ ...now, ...body, version: now.version + 1 }).filter(([, value]) => value !== null),
      )
      api.whole = { ...api.whole, [kind]: next }
      return answer(route, next)
    }
    const list = state[kind] ?? []
    if (method === 'POST') {
      const record = {
        ...body,
        id: (body['id'] as string) ?? newId(),
        version: 1,
        createdAt: '2025-08-12T09:00:00Z',
        ...(kind === 'people' ? { updatedAt: '2025-08-12T09:00:00Z' } : { dealId: api.dealId }),
      }
      api.whole = { ...api.whole, [kind]: [...list, record] }
      return answer(route, record, 201)
    }
    const at = list.findIndex((one) => one.id === id)
    if (method === 'DELETE') {
      api.whole = { ...api.whole, [kind]: list.filter((one) => one.id !== id) }
      return route.fulfill(204, 'text/plain', '')
    }
    const next = Object.fromEntries(
      Object.entries({ ...list[at]!, ...body, version: list[at]!.version + 1 }).filter(([, value]) => value !== null),
    ) as (typeof list)[number]
    api.whole = { ...api.whole, [kind]: list.with(at, next) }
    return answer(route, next)
  }
  return api
}
