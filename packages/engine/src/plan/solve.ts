import { seededRandom } from '../core/random.ts'
import { addable, feasible, indexOf, meets, valueOf } from './problem.ts'
import type { Option, Problem, ProblemIndex, Requirement } from './problem.ts'

export interface Solution {
  /** In the order of `options`. */
  chosen: Option[]
  value: number
  evaluations: number
}

const EPSILON = 1e-9
/** Which options are forced in, and in which order, is the same for everybody. */
const SEED = 1

/**
 * From the plan before, or greedy with lazy re-evaluation where there is none; then local search by move, replace, swap, add and drop; then kicks: an option is forced in,
 * what it clashes with goes, the gaps are filled and improved, and the plan is kept if it is better. To a fixed number of
 * plans looked at. Deterministic: no clock, a fixed seed; ties go to the earlier option. The worth of an option only falls while others are
 * chosen (needs are served by the best), so a worth computed earlier is a bound and most options are never looked at again.
 */
export function solve(problem: Problem, evaluations: number): Solution {
  const search = new Search(problem, evaluations, null)
  search.settle()
  if (problem.start?.length) search.resume()
  else search.greedy()
  search.improve()
  search.kick()
  return search.result()
}

/** What small changes make of a plan that was good for another problem of the same options: a bound from below. */
export function adapt(problem: Problem, start: readonly Option[], evaluations: number): Solution {
  const search = new Search(problem, evaluations, start)
  search.adjust()
  return search.result()
}

class Search {
  private problem: Problem
  private chosen: Option[]
  private value: number
  private left: number
  private readonly best: Float64Array
  /** Memory for values that are thrown away again. */
  private readonly scratch: Float64Array
  private readonly budget: number
  private readonly index: ProblemIndex
  private readonly locked: ReadonlySet<number>

  constructor(problem: Problem, budget: number, start: readonly Option[] | null) {
    this.problem = problem
    this.budget = this.left = budget
    this.best = new Float64Array(problem.needs)
    this.chosen = start ? [...start] : problem.locked.map((i) => problem.options[i]!)
    this.scratch = new Float64Array(problem.needs)
    this.value = valueOf(problem, this.chosen, this.best)
    this.locked = new Set(problem.locked)
    this.index = start ? { steps: new Map(), groups: new Map() } : (problem.index ?? indexOf(problem.options))
  }

  result(): Solution {
    const chosen = [...this.chosen].sort((a, b) => a.index - b.index)
    return { chosen, value: this.value, evaluations: this.budget - this.left }
  }

  private isLocked(option: Option): boolean {
    return this.locked.has(option.index)
  }

  /** What an option adds to what is chosen. */
  private worth({ needs, gains, cost }: Option): number {
    let worth = -cost
    for (let k = 0; k < needs.length; k++) {
      const more = gains[k]! - this.best[needs[k]!]!
      if (more > 0) worth += more
    }
    return worth
  }

  /** Options of a group. */
  private of(group: number): Option[] {
    return (this.index.groups.get(group) ?? []).map((i) => this.problem.options[i]!)
  }

  /** The same step on all its days. */
  private days({ step }: Option): Option[] {
    return (this.index.steps.get(step) ?? []).map((i) => this.problem.options[i]!)
  }

  /** Takes over what can stay of the plan before, in its order; what waits for another comes after it. */
  resume(): void {
    const { problem } = this
    let left = problem.start!.map((i) => problem.options[i]!)
    for (let more = true; more;) {
      const waiting = left.filter((option) => {
        if (this.chosen.some((other) => other === option || problem.conflict(option, other))) return false
        if (!addable(problem, this.chosen, [option])) return true
        this.take([...this.chosen, option])
        return false
      })
      more = waiting.length < left.length
      left = waiting
    }
  }

  /** What stands already and waits for another step gets it where that can be; else it stands without. */
  settle(): void {
    for (const place of this.problem.locked) {
      const option = this.chosen.find(({ index }) => index === place)!
      const can = (first: Option): boolean => addable(this.problem, this.chosen, [first])
      for (let first = this.waitingFor(option, can); first; first = this.waitingFor(option, can))
        this.take([...this.chosen, first])
      const met = ({ atLeast, ...rest }: Requirement): boolean =>
        this.chosen.filter((other) => other !== option && meets({ atLeast, ...rest }, other)).length >= atLeast
      if (option.requires.every(met)) continue
      const alone = { ...option, requires: option.requires.filter(met) }
      const options = [...this.problem.options]
      options[place] = alone
      this.problem = { ...this.problem, options }
      this.take(this.chosen.map((other) => (other === option ? alone : other)))
    }
  }

  /** Takes the options with the highest worth one by one; one that waits for another first is tried together with it. */
  greedy(): void {
    const { options } = this.problem
    valueOf(this.problem, this.chosen, this.best)
    const worth = Float64Array.from(options, (option) => this.worth(option))
    let queue = options.flatMap(({ index }) => (worth[index]! > EPSILON ? [index] : []))
    const order = (a: number, b: number): number => worth[b]! - worth[a]! || a - b
    queue.sort(order)
    while (queue.length > 0) {
      // The bound at the head is brought up to date until the head stays where it is.
      let taken: Option[] | null = null
      const dropped = new Set<number>()
      let found = -Infinity
      let looked = 0
      for (const place of queue) {
        if (worth[place]! <= found) break
        looked++
        const option = options[place]!
        worth[place] = this.worth(option)
        const group = worth[place]! <= EPSILON ? undefined : this.fit(option)
        if (group === undefined) dropped.add(place)
        if (!group) continue
        const gain = group.length === 1 ? worth[place]! : this.worthOf(group) / group.length
        if (gain > found + EPSILON) {
          found = gain
          taken = group
        }
      }
      if (!taken || found <= EPSILON) break
      this.take([...this.chosen, ...taken])
      for (const { index } of taken) dropped.add(index)
      // Only what was looked at has moved: the rest stands in order already.
      const head = queue.slice(0, looked).filter((place) => !dropped.has(place))
      head.sort(order)
      queue = merged(
        head,
        queue.slice(looked).filter((place) => !dropped.has(place)),
        order,
      )
    }
  }

  private worthOf(group: readonly Option[]): number {
    const value = valueOf(this.problem, [...this.chosen, ...group], this.scratch)
    return value - this.value
  }

  /**
   * The option alone if it fits, or with the one other option that it waits for. Null: not now, but perhaps later;
   * undefined: never again, since it clashes with what is chosen (greedy takes nothing back).
   */
  private fit(option: Option): Option[] | null | undefined {
    const { conflict } = this.problem
    for (const other of this.chosen) if (other === option || conflict(option, other)) return undefined
    if (addable(this.problem, this.chosen, [option])) return [option]
    const have = (requirement: Requirement): number => this.chosen.filter((other) => meets(requirement, other)).length
    const wanting = option.requires.filter((requirement) => have(requirement) < requirement.atLeast)
    if (wanting.length !== 1 || have(wanting[0]!) < wanting[0]!.atLeast - 1) return null
    let found: Option[] | null = null
    let worth = -Infinity
    for (const first of this.of(wanting[0]!.group)) {
      if (first === option || !meets(wanting[0]!, first) || conflict(first, option)) continue
      const gain = this.worth(first)
      if (gain > worth && addable(this.problem, this.chosen, [first, option])) {
        worth = gain
        found = [first, option]
      }
    }
    return found
  }

  private take(chosen: Option[]): void {
    this.chosen = chosen
    this.value = valueOf(this.problem, chosen, this.best)
  }

  /** Takes a changed plan if it keeps the constraints and is better; counts as one look. */
  private attempt(changed: Option[]): boolean {
    if (this.left <= 0) return false
    this.left--
    const value = valueOf(this.problem, changed, this.scratch)
    if (value <= this.value + EPSILON || !feasible(this.problem, changed)) return false
    this.take(changed)
    return true
  }

  /** Lets go of what is worth nothing any more, and takes what has become worth it. */
  adjust(): void {
    let better = true
    while (better && this.left > 0) better = this.drop() || this.add()
  }

  improve(): void {
    let better = true
    while (better && this.left > 0) {
      better = this.drop() || this.move() || this.replace() || this.add() || this.swap()
    }
  }

  /** Forces one option after another in and keeps what comes out better. */
  kick(): void {
    const { problem } = this
    const random = seededRandom(SEED)
    valueOf(
      problem,
      problem.locked.map((i) => problem.options[i]!),
      this.best,
    )
    const worthy = problem.options.filter((option) => this.worth(option) > EPSILON)
    valueOf(problem, this.chosen, this.best)
    while (this.left > 0 && worthy.length > 0) {
      const [before, value] = [this.chosen, this.value]
      const option = worthy[Math.floor(random() * worthy.length)]!
      this.left--
      if (before.includes(option)) continue
      if (!this.force(option, random() < 0.3)) {
        this.take(before)
        continue
      }
      this.fill()
      let better = true
      while (better && this.left > 0) better = this.drop() || this.move() || this.add()
      if (this.value <= value + EPSILON) this.take(before)
    }
  }

  /** Takes an option, with what it waits for, and lets go of what stands in its way; `afresh` lets go of half the rest too. */
  private force(option: Option, afresh: boolean): boolean {
    const { problem } = this
    let kept = this.chosen.filter((other) => this.isLocked(other) || !problem.conflict(option, other))
    if (afresh) kept = kept.filter((other, i) => this.isLocked(other) || (i + option.index) % 2 === 0)
    if (kept.some((other) => problem.conflict(option, other))) return false
    this.take([...kept, option])
    for (let i = 0; i < problem.atMost + 1 && !feasible(problem, this.chosen); i++) {
      const first = this.waitingFor(option)
      if (first) {
        this.take([...this.chosen.filter((other) => this.isLocked(other) || !problem.conflict(first, other)), first])
        if (!this.chosen.includes(option)) return false
        continue
      }
      // Whatever adds least goes, until the rest fits.
      const loose = this.chosen.filter((other) => other !== option && !this.isLocked(other))
      if (loose.length === 0) break
      const without = loose.map((other) => {
        const rest = this.chosen.filter((one) => one !== other)
        return { rest, value: valueOf(problem, rest, this.scratch) }
      })
      this.take(without.reduce((a, b) => (b.value > a.value ? b : a)).rest)
    }
    return feasible(problem, this.chosen)
  }

  /** The best option for what this one still waits for. */
  private waitingFor(option: Option, can: (first: Option) => boolean = () => true): Option | null {
    for (const requirement of option.requires) {
      const have = this.chosen.filter((other) => other !== option && meets(requirement, other)).length
      if (have >= requirement.atLeast) continue
      let found: Option | null = null
      for (const other of this.of(requirement.group)) {
        if (this.chosen.includes(other) || !meets(requirement, other) || this.problem.conflict(other, option)) continue
        if ((!found || this.worth(other) > this.worth(found)) && can(other)) found = other
      }
      if (found) return found
    }
    return null
  }

  /** Fills the gaps with what adds most, as long as anything does. */
  private fill(): void {
    for (let added = true; added && this.left > 0;) {
      added = false
      for (const option of this.ranked(this.chosen, 8)) {
        const group = this.fit(option)
        if (group && this.attempt([...this.chosen, ...group])) {
          added = true
          break
        }
      }
    }
  }

  private drop(): boolean {
    for (const option of this.chosen) {
      if (!this.isLocked(option) && this.attempt(this.chosen.filter((other) => other !== option))) return true
    }
    return false
  }

  /** The same step on another day. */
  private move(): boolean {
    for (const option of this.chosen) {
      if (this.isLocked(option)) continue
      const rest = this.chosen.filter((other) => other !== option)
      for (const other of this.days(option)) {
        if (other !== option && this.attempt([...rest, other])) return true
      }
    }
    return false
  }

  /** Another option in the place of one or two, the most promising first. */
  private replace(): boolean {
    for (const option of this.chosen) {
      if (this.isLocked(option)) continue
      const rest = this.chosen.filter((other) => other !== option)
      valueOf(this.problem, rest, this.best)
      const ranked = this.ranked(rest, 12)
      valueOf(this.problem, this.chosen, this.best)
      for (const other of ranked) {
        if (other === option) continue
        if (this.attempt([...rest, other])) return true
        for (const second of ranked) {
          if (second !== other && this.attempt([...rest, other, second])) return true
        }
      }
    }
    return false
  }

  private add(): boolean {
    for (const option of this.ranked(this.chosen, 24)) {
      if (this.attempt([...this.chosen, option])) return true
      const group = this.fit(option)
      if (group && group.length > 1 && this.attempt([...this.chosen, ...group])) return true
      // Out with whatever stands in its way.
      const kept = this.chosen.filter((other) => this.isLocked(other) || !this.problem.conflict(option, other))
      if (kept.length < this.chosen.length && this.attempt([...kept, option])) return true
    }
    return false
  }

  /** Two steps change days. */
  private swap(): boolean {
    for (const a of this.chosen) {
      for (const b of this.chosen) {
        if (a.index >= b.index || a.day === b.day || this.isLocked(a) || this.isLocked(b)) continue
        const a2 = this.days(a).find((option) => option.day === b.day)
        const b2 = this.days(b).find((option) => option.day === a.day)
        if (!a2 || !b2) continue
        if (this.attempt([...this.chosen.filter((other) => other !== a && other !== b), a2, b2])) return true
      }
    }
    return false
  }

  /** The options worth most beside those given. `best` must stand as they leave it. */
  private ranked(beside: readonly Option[], count: number): Option[] {
    const top: { option: Option; worth: number }[] = []
    for (const option of this.problem.options) {
      const worth = this.worth(option)
      if (worth <= EPSILON || (top.length === count && worth <= top[count - 1]!.worth) || beside.includes(option))
        continue
      let at = top.length
      while (at > 0 && top[at - 1]!.worth < worth) at--
      top.splice(at, 0, { option, worth })
      if (top.length > count) top.pop()
    }
    return top.map(({ option }) => option)
  }
}

/** Two lists in order as one. */
function merged(a: readonly number[], b: readonly number[], order: (x: number, y: number) => number): number[] {
  const all: number[] = []
  let [i, j] = [0, 0]
  while (i < a.length && j < b.length) all.push(order(a[i]!, b[j]!) <= 0 ? a[i++]! : b[j++]!)
  while (i < a.length) all.push(a[i++]!)
  while (j < b.length) all.push(b[j++]!)
  return all
}
