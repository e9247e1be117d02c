import { randomFillSync } from 'node:crypto'
import { v7 } from 'uuid'

/** Random bytes for 256 ids: asking the system for each one costs twenty times the rest of it. */
const pool = Buffer.alloc(16 * 256)
let used = pool.length
let last = 0
let count = 0

/** A new id (UUID 7): of one process, each is greater than those before. */
export function newId(): string {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  const random = pool.subarray(used, (used += 16))
  const now = Date.now()
  if (now > last) {
    last = now
    // Half of the numbers are left to count on with within the millisecond.
    count = random.readUInt32BE() >>> 1
  } else if (++count > 0xffff_ffff) {
    count = 0
    last++
  }
  return v7({ random, msecs: last, seq: count })
}
