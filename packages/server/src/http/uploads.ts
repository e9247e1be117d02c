import { paced } from '../core/limits.ts'
import { Fault } from '../core/fault.ts'
import type { Services } from './services.ts'

/** The bytes of a body for as long as they move: large imports may last, and who stands still keeps no place. */
export const uploaded = (body: AsyncIterable<Uint8Array>, { store }: Services): AsyncIterable<Uint8Array> =>
  paced(body, store.database.limits.uploads, () => new Fault('stalled'))
