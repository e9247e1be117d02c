import { dealAsOf } from '@sente/engine'
import type { Brief, Deal, Model, PlainDate } from '@sente/engine'
import { featuresOf } from '../../src/outlook/features.ts'
import { whether } from '../../src/outlook/outlook.ts'
import { relations } from '../../src/people/relations.ts'

export type Win = NonNullable<Brief['outlook']['whether']>

/** What `brief` says of winning an open deal, without the rest of a brief: a hundred times as many cases in the same time. */
export function winNumber(deal: Deal, model: Model, asOf: PlainDate): Win {
  const seen = dealAsOf(deal, asOf)
  return whether(featuresOf(seen, relations(seen, model, asOf), model, asOf), model)
}
