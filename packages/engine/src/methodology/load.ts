import type { z } from 'zod'
import { checkConditions } from './check-conditions.ts'
import { checkNumbers } from './check-numbers.ts'
import { checkReferences } from './check-references.ts'
import { pathText } from './fault.ts'
import type { MethodFault } from './fault.ts'
import { FILES, Preset } from './schema.ts'
import type { Methodology } from './schema.ts'

export type { MethodFault }

/**
 * Checks the files of a methodology, given by name without extension (`signals`, `presets/four-letters`), and puts them
 * together. Every fault is reported at once; what hangs between files is checked as soon as all of them have their shape.
 */
export function loadMethodology(
  files: Readonly<Record<string, unknown>>,
): { methodology: Methodology } | { faults: MethodFault[] } {
  const faults: MethodFault[] = []
  const parts: Record<string, unknown> = {}
  for (const [name, schema] of Object.entries(FILES)) {
    if (!(name in files)) faults.push({ file: `${name}.json`, path: '', what: 'the file is missing' })
    else parts[name] = parse(schema, files[name], `${name}.json`, faults)
  }
  const presets = Object.keys(files)
    .filter((name) => name.startsWith('presets/'))
    .sort()
    .map((name) => parse(Preset, files[name], `${name}.json`, faults))
  for (const name of Object.keys(files)) {
    if (!(name in FILES) && !name.startsWith('presets/'))
      faults.push({
        file: `${name}.json`,
        path: '',
        what: 'not a file of a methodology',
        allowed: Object.keys(FILES).join(', '),
      })
  }
  if (faults.length > 0) return { faults }
  const methodology = { ...parts, presets } as unknown as Methodology
  const deeper = [...checkReferences(methodology), ...checkConditions(methodology), ...checkNumbers(methodology)]
  return deeper.length > 0 ? { faults: deeper } : { methodology }
}

function parse(schema: z.ZodType, value: unknown, file: string, faults: MethodFault[]): unknown {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  for (const issue of result.error.issues) faults.push({ file, path: pathText(issue.path), what: sentence(issue) })
  return undefined
}

function sentence(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `unknown key ${issue.keys.map((key) => `"${key}"`).join(', ')}`
    case 'invalid_value':
      return `not one of ${issue.values.map(String).join(', ')}`
    case 'invalid_type':
      return issue.input === undefined && !issue.message.includes('received')
        ? `missing, or not ${issue.expected}`
        : issue.message.replace('Invalid input: ', '')
    default:
      return issue.message
  }
}
