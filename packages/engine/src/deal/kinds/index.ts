import type { Text } from '../../methodology/schema.ts'
import type { Field } from './field.ts'
import { joint } from './joint.ts'
import type { Kind } from './kind.ts'
import { observations } from './observations.ts'
import { people } from './people.ts'
import { rivals } from './rivals.ts'
import { ourSide, theirSide } from './steps.ts'
import { value } from './value.ts'

export type { Field, MethodWord, Need } from './field.ts'
export type { Kind } from './kind.ts'

/** Every stored kind of record below a deal. What others point to comes first: imports and undo write in this order. */
export const KINDS = {
  stakeholder: people.stakeholder,
  stance: people.stance,
  hold: people.hold,
  rival: rivals.rival,
  rivalContact: rivals.rivalContact,
  note: observations.note,
  evidence: observations.evidence,
  touch: ourSide.touch,
  proof: value.proof,
  proofStatus: value.proofStatus,
  ucv: value.ucv,
  processStep: theirSide.processStep,
  ourStep: ourSide.ourStep,
  planStep: ourSide.planStep,
  setAside: ourSide.setAside,
  estimate: ourSide.estimate,
  pin: observations.pin,
  stageClaim: observations.stageClaim,
  commitment: theirSide.commitment,
  discount: ourSide.discount,
  notNeeded: value.notNeeded,
  jointItem: joint.jointItem,
  jointSuggestion: joint.jointSuggestion,
} as const

export type KindName = keyof typeof KINDS
export const KIND_NAMES = Object.keys(KINDS) as KindName[]
export type KindFields<K extends KindName> = (typeof KINDS)[K]['fields']

/** The declaration of a kind, whichever it is. */
export const kindOf = (kind: KindName): Kind => KINDS[kind] as unknown as Kind
export const fieldsOf = (kind: KindName): [name: string, field: Field][] => Object.entries(kindOf(kind).fields)

/** What the fields are called, by their names; a name means one thing in all kinds. */
export const FIELD_NAMES: Readonly<Record<string, Text>> = Object.fromEntries(
  KIND_NAMES.flatMap((kind) => fieldsOf(kind).map(([name, field]) => [name, field.name])),
)

type ValueOf<F> = F extends { value?: infer T } ? T : never
type FileName<Name, F> = F extends { file: infer N } ? (N extends true ? Name : N extends string ? N : never) : never
type Sure = 'needed' | 'given' | 'standing'
type Plain<T> = { -readonly [P in keyof T]: T[P] }

/** An item of the deal file, as the engine reads it: what has a standing value has it, ids of people are their keys in the file. */
export type FileItem<K extends KindName> = Plain<
  {
    [
      P in keyof KindFields<K> as KindFields<K>[P] extends { need: Sure } ? FileName<P, KindFields<K>[P]> : never
    ]: ValueOf<KindFields<K>[P]>
  } & {
    [
      P in keyof KindFields<K> as KindFields<K>[P] extends { need: Sure } ? never : FileName<P, KindFields<K>[P]>
    ]?: ValueOf<KindFields<K>[P]>
  }
>

/** Kinds of which each record is an item of a list of its own in the deal file, without parts. */
export type ListedKind = Exclude<
  KindName,
  'stakeholder' | 'stance' | 'hold' | 'rival' | 'rivalContact' | 'proof' | 'proofStatus' | 'estimate'
>
const PARENTS = new Set(KIND_NAMES.map((kind) => kindOf(kind).within?.kind))
export const LISTED_KINDS = KIND_NAMES.filter((kind) => {
  const { lists, within } = kindOf(kind)
  return lists.length === 1 && within === undefined && !PARENTS.has(kind)
}) as ListedKind[]
/** The lists of a deal that say its listed kinds. */
export type Lists = { [K in ListedKind as (typeof KINDS)[K]['lists'][number]]?: FileItem<K>[] }

/** Every list of the deal file in which records stand. */
export type DealList = (typeof KINDS)[KindName]['lists'][number]
export const DEAL_LISTS = [...new Set(KIND_NAMES.flatMap((kind) => KINDS[kind].lists as readonly DealList[]))]
