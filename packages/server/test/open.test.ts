import { chmod, lstat, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { plainDate } from '@sente/engine'
import type { Brief, Deal } from '@sente/engine'
import { ApiError, createClient, routes } from '@sente/api'
import type { Client, DealWhole } from '@sente/api'
import { METHOD } from '../../engine/test/support/method.ts'
import { readDeal } from '../src/exchange/files/deal-file.ts'
import { OWNER } from '../src/open/reads.ts'
import { serveFiles } from '../src/open/serve.ts'
import type { OpenFiles } from '../src/open/serve.ts'
import { Shelf } from '../src/open/shelf.ts'

const TODAY = plainDate('2026-03-20')
const START = `# The deal of my life
sente: 1
name: Planning platform # as the customer calls it
account:
  name: Northwind Foods
status: open
people:
  # met at the fair
  - id: zhou
    name: Zhou Min
    title: Head of IT
  - { id: lin, name: Lin Fang, reportsTo: zhou }
touches:
  - { on: 2026-02-03, what: visit, with: [zhou] } # it rained
  - { on: 2026-02-10, what: call, with: [lin] }
# what they said
notes:
  - on: 2026-02-10
    text: They asked what happens if we fail, and who else of their size runs it.
`

let folder: string
let path: string
let open: OpenFiles
let cookie: string
let client: Client
let origin: string
let dealId: string
let changeSet: string | undefined

async function enter(files: OpenFiles): Promise<{ cookie: string; origin: string }> {
  const let_in = await fetch(files.address, { redirect: 'manual' })
  expect(let_in.status).toBe(303)
  return { cookie: let_in.headers.get('set-cookie')!.split(';')[0]!, origin: new URL(files.address).origin }
}

/** A program that came in by the address, as the page does. */
async function clientOf(files: OpenFiles): Promise<Client> {
  const way = await enter(files)
  const send: typeof fetch = async (address, init) => {
    const answer = await fetch(address as string, {
      ...init,
      headers: { ...(init?.headers as object), cookie: way.cookie },
    })
    changeSet = answer.headers.get('x-change-set') ?? undefined
    return answer
  }
  const { csrfToken } = await createClient({ server: way.origin, fetch: send }).call(routes.auth.me)
  return createClient({ server: way.origin, fetch: send, csrfToken: () => csrfToken })
}

const openFolder = async (places: string[]): Promise<[Shelf, OpenFiles]> => {
  const one = await Shelf.open({ places, method: METHOD, today: () => TODAY, ownerId: OWNER })
  return [
    one,
    await serveFiles({
      shelf: one,
      webFolder: join(folder, 'web'),
      place: 'a "folder" & more',
      lang: 'zh',
      port: 0,
      checkAnswers: true,
    }),
  ]
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sente-open-'))
  await mkdir(join(folder, 'web'))
  await mkdir(join(folder, 'deals'))
  await writeFile(
    join(folder, 'web', 'index.html'),
    '<head><meta name="sente-files" content="" /></head><p>the page</p>',
  )
  path = join(folder, 'deals', 'northwind.yaml')
  await writeFile(path, START)
  ;[, open] = await openFolder([join(folder, 'deals')])
  ;({ cookie, origin } = await enter(open))
  client = await clientOf(open)
  dealId = (await client.call(routes.deals.list, { query: {} })).items[0]!.id
})
afterAll(async () => {
  await open.close()
  await rm(folder, { recursive: true, force: true })
})

const whole = (): Promise<DealWhole> =>
  client.call(routes.deals.get, { params: { dealId }, query: { include: ['all'] } })
const fileNow = (): Promise<string> => readFile(path, 'utf8')
const refusal = async (work: Promise<unknown>): Promise<ApiError['problem']> => {
  const error: unknown = await work.catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(ApiError)
  return (error as ApiError).problem
}
/** The status of a request as whoever would send it, with headers that `fetch` does not let one set. */
const statusOf = (headers: Record<string, string>, at = '/api/v1/me', method = 'GET'): Promise<number> =>
  new Promise((resolve, reject) => {
    const sent = request(`${origin}${at}`, { method, headers }, (answer) => {
      answer.resume()
      resolve(answer.statusCode!)
    })
    sent.on('error', reject)
    sent.end(method === 'GET' ? undefined : '{}')
  })

it('a change of one field of a deal file leaves every comment and every other line as it was', async () => {
  const before = await fileNow()
  const { deal } = await whole()
  const updated = await client.call(routes.deals.update, {
    params: { dealId },
    body: { offer: 'Forecasting' },
    version: deal.version,
  })
  expect(updated).toMatchObject({ offer: 'Forecasting', version: deal.version + 1 })
  expect((await fileNow()).replace('offer: Forecasting\n', '')).toBe(before)
  await client.call(routes.work.undo, { params: { changeSet: changeSet! } })
  expect(await fileNow()).toBe(before)
})

it('facts are added, corrected and taken out in the file, and what others wrote meanwhile stays', async () => {
  const { stakeholder, touch } = await whole()
  const [zhou] = stakeholder!
  const made = await client.call(routes.facts.touch.create, {
    params: { dealId },
    body: { on: '2026-03-19', what: 'demo', with: [zhou!.personId], outcome: 'done' },
  })
  // Written down a day later: a look back must not know it earlier.
  expect(made).toMatchObject({ recordedOn: '2026-03-20' })
  await writeFile(path, (await fileNow()).replace('# it rained', '# it rained a lot'))
  await client.call(routes.facts.touch.update, {
    params: { dealId, id: touch![1]!.id },
    body: { what: 'long call' },
    version: 1,
  })
  const text = await fileNow()
  expect(text).toContain('# it rained a lot')
  expect(text).toContain('what: long call')
  expect(text).toContain('# met at the fair')
  const read = readDeal(text, METHOD) as { deal: Deal }
  expect(read.deal.touches?.map(({ what }) => what)).toEqual(['visit', 'long call', 'demo'])
  await client.call(routes.facts.touch.remove, { params: { dealId, id: made.id }, version: made.version })
  expect((readDeal(await fileNow(), METHOD) as { deal: Deal }).deal.touches).toHaveLength(2)
})

it('who rests on what somebody else changed in an editor is refused with what stands there now', async () => {
  const [first] = (await whole()).touch!
  await writeFile(path, (await fileNow()).replace('what: visit', 'what: long visit'))
  const problem = await refusal(
    client.call(routes.facts.touch.update, {
      params: { dealId, id: first!.id },
      body: { what: 'lunch' },
      version: first!.version,
    }),
  )
  expect(problem).toMatchObject({
    status: 412,
    code: 'changed-since',
    current: { what: 'long visit', version: first!.version + 1 },
  })
  expect(await fileNow()).toContain('what: long visit')
})

it('two programs that show the same file lose nothing of each other', async () => {
  const [other, second] = await openFolder([path])
  try {
    const another = await clientOf(second)
    const id = (await another.call(routes.deals.list, { query: {} })).items[0]!.id
    expect(id).toBe(dealId)
    const add = (who: Client, n: number): Promise<unknown> =>
      who.call(routes.facts.note.create, { params: { dealId }, body: { on: '2026-03-01', text: `Note ${n}` } })
    const told = await Promise.allSettled(Array.from({ length: 12 }, (_, n) => add(n % 2 ? another : client, n)))
    const kept = ((readDeal(await fileNow(), METHOD) as { deal: Deal }).deal.notes ?? []).map(({ text }) => text)
    // Who was told that it was kept finds it in the file; who was refused, was told so.
    for (const [n, { status }] of told.entries()) expect(kept.includes(`Note ${n}`)).toBe(status === 'fulfilled')
    expect(told.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0)
  } finally {
    other.close()
    await second.close()
  }
})

it('a person comes into the file with a key of their own, and stays as long as something names them', async () => {
  const person = await client.call(routes.people.create, {
    body: { accountId: (await whole()).account!.id, name: 'He Jun' },
  })
  const made = await client.call(routes.facts.stakeholder.create, {
    params: { dealId },
    body: { personId: person.id, roles: ['executive'] } as never,
  })
  expect(await fileNow()).toMatch(/id: he-jun/)
  const touch = await client.call(routes.facts.touch.create, {
    params: { dealId },
    body: { on: '2026-03-20', what: 'call', with: [person.id] },
  })
  const take = (): Promise<unknown> => client.call(routes.facts.stakeholder.remove, { params: { dealId, id: made.id } })
  expect(await refusal(take())).toMatchObject({ status: 409, code: 'in-use' })
  await client.call(routes.facts.touch.remove, { params: { dealId, id: touch.id } })
  await take()
  expect(await fileNow()).not.toMatch(/he-jun/)
})

it('a note with what was found in it, an outcome and an accepted step come into the file, and each is taken back whole', async () => {
  const before = await fileNow()
  const undone = async (): Promise<void> => {
    await client.call(routes.work.undo, { params: { changeSet: changeSet! } })
    const [now, then] = [await fileNow(), before].map((text) => readDeal(text, METHOD))
    expect(now).toEqual(then)
  }
  await client.call(routes.deals.capture, {
    params: { dealId },
    body: {
      note: { on: '2026-03-18', text: 'Met Ma Li of finance. She asked for a reference.' },
      evidence: [],
      taken: [{ kind: 'person', name: 'Ma Li' }],
    },
  })
  expect(await fileNow()).toContain('Ma Li')
  await undone()
  const { plan } = await client.call(routes.plan.get, { params: { dealId }, query: {} })
  const step = plan.steps.find(({ locked }) => !locked)!
  const planStep = await client.call(routes.plan.accept, {
    params: { dealId },
    body: { step: `${step.play}${step.with[0] === undefined ? '' : `~${step.with[0]}`}` },
  })
  expect(await fileNow()).toContain(`play: ${planStep.play}`)
  await undone()
  const said = await client.call(routes.plan.outcome, {
    params: { dealId },
    body: { what: 'Lunch', outcome: 'done', promises: [], next: { on: '2026-04-02', what: 'Visit' } } as never,
  })
  expect(said.next).toMatchObject({ on: '2026-04-02' })
  await undone()
  const { items } = await client.call(routes.deals.history, { params: { dealId }, query: { limit: 200 } })
  expect(items.some(({ undone: back }) => back)).toBe(true)
})

it('what a note of the file suggests is shown, and comes into the file with the first verdict on it', async () => {
  const { evidence } = await whole()
  const piece = evidence!.find(({ status, source }) => status === 'suggested' && source === 'note')!
  expect(piece).toBeDefined()
  expect(await fileNow()).not.toContain(piece.signal)
  await client.call(routes.facts.evidence.update, {
    params: { dealId, id: piece.id },
    body: { status: 'confirmed' },
    version: piece.version,
  })
  expect(await fileNow()).toContain(piece.signal)
})

it('every screen of a deal is answered from its file as the contract says', async () => {
  const brief: Brief = await client.call(routes.deals.brief, { params: { dealId }, query: {} })
  expect(brief.asOf).toBe(TODAY)
  const { stakeholder } = await whole()
  const page = await client.call(routes.deals.meeting, {
    params: { dealId },
    query: { with: [stakeholder![0]!.personId] },
  })
  expect(page.people[0]!.name).toBe('Zhou Min')
  const compared = await client.call(routes.plan.compare, { params: { dealId } })
  expect(compared.steady.plan.style).toBe('steady')
  await client.call(routes.plan.preview, { params: { dealId }, body: { style: 'swift' } })
  await client.call(routes.workspace.get)
  await client.call(routes.work.methodology)
  const totals = await client.call(routes.deals.pipeline, { query: {} })
  expect(totals.total).toBe(1)
  const none = await client.call(routes.deals.list, { query: { q: 'nothing of the kind' } })
  expect(none.items).toEqual([])
})

it.each(['us', 'customer'] as const)(
  'a deal of a file is given as slides for %s, as the menu of the page offers',
  async (audience) => {
    const answer = await fetch(`${origin}/api/v1/deals/${dealId}/slides?audience=${audience}&language=zh`, {
      headers: { cookie },
    })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, routes.deals.slides.produces])
    expect(Buffer.from(await answer.arrayBuffer()).toString('latin1')).toMatch(/^PK[^]*ppt\/slides\/slide1\.xml/)
  },
)

it('what files cannot answer says that it needs a server, and what to do', async () => {
  const problem = await refusal(client.call(routes.work.search, { query: { q: 'x' } }))
  expect(problem).toMatchObject({ status: 501, code: 'needs-server' })
  expect(problem.remedy).toContain('sente serve')
})

it('a file that cannot be read any more is shown as it was, and nothing is written into it until it is mended', async () => {
  const good = await fileNow()
  await writeFile(path, good.replace('status: open', 'status: opne'))
  expect((await whole()).deal.name).toBe('Planning platform')
  const problem = await refusal(client.call(routes.deals.update, { params: { dealId }, body: { offer: 'x' } }))
  expect(problem).toMatchObject({ status: 409, code: 'conflict' })
  expect(problem.detail).toMatch(/northwind\.yaml:\d+/)
  await writeFile(path, good)
  await client.call(routes.deals.update, { params: { dealId }, body: { offer: 'y' } })
})

it('what no deal file can say is refused with its reason, and the file stays', async () => {
  const before = await fileNow()
  const problem = await refusal(
    client.call(routes.facts.evidence.create, {
      params: { dealId },
      body: { on: '2026-03-01', signal: 'no_such_signal' } as never,
    }),
  )
  expect(problem).toMatchObject({ status: 422, code: 'invalid-input' })
  expect(problem.faults?.[0]?.what.en).toMatch(/no_such_signal/)
  expect(await fileNow()).toBe(before)
})

it('the page hears of a change on disk', async () => {
  const stream = await fetch(`${origin}/api/v1/events`, { headers: { cookie } })
  const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader()
  let heard = (await reader.read()).value ?? ''
  expect(heard).toContain('event: ready')
  await writeFile(path, (await fileNow()).replace('long visit', 'very long visit'))
  while (!heard.includes('event: change')) heard += (await reader.read()).value ?? ''
  expect(heard).toContain(dealId)
  await reader.cancel()
})

it('nobody gets in without the secret, under another name, or from a page of elsewhere', async () => {
  const host = new URL(origin).host
  expect(await statusOf({ cookie })).toBe(200)
  expect(await statusOf({})).toBe(401)
  expect(await statusOf({}, '/deals')).toBe(401)
  expect(await statusOf({}, '/open/guessed')).toBe(401)
  expect(await statusOf({ cookie, host: `rebound.example:${host.split(':')[1]}` })).toBe(421)
  expect(await statusOf({ cookie: `${cookie}x` })).toBe(401)
  const { csrfToken } = await client.call(routes.auth.me)
  const patch = (headers: Record<string, string>): Promise<number> =>
    statusOf({ cookie, 'content-type': 'application/json', ...headers }, `/api/v1/deals/${dealId}`, 'PATCH')
  expect(await patch({ 'x-csrf-token': csrfToken! })).toBe(200)
  expect(await patch({})).toBe(403)
  expect(await patch({ 'x-csrf-token': csrfToken!, origin: 'http://elsewhere.example' })).toBe(403)
  expect(await patch({ 'x-csrf-token': csrfToken!, 'sec-fetch-site': 'same-site' })).toBe(403)
})

it('the page is told that it works on files, which, and in what language', async () => {
  const page = await (await fetch(`${origin}/deals`, { headers: { cookie, accept: 'text/html' } })).text()
  expect(page).toContain('<meta name="sente-files" content="a &quot;folder&quot; &amp; more" data-lang="zh"')
})

it('a file that is read-only is not replaced; whoever changes the deal is told why', async () => {
  const before = await fileNow()
  await chmod(path, 0o444)
  try {
    const problem = await refusal(client.call(routes.deals.update, { params: { dealId }, body: { offer: 'never' } }))
    expect(problem).toMatchObject({ status: 409, code: 'conflict' })
    expect(problem.detail).toMatch(/northwind\.yaml/)
    expect(await fileNow()).toBe(before)
  } finally {
    await chmod(path, 0o644)
  }
})

it('a deal file that is a link stays one, and a file emptied beside a broken one is told by its own name', async () => {
  const [real, linked] = [await mkdtemp(join(folder, 'real-')), await mkdtemp(join(folder, 'linked-'))]
  await writeFile(join(real, 'deal.yaml'), START)
  await symlink(join(real, 'deal.yaml'), join(linked, 'link.yaml'))
  await writeFile(join(linked, 'a-broken.yaml'), 'sente: 1\nname: [')
  const [shelf, files] = await openFolder([linked])
  try {
    const there = await clientOf(files)
    const [deal] = (await there.call(routes.deals.list, { query: {} })).items
    const update = (offer: string): Promise<unknown> =>
      there.call(routes.deals.update, { params: { dealId: deal!.id }, body: { offer } })
    await update('Forecasting')
    expect(await readFile(join(real, 'deal.yaml'), 'utf8')).toContain('offer: Forecasting')
    expect((await lstat(join(linked, 'link.yaml'))).isSymbolicLink()).toBe(true)
    await writeFile(join(real, 'deal.yaml'), '')
    const problem = await refusal(update('Another'))
    expect(problem).toMatchObject({ status: 409, code: 'conflict' })
    expect(problem.detail).toMatch(/link\.yaml/)
  } finally {
    shelf.close()
    await files.close()
  }
})
