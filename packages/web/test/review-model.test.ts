import { describe, expect, test } from 'vitest'
import { grouped, moved, reviewSearch } from '../src/features/review/model.ts'
import type { ReviewRow } from '../src/features/review/model.ts'

const ID = '01930000-0000-7000-8000-000000000000'

describe('the address of a review', () => {
  test('says whose deals, which, and compared with when', () => {
    expect(reviewSearch({ since: '2026-05-04', owner: ID, lack: 'single', far: true, changed: true })).toMatchObject({
      since: '2026-05-04',
      owner: ID,
      lack: 'single',
      far: true,
      changed: true,
    })
  })
  test('that is wrong opens the review all the same', () => {
    const nothing = {
      since: undefined,
      owner: undefined,
      team: undefined,
      lack: undefined,
      far: undefined,
      changed: undefined,
    }
    expect(
      reviewSearch({ since: '4 May', owner: 'me', lack: 'everything', far: 'no', changed: 7, kept: 7 }),
    ).toMatchObject(nothing)
  })
})

test('the keyboard begins at the first deal, goes one by one and never leaves the list', () => {
  expect(moved([], null, 1)).toBeNull()
  expect(moved(['a', 'b'], null, -1)).toBe('a')
  expect(moved(['a', 'b'], 'a', 1)).toBe('b')
  expect(moved(['a', 'b'], 'b', 1)).toBe('b')
  expect(moved(['a', 'b'], 'a', -1)).toBe('a')
  expect(moved(['a', 'b'], 'gone', 1)).toBe('a')
})

test('rows stand under the head of their group, and a group that was not read yet has no head', () => {
  const head = { by: 'loss' as const, loss: 1, deals: 1 }
  const groups = [
    { ...head, currency: 'CNY' },
    { ...head, currency: 'EUR' },
  ]
  const rows = [{ dealId: ID, group: 0 }] as ReviewRow[]
  expect(grouped({ groups }, rows).map((one) => [one.head.currency, one.rows.length])).toEqual([['CNY', 1]])
})
