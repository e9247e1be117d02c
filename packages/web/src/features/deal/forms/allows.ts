/** The parts of JSON Schema that the contract of a fact's fields is made of. */
export interface Limit {
  type?: string
  enum?: readonly unknown[]
  const?: unknown
  anyOf?: readonly Limit[]
  pattern?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  minItems?: number
  maxItems?: number
  items?: Limit
}

const isOf = (type: string, value: unknown): boolean => {
  if (type === 'array') return Array.isArray(value)
  if (type === 'integer') return Number.isInteger(value)
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value)
  return typeof value === type
}

/** Whether a value keeps to a limit. What a limit does not speak of is left to the server. */
export function allows(limit: Limit, value: unknown): boolean {
  if (limit.anyOf) return limit.anyOf.some((one) => allows(one, value))
  if (limit.const !== undefined) return value === limit.const
  if (limit.enum && !limit.enum.includes(value)) return false
  if (limit.type !== undefined && !isOf(limit.type, value)) return false
  if (typeof value === 'number') {
    const { minimum = -Infinity, maximum = Infinity, exclusiveMinimum = -Infinity } = limit
    return value >= minimum && value <= maximum && value > exclusiveMinimum
  }
  if (typeof value === 'string') {
    const { minLength = 0, maxLength = Infinity, pattern } = limit
    return (
      value.length >= minLength &&
      value.length <= maxLength &&
      (pattern === undefined || new RegExp(pattern, 'u').test(value))
    )
  }
  if (Array.isArray(value))
    return (
      value.length >= (limit.minItems ?? 0) &&
      value.length <= (limit.maxItems ?? Infinity) &&
      (limit.items === undefined || value.every((item) => allows(limit.items!, item)))
    )
  return true
}
