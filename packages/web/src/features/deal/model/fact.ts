import type { DealWhole, KindName } from '@sente/api'

/** A fact of a kind, as a deal read from the API holds it. */
export type Fact<K extends KindName> = NonNullable<DealWhole[K]>[number]
