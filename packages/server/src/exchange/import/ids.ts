import { randomFillSync } from 'node:crypto'

/** Random bytes are fetched by the page: asking the system for each id was an eighth of an import's time. */
const pool = Buffer.alloc(4096)
let at = pool.length
let last = 0
let sequence = 0

const HEX = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0'))

/** A UUID of version 7, greater than all before it in this process: ids are the order in which things were written down. */
export function newId(): string {
  if (at > pool.length - 8) {
    randomFillSync(pool)
    at = 0
  }
  const now = Date.now()
  if (now > last) {
    last = now
    sequence = 0
  } else if (++sequence > 0xfff) {
    // More than 4096 in a millisecond borrow from the next one.
    last++
    sequence = 0
  }
  const time = last.toString(16).padStart(12, '0')
  const random = (i: number): string => HEX[pool[at + i]!]!
  const id = `${time.slice(0, 8)}-${time.slice(8)}-7${sequence.toString(16).padStart(3, '0')}-${HEX[(pool[at]! & 0x3f) | 0x80]!}${random(1)}-${random(2)}${random(3)}${random(4)}${random(5)}${random(6)}${random(7)}`
  at += 8
  return id
}
