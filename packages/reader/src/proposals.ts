import type { PlainDate } from '@sente/engine'
import { daysAhead } from './ahead.ts'
import { dayOf, noteDays } from './day-of.ts'
import { namesIn } from './names.ts'
import { normalise } from './normalise.ts'
import { rivalsIn, rivalsNamed } from './rivals.ts'
import { clausesOf, sentencesOf } from './segments.ts'
import type { Stretch } from './segments.ts'
import { attendance, attendees } from './attendance.ts'
import { touchIn, within } from './touches.ts'
import type { Meeting } from './touches.ts'
import { promiseIn } from './promises.ts'
import type { KnownPerson, KnownRival, Note } from './types.ts'
import type { Mention } from './when.ts'
import { peopleIn } from './who.ts'
import type { PersonMention } from './who.ts'

interface Words {
  /** The words it rests on: half-open range of UTF-16 positions in the note's text, and the words themselves. */
  span: readonly [start: number, end: number]
  quote: string
}

/** What a note says besides signals, for the user to take or leave; nothing of it counts until somebody takes it. */
export type Proposal = Words &
  (
    | { kind: 'touch'; on: PlainDate; what: Meeting; with: string[]; names: string[] }
    | { kind: 'person'; name: string; title?: string }
    | { kind: 'rival'; name: string }
    /** A day that the customer told for a step of their process; `guess`: the note itself doubts it. */
    | { kind: 'told'; step: string; on: PlainDate; guess: boolean; from?: string }
    | {
        kind: 'promise'
        by: 'us' | 'them'
        what: string
        promisedOn: PlainDate
        dueOn?: PlainDate
        from?: string
        to?: string
      }
  )

export interface ProposeOptions {
  people?: readonly KnownPerson[]
  rivals?: readonly KnownRival[]
}

const GUESS =
  /估计|大概|可能|应该|左右|预计|听说|据说|\b(?:maybe|perhaps|probably|about|around|roughly|might|may be|expects?|hopes?|rumou?r|apparently|guess)\b/

const STEPS: readonly [step: string, pattern: RegExp][] = [
  ['bid-opening', /开标|\bbid opening\b|\bopen(?:s|ing)? (?:of )?the bids\b|\bbids? (?:are|will be|get) opened\b/],
  [
    'bids-due',
    /投标截止|交标|递交(?:投标|标书|文件)?|投标文件.{0,8}(?:交|截)|\b(?:bids?|proposals?|tenders?|offers?|responses?)(?: are| is)? due\b|\bsubmission (?:deadline|date)\b|\bhand in (?:the |our )?(?:bid|offer|proposal)\b/,
  ],
  ['award-publicity', /中标公示|候选人公示/],
  [
    'tender-notice',
    /发标|挂网|招标公告|发招标|\b(?:rfp|tender|itt)\b.{0,30}\b(?:goes out|will go out|comes out|out|issued|published|publish)\b|\b(?:publish|issue)(?:es|ing)?\b.{0,20}\b(?:rfp|tender|itt)\b/,
  ],
  ['evaluation', /评标|评审会|讲标|述标|\bpresent(?:s|ations?)? (?:on|to the panel)/],
  ['shortlist', /入围(?!的|了)|\bshort-?list/],
  [
    'proof-of-concept',
    /(?:poc|试点|测试)(?:开始|启动|在)?|\b(?:poc|proof of concept|pilot) (?:starts?|begins?|runs?|from)\b/,
  ],
  [
    'board-approval',
    /上会|党委会|董事会|总办会|常委会|办公会|\b(?:board|steering committee|steerco|council|cabinet|executive committee)(?: meeting)?(?: meets?| sits?| votes?| decides?| is| on|'s)\b/,
  ],
  ['budget-approval', /预算.{0,6}(?:批|定|下来)|\bbudget\b.{0,24}\b(?:approv\w*|decided|signed off|released)\b/],
  ['project-approval', /立项/],
  ['award', /定标|发中标|\b(?:award|preferred (?:bidder|supplier))\b/],
  ['contract-review', /合同(?:评审|审核|会签|审批)|\b(?:legal|contract) review\b/],
  ['signature', /签(?:合同|约|字|下来)|合同.{0,4}签|\bsign(?:s|ing|ed|ature)?\b/],
  ['kickoff', /启动会|\bkick(?:-| )?off\b/],
  ['go-live', /上线|切换|\bgo(?:es|ing)?[- ]live\b|\bcut-?over\b/],
  ['acceptance', /验收|\bacceptance (?:test|is|on|by)\b/],
  ['vendor-audit', /考察|\bvendor audit\b|\b(?:site visit|visit) (?:to|at) (?:our|us)\b/],
  ['decision', /拍板|做?决定|定下来|\b(?:decision|decides?|make up their mind)\b/],
]

/**
 * Touches, people and rivals that the deal does not know, days told for a step of the customer, and promises both ways. Found by what
 * people write of these, sentence by sentence; where it may not be so, or it is not clear who, nothing is proposed.
 */
export function propose(note: Note, { people = [], rivals = [] }: ProposeOptions = {}): Proposal[] {
  const text = normalise(note.text)
  const known = peopleIn(text, people, note.text)
  const called = namesIn(text, note.text, known)
  const names = [...called, ...attendees(text, note.text, [...known, ...called])].sort((a, b) => a.start - b.start)
  const named = rivalsNamed(text, rivals)
  const days = noteDays(text, note.on)
  const { days: past, sections } = days
  const written = (at: number): PlainDate => sections.findLast(({ start }) => start <= at)?.on ?? note.on
  const ahead = daysAhead(text, note.on)
  const said = (at: Stretch): Words => ({ span: [at.start, at.end], quote: note.text.slice(at.start, at.end) })
  const found: Proposal[] = []
  for (const sentence of sentencesOf(text)) {
    const dayHere = within(past, sentence)[0]
    const clauses = clausesOf(text, sentence)
    clauses.forEach((clause, i) => {
      const pair = { start: clause.start, end: clauses[i + 1]?.end ?? clause.end }
      const touch = touchIn(text, clause, sentence, { known, names, written: note.text, rivals: named })
      if (touch)
        found.push({
          kind: 'touch',
          on: dayOf(text, days, sentence, clause),
          ...touch,
          ...said(clause),
        })
      for (const one of toldIn(text, clause, ahead, known, past)) found.push({ kind: 'told', ...one, ...said(clause) })
      const promise = promiseIn(text, clause, pair, { ahead, known, names, written: note.text })
      if (promise)
        found.push({
          kind: 'promise',
          promisedOn: within(past, clause)[0]?.on ?? dayHere?.on ?? written(clause.start),
          ...promise,
        })
    })
  }
  for (const line of attendance(text)) {
    const [here, others] = [within(known, line), within(names, line)]
    if (here.length + others.length === 0) continue
    found.push({
      kind: 'touch',
      on: written(line.start),
      what: 'meeting',
      with: [...new Set(here.map(({ person }) => person))],
      names: [...new Set(others.map(({ name }) => name))],
      ...said(line),
    })
  }
  const bare = found.flatMap((one) => (one.kind === 'touch' ? one.names : []))
  for (const name of new Set(bare)) {
    const start = note.text.indexOf(name)
    if (names.every((one) => one.name !== name) && start >= 0)
      found.push({ kind: 'person', name, ...said({ start, end: start + name.length }) })
  }
  for (const { name, title, start, end } of names)
    found.push({ kind: 'person', name, ...(title === undefined ? {} : { title }), ...said({ start, end }) })
  for (const { name, start, end } of rivalsIn(text, note.text, rivals, names))
    found.push({ kind: 'rival', name, ...said({ start, end }) })
  return merged(found).sort((a, b) => a.span[0] - b.span[0])
}

/** Farther from the words of a step a day is another's. */
const NEAR = 40

function toldIn(
  text: string,
  clause: Stretch,
  ahead: readonly Mention[],
  known: readonly PersonMention[],
  past: readonly Mention[],
): { step: string; on: PlainDate; guess: boolean; from?: string }[] {
  const words = text.slice(clause.start, clause.end)
  // A weekday that was is none to come: "forwarded the shortlist Monday".
  const days = within(ahead, clause).filter(
    (day) => !past.some((other) => other.start < day.end && other.end > day.start && other.on < day.on),
  )
  if (days.length !== 1 || /没|未(?!来)|不(?!会晚|晚|迟)|如果|要是|\b(?:not|never|if|unless)\b|n't\b|[?]/.test(words))
    return []
  const [day] = days as [Mention]
  const [step] = STEPS.map(([id, pattern]) => ({ id, at: pattern.exec(words)?.index ?? -1 }))
    .filter(({ at }) => at >= 0 && Math.abs(clause.start + at - day.start) <= NEAR)
    .sort((a, b) => Math.abs(clause.start + a.at - day.start) - Math.abs(clause.start + b.at - day.start))
  // What is over is no day to come: 3月5日开了标, signed on 5 March.
  if (
    !step ||
    /了(?!解)|过(?!会)|完成|\b(?:had|put|was|were|has been|have been|did|held|signed|opened|went|came|took)\b/.test(
      words,
    )
  )
    return []
  const from = within(known, clause)[0]?.person
  return [{ step: step.id, on: day.on, guess: GUESS.test(words), ...(from === undefined ? {} : { from }) }]
}

/** One touch of a kind and day, one of each name and told day. */
function merged(found: readonly Proposal[]): Proposal[] {
  const kept = new Map<string, Proposal>()
  for (const one of found) {
    const key =
      one.kind === 'touch'
        ? `t${one.on}${one.what}`
        : one.kind === 'told'
          ? `d${one.step}${one.on}`
          : one.kind === 'promise'
            ? `p${one.span[0]}`
            : `${one.kind}${one.name.toLowerCase()}`
    const before = kept.get(key)
    if (before?.kind === 'touch' && one.kind === 'touch')
      kept.set(key, {
        ...before,
        with: [...new Set([...before.with, ...one.with])],
        names: [...new Set([...before.names, ...one.names])],
      })
    else if (!before) kept.set(key, one)
  }
  return [...kept.values()]
}
