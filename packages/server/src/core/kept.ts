import { Fault } from './fault.ts'

/** What a member may leave with us besides records: it is for switches, filters and widths, and some of it is sent to everybody. */
export const KEPT = {
  /** Characters of JSON of all preferences of a member together. */
  preferences: 32_000,
  /** Of what one saved view asks for. */
  view: 4_000,
  /** Saved views of a member; those of them that are shared; shared ones in a workspace. */
  views: 100,
  sharedOfMember: 20,
  shared: 200,
} as const

export function tooMuch(field: string, en: string, zh: string): Fault {
  return new Fault('invalid-input', { faults: [{ field, what: { en, zh } }] })
}
