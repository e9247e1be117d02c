/**
 * What the search works on, free of deals and people: options that may be chosen, what each is worth to whom, and what
 * forbids them together. A need is served by the best option chosen for it, never by the sum: two visits that do the same
 * are worth one. Everything in it is linear in "chosen or not", so that an integer program can be set beside it.
 */
export interface Problem {
  options: readonly Option[]
  /** Number of needs. */
  needs: number
  /** Capacity of each bucket (hours of a week, steps of a week). */
  capacity: readonly number[]
  /** Pairs that exclude each other. Symmetric. */
  conflict: (a: Option, b: Option) => boolean
  /** Options that must be chosen: the user's own steps, and what is locked. */
  locked: readonly number[]
  /** Options of the plan before: where the search begins. Absent or empty: from nothing. */
  start?: readonly number[]
  /** How many may be chosen. */
  atMost: number
  /** Absent: made when it is needed. */
  index?: ProblemIndex
}

/** Places of the options of each step and of each group. */
export interface ProblemIndex {
  steps: ReadonlyMap<number, readonly number[]>
  groups: ReadonlyMap<number, readonly number[]>
}

/** The index of options; with `of` given, only options beyond those it knows are looked at, and it is left as it is. */
export function indexOf(options: readonly Option[], of?: ProblemIndex, known = 0): ProblemIndex {
  const steps = new Map(of?.steps)
  const groups = new Map(of?.groups)
  const own = new Set<number[]>()
  const put = (map: Map<number, readonly number[]>, key: number, place: number): void => {
    let list = map.get(key) as number[] | undefined
    if (!list || !own.has(list)) {
      list = list ? [...list] : []
      own.add(list)
      map.set(key, list)
    }
    list.push(place)
  }
  for (let i = known; i < options.length; i++) {
    put(steps, options[i]!.step, i)
    for (const group of options[i]!.groups) put(groups, group, i)
  }
  return { steps, groups }
}

export interface Option {
  /** Place in `options`. */
  index: number
  /** The same for the same play with the same people, whatever the day. */
  step: number
  /** Days from today. */
  day: number
  /** Points it costs. */
  cost: number
  /** Needs it serves with the points each is worth through it. */
  needs: readonly number[]
  gains: readonly number[]
  /** Buckets it loads. */
  buckets: readonly number[]
  loads: readonly number[]
  /** Groups it belongs to; what others wait for is named by group. */
  groups: readonly number[]
  /** What must be chosen too. */
  requires: readonly Requirement[]
}

/** At least so many options of a group, on days from `from` to `to`. */
export interface Requirement {
  atLeast: number
  group: number
  from: number
  to: number
  /** It falls where no option of the whole problem gives the group. */
  ifAny?: true
}

export const meets = ({ group, from, to }: Requirement, option: Option): boolean =>
  option.day >= from && option.day <= to && option.groups.includes(group)

/** Points of a choice: for each need its best gain, less the costs. */
export function valueOf(
  problem: Problem,
  chosen: readonly Option[],
  best: Float64Array = new Float64Array(problem.needs),
): number {
  best.fill(0)
  let value = 0
  for (const option of chosen) {
    value -= option.cost
    const { needs, gains } = option
    for (let k = 0; k < needs.length; k++) if (gains[k]! > best[needs[k]!]!) best[needs[k]!] = gains[k]!
  }
  for (let n = 0; n < best.length; n++) value += best[n]!
  return value
}

/** Whether a choice keeps every constraint. */
export function feasible(problem: Problem, chosen: readonly Option[]): boolean {
  if (chosen.length > problem.atMost) return false
  for (let i = 0; i < chosen.length; i++) {
    const a = chosen[i]!
    for (let j = i + 1; j < chosen.length; j++) if (problem.conflict(a, chosen[j]!)) return false
    for (const requirement of a.requires) {
      let met = 0
      for (const b of chosen) if (b !== a && meets(requirement, b)) met++
      if (met < requirement.atLeast) return false
    }
  }
  const load = new Map<number, number>()
  for (const { buckets, loads } of chosen) {
    for (let k = 0; k < buckets.length; k++) {
      const bucket = buckets[k]!
      const sum = (load.get(bucket) ?? 0) + loads[k]!
      if (sum > problem.capacity[bucket]! + 1e-9) return false
      load.set(bucket, sum)
    }
  }
  return true
}

/** Whether options can be added to a choice that keeps every constraint: only what is new is looked at. */
export function addable(problem: Problem, chosen: readonly Option[], added: readonly Option[]): boolean {
  if (chosen.length + added.length > problem.atMost) return false
  const fits = (requirement: Requirement, self: Option): boolean => {
    let met = 0
    for (const b of chosen) if (meets(requirement, b)) met++
    for (const b of added) if (b !== self && meets(requirement, b)) met++
    return met >= requirement.atLeast
  }
  for (let i = 0; i < added.length; i++) {
    const a = added[i]!
    for (const b of chosen) if (problem.conflict(a, b)) return false
    for (let j = i + 1; j < added.length; j++) if (problem.conflict(a, added[j]!)) return false
    if (!a.requires.every((requirement) => fits(requirement, a))) return false
  }
  for (const { buckets } of added) {
    for (const bucket of buckets) {
      if (loadOf(added, bucket) + loadOf(chosen, bucket) > problem.capacity[bucket]! + 1e-9) return false
    }
  }
  return true
}

function loadOf(options: readonly Option[], bucket: number): number {
  let sum = 0
  for (const { buckets, loads } of options) {
    const at = buckets.indexOf(bucket)
    if (at >= 0) sum += loads[at]!
  }
  return sum
}
