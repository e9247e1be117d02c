import type { Route } from '@sente/api'
import type { Principal } from '../auth/principal.ts'
import { newId } from '../store/ids.ts'
import { viewerOf } from '../store/visibility.ts'
import { withWorkspace } from '../store/tenant.ts'
import type { Tx } from '../store/tenant.ts'
import type { Call, Context, Operation, PublicContext, StreamContext } from './operation.ts'

type Effect = Parameters<Context['afterCommit']>[0]

/** What is done around a handler. */
interface Around<T> {
  /** An answer that was given before to the same request: then the handler is not called. */
  before?: ((tx: Tx) => Promise<T | undefined>) | undefined
  /** Makes the answer of what the handler gave, within its transaction where it has one: what cannot be answered is not done. */
  made: (value: unknown, tx?: Tx) => Promise<T>
}

/**
 * Calls the handler of an operation for somebody, with what its contract asks for: nobody signed in, transactions of its own, or one around the
 * whole of it. Input and permission have been checked.
 */
export async function perform<T>(
  { contract, handler, prepare }: Operation,
  input: object,
  context: PublicContext,
  principal: Principal | undefined,
  { before, made }: Around<T>,
): Promise<T> {
  // Not spread: most handlers never ask for the signal, which costs a listener.
  const told = (more: object, prepared?: unknown): Call<Route> =>
    ({ ...input, prepared, context: Object.assign(context, more) }) as unknown as Call<Route>
  const call = (more: object, prepared?: unknown): unknown =>
    (handler as (call: Call<Route>) => unknown)(told(more, prepared))
  if (!principal) return made(await call({}))
  const { store } = context.services
  const changeSet = newId()
  const { workspaceId, member, permissions, via } = principal
  const who = { workspaceId, actorId: member.id, via, changeSet, rights: permissions }
  const signedIn = { principal, member, viewer: viewerOf(principal), permissions, workspaceId, via, changeSet }
  const onItsOwn = {
    ...signedIn,
    inWorkspace: (work) => withWorkspace(store, who, work),
  } satisfies Omit<StreamContext, keyof PublicContext>
  if (contract.produces ?? contract.accepts ?? contract.waits) return made(await call(onItsOwn))
  const prepared = await (prepare as ((call: Call<Route>) => Promise<unknown>) | undefined)?.(told(onItsOwn))
  const { answer, effects } = await withWorkspace(store, who, async (tx) => {
    const known = await before?.(tx)
    if (known !== undefined) return { answer: known, effects: [] }
    const effects: Effect[] = []
    const own = {
      ...signedIn,
      tx,
      afterCommit: (effect) => void effects.push(effect),
    } satisfies Omit<Context, keyof PublicContext>
    const value = await call(own, prepared)
    return { answer: await made(value, tx), effects }
  })
  for (const effect of effects) await effect()
  return answer
}
