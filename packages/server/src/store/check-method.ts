import type { FieldFault } from '@sente/api'
import { KIND_NAMES } from '@sente/api'
import { fieldsOf, nearestOf } from '@sente/engine'
import type { Methodology, Text } from '@sente/engine'
import type { RecordKind, Row } from './records.ts'

/** The words of a methodology that records may use, by what they are. */
export interface MethodWords {
  signal: ReadonlySet<string>
  play: ReadonlySet<string>
  topic: ReadonlySet<string>
  role: ReadonlySet<string>
  path: ReadonlySet<string>
  milestone: ReadonlySet<string>
  trait: ReadonlySet<string>
  /** Proofs by topic. */
  proofs: ReadonlyMap<string, ReadonlySet<string>>
}
type WordKind = Exclude<keyof MethodWords, 'proofs'>

const known = new WeakMap<Methodology, MethodWords>()
export function methodWords(methodology: Methodology): MethodWords {
  let words = known.get(methodology)
  if (!words) {
    const ids = (items: readonly { id: string }[]): ReadonlySet<string> => new Set(items.map(({ id }) => id))
    words = {
      signal: ids(methodology.signals.signals),
      play: ids(methodology.plays.plays),
      topic: ids(methodology.topics.topics),
      role: ids(methodology.people.roles),
      path: ids(methodology.people.paths),
      milestone: ids(methodology.phases.milestones),
      trait: ids(methodology.concerns.traits),
      proofs: new Map(methodology.topics.topics.map((topic) => [topic.id, ids(topic.proofs)])),
    }
    known.set(methodology, words)
  }
  return words
}

const NAMES: Record<WordKind, Text> = {
  signal: { en: 'signal', zh: '信号' },
  play: { en: 'play', zh: '打法' },
  topic: { en: 'topic', zh: '议题' },
  role: { en: 'role', zh: '角色' },
  path: { en: 'path', zh: '路径' },
  milestone: { en: 'step', zh: '步骤' },
  trait: { en: 'trait', zh: '特点' },
}

/** Fields that hold words of the method, by kind of record. */
const FIELDS: Partial<Record<RecordKind, Record<string, WordKind>>> = {
  deal: { traits: 'trait' },
  ...Object.fromEntries(
    KIND_NAMES.map((kind) => [
      kind,
      Object.fromEntries(
        fieldsOf(kind).flatMap(([name, { type, of }]) =>
          // Proofs hang on their topic and are looked up below it.
          (type === 'method' || type === 'methods') && of !== 'proof' ? [[name, of as WordKind]] : [],
        ),
      ),
    ]),
  ),
}
/** `economic-buyer` and `economic_buyer` are the same word; it is kept with underscores. */
const SPELLED = new Set<WordKind>(['role', 'path', 'trait'])

/** What was given, with words of the method spelled as the method spells them. */
export function spelled(kind: RecordKind, input: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const fields = FIELDS[kind]
  if (!fields) return { ...input }
  const one = (value: unknown): unknown => (typeof value === 'string' ? value.replaceAll('-', '_') : value)
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => [
      name,
      SPELLED.has(fields[name] as WordKind) ? (Array.isArray(value) ? value.map(one) : one(value)) : value,
    ]),
  )
}

/** Words that the method does not know, each with the nearest it knows. Looks only at the fields that were given. */
export function methodFaults(
  kind: RecordKind,
  given: Readonly<Record<string, unknown>>,
  row: Row,
  methodology: Methodology,
): FieldFault[] {
  const words = methodWords(methodology)
  const faults: FieldFault[] = []
  for (const [field, word] of Object.entries(FIELDS[kind] ?? {})) {
    const value = given[field]
    if (value === undefined || value === null) continue
    // A step of their own is welcome where its phase is said.
    if (word === 'milestone' && row['phase'] !== null) continue
    const many = Array.isArray(value)
    for (const [i, id] of (many ? (value as string[]) : [value as string]).entries()) {
      if (words[word].has(id)) continue
      const says = NAMES[word]
      faults.push(
        unknownWord(
          `body.${field}${many ? `[${i}]` : ''}`,
          id,
          words[word],
          word === 'milestone'
            ? {
                en: `"${id}" is not a step the method knows: give it a phase.`,
                zh: `方法里没有步骤“${id}”：请写明 phase。`,
              }
            : { en: `Unknown ${says.en} "${id}".`, zh: `未知的${says.zh}“${id}”。` },
        ),
      )
    }
  }
  if (kind === 'proof' && ('topic' in given || 'proof' in given)) {
    const proofs = words.proofs.get(row['topic'] as string)
    const proof = row['proof'] as string | null
    // That it cannot be left open is said by others.
    if (proofs && proof !== null && !proofs.has(proof))
      faults.push(
        unknownWord('body.proof', proof, proofs, {
          en: `The topic ${String(row['topic'])} has no proof "${proof}".`,
          zh: `议题 ${String(row['topic'])} 没有证明“${proof}”。`,
        }),
      )
  }
  return faults
}

function unknownWord(field: string, typed: string, allowed: ReadonlySet<string>, what: Text): FieldFault {
  const nearest = nearestOf(typed, allowed)
  return { field, what, allowed: [...allowed], ...(nearest === undefined ? {} : { nearest }) }
}
