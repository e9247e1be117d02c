import { watch } from 'node:fs'
import type { FSWatcher } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { v7 } from 'uuid'
import { dealOf } from '@sente/api'
import type { DealWhole } from '@sente/api'
import type { Deal, Evidence, Methodology, PlainDate, Text } from '@sente/engine'
import { Fault } from '../core/fault.ts'
import { FileProblem, readText } from '../exchange/files/deal-file.ts'
import { rewrittenDeal } from '../exchange/files/deal-rewrite.ts'
import { writeWhole } from '../exchange/files/write-whole.ts'
import { DealFiles, stateOf } from '../mcp/folder/files.ts'
import type { DealFile } from '../mcp/folder/files.ts'
import { changesOf, Draft } from './draft.ts'
import type { Changed } from './draft.ts'
import { idAt, recordsOfFile } from './identity.ts'
import type { AnyRecord } from './identity.ts'
import { withLock } from './lock.ts'

/** A deal as it is shown, and the file it stands in. */
export interface Shelved {
  path: string
  /** Name of the file. */
  name: string
  text: string
  /** Digest of the text: what a change rests on. */
  state: string
  /** What stands in the file. */
  whole: DealWhole
  /** Evidence that the file's own notes suggest and it does not say yet; it comes into the file with the first verdict on it. */
  suggested: AnyRecord[]
  changedAt: string
  /** Why the file cannot be read any more since; what is shown is how it was before. */
  broken?: Text
}

/** A change that was written, to be told and undone. */
export interface Written {
  changeSet: string
  dealId: string
  at: string
  changes: Changed[]
  undoneBy?: string
}

/** So many changes are remembered, by the program that made them. */
const KEPT = 500

interface Means {
  /** Deal files, and folders of them. */
  places: readonly string[]
  method: Methodology
  today: () => PlainDate
  ownerId: string
}
interface Place {
  files: DealFiles
  folder: string
  /** Where one file was named, and not its folder. */
  only: string | undefined
}
/** Tells of a deal that is another now: with the records, where it was changed here. */
type Listener = (event: { dealId: string; changes?: Changed[] }) => void

/** The deal files of somebody, read again whenever they changed on disk, and written with their comments kept. */
export class Shelf {
  readonly method: Methodology
  readonly today: () => PlainDate
  readonly ownerId: string
  /** People and accounts that were made and are of no deal yet: only the program knows them. */
  readonly waiting = new Map<string, AnyRecord>()
  readonly log: Written[] = []
  left: Text[] = []
  readonly #places: readonly Place[]
  readonly #deals = new Map<string, Shelved>()
  readonly #listeners = new Set<Listener>()
  #watchers: FSWatcher[] = []
  /** One after the other: two changes of one text would lose one of them. */
  #turn: Promise<unknown> = Promise.resolve()

  private constructor(means: Means, places: readonly Place[]) {
    this.method = means.method
    this.today = means.today
    this.ownerId = means.ownerId
    this.#places = places
  }

  /** Throws a `FileProblem` where a place is not there. */
  static async open(means: Means): Promise<Shelf> {
    const places = await Promise.all(
      means.places.map(async (place) => {
        const at = await realpath(place).catch(() => {
          throw new FileProblem({ en: `${place}: no such file or folder.`, zh: `${place}：没有这个文件或文件夹。` })
        })
        const isFolder = (await stat(at)).isDirectory()
        return {
          files: new DealFiles(at, means.method),
          folder: isFolder ? at : dirname(at),
          only: isFolder ? undefined : at,
        }
      }),
    )
    const shelf = new Shelf(means, places)
    await shelf.refresh()
    return shelf
  }

  /** The deals as their files say now, by their ids. */
  async deals(): Promise<ReadonlyMap<string, Shelved>> {
    await this.refresh()
    return this.#deals
  }

  /** Throws `not-found`. */
  async deal(id: string): Promise<Shelved> {
    const found = (await this.deals()).get(id)
    if (found) return found
    throw new Fault('not-found')
  }

  listen(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Looks at the files whenever one of them changes, until `close`. */
  watch(): void {
    let timer: NodeJS.Timeout | undefined
    const look = (): void => {
      clearTimeout(timer)
      timer = setTimeout(() => void this.refresh().catch(() => {}), 80)
    }
    // Editors replace files, so folders are watched, not files that may go away.
    this.#watchers = [...new Set(this.#places.map(({ folder }) => folder))].flatMap((folder) => {
      try {
        return [watch(folder, look).on('error', () => {})]
      } catch {
        // Where nothing can be watched the next request sees the change.
        return []
      }
    })
  }
  close(): void {
    for (const watcher of this.#watchers) watcher.close()
    this.#listeners.clear()
  }

  refresh(): Promise<void> {
    return this.#inTurn(() => this.#look())
  }

  async #look(): Promise<void> {
    const left: Text[] = []
    const seen = new Set<string>()
    for (const { files, folder, only } of this.#places) {
      const found = await files.all().catch((error: unknown) => {
        if (error instanceof FileProblem) return { files: [], left: [error.says] }
        throw error
      })
      left.push(...found.left)
      for (const file of found.files) seen.add(this.#keep(file))
      for (const [id, known] of this.#deals) {
        if (seen.has(id) || (only === undefined ? dirname(known.path) !== folder : known.path !== only)) continue
        const why = found.left.find(({ en }) => [known.name, known.path].some((name) => en.startsWith(`${name}:`)))
        if (await isThere(known.path)) {
          seen.add(id)
          this.#deals.set(id, { ...known, broken: why ?? unread(known.name) })
        }
      }
    }
    this.left = left
    for (const id of this.#deals.keys())
      if (!seen.has(id)) {
        this.#deals.delete(id)
        this.#tell({ dealId: id })
      }
  }

  /** The deal of a file that was read; answers its id. */
  #keep(file: DealFile): string {
    const before = [...this.#deals.values()].find(({ path }) => path === file.path)
    if (before?.state === file.state && !before.broken) return before.whole.deal.id
    const now = new Date().toISOString()
    const whole = recordsOfFile(file.path, file.bare, { before: before?.whole, ownerId: this.ownerId, readAt: now })
    this.#put(file, whole, file.deal.evidence?.slice(file.bare.evidence?.length ?? 0) ?? [], before?.changedAt ?? now)
    if (before) this.#tell({ dealId: whole.deal.id })
    return whole.deal.id
  }

  #put(
    file: Pick<DealFile, 'path' | 'text' | 'state'>,
    whole: DealWhole,
    pieces: readonly Evidence[],
    at: string,
  ): void {
    const ids = new Map((whole.stakeholder ?? []).map(({ key, personId }) => [key, personId]))
    const suggested = pieces.map(({ from, about, ...piece }): AnyRecord => ({
      ...piece,
      id: idAt(Date.parse(piece.on) || 0, file.path, piece.signal, piece.on, piece.quote ?? ''),
      version: 1,
      dealId: whole.deal.id,
      createdAt: at,
      ...(from === undefined ? {} : { personId: ids.get(from) }),
      ...(about === undefined ? {} : { about: ids.get(about) ?? about }),
    }))
    this.#deals.set(whole.deal.id, {
      path: file.path,
      name: basename(file.path),
      text: file.text,
      state: file.state,
      whole,
      suggested,
      changedAt: at,
    })
  }

  /**
   * Changes a deal and writes its file, atomically, as long as it still says what the change rests on: whoever changed it meanwhile is read first, and
   * records that are other now refuse (`changed-since`). Answers what `work` did, and under which name it can be undone.
   */
  change<T>(
    dealId: string,
    work: (draft: Draft, changeSet: string) => T | Promise<T>,
  ): Promise<{ value: T; changeSet: string }> {
    return this.#inTurn(async () => {
      await this.#look()
      const known = this.#deals.get(dealId)
      if (!known) throw new Fault('not-found')
      if (known.broken) throw new Fault('conflict', { detail: unreadable(known.broken) })
      const changeSet = v7()
      const draft = new Draft(withSuggested(known), this.today(), this.waiting)
      const value = await work(draft, changeSet)
      const whole = this.#withoutUntouched(known, draft.whole)
      const changes = changesOf(known.whole, whole)
      if (changes.length > 0) {
        await this.#write(known, whole)
        this.log.push({ changeSet, dealId, at: new Date().toISOString(), changes })
        if (this.log.length > KEPT) this.log.shift()
        for (const { kind, id } of changes) if (kind === 'person' || kind === 'account') this.waiting.delete(id)
        this.#tell({ dealId, changes })
      }
      return { value, changeSet }
    })
  }

  /** What notes suggest comes into the file only where somebody said something of it. */
  #withoutUntouched({ suggested }: Shelved, whole: DealWhole): DealWhole {
    const untouched = new Set(suggested.map((piece) => JSON.stringify(piece)))
    return { ...whole, evidence: (whole.evidence ?? []).filter((piece) => !untouched.has(JSON.stringify(piece))) }
  }

  async #write(known: Shelved, whole: DealWhole): Promise<void> {
    const [before, after] = [dealOf(known.whole), dealOf(whole)]
    const made = rewrittenDeal(known.text, before, after, this.method)
    if ('faults' in made)
      throw new Fault('invalid-input', {
        detail: made.faults[0]?.what ?? { en: 'No deal file can say this.', zh: '商机文件无法写出这个内容。' },
        faults: made.faults.slice(0, 10).map(({ what }) => ({ field: 'file', what })),
      })
    // Where the name is a link, what it leads to is written: renaming would put a file of its own in the place of the link.
    const real = await realpath(known.path).catch(() => known.path)
    await withLock(real, async () => {
      if (stateOf(await readText(real)) !== known.state) throw new Fault('conflict', { detail: CHANGED })
      const { mode } = await stat(real)
      // Renaming would replace a file that somebody has protected.
      if ((mode & 0o200) === 0) throw new Fault('conflict', { detail: readOnly(known.name) })
      await writeWhole(real, made.text, mode & 0o777)
    }).catch((error: unknown) => {
      throw error instanceof FileProblem ? new Fault('conflict', { detail: error.says, cause: error }) : error
    })
    const file = { path: known.path, text: made.text, state: stateOf(made.text) }
    const places = await Promise.all(this.#places.map(({ files }) => files.all()))
    const read = places
      .flatMap(({ files }) => files)
      .find(({ path, state }) => path === known.path && state === file.state)
    this.#put(file, whole, suggestedIn(read), new Date().toISOString())
  }

  #tell(event: Parameters<Listener>[0]): void {
    for (const listener of this.#listeners) listener(event)
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work)
    this.#turn = done.catch(() => {})
    return done
  }
}

/** The records that are shown: those of the file, and what its notes suggest. */
export const withSuggested = ({ whole, suggested }: Pick<Shelved, 'whole' | 'suggested'>): DealWhole =>
  suggested.length === 0
    ? whole
    : ({ ...whole, evidence: [...(whole.evidence ?? []), ...suggested] } as unknown as DealWhole)

/** The deal that is shown, as the engine reads it. */
export const dealShown = (shelved: Shelved): Deal => dealOf(withSuggested(shelved))

const suggestedIn = (file: DealFile | undefined): readonly Evidence[] =>
  file?.deal.evidence?.slice(file.bare.evidence?.length ?? 0) ?? []

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

const CHANGED: Text = {
  en: 'The file was changed by somebody else just now. Nothing was written; look again, then make the change once more.',
  zh: '文件刚刚被别人改过。没有写入任何内容；请看过之后再改一次。',
}
const readOnly = (name: string): Text => ({
  en: `${name} is read-only, so nothing was written. Allow writing to the file, then make the change once more.`,
  zh: `${name} 是只读文件，没有写入任何内容。请先允许写入，再改一次。`,
})
const unread = (name: string): Text => ({
  en: `${name}: is not read; the folder holds too many files, or it changed just now.`,
  zh: `${name}：未读取；文件夹里文件太多，或刚刚有改动。`,
})
const unreadable = (why: Text): Text => ({
  en: `The file cannot be read as it stands now, so nothing is written into it: ${why.en}. Mend it in your editor; the page follows.`,
  zh: `文件目前无法读取，因此没有写入：${why.zh}。请在编辑器里改正，页面会随之更新。`,
})
