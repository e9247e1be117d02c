// Loaded before a server: its clock is as many milliseconds off as the file says that SENTE_CHAOS_CLOCK names, and jumps when that is written anew.
import { readFileSync } from 'node:fs'

const Real = Date
const LOOK_MS = 20
let [offset, looked] = [0, -Infinity]

function shift() {
  const now = performance.now()
  if (now - looked > LOOK_MS) {
    looked = now
    try {
      offset = Number(readFileSync(process.env['SENTE_CHAOS_CLOCK'], 'utf8')) || 0
    } catch {
      offset = 0
    }
  }
  return offset
}

globalThis.Date = class Date extends Real {
  constructor(...given) {
    if (given.length === 0) super(Real.now() + shift())
    else super(...given)
  }
  static now() {
    return Real.now() + shift()
  }
}
