import type { Deal, Evidence, Methodology, PlainDate, Step } from '@sente/engine'
import { isPlainDate, plainDate, stands, stepAfter, stepIdOf } from '@sente/engine'
import { v7 } from 'uuid'
import { editedDeal } from '../../exchange/files/deal-edit.ts'
import type { DealEdit } from '../../exchange/files/deal-edit.ts'
import { readDeal, readText } from '../../exchange/files/deal-file.ts'
import { writeWhole } from '../../exchange/files/write-whole.ts'
import { builtInReader, evidenceOf, feedbackOf, isKnown, knownPeople, knownRivals } from '../../notes/reader.ts'
import { Refused } from '../desk.ts'
import type { Change, DealRef, PlanSeen, Prepared, Shown } from '../desk.ts'
import { line } from '../marks.ts'
import { noOpenStep, noPromise, noStep, personMeant } from '../meant.ts'
import { foundLines, linesOfOutcome, linesOfStep, numbersOf } from '../said-change.ts'
import { stateOf } from './files.ts'
import type { DealFile } from './files.ts'

type Of<K extends Change['kind']> = Extract<Change, { kind: K }>

interface Means {
  method: Methodology
  today: () => PlainDate
  fileOf: (deal: DealRef) => Promise<DealFile>
  plan: (file: DealFile) => PlanSeen
}
interface Planned {
  will: Shown[]
  did?: Shown[]
  edit: DealEdit
}

/** So many writes can be undone, by the process that made them. */
const KEPT = 50

/** Changes of deal files: the text is edited with its comments kept, checked, and written whole; what stood there before is kept for undoing. */
export class FolderChanges {
  readonly #means: Means
  readonly #before = new Map<string, { path: string; text: string; after: string }>()
  /** One after the other: two edits of one text would lose one of them. */
  #turn: Promise<unknown> = Promise.resolve()

  constructor(means: Means) {
    this.#means = means
  }

  async prepare(deal: DealRef, change: Change): Promise<Prepared> {
    const file = await this.#means.fileOf(deal)
    const planned =
      change.kind === 'note'
        ? await this.#ofNote(file, change)
        : change.kind === 'outcome'
          ? this.#ofOutcome(file, change)
          : this.#ofStep(file, change)
    const text = editedDeal(file.text, planned.edit)
    const read = readDeal(text, this.#means.method)
    if ('faults' in read)
      throw new Refused(
        {
          en: 'The deal file would have faults after it; nothing was written:',
          zh: '写入后商机文件会有错误，没有写入：',
        },
        read.faults.slice(0, 10).map(({ what }) => ({ text: what })),
      )
    return {
      will: planned.will,
      state: file.state,
      perform: () =>
        this.#inTurn(() => this.#write(file, text)).then((id) => ({ change: id, did: planned.did ?? planned.will })),
    }
  }

  /** Throws a `Refused` where the file was changed since, or this process did not write it. */
  undo(change: string): Promise<{ undone: number }> {
    return this.#inTurn(async () => {
      const kept = this.#before.get(change)
      if (!kept)
        throw new Refused({
          en: 'This change cannot be undone: it is none of the last ones of this program, or was undone. Of files, only what was written since the program started can be.',
          zh: '这次改动无法撤销：它不是本程序最近写入的，或已经撤销。对文件，只能撤销程序启动以来写入的内容。',
        })
      if (stateOf(await readText(kept.path)) !== kept.after) throw CHANGED
      await writeWhole(kept.path, kept.text)
      this.#before.delete(change)
      return { undone: 1 }
    })
  }

  async #write(file: DealFile, text: string): Promise<string> {
    if (stateOf(await readText(file.path)) !== file.state) throw CHANGED
    await writeWhole(file.path, text)
    const id = v7()
    this.#before.set(id, { path: file.path, text: file.text, after: stateOf(text) })
    if (this.#before.size > KEPT) this.#before.delete(this.#before.keys().next().value!)
    return id
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work)
    this.#turn = done.catch(() => {})
    return done
  }

  async #ofNote({ bare }: DealFile, note: Of<'note'>): Promise<Planned> {
    const { method, today } = this.#means
    const on = plainDate(note.on)
    const written = { on, text: note.text, recordedOn: later(on, today()) }
    const reader = await builtInReader(method)
    const people = knownPeople(bare)
    const found = reader.read(written, { people, rivals: knownRivals(bare), feedback: feedbackOf(bare) })
    const verdicts = numbersOf(note, found.length)
    const evidence: Evidence[] = [...(bare.evidence ?? [])]
    const fresh: Evidence[] = []
    for (const [i, suggestion] of found.entries()) {
      const piece = { ...evidenceOf(suggestion, written), status: verdicts[i]! }
      if (isKnown(piece, evidence)) continue
      evidence.push(piece)
      fresh.push(piece)
    }
    const kept = {
      on,
      ...(note.author === undefined ? {} : { author: note.author }),
      text: note.text,
      ...(written.recordedOn > on ? { recordedOn: written.recordedOn } : {}),
    }
    const of = (status: string): number => fresh.filter((one) => one.status === status).length
    const [yes, open, no] = [of('confirmed'), of('suggested'), of('rejected')]
    return {
      edit: { add: { notes: [kept], evidence: fresh } },
      will: foundLines(
        note,
        found.map((one) => ({
          ...one,
          signalName: method.signals.signals.find(({ id }) => id === one.signal)?.name ?? {
            en: one.signal,
            zh: one.signal,
          },
          fromName: people.find(({ id }) => id === one.from)?.name,
        })),
      ),
      did: [
        {
          text: {
            en: `Kept the note of ${note.on} with ${yes} confirmed, ${open} suggested and ${no} rejected${fresh.length < found.length ? `; ${found.length - fresh.length} were known already` : ''}.`,
            zh: `已保存 ${note.on} 的记录：确认 ${yes} 条，建议 ${open} 条，否定 ${no} 条${fresh.length < found.length ? `；${found.length - fresh.length} 条原已知道` : ''}。`,
          },
        },
      ],
    }
  }

  #ofOutcome(file: DealFile, asked: Of<'outcome'>): Planned {
    const { method, today } = this.#means
    const { bare } = file
    const people = (bare.people ?? []).map(({ id, name, title }) => ({ key: id, name, title }))
    const keyOf = (meant: string): string => personMeant(people, meant).key
    const nameOf = (key: string): string => people.find((one) => one.key === key)?.name ?? key
    const now = today()
    const on = asked.on ?? now
    if (on > now)
      throw new Refused({
        en: 'A step that is still to come has no outcome yet: give today or an earlier day.',
        zh: '还没发生的步骤没有结果，请填今天或更早的日期。',
      })
    const at = asked.step === undefined ? undefined : this.#stepAt(file, asked.step)
    const step = at === undefined ? undefined : bare.plan![at]!
    const play = step?.play ?? asked.play
    const what = step?.what ?? asked.what
    if (play === undefined && what === undefined)
      throw new Refused({
        en: 'Needs the step it was (step), its play, or what was done in words (what).',
        zh: '需要指明是哪一步（step）、哪种打法（play）或用文字写明做了什么（what）。',
      })
    const met = asked.with?.map(keyOf) ?? [...(step?.with ?? [])]
    const kept = asked.kept.map((id) => promiseAt(bare, id))
    const { add, set } = endOf(asked, { at, met, play, keyOf })
    const edit: DealEdit = {
      add: {
        touches: [
          defined({
            on,
            play,
            what,
            with: met,
            outcome: asked.outcome,
            note: asked.note,
            recordedOn: on < now ? now : undefined,
          }),
        ],
        commitments: asked.promises.map(({ by, what: words, dueOn, person }) => {
          const key = person === undefined ? met[0] : keyOf(person)
          if (by === 'them' && key === undefined)
            throw new Refused({
              en: 'A promise of theirs needs who gave it (person).',
              zh: '客户的承诺要写明是谁答应的（person）。',
            })
          return defined({
            what: words,
            ...(by === 'us' ? { to: key } : { who: key }),
            promisedOn: on,
            dueOn,
            where: line(what ?? '') || undefined,
          })
        }),
        plan: add,
      },
      set: [...set, ...kept.map((place) => ({ list: 'commitments', at: place, values: { doneOn: on } }))],
    }
    return {
      edit,
      will: linesOfOutcome(asked, {
        method,
        play,
        what,
        met: met.map(nameOf),
        step: step && { on: step.on },
        kept: kept.map((place) => bare.commitments![place]!.what),
        promised: asked.promises.map(({ person }) =>
          person === undefined ? met[0] && nameOf(met[0]) : nameOf(keyOf(person)),
        ),
        next: asked.next?.with?.map((one) => nameOf(keyOf(one))),
      }),
    }
  }

  #stepAt(file: DealFile, meant: string): number {
    const plan = file.bare.plan ?? []
    const own = this.#means.plan(file).own.find(({ step, id }) => step === meant || id === meant)?.id ?? meant
    const at = Number(/^plan-(\d{1,6})$/.exec(own)?.[1] ?? 0) - 1
    if (plan[at]?.status === 'open') return at
    throw noOpenStep(
      meant,
      plan.flatMap(({ status, on, play, what }, i) => {
        const text = `plan-${i + 1}  ${on ?? ''} ${play ?? ''}`
        return status === 'open' ? [{ text: { en: text, zh: text }, data: what }] : []
      }),
    )
  }

  #ofStep(file: DealFile, asked: Of<'step'>): Planned {
    const seen = this.#means.plan(file)
    const step = seen.plan.steps.find((one) => stepIdOf(one) === asked.step)
    if (!step || stands(step)) throw noStep(seen, asked.step, step !== undefined)
    const names = new Map((file.bare.people ?? []).map(({ id, name }) => [id, name]))
    const ours = step.ours === null ? undefined : (seen.ours.get(step.ours) ?? step.ours)
    const held = step.held ? heldAt(file.bare, step) : -1
    if (held >= 0)
      return {
        edit: {
          add: {},
          set: [
            {
              list: 'plan',
              at: held,
              values: { status: 'open', ...(asked.on && { on: asked.on }), ...(asked.what && { what: asked.what }) },
            },
          ],
        },
        will: linesOfStep(step, asked, {
          method: this.#means.method,
          met: step.with.map((key) => names.get(key) ?? key),
          ours,
        }),
      }
    return {
      edit: {
        add: {
          plan: [
            defined({
              play: step.play,
              on: asked.on ?? step.on,
              with: step.with,
              owner: ours,
              through: step.through ?? undefined,
              what: asked.what,
            }),
          ],
        },
      },
      will: linesOfStep(step, asked, {
        method: this.#means.method,
        met: step.with.map((key) => names.get(key) ?? key),
        ours,
      }),
    }
  }
}

/** The proposal that is held on its day; -1: none is. */
const heldAt = ({ plan = [] }: Deal, step: Pick<Step, 'play' | 'on' | 'with'>): number =>
  plan.findIndex(
    (one) => one.status === 'held' && one.play === step.play && one.on === step.on && one.with?.[0] === step.with[0],
  )

const CHANGED = new Refused({
  en: 'The file was changed by somebody else since. Nothing was written; read the deal again.',
  zh: '文件在此期间被别人改过。没有写入任何内容；请重新读取商机。',
})

/** What becomes of the step itself, and the date that was agreed: as in a workspace. */
function endOf(
  { outcome, next }: Of<'outcome'>,
  {
    at,
    met,
    play,
    keyOf,
  }: { at: number | undefined; met: readonly string[]; play: string | undefined; keyOf: (meant: string) => string },
): { add: object[]; set: { list: string; at: number; values: Record<string, unknown> }[] } {
  const then = stepAfter(outcome, next !== undefined)
  const moved = then === 'moved' && at !== undefined
  const set = at === undefined ? [] : [{ list: 'plan', at, values: moved ? { on: next!.on } : { status: then } }]
  if (!next || moved) return { add: [], set }
  const people = next.with?.map(keyOf) ?? met
  const named = next.play ?? (next.what === undefined ? play : undefined)
  return { add: [defined({ on: next.on, play: named, what: next.what, with: people })], set }
}

function promiseAt({ commitments = [] }: Deal, id: string): number {
  const at = Number(/^promise-(\d{1,6})$/.exec(id)?.[1] ?? 0) - 1
  if (commitments[at]) return at
  throw noPromise(id)
}

const defined = (value: object): object =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined))
const later = (on: PlainDate, now: PlainDate): PlainDate => (isPlainDate(now) && now > on ? now : on)
