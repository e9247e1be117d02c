import type { FactValue } from './schema.ts'
import type { FactContext, FactFunctions } from './context.ts'
import { afterFacts } from './facts-after.ts'
import { contentFacts } from './facts-content.ts'
import { healthFacts } from './facts-health.ts'
import { peopleFacts } from './facts-people.ts'
import { planFacts } from './facts-plan.ts'
import { processFacts } from './facts-process.ts'
import { signalsCounted } from './recent.ts'

/** Known facts by id. A fact that is not in it is unknown. */
export type Facts = Pick<ReadonlyMap<string, FactValue>, 'get' | 'has'>

export const factFunctions: FactFunctions = {
  ...processFacts,
  ...planFacts,
  ...peopleFacts,
  ...contentFacts,
  ...healthFacts,
  ...afterFacts,
}

/** What everyone could find out and what is known of it: computed last, from all other facts. */
const COMPLETENESS = 'info.completeness'

/** Every fact of the methodology that follows from the deal, each computed when it is first asked for. */
export function computeFacts(ctx: FactContext): Facts {
  /** Null: looked at, and unknown. */
  const facts = new Map<string, FactValue | null>()
  const compute = (id: string): FactValue | undefined => {
    if (id === COMPLETENESS) return completeness()
    const definition = ctx.model.facts.get(id)
    if (!definition) return undefined
    return definition.counts ? signalsCounted(ctx, definition.counts)?.length : factFunctions[id]?.(ctx)
  }
  const get = (id: string): FactValue | undefined => {
    const known = facts.get(id)
    if (known !== undefined) return known ?? undefined
    const value = compute(id)
    facts.set(id, value ?? null)
    return value
  }
  const completeness = (): number | undefined => {
    const askable = ctx.model.methodology.facts.facts.filter(
      ({ homework }) => homework?.of === 'customer' && !homework.after,
    )
    if (askable.length === 0) return undefined
    return askable.filter(({ id }) => get(id) !== undefined).length / askable.length
  }
  return { get, has: (id) => get(id) !== undefined }
}
