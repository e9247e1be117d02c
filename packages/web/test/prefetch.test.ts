import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { dropPrefetched, takePrefetched } from '../src/shared/api/prefetch.ts'

const ME = '/api/v1/me'
const answer = Promise.resolve(new Response('{}'))
const asking = (language = 'en'): RequestInit => ({ method: 'GET', headers: { 'accept-language': language } })
let stop: AbortController

beforeEach(() => {
  stop = new AbortController()
  vi.stubGlobal('window', { sentePrefetch: new Map([[ME, { answer, stop, language: 'en', at: performance.now() }]]) })
})
afterEach(() => void vi.unstubAllGlobals())

describe('what the page asked for before its program was there', () => {
  test('is taken over once, by the same request', () => {
    expect(takePrefetched('/api/v1/members', asking())).toBeUndefined()
    expect(takePrefetched(ME, { ...asking(), method: 'PATCH' })).toBeUndefined()
    expect(takePrefetched(ME, asking())).toBe(answer)
    expect(takePrefetched(ME, asking())).toBeUndefined()
    expect(stop.signal.aborted).toBe(false)
  })

  test('is asked anew in another language, or when it lay there for long', () => {
    expect(takePrefetched(ME, asking('zh'))).toBeUndefined()
    expect(stop.signal.aborted).toBe(true)
    window.sentePrefetch!.set(ME, {
      answer,
      stop: new AbortController(),
      language: 'en',
      at: performance.now() - 16_000,
    })
    expect(takePrefetched(ME, asking())).toBeUndefined()
    expect(window.sentePrefetch!.size).toBe(0)
  })

  test('is called off with the request that took it over', () => {
    const mine = new AbortController()
    expect(takePrefetched(ME, { ...asking(), signal: mine.signal })).toBe(answer)
    mine.abort()
    expect(stop.signal.aborted).toBe(true)
  })

  test('is for nobody who comes later', () => {
    dropPrefetched()
    expect(takePrefetched(ME, asking())).toBeUndefined()
    expect(stop.signal.aborted).toBe(true)
  })
})
