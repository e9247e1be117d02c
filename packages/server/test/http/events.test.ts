import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventStream } from '../../src/http/event-stream.ts'
import type { Heard } from '../../src/store/events.ts'
import { Browser, makeMember, makeToken, makeWorkspace, testApp, withToken } from '../support/application.ts'
import { onDatabase } from '../support/database.ts'
import { populate } from '../support/populated.ts'
import type { Populated } from '../support/populated.ts'

interface Said {
  event: string
  data: Record<string, unknown>
}

/** A program that listens over a real socket. */
class Listener {
  readonly said: Said[] = []
  readonly #stop = new AbortController()
  ended: Promise<void> = Promise.resolve()

  async open(address: string, headers: Record<string, string>, path = '/events'): Promise<this> {
    const response = await fetch(`${address}/api/v1${path}`, { headers, signal: this.#stop.signal })
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    this.ended = this.#read(response)
    await expect.poll(() => this.said.length).toBeGreaterThan(0)
    return this
  }
  async #read(response: Response): Promise<void> {
    let text = ''
    try {
      for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
        text += chunk
        const blocks = text.split('\n\n')
        text = blocks.pop()!
        for (const block of blocks) {
          const event = /^event: (.*)$/m.exec(block)?.[1]
          const data = /^data: (.*)$/m.exec(block)?.[1]
          if (event && data) this.said.push({ event, data: JSON.parse(data) as Record<string, unknown> })
        }
      }
    } catch (error) {
      if ((error as Error).name !== 'AbortError') throw error
    }
  }
  changes(): Record<string, unknown>[] {
    return this.said.filter(({ event }) => event === 'change').map(({ data }) => data)
  }
  close(): void {
    this.#stop.abort()
  }
}

test('what is quiet beats, what is asked again whether it may go on ends, and a flood becomes one "missed"', async () => {
  let hear: (heard: Heard) => void = () => {}
  let allowed = true
  const stop = new AbortController()
  let unsubscribed = false
  const stream = eventStream({
    signal: stop.signal,
    returns: true,
    heartbeatMs: 5,
    still: async () => allowed,
    tell: async (change) => ({ id: change.id }),
    subscribe: async (listener) => {
      hear = listener
      return () => (unsubscribed = true)
    },
  })
  const next = async (): Promise<string> => (await stream.next()).value as string
  expect(await next()).toMatch(/^retry: 2000\nid: \d+\nevent: ready\ndata: \{\}\n\nid: \d+\nevent: missed\n/)
  expect(await next()).toBe(': still here\n\n')
  for (let i = 0; i < 5000; i++) hear({ workspaceId: 'w', kind: 'deal', id: String(i), version: 1, action: 'update' })
  const told: string[] = []
  while (!told.at(-1)?.startsWith(': ')) told.push(await next())
  expect(told[0]).toContain('event: missed')
  expect(told.length).toBeLessThan(510)
  allowed = false
  expect((await stream.next()).done).toBe(true)
  expect(unsubscribed).toBe(true)
})

onDatabase((db) => {
  let apps: FastifyInstance[]
  let addresses: string[]
  let world: Populated
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

  beforeAll(async () => {
    apps = await Promise.all([testApp(db), testApp(db)])
    addresses = await Promise.all(apps.map((app) => app.listen({ port: 0, host: '127.0.0.1' })))
    world = await populate(apps[0]!, db)
  }, 60_000)
  afterAll(() => Promise.all(apps.map((app) => app.close())))

  test('a change in one process is told in the other, to those who see the deal and to nobody else', async () => {
    const elsewhere = await makeWorkspace(db)
    const { dealId, accountId } = world.params('deals.get')
    const listen = (token: string) => new Listener().open(addresses[1]!, bearer(token))
    const [owner, manager, admin, stranger, foreign] = await Promise.all(
      [
        world.members.seller,
        world.members.manager,
        world.members.administrator,
        world.stranger,
        elsewhere.members.administrator,
      ].map((one) => listen(one.token)),
    )
    const viewer = await listen(
      await makeToken(db, { workspaceId: world.id, id: world.members.viewer.id }, ['deals:read']),
    )
    const call = withToken(apps[0]!, world.members.seller.token)
    const { version } = (await call('PATCH', `/deals/${dealId}`, { goal: 'all branches' })).json()
    const stance = (
      await call('POST', `/deals/${dealId}/stances`, { personId: world.params('people.get').personId, value: 2 })
    ).json()
    await call('PATCH', `/accounts/${accountId}`, { region: 'East' })
    const about = { kind: 'deal', id: dealId, dealId, action: 'update', version, actorId: world.members.seller.id }
    for (const listener of [owner, manager, admin]) {
      await expect.poll(() => listener!.changes()).toContainEqual(about)
      await expect
        .poll(() => listener!.changes().some((change) => change['kind'] === 'stance' && change['id'] === stance.id))
        .toBe(true)
    }
    // The address book is everybody's; the deal is not, and the workspace next door is another world.
    await expect.poll(() => stranger!.changes().some((change) => change['id'] === accountId)).toBe(true)
    expect(stranger!.changes().every((change) => change['dealId'] === undefined && change['id'] !== dealId)).toBe(true)
    expect(foreign!.changes()).toEqual([])
    expect(viewer.changes().some((change) => change['kind'] === 'account' || change['kind'] === 'stance')).toBe(false)
    for (const listener of [owner, manager, admin, stranger, foreign, viewer]) listener!.close()
  })

  test('who may not see what is personal hears that the deal has changed, not by what', async () => {
    const { dealId, personId } = world.params('people.get')
    const blind = await new Listener().open(
      addresses[1]!,
      bearer(await makeToken(db, { workspaceId: world.id, id: world.members.seller.id }, ['deals:read'])),
    )
    await withToken(apps[0]!, world.members.seller.token)('POST', `/deals/${dealId}/stances`, { personId, value: -1 })
    await expect.poll(() => blind.changes().map(({ kind }) => kind)).toContain('deal')
    expect(blind.changes().map(({ kind }) => kind)).not.toContain('stance')
    blind.close()
  })

  test('nor does who has a share without it; what a private note is and says is told to nobody else, and after the share nothing', async () => {
    const { dealId } = world.params('deals.get')
    const call = withToken(apps[0]!, world.members.seller.token)
    const mate = await makeMember(db, world.id, 'seller', 'mate@example.com')
    const { id: shareId } = (await call('POST', `/deals/${dealId}/shares`, { memberId: mate.id })).json()
    const listener = await new Listener().open(addresses[1]!, bearer(mate.token))
    const stances = (await call('GET', `/deals/${dealId}/stances`)).json().items
    const made = [(await call('PATCH', `/deals/${dealId}/stances/${stances[0].id}`, { value: -2 })).json()]
    made.push(
      (await call('POST', `/deals/${dealId}/notes`, { on: '2025-02-02', text: 'between us', private: true })).json(),
    )
    made.push(
      (
        await call('POST', `/deals/${dealId}/evidence`, { on: '2025-02-02', signal: 'career_fear', noteId: made[1].id })
      ).json(),
    )
    await call('POST', `/deals/${dealId}/pins`, { on: '2025-02-02', phase: 'need' })
    await expect.poll(() => listener.changes().map(({ kind }) => kind)).toContain('pin')
    const told = listener.changes()
    for (const { id } of made) expect(told.map((change) => change['id'])).not.toContain(id)
    // That the deal has changed is told without a version: that of the note is none of the deal.
    expect(told).toContainEqual({
      kind: 'deal',
      id: dealId,
      dealId,
      action: 'update',
      actorId: world.members.seller.id,
    })
    await call('DELETE', `/deals/${dealId}/shares/${shareId}`)
    await call('POST', `/deals/${dealId}/pins`, { on: '2025-02-03', phase: 'need' })
    await call('PATCH', `/accounts/${world.params('accounts.get')['accountId']}`, { region: 'West' })
    await expect.poll(() => listener.changes().map(({ kind }) => kind)).toContain('account')
    expect(listener.changes().filter(({ kind }) => kind === 'pin')).toHaveLength(1)
    listener.close()
  })

  test('who had a share hears that it ended, and that the deal is gone; others hear neither', async () => {
    const call = withToken(apps[0]!, world.members.seller.token)
    const guest = await makeMember(db, world.id, 'seller', 'guest@example.com')
    const [mine, others] = await Promise.all(
      [guest, world.stranger].map(({ token }) => new Listener().open(addresses[1]!, bearer(token))),
    )
    const make = async (name: string): Promise<{ dealId: string; shareId: string }> => {
      const dealId = (await call('POST', '/deals', { name })).json().id
      return { dealId, shareId: (await call('POST', `/deals/${dealId}/shares`, { memberId: guest.id })).json().id }
    }
    const [unshared, gone] = [await make('Taken back'), await make('Taken out')]
    await call('DELETE', `/deals/${unshared.dealId}/shares/${unshared.shareId}`)
    await call('DELETE', `/deals/${gone.dealId}`)
    const actorId = world.members.seller.id
    await expect
      .poll(() => mine!.changes())
      .toContainEqual(expect.objectContaining({ kind: 'deal', id: gone.dealId, action: 'delete' }))
    expect(mine!.changes()).toContainEqual({
      kind: 'deal',
      id: unshared.dealId,
      dealId: unshared.dealId,
      action: 'update',
      actorId,
    })
    expect(others!.changes()).toEqual([])
    for (const listener of [mine, others]) listener!.close()
  })

  test('one deal alone can be followed; one that is not seen cannot', async () => {
    const { dealId, accountId } = world.params('deals.get')
    const { token } = world.members.seller
    const listener = await new Listener().open(addresses[0]!, bearer(token), `/events?dealId=${dealId}`)
    const call = withToken(apps[1]!, token)
    const other = (await call('POST', '/deals', { name: 'Another', accountId })).json()
    await call('PATCH', `/deals/${dealId}`, { goal: 'half of the branches' })
    await expect.poll(() => listener.changes().length).toBeGreaterThan(0)
    expect(listener.changes().some((change) => change['id'] === other.id)).toBe(false)
    listener.close()
    await expect(
      new Listener().open(addresses[0]!, bearer(world.stranger.token), `/events?dealId=${dealId}`),
    ).rejects.toThrow('404')
  })

  test('who comes back is told to look anew', async () => {
    const listener = await new Listener().open(addresses[0]!, {
      ...bearer(world.members.seller.token),
      'last-event-id': '1764000000000',
    })
    expect(listener.said.map(({ event }) => event)).toEqual(['ready', 'missed'])
    listener.close()
  })

  test('the stream ends with the session, in another process too', async () => {
    const member = await makeMember(db, world.id, 'seller', 'listens@example.com')
    const browser = new Browser(apps[0]!)
    await browser.signIn(member.email)
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const listener = await new Listener().open(addresses[1]!, { cookie })
    await browser.ask('POST', '/auth/sign-out')
    await listener.ended
    expect(listener.said[0]!.event).toBe('ready')
  })

  test('a deal that is deleted is told to those who saw it', async () => {
    const { seller, manager } = world.members
    const call = withToken(apps[0]!, seller.token)
    const { id } = (await call('POST', '/deals', { name: 'Short lived' })).json()
    const [team, stranger] = await Promise.all([
      new Listener().open(addresses[1]!, bearer(manager.token)),
      new Listener().open(addresses[1]!, bearer(world.stranger.token)),
    ])
    expect((await call('DELETE', `/deals/${id}`)).statusCode).toBe(204)
    await expect
      .poll(() => team.changes())
      .toContainEqual(expect.objectContaining({ kind: 'deal', id, action: 'delete' }))
    expect(stranger.changes()).toEqual([])
    team.close()
    stranger.close()
  })

  test('a server that stops ends its streams', async () => {
    const app = await testApp(db)
    const address = await app.listen({ port: 0, host: '127.0.0.1' })
    const listener = await new Listener().open(address, bearer(world.members.seller.token))
    const started = performance.now()
    await Promise.all([app.close(), listener.ended])
    expect(performance.now() - started).toBeLessThan(3_000)
  })
})
