import { expect, test } from 'vitest'
import { SettingsProblem, settingsOf } from '../src/core/settings.ts'

const problemOf = (env: Record<string, string>): SettingsProblem => {
  try {
    settingsOf(env)
  } catch (error) {
    if (error instanceof SettingsProblem) return error
    throw error
  }
  throw new Error(`taken: ${JSON.stringify(env)}`)
}

test('a setting that makes no sense is named, in both languages', () => {
  for (const env of [
    { SENTE_URL: 'nonsense' },
    { SENTE_URL: 'ftp://here' },
    { SENTE_URL: 'https://here/below' },
    { SENTE_TRUST_PROXY: 'yes' },
    { SENTE_TRUST_PROXY: '10.0.0.5,' },
    { SENTE_TRUST_PROXY: '10.0.0.0/33' },
    { SENTE_TRUST_PROXY: '10.0.0.0/8/8' },
    { SENTE_OIDC_ISSUER: 'https://here' },
    { SENTE_OIDC_ISSUER: 'nonsense', SENTE_OIDC_CLIENT_ID: 'x' },
    { SENTE_OIDC_CREATE: 'manager' },
  ]) {
    const { says } = problemOf(env)
    const name = Object.keys(env)[0]!
    expect([says.en, says.zh]).toEqual([
      expect.stringContaining(name),
      expect.stringMatching(new RegExp(`${name}.*[\\u4e00-\\u9fff]|[\\u4e00-\\u9fff].*${name}`)),
    ])
  }
})

test('those that make sense are taken', () => {
  for (const [text, taken] of [
    ['true', true],
    ['false', false],
    ['10.0.0.5', '10.0.0.5'],
    ['loopback, 10.0.0.0/8, fd00::/8', 'loopback, 10.0.0.0/8, fd00::/8'],
    ['10.0.0.0/255.0.0.0', '10.0.0.0/255.0.0.0'],
  ] as const)
    expect(settingsOf({ SENTE_TRUST_PROXY: text }).trustProxy).toBe(taken)
  expect(settingsOf({ SENTE_URL: 'https://sente.example.com/' }).baseUrl).toBe('https://sente.example.com')
  expect(settingsOf({ SENTE_OIDC_ISSUER: 'https://login.example.com', SENTE_OIDC_CLIENT_ID: 'x' }).oidc).toMatchObject({
    name: 'login.example.com',
  })
})
