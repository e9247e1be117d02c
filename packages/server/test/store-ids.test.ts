import { afterEach, expect, test, vi } from 'vitest'
import { newId } from '../src/store/ids.ts'

const timeOf = (id: string): number => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)

afterEach(() => void vi.useRealTimers())

test('ids are UUIDs of version 7, of the moment, and each is greater than those before', () => {
  const before = Date.now()
  const ids = Array.from({ length: 20_000 }, newId)
  const after = Date.now()
  for (const id of ids) expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
  expect(ids.toSorted()).toEqual(ids)
  expect(new Set(ids).size).toBe(ids.length)
  expect(timeOf(ids[0]!)).toBeGreaterThanOrEqual(before)
  expect(timeOf(ids.at(-1)!)).toBeLessThanOrEqual(after)
})

test('they go on growing when the clock is put back', () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  const first = newId()
  vi.setSystemTime(Date.now() - 3_600_000)
  const second = newId()
  expect(second > first).toBe(true)
})

test('what is random differs from id to id', () => {
  const tails = Array.from({ length: 1000 }, () => newId().slice(-10))
  expect(new Set(tails).size).toBe(tails.length)
})
