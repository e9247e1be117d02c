import { describe, expect, test } from 'vitest'
import { LIMITS as LIMITS_OF_ALL, Pace, paced, Slots } from '../src/core/limits.ts'
import { spooled } from '../src/core/spool.ts'

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

  test('a thousand bytes a second for ever are ended within minutes, and the slowest telephone line gets all', () => {
    const lasts = (perSecond: number, most = 24 * 3600): number => {
      const pace = new Pace(LIMITS_OF_ALL.downloads)
      // In pieces, as they are handed on: who takes longer for one than is left is ended.
      const milliseconds = (16_384 / perSecond) * 1000
      let second = 0
      for (; second < most && pace.left >= milliseconds; second += milliseconds / 1000) pace.moved(16_384, milliseconds)
      return second
    }
    expect(lasts(1000)).toBeLessThan(300)
    expect(lasts(3500)).toBeGreaterThanOrEqual(24 * 3600)
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

describe('what is spooled', () => {
  test('is made to its end though nobody reads, and read as it was made', async () => {
    const made: string[] = []
    async function* items(): AsyncGenerator<string> {
      for (let i = 0; i < 3000; i++) yield `${i} 先手 ${'x'.repeat(i % 100)}\n`
    }
    const pieces = spooled(items(), () => made.push('made'))
    const first = await pieces.next()
    await expect.poll(() => made).toEqual(['made'])
    const chunks = [first.value as Uint8Array]
    for await (const chunk of pieces) chunks.push(chunk)
    let whole = ''
    for await (const item of items()) whole += item
    expect(Buffer.concat(chunks).toString()).toBe(whole)
    expect(made).toEqual(['made'])
  })

  test('is given up when its reader leaves, and says what failed', async () => {
    const seen = { made: 0, given: 0 }
    async function* endless(): AsyncGenerator<string> {
      try {
        for (;;) {
          await new Promise((resolve) => void setImmediate(resolve))
          yield 'x'.repeat(100_000)
        }
      } finally {
        seen.given++
      }
    }
    const pieces = spooled(endless(), () => void seen.made++)
    await pieces.next()
    await pieces.return(undefined)
    expect(seen).toEqual({ made: 1, given: 1 })
    async function* failing(): AsyncGenerator<string> {
      yield 'x'
      throw new Error('the database has gone')
    }
    const read = async (): Promise<void> => {
      for await (const _ of spooled(failing(), () => void seen.made++)) void _
    }
    await expect(read()).rejects.toThrow('the database has gone')
    expect(seen.made).toBe(2)
  })
})
