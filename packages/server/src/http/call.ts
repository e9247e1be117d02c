import type { Lang } from '@sente/engine'
import type { CallInput, CallOutput, Route } from '@sente/api'
import type { Principal } from '../auth/principal.ts'
import { newId } from '../store/ids.ts'
import { isAnswered, Json } from './operation.ts'
import type { Operation } from './operation.ts'
import { perform } from './perform.ts'
import type { Services } from './services.ts'
import { checkPermission } from './session/authenticate.ts'
import { checkInput } from './validate.ts'

export interface Caller {
  principal: Principal
  services: Services
  language?: Lang
  signal?: AbortSignal
  /** Told once a call has changed something, by which change set it can be undone. */
  onChanges?: (changeSet: string) => void
}

/**
 * Calls an operation without HTTP, for programs inside the server: the same checks of input and rights, the same transaction, the same answer as
 * its contract says it. Throws what a request would be told (`Fault`, `NotFound`, `ChangedSince` …). Operations that deal with cookies, redirects
 * or streams cannot be called so.
 */
export async function callOperation<R extends Route>(
  contract: R,
  operations: readonly Operation[],
  { version, ...input }: Omit<CallInput<R>, 'idempotencyKey' | 'signal'> & { version?: number },
  { principal, services, language = 'en', signal = new AbortController().signal, onChanges }: Caller,
): Promise<CallOutput<R>> {
  const operation = operations.find((one) => one.contract === contract)
  if (!operation || operation.http || contract.produces)
    throw new Error(`${contract.method} ${contract.path} cannot be called without HTTP`)
  checkPermission(contract, principal)
  const { params = {}, query = {}, body } = input as { params?: object; query?: object; body?: unknown }
  const origin = services.settings.baseUrl ?? ''
  const context = { requestId: newId(), language, origin, ifMatch: version, signal, services }
  const checked = checkInput(contract, { params, query, body })
  let changed: string | undefined
  const made = await perform(operation, checked, context, principal, {
    made: async (value, tx) => {
      changed = tx && tx.events.length > 0 ? tx.changeSet : undefined
      return plain(value) as CallOutput<R>
    },
  })
  if (changed !== undefined) onChanges?.(changed)
  return made
}

/** The value that would be written as JSON. */
function plain(value: unknown): unknown {
  const bare = isAnswered(value) ? value.value : value
  if (!(bare instanceof Json)) return bare
  return JSON.parse(typeof bare.text === 'string' ? bare.text : new TextDecoder().decode(bare.text))
}
