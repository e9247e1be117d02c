import { describe, expect, test } from 'vitest'
import { Pace, paced, Slots } from '../src/core/limits.ts'

const LIMITS = { inAll: 2, each: 1, waiting: 3, waitMs: 10_000 }

describe('slots', () => {
  test('nobody takes the last place of all with the places of one', async () => {
    const slots = new Slots(LIMITS)
    const first = await slots.take('a')
    const order: string[] = []
    const second = slots.take('a').then((back) => (order.push('a again'), back))
    const other = await slots.take('b')
    expect(slots.used).toBe(2)
    first()
    ;(await second)()
    other()
    expect([order, slots.used]).toEqual([['a again'], 0])
  })

  test('a place that is given back twice is counted once', async () => {
    const slots = new Slots(LIMITS)
    const back = await slots.take('a')
    back()
    back()
    expect(slots.used).toBe(0)
  })

  test('who waits too long, or is one too many, is told when to come again; who goes away leaves the queue', async () => {
    const slots = new Slots({ ...LIMITS, waiting: 2, waitMs: 20 })
    const back = await slots.take('a')
    const late = slots.take('a')
    const leaving = new AbortController()
    const gone = slots.take('a', leaving.signal)
    await expect(slots.take('a')).rejects.toMatchObject({ code: 'busy', more: { retryAfter: 1 } })
    leaving.abort(new Error('gone'))
    await expect(gone).rejects.toThrow('gone')
    await expect(late).rejects.toMatchObject({ code: 'busy' })
    back()
    ;(await slots.take('a'))()
    expect(slots.used).toBe(0)
  })
})

describe('pace', () => {
  const late = (): Error => new Error('late')
  test('bytes that move earn the time they take, up to the time that may pass without one', () => {
    const pace = new Pace({ idleMs: 1000, perSecond: 100 })
    // A hundred bytes a second for an hour: nothing is lost.
    for (let second = 0; second < 3600; second++) pace.moved(100, 1000)
    expect(pace.left).toBe(1000)
    // One byte a second runs out within two.
    pace.moved(1, 1000)
    pace.moved(1, 1000)
    expect(pace.left).toBeLessThan(20)
  })

  test('a stream that stands still ends; one that moves does not', async () => {
    async function* bytes(then: Promise<void>): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(10)
      await then
      yield new Uint8Array(10)
    }
    const read = async (source: AsyncGenerator<Uint8Array>): Promise<number> => {
      let size = 0
      for await (const chunk of paced(source, { idleMs: 30, perSecond: 1000 }, late)) size += chunk.length
      return size
    }
    expect(await read(bytes(Promise.resolve()))).toBe(20)
    await expect(read(bytes(new Promise(() => {})))).rejects.toThrow('late')
  })
})
