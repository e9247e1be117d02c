import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hostOf, isKnownHost } from '../../src/core/hosts.ts'
import { settingsOf } from '../../src/core/settings.ts'
import { makeMember, makeWorkspace, problem, testApp } from '../support/application.ts'
import { onDatabase } from '../support/database.ts'

const PATHS = ['/', '/api/v1/me', '/api/v1/auth/options', '/metrics', '/api/docs', '/nowhere', '/%E0%A4%A']

onDatabase((db) => {
  test('who asks under a name that is not ours is told nothing, whatever is asked; health is told to everybody', async () => {
    const app = await testApp(db, { settings: { baseUrl: 'https://sente.example.com', hosts: ['sente:8080'] } })
    const ask = (url: string, host: string) => app.inject({ url, headers: { host } })
    try {
      for (const host of ['evil.test', 'evil.test:8080', 'sente.example.com.evil.test', '10.0.0.7', 'sente:81', 'a b'])
        for (const url of PATHS) {
          const answer = await ask(url, host)
          expect([url, host, answer.statusCode]).toEqual([url, host, url.startsWith('/%') ? 404 : 421])
          if (answer.statusCode === 421) expect(problem(answer).code).toBe('unknown-host')
        }
      for (const host of [
        'localhost',
        'localhost:8080',
        '127.0.0.1:1',
        '[::1]:9',
        'SENTE.example.com',
        'sente.example.com.:443',
        'sente:8080',
      ])
        for (const url of ['/api/v1/auth/options', '/metrics'])
          expect([host, url, (await ask(url, host)).statusCode]).toEqual([host, url, 200])
      for (const url of ['/healthz', '/readyz']) expect((await ask(url, '10.0.0.7:8080')).statusCode).toBe(200)
    } finally {
      await app.close()
    }
  })

  test('a proxy that is not believed gives us no other name, one that is believed no unknown one', async () => {
    const [plain, trusting] = [await testApp(db), await testApp(db, { settings: { trustProxy: true } })]
    const ask = (app: typeof plain) =>
      app.inject({ url: '/api/v1/auth/options', headers: { host: 'localhost', 'x-forwarded-host': 'evil.test' } })
    try {
      expect((await ask(plain)).statusCode).toBe(200)
      expect((await ask(trusting)).statusCode).toBe(421)
    } finally {
      await Promise.all([plain.close(), trusting.close()])
    }
  })

  test('links are made of the address that is set, or of a name of this machine, of nothing else', async () => {
    const workspace = await makeWorkspace(db)
    const { token } = workspace.members.administrator
    const linkAt = async (settings: { baseUrl?: string; hosts?: string[] }, host: string): Promise<string> => {
      const app = await testApp(db, { settings })
      const member = await makeMember(db, workspace.id, 'seller', `${crypto.randomUUID()}@example.com`)
      try {
        const answer = await app.inject({
          method: 'POST',
          url: `/api/v1/members/${member.id}/reset-link`,
          headers: { host, authorization: `Bearer ${token}` },
        })
        return answer.statusCode === 201 ? new URL(answer.json<{ url: string }>().url).origin : problem(answer).code
      } finally {
        await app.close()
      }
    }
    expect(await linkAt({}, 'evil.test')).toBe('unknown-host')
    expect(await linkAt({}, 'localhost:8080')).toBe('http://localhost:8080')
    expect(await linkAt({ baseUrl: 'https://sente.example.com' }, 'localhost:8080')).toBe('https://sente.example.com')
    expect(await linkAt({ baseUrl: 'https://sente.example.com' }, 'evil.test')).toBe('unknown-host')
  })
})

describe('names of hosts', () => {
  test('a name that is not on the list is not known, however it is written', () => {
    const settings = { baseUrl: 'https://sente.example.com', hosts: ['sente:8080'] }
    fc.assert(
      fc.property(
        fc.oneof(fc.webAuthority({ withPort: true, withIPv4: true, withIPv6: true }), fc.string()),
        (host) => {
          const name = hostOf(host)?.name
          const ours =
            name === 'localhost' ||
            name === '[::1]' ||
            name === 'sente.example.com' ||
            name === 'sente' ||
            name?.startsWith('127.') ||
            name?.endsWith('.localhost')
          if (!ours) expect(isKnownHost(host, settings)).toBe(false)
        },
      ),
      { numRuns: 500 },
    )
    for (const odd of [
      'localhost@evil.test',
      'evil.test#localhost',
      'localhost/evil.test',
      '127.evil.test',
      'localhost:80:evil',
    ])
      expect(isKnownHost(odd, settings)).toBe(false)
  })

  test('SENTE_HOSTS is read, and what is no name is named', () => {
    expect(settingsOf({ SENTE_HOSTS: 'sente:8080, 10.0.0.5,[fd00::1]' }).hosts).toEqual([
      'sente:8080',
      '10.0.0.5',
      '[fd00::1]',
    ])
    expect(() => settingsOf({ SENTE_HOSTS: 'a,http://b' })).toThrow(/http:\/\/b is none/)
  })
})
