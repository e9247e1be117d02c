import type { Text } from '@sente/engine'
import { Fault } from '../../../core/fault.ts'

/** An object of texts that stands as JSON in a query. */
export function jsonObject(text: string | undefined, field: string, what: Text): Record<string, string> | undefined {
  if (text === undefined) return undefined
  try {
    const value: unknown = JSON.parse(text)
    if (
      typeof value === 'object' &&
      value !== null &&
      !Array.isArray(value) &&
      Object.values(value).every((entry) => typeof entry === 'string')
    )
      return value as Record<string, string>
  } catch {
    // Said below.
  }
  throw new Fault('invalid-input', { faults: [{ field, what }] })
}
