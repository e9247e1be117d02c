import type { Regime } from './chain.ts'

/**
 * The same day steps with two paces in one instruction, for passes over many deals: a small WebAssembly module made from a
 * regime's own numbers, each state a line of it. `dayStep` and the plain loop of `pastOf` stay the definition and are what is run
 * where there is no such machine; results differ in the last bits only.
 */
export interface Lanes {
  regime: Regime
  /** Rows of the distribution of each day, and of the shares by rank; good until more days are asked for. */
  filtered: Float64Array
  beyond: Float64Array
  /** What is known from later days, in the backward pass. */
  later: Float64Array
  /** Memory for so many days. */
  room: (days: number) => void
  /** Fills so many rows of `filtered` after the one that begins at `at`: `dayStep` and, but for the last one if `news`, scaling. */
  ahead: (at: number, days: number, news: boolean) => void
  /**
   * So many days back from `later`, in its place: `dayStepBack`, then the shares by rank of the row of that day, into `beyond`. `at` and
   * `into` are where the first of these rows begin, each further one stands before it. Returns the last sum before it was divided.
   */
  back: (at: number, into: number, days: number) => number
}

interface Machine {
  Module: new (bytes: Uint8Array) => object
  Memory: new (limits: { initial: number }) => { buffer: ArrayBuffer; grow: (pages: number) => number }
  Instance: new (
    module: object,
    imports: object,
  ) => {
    exports: {
      ahead: (at: number, days: number, news: number) => void
      back: (at: number, into: number, days: number) => number
    }
  }
}

const PAGE = 65536
const modules = new WeakMap<Regime, object | null>()

/** Memory and steps for one pass over many deals; null where the regime or the machine does not allow it. */
export function lanesOf(regime: Regime): Lanes | null {
  const machine = (globalThis as unknown as { WebAssembly?: Machine }).WebAssembly
  const { n } = regime
  const K = regime.paces.length
  const ranks = n / K
  if (!machine || K !== 4 || ranks % 2 !== 0 || regime.advance[n - 1] === 0) return null
  let module = modules.get(regime)
  if (module === undefined) {
    try {
      module = new machine.Module(moduleOf(regime))
    } catch {
      // No vectors, or a page whose rules forbid machine code.
      module = null
    }
    modules.set(regime, module)
  }
  if (module === null) return null
  const width = 2 * n
  const memory = new machine.Memory({ initial: 1 })
  const { ahead, back } = new machine.Instance(module, { m: { m: memory } }).exports
  let days = 0
  let rows = 0
  const none = new Float64Array(0)
  const lanes: Lanes = {
    regime,
    filtered: none,
    beyond: none,
    later: none,
    room(wanted) {
      if (wanted <= days) return
      days = 2 * wanted
      const bytes = 8 * (width + days * (width + ranks))
      const missing = Math.ceil(bytes / PAGE) - memory.buffer.byteLength / PAGE
      if (missing > 0) memory.grow(missing)
      rows = 8 * width
      lanes.later = new Float64Array(memory.buffer, 0, width)
      lanes.filtered = new Float64Array(memory.buffer, rows, days * width)
      lanes.beyond = new Float64Array(memory.buffer, rows + 8 * days * width, days * ranks)
    },
    ahead: (at, length, news) => ahead(rows + 8 * at, length, Number(news)),
    back: (at, into, length) => back(rows + 8 * at, rows + 8 * (days * width + into), length),
  }
  return lanes
}

type Code = readonly number[]

function unsigned(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  for (; rest > 127; rest >>= 7) bytes.push((rest & 127) | 128)
  return [...bytes, rest]
}

const f64 = (value: number): Code => [...new Uint8Array(Float64Array.of(value).buffer)]
const get = (local: number): Code => [0x20, ...unsigned(local)]
const set = (local: number): Code => [0x21, ...unsigned(local)]
const vector = (opcode: number): Code => [0xfd, ...unsigned(opcode)]
const pair = (a: number, b: number): Code => [...vector(0x0c), ...f64(a), ...f64(b)]
const SPLAT = vector(0x14)
const ADD = vector(0xf0)
const MUL = vector(0xf2)
const load = (local: number, offset: number): Code => [...get(local), ...vector(0x00), 3, ...unsigned(offset)]
/** Address first, then the value. */
const store = (local: number, offset: number, value: Code): Code => [
  ...get(local),
  ...value,
  ...vector(0x0b),
  3,
  ...unsigned(offset),
]
const plus = (a: Code, b: Code): Code => [...a, ...b, ...ADD]
const times = (a: Code, b: Code): Code => [...a, ...b, ...MUL]
const i32 = (value: number): Code => {
  const bytes: number[] = [0x41]
  let rest = value
  for (; rest < -64 || rest > 63; rest >>= 7) bytes.push((rest & 127) | 128)
  return [...bytes, rest & 127]
}
const one = (value: number): Code => [0x44, ...f64(value)]
const I32_ADD = 0x6a
const F64_ADD = 0xa0
const F64_SUB = 0xa1
const F64_DIV = 0xa3
const V128 = 0x7b
const F64 = 0x7c
const I32 = 0x7f

/** Adds to a local that is a whole number. */
const step = (local: number, by: number): Code => [...get(local), ...i32(by), I32_ADD, ...set(local)]
/** Runs `code` until `DAYS`, which it lowers by one each time, is nothing; at least once. */
const daily = (days: number, code: Code): Code => [0x03, 0x40, ...code, ...step(days, -1), ...get(days), 0x0d, 0, 0x0b]

const section = (id: number, body: Code): Code => [id, ...unsigned(body.length), ...body]
const text = (name: string): Code => [name.length, ...[...name].map((letter) => letter.charCodeAt(0))]

/** A function of the module: its locals are `vectors` pairs after the parameters, then one number. */
function functionOf(vectors: number, code: Code): Code {
  const all = [2, ...unsigned(vectors), V128, 1, F64, ...code, 0x0b]
  return [...unsigned(all.length), ...all]
}

/** Magic number and version. */
const BEGINS: Code = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]

function moduleOf(regime: Regime): Uint8Array {
  const bodies = [aheadCode(regime), backCode(regime)]
  return Uint8Array.from([
    ...BEGINS,
    ...section(1, [2, 0x60, 3, I32, I32, I32, 0, 0x60, 3, I32, I32, I32, 1, F64]),
    ...section(2, [1, ...text('m'), ...text('m'), 2, 0, 1]),
    ...section(3, [2, 0, 1]),
    ...section(7, [2, ...text('ahead'), 0, 0, ...text('back'), 0, 1]),
    ...section(10, [2, ...bodies.flat()]),
  ])
}

/** Days of `dayStep`: parameters are the address of the first row, how many days, and whether the last one brings news. */
function aheadCode(regime: Regime): Code {
  const { n, first, phases, advance, stay, stall, resume, hold, back } = regime
  const K = regime.paces.length
  const width = 2 * n
  const [AT, DAYS, NEWS, ALL, STALL, RESUME, HOLD] = [0, 1, 2, 3, 4, 5, 6] as const
  const [BACK, STAYS, GOES, ARRIVING, MOVING, STALLED, MASS, SCALE] = [7, 8, 9, 10, 11, 12, 13, 14] as const
  const code: number[] = []
  // Without news all that leaves is what is decided.
  code.push(...one(1), ...one(1), ...one(0))
  for (let i = n - K; i < n; i += 2)
    code.push(...times(load(AT, 8 * i), pair(advance[i]!, advance[i + 1]!)), ...set(MASS), ...addHalves(MASS))
  code.push(F64_SUB, F64_DIV, ...one(1))
  // `select` takes the first where its condition holds: it is not the last day, or brings no news.
  code.push(...get(DAYS), ...i32(1), 0x47, ...get(NEWS), 0x45, 0x72, 0x1b, ...set(SCALE))
  code.push(...get(SCALE), ...SPLAT, ...set(ALL))
  for (const [local, value] of [
    [STALL, stall],
    [RESUME, resume],
    [HOLD, hold],
    [BACK, back],
  ] as const)
    code.push(...times(get(ALL), pair(value, value)), ...set(local))
  for (let c = 0; c < K; c += 2) {
    code.push(...pair(0, 0), ...set(ARRIVING))
    for (let p = 0; p < phases.length; p++) {
      const start = first[p]! + c
      code.push(...times(get(ALL), pair(stay[start]!, stay[start + 1]!)), ...set(STAYS))
      code.push(...times(get(ALL), pair(advance[start]!, advance[start + 1]!)), ...set(GOES))
      code.push(...pair(0, 0), ...set(MASS))
      for (let i = start; i < first[p + 1]!; i += K) {
        code.push(...load(AT, 8 * i), ...set(MOVING), ...load(AT, 8 * (n + i)), ...set(STALLED))
        code.push(...plus(get(MASS), get(MOVING)), ...set(MASS))
        const here = plus(times(get(MOVING), get(STAYS)), times(get(STALLED), get(RESUME)))
        code.push(...store(AT, 8 * (width + i), plus(here, get(ARRIVING))))
        const still = plus(times(get(MOVING), get(STALL)), times(get(STALLED), get(HOLD)))
        code.push(...store(AT, 8 * (width + n + i), still))
        code.push(...times(get(MOVING), get(GOES)), ...set(ARRIVING))
      }
      if (p === 0) continue
      const before = 8 * (width + first[p - 1]! + c)
      code.push(...store(AT, before, plus(load(AT, before), times(get(MASS), get(BACK)))))
    }
  }
  code.push(...step(AT, 8 * width))
  return functionOf(11, daily(DAYS, code))
}

/** Days of `dayStepBack` of what begins at address 0, each with its shares by rank: parameters are the addresses of the first row and of its shares, and how many days. */
function backCode(regime: Regime): Code {
  const { n, first, phases, advance, stay, stall, resume, hold, back } = regime
  const K = regime.paces.length
  const ranks = n / K
  const [ROW, INTO, DAYS, SUM, MOVING, STALLED, HERE, STILL, NEXT, BEHIND, ALL] = [
    0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12,
  ] as const
  const at = (offset: number): Code => [0x41, 0, ...vector(0x00), 3, ...unsigned(offset)]
  const put = (offset: number, value: Code): Code => [0x41, 0, ...value, ...vector(0x0b), 3, ...unsigned(offset)]
  const code: number[] = [...pair(0, 0), ...set(SUM)]
  for (const half of [0, 1]) code.push(...pair(0, 0), ...set(NEXT + half))
  for (let p = phases.length - 1; p >= 0; p--) {
    const start = first[p]!
    for (const half of [0, 1]) {
      const behind = p > 0 ? times(at(8 * (first[p - 1]! + 2 * half)), pair(back, back)) : pair(0, 0)
      code.push(...behind, ...set(BEHIND + half))
    }
    for (let rank = first[p + 1]! / K - 1; rank >= start / K; rank--) {
      for (const half of [0, 1]) {
        const i = rank * K + 2 * half
        const stays = pair(stay[start + 2 * half]!, stay[start + 2 * half + 1]!)
        const goes = pair(advance[start + 2 * half]!, advance[start + 2 * half + 1]!)
        code.push(...at(8 * i), ...set(MOVING), ...at(8 * (n + i)), ...set(STALLED))
        const own = plus(times(get(MOVING), stays), times(get(STALLED), pair(stall, stall)))
        code.push(...plus(plus(own, times(get(NEXT + half), goes)), get(BEHIND + half)), ...set(HERE))
        const still = plus(times(get(MOVING), pair(resume, resume)), times(get(STALLED), pair(hold, hold)))
        code.push(...still, ...set(STILL), ...get(MOVING), ...set(NEXT + half))
        code.push(...put(8 * i, get(HERE)), ...put(8 * (n + i), get(STILL)))
        const share = plus(times(load(ROW, 8 * i), get(HERE)), times(load(ROW, 8 * (n + i)), get(STILL)))
        code.push(...plus(get(SUM), share), ...set(SUM))
      }
      code.push(...get(INTO), ...total(SUM), 0x39, 3, ...unsigned(8 * rank))
    }
  }
  code.push(...total(SUM), ...set(ALL), ...one(1), ...get(ALL), F64_DIV, ...SPLAT, ...set(HERE))
  for (let rank = 0; rank < ranks; rank += 2)
    code.push(...store(INTO, 8 * rank, times(load(INTO, 8 * rank), get(HERE))))
  code.push(...step(ROW, -16 * n), ...step(INTO, -8 * ranks))
  return functionOf(9, [...daily(DAYS, code), ...get(ALL)])
}

const half = (local: number, which: 0 | 1): Code => [...get(local), ...vector(0x21), which]
/** Adds both halves of a pair to what is there, one after the other as the plain way does. */
const addHalves = (local: number): Code => [...half(local, 0), F64_ADD, ...half(local, 1), F64_ADD]
/** Both halves of a pair together. */
const total = (local: number): Code => [...half(local, 0), ...half(local, 1), F64_ADD]
