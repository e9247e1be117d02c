import type { PlainDate } from '../core/dates.ts'
import type { Deal } from './deal.ts'

/** A promise as it stands on a day. */
export interface LedgerEntry {
  /** Place in the deal's list. */
  index: number
  what: string
  by: 'us' | 'them'
  /** Who gave it, as written; a person's id where it is one of the deal's people. */
  giver: string | null
  /** The person at the customer it concerns: to whom ours was given, who gave theirs. Null: nobody that is known. */
  to: string | null
  made: PlainDate
  due: PlainDate | null
  /** `late`: kept, but after its day; `overdue`: its day has passed and it is not kept. */
  state: 'open' | 'kept' | 'late' | 'broken'
  overdue: boolean
  where: string | null
}

/** Who keeps a promise that names nobody at the customer as the one it was given to: whoever leads the work with us. */
const LEADS = ['project_leader', 'champion', 'coach', 'economic_buyer', 'number_one'] as const

/** Every promise of the deal as it stands on a day; `deal` must be cut to it. Pure. */
export function ledgerOf(deal: Deal, asOf: PlainDate): LedgerEntry[] {
  return (deal.commitments ?? []).map((promise, index): LedgerEntry => {
    const giver = personNamed(deal, promise.who)
    const by = giver ? 'them' : 'us'
    const to = by === 'them' ? giver : (addressee(deal, promise.to) ?? mentioned(deal, promise.what) ?? leader(deal))
    const due = promise.dueOn ?? null
    const done = promise.doneOn ?? null
    const state = done
      ? due !== null && done > due
        ? 'late'
        : 'kept'
      : promise.brokenOn !== undefined && promise.brokenOn <= asOf
        ? 'broken'
        : 'open'
    return {
      index,
      what: promise.what,
      by,
      giver: giver ?? promise.who ?? null,
      to,
      made: promise.promisedOn,
      due,
      state,
      overdue: state === 'open' && due !== null && due < asOf,
      where: promise.where ?? null,
    }
  })
}

function personNamed(deal: Deal, who: string | undefined): string | null {
  if (who === undefined) return null
  return deal.people?.find(({ id, name }) => id === who || name === who)?.id ?? null
}

const addressee = (deal: Deal, id: string | undefined): string | null =>
  deal.people?.find((person) => person.id === id)?.id ?? null

/** The one person whose name, or surname with a title behind it, stands in the words. */
function mentioned(deal: Deal, what: string): string | null {
  const named = (deal.people ?? []).filter(({ name }) => {
    if (what.includes(name)) return true
    if (/^\p{Script=Han}{2,4}$/u.test(name)) return new RegExp(`${name[0]!}[总局处主院厅部经书董科校]`, 'u').test(what)
    return false
  })
  return named.length === 1 ? named[0]!.id : null
}

function leader(deal: Deal): string | null {
  for (const role of LEADS) {
    const found = deal.people?.find((person) => person.roles.includes(role) && !person.leftOn)
    if (found) return found.id
  }
  return null
}

/** What is left of somebody's trust after promises of ours that were broken, or are late for as long as they are late; 1: none. */
export function trustLeft(ledger: readonly LedgerEntry[], person: string): number {
  return ledger.reduce((left, { by, to, state, overdue }) => {
    if (by !== 'us' || to !== person) return left
    return state === 'broken' ? left * BROKEN : overdue ? left * LATE : left
  }, 1)
}

const BROKEN = 0.6
const LATE = 0.8
