import type { PlainDate } from '../core/dates.ts'
import { ledgerOf } from '../deal/ledger.ts'
import { outcomeOf } from '../deal/outcomes.ts'
import { entryOf } from '../assess/entry.ts'
import type { Text } from '../methodology/schema.ts'
import { listed, said } from './context.ts'
import type { Meeting } from './context.ts'
import type { MeetingPage, MeetingPromise } from './schema.ts'

/** What fits on one page beside everything else. */
const EVENTS = 5
const PROMISES = 6
const CONTACTS = 4
const NUMBERS = 4
const SAID = 3

const newest = (a: { on: string }, b: { on: string }): number => (a.on > b.on ? -1 : a.on < b.on ? 1 : 0)

/** How we came in, and what happened with these people. */
export function historyOf(meeting: Meeting): MeetingPage['history'] {
  const { deal, model, people, ids, nameOf, say } = meeting
  const entry: Text[] = []
  const first = entryOf(deal)
  const mode = model.methodology.phases.entryModes.find(({ id }) => id === deal.playbook)?.name
  if (first) entry.push(mode ? say('entry', { mode, day: first }) : say('entryUnknown', { day: first }))
  if (deal.timingNote) entry.push(said(deal.timingNote))
  for (const { card, name } of people) {
    const path = model.methodology.people.paths.find(({ id }) => id === card.path)
    if (path) entry.push(say('way', { person: name, path: path.name }))
  }
  const touches = (deal.touches ?? []).flatMap((touch) => {
    const with_ = touch.with.filter((id) => ids.has(id))
    const outcome = outcomeOf(touch)
    if (with_.length === 0 || outcome === null) return []
    const play = touch.play === undefined ? undefined : model.plays.get(touch.play)?.name
    const what = play ?? said(touch.what ?? touch.play ?? '')
    const how = model.methodology.plays.outcomes.find(({ id }) => id === outcome)!.name
    const who = listed(with_.map(nameOf))
    const text =
      outcome === 'done' ? say('metDone', { what, people: who }) : say('met', { what, people: who, outcome: how })
    return [{ on: touch.on, text, quote: null as string | null }]
  })
  const heard = (deal.evidence ?? []).flatMap((piece) => {
    if (piece.from === undefined || !ids.has(piece.from) || piece.status === 'rejected') return []
    if (inConfidence(meeting, piece.signal, piece.from)) return []
    const what = model.signals.get(piece.signal)?.name ?? said(piece.signal)
    return [{ on: piece.on, text: say('theyDid', { person: nameOf(piece.from), what }), quote: piece.quote ?? null }]
  })
  const unmet = people.filter(({ view }) => view.lastTouch === null)
  if (unmet.length > 0 && deal.touches) entry.push(say('neverMet', { people: listed(unmet.map(({ name }) => name)) }))
  // What they said counts for more than that they said something.
  const weighed = [...touches, ...heard].sort(newest)
  const quoted = weighed.filter(({ quote }) => quote !== null).slice(0, 2)
  const rest = weighed.filter((event) => !quoted.includes(event)).slice(0, EVENTS - quoted.length)
  return { entry, events: [...quoted, ...rest].sort(newest) }
}

/** Promises of both sides that touch these people, and every one of ours that is late; what is not kept first. */
export function promisesOf({ deal, asOf, ids }: Meeting): MeetingPromise[] {
  const all = ledgerOf(deal, asOf).flatMap((entry): MeetingPromise[] => {
    const theirs = entry.by === 'them'
    if (entry.to !== null && !ids.has(entry.to)) return []
    if (theirs && (entry.to === null || !ids.has(entry.to))) return []
    const promise = deal.commitments![entry.index]!
    const settled = entry.state === 'broken' ? promise.brokenOn : promise.doneOn
    return [
      {
        by: entry.by,
        person: entry.to,
        what: entry.what,
        due: entry.due,
        state: entry.overdue ? 'overdue' : entry.state,
        settled: entry.state === 'open' ? null : (settled ?? null),
      },
    ]
  })
  const rank: Record<MeetingPromise['state'], number> = { broken: 0, overdue: 0, open: 1, late: 2, kept: 3 }
  return all
    .sort(
      (a, b) =>
        rank[a.state] - rank[b.state] ||
        (rank[a.state] < 2
          ? (a.due ?? '9') < (b.due ?? '9')
            ? -1
            : 1
          : (a.settled ?? '') > (b.settled ?? '')
            ? -1
            : 1),
    )
    .slice(0, PROMISES)
}

/** Whom of these people rivals met, the last contact of each; null: nobody wrote such things down. */
export function rivalsOf({ deal, ids, people }: Meeting): MeetingPage['rivals'] {
  const vendors = (deal.rivals ?? []).filter(({ kind = 'vendor' }) => kind === 'vendor')
  if (vendors.every(({ contacts }) => contacts === undefined)) return null
  const last = new Map<string, NonNullable<MeetingPage['rivals']>[number]>()
  for (const rival of vendors) {
    for (const { person, on } of rival.contacts ?? []) {
      if (!ids.has(person)) continue
      const key = `${rival.id} ${person}`
      const known = last.get(key)
      if (known && known.on >= on) continue
      const met = people.find(({ id }) => id === person)!.view.lastSubstantive
      const differs = (deal.ucv ?? []).toReversed().find(({ differsFrom }) => differsFrom?.[rival.id])?.differsFrom
      last.set(key, {
        rival: rival.name,
        person,
        on,
        after: met === null || met < on,
        differs: differs?.[rival.id] ?? null,
      })
    }
  }
  return [...last.values()].sort(newest).slice(0, CONTACTS)
}

const NUMBER =
  /\d|[一二三四五六七八九十百千万亿半两几]+(?:成|倍|万|亿|千|百|个?小时|分钟|天|周|个?月|年|块|元)|\b(?:half|third|quarter|twice|double|triple|hundred|thousand|million|billion|per ?cent|dozen)s?\b/i

/** What somebody told us in confidence is not repeated before others, on paper or aloud. */
const inConfidence = ({ model, ids }: Meeting, signal: string, from: string | undefined): boolean =>
  model.signals.get(signal)?.shows === 'coach' && !(ids.size === 1 && from !== undefined && ids.has(from))

/** Numbers of those present, and what the pain costs, whoever named it; then those of ours that one of them confirmed. */
export function numbersOf(meeting: Meeting): MeetingPage['numbers'] {
  const { deal, model, ids } = meeting
  const heard = (deal.evidence ?? []).flatMap(({ signal, quote, from, on, status }) => {
    if (quote === undefined || status === 'rejected' || !NUMBER.test(quote)) return []
    const pain = model.signals.get(signal)?.tags?.includes('pain') === true
    const here = from !== undefined && ids.has(from)
    // “Twenty minutes” in what tells how we stand with them is no number of theirs.
    const relation = model.signals.get(signal)?.rung !== undefined && !pain
    if (relation || (!pain && !here) || inConfidence(meeting, signal, from)) return []
    return [{ text: quote, about: null as string | null, from: from ?? null, pain, on: on as string }]
  })
  const ours = (deal.ucv ?? []).flatMap(({ goal, number, confirmedBy, on }) =>
    number === undefined || confirmedBy === undefined || !NUMBER.test(number)
      ? []
      : [{ text: number, about: goal ?? null, from: confirmedBy, pain: false, on: on as string }],
  )
  const here = (from: string | null): number => Number(from !== null && ids.has(from))
  const seen = new Set<string>()
  return [
    ...heard.sort((a, b) => here(b.from) - here(a.from) || Number(b.pain) - Number(a.pain) || newest(a, b)),
    ...ours.sort(newest),
  ]
    .filter(({ text }) => !seen.has(text) && seen.add(text))
    .slice(0, NUMBERS)
}

/** For winning trust back: what they told us, what we kept, what we missed, and what we bring for it. */
export function takeBackOf(
  meeting: Meeting,
  shortcoming: MeetingPage['shortcoming'],
): NonNullable<MeetingPage['takeBack']> {
  const { deal, model, ids, nameOf, say, asOf } = meeting
  const ledger = ledgerOf(deal, asOf).filter(({ by, to }) => by === 'us' && (to === null || ids.has(to)))
  const kept = ledger.filter(({ state }) => state === 'kept' || state === 'late')
  const missed = ledger.filter(({ state, overdue }) => state === 'broken' || state === 'late' || overdue)
  const quotes = (deal.evidence ?? [])
    .filter(({ from, quote, status }) => from && ids.has(from) && quote !== undefined && status !== 'rejected')
    .filter(({ signal, from }) => !inConfidence(meeting, signal, from))
    .sort(newest)
    .slice(0, SAID)
    .map(({ from, quote, on }) => say('saidBy', { quote: quote!, person: nameOf(from!), day: on }))
  const settled = (index: number): PlainDate => deal.commitments![index]!.doneOn!
  const shown = (deal.proofs ?? []).flatMap(({ topic, proof, for: people, history }) => {
    const step = history.findLast(({ status }) => status === 'presented' || status === 'accepted')
    const name = model.topics.get(topic)?.proofs.find(({ id }) => id === proof)?.name
    return step?.on && name && people?.some((id) => ids.has(id))
      ? [{ on: step.on as string, name, agreed: step.status === 'accepted' }]
      : []
  })
  const keptLines = [
    ...kept.map(({ what, index }) => say('pointKept', { what, day: settled(index) })),
    ...(kept.length >= SAID
      ? []
      : shown
          .sort(newest)
          .slice(0, SAID - kept.length)
          .map(({ name, on, agreed }) => say(agreed ? 'keptAgreed' : 'keptShown', { proof: name, day: on }))),
  ]
  return {
    said: quotes,
    kept: keptLines.slice(0, PROMISES),
    missed: missed.slice(0, PROMISES).map((entry) => missText(entry)),
    bring: [
      ...(kept.length > 0 ? [say('bringKept')] : []),
      ...missed.slice(0, 2).map(({ what }) => say('bringRepair', { what })),
      ...(missed.length === 0 && shortcoming.repair ? [shortcoming.repair] : []),
      say('usAsked'),
    ],
  }

  function missText({ state, what, due, index }: (typeof ledger)[number]): Text {
    if (state === 'broken') return say('missBroken', { what })
    if (state === 'late') return say('missLate', { what, day: settled(index) })
    return say('missOverdue', { what, day: due! })
  }
}
