import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { dropAhead, takeAhead } from '../src/shared/api/ahead.ts'

const ME = '/api/v1/me'
const answer = Promise.resolve(new Response('{}'))
const asking = (language = 'en'): RequestInit => ({ method: 'GET', headers: { 'accept-language': language } })
let stop: AbortController

beforeEach(() => {
  stop = new AbortController()
  vi.stubGlobal('window', { senteAhead: new Map([[ME, { answer, stop, language: 'en', at: performance.now() }]]) })
})
afterEach(() => void vi.unstubAllGlobals())

describe('what the page asked for before its program was there', () => {
  test('is taken over once, by the same request', () => {
    expect(takeAhead('/api/v1/members', asking())).toBeUndefined()
    expect(takeAhead(ME, { ...asking(), method: 'PATCH' })).toBeUndefined()
    expect(takeAhead(ME, asking())).toBe(answer)
    expect(takeAhead(ME, asking())).toBeUndefined()
    expect(stop.signal.aborted).toBe(false)
  })

  test('is asked anew in another language, or when it lay there for long', () => {
    expect(takeAhead(ME, asking('zh'))).toBeUndefined()
    expect(stop.signal.aborted).toBe(true)
    window.senteAhead!.set(ME, { answer, stop: new AbortController(), language: 'en', at: performance.now() - 16_000 })
    expect(takeAhead(ME, asking())).toBeUndefined()
    expect(window.senteAhead!.size).toBe(0)
  })

  test('is called off with the request that took it over', () => {
    const mine = new AbortController()
    expect(takeAhead(ME, { ...asking(), signal: mine.signal })).toBe(answer)
    mine.abort()
    expect(stop.signal.aborted).toBe(true)
  })

  test('is for nobody who comes later', () => {
    dropAhead()
    expect(takeAhead(ME, asking())).toBeUndefined()
    expect(stop.signal.aborted).toBe(true)
  })
})
