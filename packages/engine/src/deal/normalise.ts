import type { z } from 'zod'
import type { Account, Deal, DealProof, Estimate, Person, Since } from './deal.ts'
import type { FileShape } from './schema.ts'

type DealFile = z.infer<FileShape>
type FilePerson = NonNullable<DealFile['people']>[number]

const underscored = (id: string): string => id.replaceAll('-', '_')
const hyphened = (id: string): string => id.replaceAll('_', '-')

/** A decimal amount as exact text: no exponent, no digits beyond what was written. */
function decimal(value: number | string): string {
  if (typeof value === 'string') return value
  const text = String(value)
  return text.includes('e') ? value.toFixed(0) : text
}

function estimates(value: DealFile['sellerEstimate']): Estimate[] | undefined {
  return typeof value === 'number' ? [{ value }] : (value as Estimate[] | undefined)
}

function personOf(file: FilePerson): Person {
  const { roles, stance, hold, path, ...rest } = file
  return {
    ...rest,
    roles: roles.map(underscored),
    ...(stance === undefined
      ? {}
      : { stance: (typeof stance === 'number' ? [{ value: stance }] : stance) as Since<number>[] }),
    ...(path === undefined ? {} : { path: underscored(path) }),
    ...(hold === undefined ? {} : { hold: [hold].flat().map(({ state, ...since }) => ({ value: state, ...since })) }),
  } as Person
}

function proofOf({ status, on, history, ...rest }: NonNullable<DealFile['proofs']>[number]): DealProof {
  const single = status === undefined ? [] : [{ status, ...(on === undefined ? {} : { on }) }]
  return { ...rest, history: history ?? single } as DealProof
}

function accountOf({ plan, ...rest }: NonNullable<DealFile['account']>): Account {
  if (!plan) return { ...rest, ...(plan === undefined ? {} : { plan }) } as Account
  const { updatedOn } = plan
  return { ...rest, plan: updatedOn === undefined ? {} : { updatedOn: [updatedOn].flat().sort() } } as Account
}

/** The deal that a checked file says. */
export function normalise(file: DealFile): Deal {
  const { account, amount, traits, tender, people, evidence, touches, proofs, ...others } = file
  const { sellerEstimate, managerEstimate, ...rest } = others
  const seller = estimates(sellerEstimate)
  const manager = estimates(managerEstimate)
  return {
    ...rest,
    ...(account ? { account: accountOf(account) } : {}),
    ...(amount ? { amount: { value: decimal(amount.value), currency: amount.currency } } : {}),
    ...(traits ? { traits: traits.map(underscored) } : {}),
    ...(tender ? { tender: { ...tender, ...(tender.regime ? { regime: underscored(tender.regime) } : {}) } } : {}),
    ...(people ? { people: people.map(personOf) } : {}),
    ...(seller ? { sellerEstimate: seller } : {}),
    ...(manager ? { managerEstimate: manager } : {}),
    ...(touches ? { touches: touches.map((touch) => ({ ...touch, outcome: underscored(touch.outcome) })) } : {}),
    ...(proofs ? { proofs: proofs.map(proofOf) } : {}),
    ...(evidence
      ? {
          evidence: evidence.map(({ status, confirmed, rejected, ...piece }) => ({
            ...piece,
            status: status ?? (rejected ? 'rejected' : confirmed === false ? 'suggested' : 'confirmed'),
          })),
        }
      : {}),
  } as Deal
}

/** The file form of a deal: what `parseDeal` reads back to an equal deal. */
export function writeDealFile(deal: Deal): Record<string, unknown> {
  const { sente, name, traits, tender, people, touches, proofs, ...rest } = deal
  return {
    sente,
    name,
    ...rest,
    ...(traits ? { traits: traits.map(hyphened) } : {}),
    ...(tender ? { tender: { ...tender, ...(tender.regime ? { regime: hyphened(tender.regime) } : {}) } } : {}),
    ...(people
      ? {
          people: people.map(({ hold, path, roles, ...person }) => ({
            ...person,
            roles: roles.map(hyphened),
            ...(path ? { path: hyphened(path) } : {}),
            ...(hold ? { hold: hold.map(({ value, ...since }) => ({ state: value, ...since })) } : {}),
          })),
        }
      : {}),
    ...(touches ? { touches: touches.map((touch) => ({ ...touch, outcome: hyphened(touch.outcome) })) } : {}),
    ...(proofs ? { proofs: proofs.map((proof) => ({ ...proof })) } : {}),
  }
}
