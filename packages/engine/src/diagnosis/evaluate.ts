import type { FactValue } from './schema.ts'
import type { Comparison, Condition } from '../methodology/schema.ts'
import type { Facts } from './facts.ts'

/** Kleene's three values: true, false, and null for unknown; with the unknown facts that keep it from being known. */
export interface Truth {
  value: boolean | null
  missing: string[]
}

/**
 * `all` is false as soon as one part is false, whatever is unknown; `any` is true as soon as one is true. Otherwise an
 * unknown part makes the whole unknown, and the facts that are missing are named.
 */
export function evaluate(condition: Condition, facts: Facts): Truth {
  if ('all' in condition) return combine(condition.all, facts, false)
  if ('any' in condition) return combine(condition.any, facts, true)
  return compare(condition, facts)
}

/** The value alone. */
export function valueOf(condition: Condition, facts: Facts): boolean | null {
  if ('all' in condition) return valueOfParts(condition.all, facts, false)
  if ('any' in condition) return valueOfParts(condition.any, facts, true)
  const { fact, op, value } = condition
  const left = facts.get(fact)
  if (left === undefined) return null
  const right = typeof value === 'object' && 'fact' in value ? facts.get(value.fact) : (value as FactValue)
  return right === undefined ? null : holds(left, op, right)
}

function valueOfParts(parts: readonly Condition[], facts: Facts, decisive: boolean): boolean | null {
  let known = true
  for (const part of parts) {
    const value = valueOf(part, facts)
    if (value === decisive) return decisive
    known &&= value !== null
  }
  return known ? !decisive : null
}

function combine(parts: readonly Condition[], facts: Facts, decisive: boolean): Truth {
  const missing = new Set<string>()
  for (const part of parts) {
    const truth = evaluate(part, facts)
    if (truth.value === decisive) return { value: decisive, missing: [] }
    for (const fact of truth.missing) missing.add(fact)
  }
  return missing.size > 0 ? { value: null, missing: [...missing] } : { value: !decisive, missing: [] }
}

function compare({ fact, op, value }: Comparison, facts: Facts): Truth {
  const left = facts.get(fact)
  const other = typeof value === 'object' && 'fact' in value ? value.fact : undefined
  const right = other === undefined ? (value as FactValue) : facts.get(other)
  const missing = [
    ...(left === undefined ? [fact] : []),
    ...(right === undefined && other !== undefined ? [other] : []),
  ]
  if (left === undefined || right === undefined) return { value: null, missing }
  return { value: holds(left, op, right), missing: [] }
}

function holds(left: FactValue, op: Comparison['op'], right: FactValue): boolean {
  switch (op) {
    case '==':
      return left === right
    case '!=':
      return left !== right
    case '<':
      return left < right
    case '<=':
      return left <= right
    case '>':
      return left > right
    case '>=':
      return left >= right
    case 'in':
      return Array.isArray(right) && (right as readonly unknown[]).includes(left)
    case 'contains':
      return Array.isArray(left) && left.includes(String(right))
    case 'lacks':
      return Array.isArray(left) && !left.includes(String(right))
  }
}
