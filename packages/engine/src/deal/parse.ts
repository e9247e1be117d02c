import { z } from 'zod'
import type { Methodology } from '../methodology/schema.ts'
import { meaningFaults } from './check.ts'
import type { Deal, DealFault } from './deal.ts'
import { shapeFaults } from './faults.ts'
import { normalise } from './normalise.ts'
import { fileShape } from './schema.ts'

/**
 * A deal from what a YAML or JSON reader made of a file. Either the whole deal or every fault that can be found, each with
 * its path; never half a deal.
 */
export function parseDeal(raw: unknown, methodology: Methodology): { deal: Deal } | { faults: DealFault[] } {
  const shape = fileShape(methodology)
  const result = shape.safeParse(raw)
  const faults = [
    ...(result.success
      ? []
      : result.error.issues.flatMap((issue) => shapeFaults(issue, raw, (path) => keysAt(shape, path)))),
    ...meaningFaults(raw, methodology),
  ]
  if (faults.length > 0 || !result.success) return { faults: unique(faults) }
  return { deal: normalise(result.data) }
}

function unique(faults: readonly DealFault[]): DealFault[] {
  const seen = new Set<string>()
  return faults.filter(({ path, code }) => {
    const key = JSON.stringify([path, code])
    return !seen.has(key) && seen.add(key) !== undefined
  })
}

/** Keys that the shape knows at a path, looking through optional values, lists and alternatives. */
function keysAt(shape: z.ZodType, path: readonly PropertyKey[]): string[] {
  let at: z.ZodType[] = [shape]
  for (const key of path) at = at.flatMap(unwrap).flatMap((type) => inside(type, key))
  return [
    ...new Set(
      at
        .flatMap(unwrap)
        .flatMap((type) => (type instanceof z.ZodObject ? Object.keys(type.shape as Record<string, unknown>) : [])),
    ),
  ]
}

function unwrap(type: z.ZodType): z.ZodType[] {
  if (type instanceof z.ZodOptional || type instanceof z.ZodNullable || type instanceof z.ZodDefault)
    return unwrap(type.unwrap() as z.ZodType)
  if (type instanceof z.ZodUnion) return (type.options as z.ZodType[]).flatMap(unwrap)
  return [type]
}

function inside(type: z.ZodType, key: PropertyKey): z.ZodType[] {
  if (type instanceof z.ZodArray) return [type.element as z.ZodType]
  if (type instanceof z.ZodObject) {
    const member = (type.shape as Record<PropertyKey, z.ZodType | undefined>)[key]
    return member ? [member] : []
  }
  return []
}
