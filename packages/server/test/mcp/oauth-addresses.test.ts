import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clientOf, idOf, isOneOf, isRedirect } from '../../src/http/oauth/clients.ts'

const REDIRECT = 'http://127.0.0.1:41999/done'

describe('where an answer may go', () => {
  test('encrypted, to this machine, or to a program’s own scheme; nowhere that a browser would run or read', () => {
    for (const good of [
      'https://app.example.com/cb',
      'http://localhost:1234/cb',
      'http://127.0.0.1/cb',
      'http://[::1]:9/x',
      'cursor://anysphere.cursor/cb',
      'com.example.app:/cb',
    ])
      expect([good, isRedirect(good)]).toEqual([good, true])
    for (const bad of [
      'http://example.com/cb',
      'http://127.0.0.1.evil.test/',
      'http://10.0.0.1/',
      'javascript:alert(1)',
      'data:text/html,x',
      'file:///etc/passwd',
      'https://a.example/#f',
      'https://a.example/#',
      'https://u:p@a.example/',
      'https://a.example/ x',
      'https://a.example/;x',
      'no address',
      '',
    ])
      expect([bad, isRedirect(bad)]).toEqual([bad, false])
  })

  test('an address of a program is the one it named, letter for letter; on this machine any port', () => {
    const redirects = ['https://a.example/cb', 'http://127.0.0.1:1/cb']
    for (const good of [...redirects, 'http://127.0.0.1:49152/cb']) expect(isOneOf(good, redirects)).toBe(true)
    for (const bad of [
      'https://a.example/cb/',
      'https://a.example/cb?x=1',
      'https://a.example:444/cb',
      'https://b.example/cb',
      'http://localhost:1/cb',
      'http://127.0.0.1:1/other',
      'http://127.0.0.1:1/cb?x',
    ])
      expect([bad, isOneOf(bad, redirects)]).toEqual([bad, false])
  })

  test('an id of a program says what was registered, and whatever else is sent as one is none', () => {
    const client = { name: '助手 & <b>', redirects: [REDIRECT] }
    expect(clientOf(idOf(client))).toEqual(client)
    fc.assert(fc.property(fc.string(), (id) => clientOf(id) === undefined))
    expect(clientOf(idOf({ name: 'x', redirects: ['javascript:alert(1)'] }))).toBeUndefined()
    expect(clientOf('A'.repeat(5000))).toBeUndefined()
  })
})
