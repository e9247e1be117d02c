import { PERMISSIONS, routes } from '@sente/api'
import type { Route } from '@sente/api'
import type { Operation } from './operation.ts'

/** The route table as a list: `deals.list`, `facts.evidence.create` … */
export function allContracts(table: object = routes, prefix = ''): { name: string; contract: Route }[] {
  return Object.entries(table).flatMap(([key, entry]: [string, object]) =>
    'method' in entry ? [{ name: prefix + key, contract: entry as Route }] : allContracts(entry, `${prefix}${key}.`),
  )
}

/** Names of permissions that an operation may carry. */
const ALLOWED = new Set<string>([...PERMISSIONS, 'public', 'signed-in'])

/**
 * Every contract has exactly one operation, and every operation says who may call it: otherwise the server does not start. Gives back
 * each operation with its name.
 */
export function checkTable(
  operations: readonly Operation[],
  contracts = allContracts(),
): { name: string; operation: Operation }[] {
  const faults: string[] = []
  const named: { name: string; operation: Operation }[] = []
  for (const { name, contract } of contracts) {
    const mine = operations.filter((operation) => operation.contract === contract)
    if (mine.length === 0) faults.push(`${name}: no operation`)
    if (mine.length > 1) faults.push(`${name}: ${mine.length} operations`)
    if (!ALLOWED.has(contract.permission)) faults.push(`${name}: no permission (${contract.permission})`)
    if (mine[0]) named.push({ name, operation: mine[0] })
  }
  for (const { contract } of operations)
    if (!contracts.some((known) => known.contract === contract))
      faults.push(`${contract.method} ${contract.path}: not in the route table`)
  if (faults.length > 0) throw new Error(`The API does not fit its route table:\n${faults.join('\n')}`)
  return named
}
