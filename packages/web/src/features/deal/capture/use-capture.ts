import type { DealWhole } from '@sente/api'
import { useEffect, useRef, useState } from 'react'
import { undoChange } from '../../../shared/api/undo-change.ts'
import { sendCapture } from '../../../shared/api/outbox.ts'
import type { Captured } from '../../../shared/api/outbox.ts'
import { keys } from '../../../shared/api/keys.ts'
import { queryClient } from '../../../shared/api/query-client.ts'
import { offerUndo, say } from '../../../shared/undo/undo.tsx'
import { useDealView } from '../context.ts'
import { useProblemWords } from '../edits.ts'
import { useDealWords } from '../words.ts'
import { bodiesOf, foundOf, offersOf, withDraft } from './model.ts'
import type { Found, Offer, Part, Verdict } from './model.ts'
import { openLiveReader } from './reader.ts'
import type { LiveReader } from './reader.ts'

/** Letters come faster than anybody reads suggestions. */
const PAUSE_MS = 140

/** So long keeping a note waits for the reader; then the server reads. */
const LAST_READ_MS = 3000
const NOTHING = { parts: [], found: [], offers: [] }
const pauseOf = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms))

/** What was said of earlier suggestions teaches the reader. */
const feedbackOf = (whole: DealWhole) =>
  (whole.evidence ?? []).flatMap(({ signal, quote, status, noteId, source }) =>
    quote !== undefined &&
    (noteId !== undefined || source === 'note') &&
    (status === 'confirmed' || status === 'rejected')
      ? [{ signal, quote, verdict: status }]
      : [],
  )

export interface CaptureNote {
  text: string
  on: string
  author: string
  /** Null: nobody said; what comes from a coach is private then. */
  isPrivate: boolean | null
  /** Everything is one note, whatever days stand in it. */
  asOne: boolean
}

/** A note while it is written: what the reader finds in it, what was said of that, and the deal as it would be. */
export function useCapture(start: CaptureNote) {
  const t = useDealWords()
  const words = useProblemWords()
  const { whole, methodology, people, byKey, dealId, preview } = useDealView()
  const [note, setNote] = useState(start)
  const [state, setState] = useState<'asleep' | 'opening' | 'ready' | 'failed'>('asleep')
  const [parts, setParts] = useState<readonly Part[]>([])
  const [found, setFound] = useState<readonly Found[]>([])
  const [offers, setOffers] = useState<readonly Offer[]>([])
  /** What was said before everything was accepted or rejected at once. */
  const [before, setBefore] = useState<ReadonlyMap<string, Verdict> | null>(null)
  const [verdicts, setVerdicts] = useState<ReadonlyMap<string, Verdict>>(new Map())
  const [sending, setSending] = useState(false)
  const reader = useRef<LiveReader | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const latest = useRef({ note, verdicts, whole })
  /** What was read last; and, while the text is newer than that, who waits for it. */
  const reading = useRef<{ parts: readonly Part[]; found: readonly Found[]; offers: readonly Offer[] }>(NOTHING)
  const settled = useRef<{ promise: Promise<void>; resolve: () => void }>(undefined)
  useEffect(() => void (latest.current = { note, verdicts, whole }))
  useEffect(
    () => () => {
      clearTimeout(timer.current)
      reader.current?.close()
      // An effect may run again (React does so on purpose while developing): the next letter opens another.
      reader.current = null
      preview(null)
    },
    // Once, when the box goes away.
    // oxlint-disable-next-line react/exhaustive-deps
    [],
  )
  // What somebody inside tells us is for us: others see it only when it was said that they may.
  const coaches = new Set(people.flatMap(({ key, view }) => (view?.roles.includes('coach') ? [key] : [])))
  const isPrivate = note.isPrivate ?? found.some(({ from }) => from !== undefined && coaches.has(from))
  const personOf = (key: string | undefined): string | undefined =>
    key === undefined ? undefined : byKey.get(key)?.personId
  const show = (all: readonly Found[], judged: ReadonlyMap<string, Verdict>): void =>
    preview(all.length === 0 ? null : (base) => withDraft(base, all, judged, personOf))

  /** The model is fetched when somebody begins to write, not before. */
  const wake = (): void => {
    if (reader.current) return
    setState('opening')
    reader.current = openLiveReader(
      methodology,
      () => {
        setState('ready')
        readSoon(0)
      },
      () => setState('failed'),
    )
  }
  const take = (next: typeof reading.current): void => {
    reading.current = next
    setParts(next.parts)
    setFound(next.found)
    setOffers(next.offers)
    settled.current?.resolve()
    settled.current = undefined
  }
  const readSoon = (pause = PAUSE_MS): void => {
    clearTimeout(timer.current)
    settled.current ??= Promise.withResolvers<void>()
    timer.current = setTimeout(() => {
      const { note: now } = latest.current
      if (now.text.trim() === '') {
        take(NOTHING)
        show([], new Map())
        return
      }
      reader.current?.read(
        {
          ...now,
          people: people.map(({ key, name, person }) => ({
            id: key,
            name,
            ...(person?.title && { title: person.title }),
          })),
          rivals: (latest.current.whole.rival ?? []).flatMap(({ key, name }) => (key ? [{ id: key, name }] : [])),
          feedback: feedbackOf(latest.current.whole),
        },
        (answer) => {
          const all = foundOf(answer.parts, answer.suggestions)
          take({ parts: answer.parts, found: all, offers: offersOf(answer.proposals) })
          show(all, latest.current.verdicts)
        },
      )
    }, pause)
  }
  const change = (next: Partial<CaptureNote>): void => {
    setNote((now) => ({ ...now, ...next }))
    wake()
    readSoon()
  }
  const judge = (key: string, verdict: Verdict): void => {
    // The same answer twice takes it back.
    const next = new Map(verdicts)
    if (next.get(key) === verdict) next.delete(key)
    else next.set(key, verdict)
    setBefore(null)
    setVerdicts(next)
    show(found, next)
  }
  /** Everything at once; what was said before comes back with `undoAll`. */
  const judgeAll = (verdict: Verdict): void => {
    const next = new Map([...found, ...offers].map(({ key }) => [key, verdict] as const))
    setBefore(verdicts)
    setVerdicts(next)
    show(found, next)
  }
  const undoAll = (): void => {
    if (!before) return
    setVerdicts(before)
    show(found, before)
    setBefore(null)
  }
  const clear = (): void => {
    setNote({ ...note, text: '', asOne: false })
    take(NOTHING)
    setBefore(null)
    setVerdicts(new Map())
    preview(null)
  }

  const save = async (): Promise<void> => {
    if (note.text.trim() === '' || sending) return
    setSending(true)
    const read = state === 'ready'
    // What was typed or chosen last is read before it is kept.
    if (read && settled.current) await Promise.race([settled.current.promise, pauseOf(LAST_READ_MS)])
    const now = settled.current ? NOTHING : reading.current
    const all =
      read && now.parts.length > 0
        ? now.parts
        : [{ on: note.on, ...(note.author !== '' && { author: note.author }), text: note.text, offset: 0 }]
    try {
      const done: Captured[] = []
      for (const body of bodiesOf(all, now.found, verdicts, {
        isPrivate,
        read: read && now.parts.length > 0,
        personOf,
        offers: read ? now.offers : [],
        words: {
          meeting: (what) => t(`capture.meeting.${what}`),
          us: note.author === '' ? undefined : note.author,
          person: (key) => (key === undefined ? undefined : byKey.get(key)?.name),
        },
      }))
        done.push(await sendCapture(dealId, body))
      clear()
      if (done.some((one) => one.state === 'kept')) say(t('capture.kept'))
      else
        offerUndo(t('capture.done', { count: done.length }), async () => {
          try {
            for (const { noteId, changeSet } of done.toReversed())
              await undoChange({ dealId, recordId: noteId, changeSet })
          } catch (error) {
            say(words(error), 'danger')
          }
          await queryClient.invalidateQueries({ queryKey: keys.deal(dealId) })
        })
    } catch (error) {
      // What was written stays in the box.
      say(words(error), 'danger')
    } finally {
      setSending(false)
    }
  }
  return {
    note,
    isPrivate,
    change,
    wake,
    state,
    parts,
    found,
    offers,
    verdicts,
    judge,
    judgeAll,
    undoAll: before ? undoAll : undefined,
    save,
    sending,
    clear,
  }
}
