import type { FactValue } from './schema.ts'
import type { FactContext, FactFunctions } from './context.ts'
import { contentFacts } from './facts-content.ts'
import { healthFacts } from './facts-health.ts'
import { peopleFacts } from './facts-people.ts'
import { planFacts } from './facts-plan.ts'
import { processFacts } from './facts-process.ts'
import { signalsCounted } from './recent.ts'

/** Known facts by id. A fact that is not in it is unknown. */
export type Facts = ReadonlyMap<string, FactValue>

export const factFunctions: FactFunctions = {
  ...processFacts,
  ...planFacts,
  ...peopleFacts,
  ...contentFacts,
  ...healthFacts,
}

/** What everyone could find out and what is known of it: computed last, from all other facts. */
const COMPLETENESS = 'info.completeness'

/** Every fact of the methodology that follows from the deal. */
export function computeFacts(ctx: FactContext): Facts {
  const facts = new Map<string, FactValue>()
  let askable = 0
  let known = 0
  for (const definition of ctx.model.methodology.facts.facts) {
    const value = definition.counts
      ? signalsCounted(ctx, definition.counts)?.length
      : factFunctions[definition.id]?.(ctx)
    if (value !== undefined) facts.set(definition.id, value)
    if (definition.homework?.of !== 'customer') continue
    askable++
    if (value !== undefined) known++
  }
  if (askable > 0) facts.set(COMPLETENESS, known / askable)
  return facts
}
