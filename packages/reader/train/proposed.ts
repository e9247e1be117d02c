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
    return proposal.on === marked.on && proposal.names.some((name) => marked.with.some((other) => isSame(name, other)))
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
 * What is proposed from the notes of a file, on an empty map, beside what is marked there. Everybody whom a fact or a
 * touch names is somebody the map does not know. `wrong` gets what is missed and what is too much, for whoever mends the rules.
 */
function proposed(file: string, wrong: (line: string) => void = () => {}): Record<Kind, Tally> {
  const sum = Object.fromEntries(PROPOSED.map((kind) => [kind, { hits: 0, said: 0, there: 0 }])) as Record<Kind, Tally>
  const notes = parse(readFileSync(new URL(`${file}.yaml`, folder), 'utf8')) as Marked[]
  for (const { on, text, facts = [], also = [] } of notes) {
    const people = new Set([
      ...facts.flatMap(({ person }) => person ?? []),
      ...also.flatMap((one) => (one.kind === 'person' ? one.name : one.kind === 'touch' ? one.with : [])),
    ])
    const left: Also[] = [
      ...also.filter(({ kind }) => kind !== 'person'),
      ...[...people].map((name) => ({ kind: 'person' as const, name })),
    ]
    for (const one of left) sum[one.kind].there++
    for (const one of propose({ on: plainDate(on), text })) {
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

/** By the notes of `-2-dev` the rules were mended; those of `-2-train` nobody looked at for that. */
const FILES = ['zh-2-dev', 'zh-2-train', 'en-2-dev', 'en-2-train']

/** The same in words, a line for each file and kind. */
export const proposedInWords = (wrong?: (line: string) => void): string =>
  FILES.flatMap((name) =>
    Object.entries(proposed(name, name.endsWith('dev') ? wrong : undefined)).map(
      ([kind, { hits, said, there }]) => `| ${name} | ${kind} | ${hits} | ${said} | ${there} |`,
    ),
  ).join('\n')

// `node packages/reader/train/proposed.ts`: how often the proposals are right, with `--wrong` where they are not.
if (import.meta.main) console.log(proposedInWords(process.argv.includes('--wrong') ? console.log : undefined))
