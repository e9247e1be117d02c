import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { plainDate } from '@sente/engine'
import { propose } from '../src/proposals.ts'
import type { Proposal } from '../src/proposals.ts'

type Also =
  | { kind: 'touch'; on: string; with: string[] }
  | { kind: 'person' | 'rival'; name: string }
  | { kind: 'told'; step: string; on: string }
  | { kind: 'promise'; by: 'us' | 'them' }
interface Marked {
  on: string
  text: string
  facts?: { person?: string }[]
  also?: Also[]
  map?: string[]
}

const PROPOSED = ['touch', 'person', 'rival', 'told', 'promise'] as const
type Kind = (typeof PROPOSED)[number]
interface Tally {
  hits: number
  said: number
  there: number
}

const folder = new URL('../corpus/notes/', import.meta.url)
const plain = (name: string): string => name.toLowerCase().replace(/^(?:mr|mrs|ms|dr)\.? /, '')
/** "Marcus" and "Marcus Boyd" are one. */
const isSame = (a: string, b: string): boolean => plain(a).includes(plain(b)) || plain(b).includes(plain(a))

/** Whether what is proposed is what is marked: a touch by its day and one of its people, a told date by step and day, a promise by whose it is. */
function fits(proposal: Proposal, marked: Also): boolean {
  if (proposal.kind === 'touch' && marked.kind === 'touch')
    return (
      proposal.on === marked.on &&
      [...proposal.names, ...proposal.with].some((name) => marked.with.some((other) => isSame(name, other)))
    )
  if (proposal.kind === 'told' && marked.kind === 'told')
    return proposal.on === marked.on && proposal.step === marked.step
  if (proposal.kind === 'promise' && marked.kind === 'promise') return proposal.by === marked.by
  return (
    (proposal.kind === 'person' || proposal.kind === 'rival') &&
    proposal.kind === marked.kind &&
    isSame(proposal.name, marked.name)
  )
}

/**
 * What is proposed from the notes of a file beside what is marked there: people and rivals on an empty map, the rest on the map that the note lists, if any. Everybody whom a fact or a
 * touch names is somebody the map does not know. `wrong` gets what is missed and what is too much, for whoever mends the rules.
 */
function proposed(file: string, wrong: (line: string) => void = () => {}): Record<Kind, Tally> {
  const sum = Object.fromEntries(PROPOSED.map((kind) => [kind, { hits: 0, said: 0, there: 0 }])) as Record<Kind, Tally>
  const notes = parse(readFileSync(fileOf(file), 'utf8')) as Marked[]
  for (const { on, text, facts = [], also = [], map } of notes) {
    const people = new Set([
      ...facts.flatMap(({ person }) => person ?? []),
      ...also.flatMap((one) => (one.kind === 'person' ? one.name : one.kind === 'touch' ? one.with : [])),
    ])
    const left: Also[] = [
      ...also.filter(({ kind }) => kind !== 'person'),
      ...[...people].map((name) => ({ kind: 'person' as const, name })),
    ]
    for (const one of left) sum[one.kind].there++
    // Whom the map holds the note names itself; who is nobody yet is looked for on an empty one.
    const known = (map ?? []).map((line) => ({ id: line.split(' | ')[0]!, name: line.split(' | ')[0]! }))
    const both = [
      propose({ on: plainDate(on), text }, { people: known }),
      propose({ on: plainDate(on), text }),
    ] as const
    const said = [
      ...both[0].filter(({ kind }) => kind !== 'person' && kind !== 'rival'),
      ...both[1].filter(({ kind }) => kind === 'person' || kind === 'rival'),
    ]
    for (const one of said) {
      sum[one.kind].said++
      const at = left.findIndex((marked) => fits(one, marked))
      if (at >= 0) {
        sum[one.kind].hits++
        left.splice(at, 1)
      } else wrong(`${on} too much: ${JSON.stringify(one)}`)
    }
    for (const one of left) wrong(`${on} missed: ${JSON.stringify(one)}`)
  }
  return sum
}

/** A file of the corpus, or of the notes that measure who and when, which name their people without a mark of their own. */
const fileOf = (file: string): URL =>
  /development|validation/.test(file)
    ? new URL(`who-and-when/${file}.yaml`, import.meta.url)
    : new URL(`${file}.yaml`, folder)

/** By the notes of `-2-dev` the rules were mended; those of `-2-train` nobody looked at for that; the same of `-development` and `-validation`. */
const FILES = ['zh', 'en'].flatMap((lang) =>
  ['2-dev', '2-train', 'development', 'validation'].map((part) => `${lang}-${part}`),
)

/** The same in words, a line for each file and kind. */
export const proposedInWords = (wrong?: (line: string) => void): string =>
  FILES.flatMap((name) =>
    Object.entries(proposed(name, /dev/.test(name) ? wrong : undefined)).map(
      ([kind, { hits, said, there }]) => `| ${name} | ${kind} | ${hits} | ${said} | ${there} |`,
    ),
  ).join('\n')

// `node packages/reader/train/proposed.ts`: how often the proposals are right, with `--wrong` where they are not.
if (import.meta.main) console.log(proposedInWords(process.argv.includes('--wrong') ? console.log : undefined))
