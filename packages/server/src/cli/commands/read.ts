import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { homedir } from 'node:os'
import type { Lang, Deal, Evidence, Methodology } from '@sente/engine'
import { propose } from '@sente/reader'
import type { KnownPerson, Note, Proposal, Suggestion } from '@sente/reader'
import { editedDeal } from '../../exchange/files/deal-edit.ts'
import { readDeal, readText } from '../../exchange/files/deal-file.ts'
import { readNotes } from '../../notes/files.ts'
import type { ReadNotes } from '../../notes/files.ts'
import { saidBy } from '../../notes/messages/speaker.ts'
import { zoneOption } from '../intake-options.ts'
import { fileCache, leavesTheMachine, modelFromEnvironment, readWithModel } from '../../notes/language-model.ts'
import { builtInReader, evidenceOf, feedbackOf, isKnown, knownPeople, knownRivals } from '../../notes/reader.ts'
import { asOfOption, columnsOf, EXIT, languageOf, methodologyFrom, paintOf, print, Stop, tell } from '../context.ts'
import type { RemoteOptions } from '../server/remote.ts'
import { faultLines } from '../faults.ts'
import { date, percent } from '../terminal/format.ts'
import { hang } from '../terminal/text.ts'
import type { Paint } from '../terminal/text.ts'
import { writeWhole } from './brief.ts'
import { proposalLines } from './read-proposals.ts'

interface ReadOptions extends RemoteOptions {
  into?: string
  on?: string
  timeZone?: string
  ours?: string[]
  theirs?: string[]
  json?: boolean
  method?: string
}

interface Found {
  note: Note
  suggestions: Suggestion[]
  proposals: Proposal[]
}

/** `sente read NOTES`: what the notes say, as suggested evidence; `--into` writes it into a deal file. */
export async function readCommand(file: string, options: ReadOptions): Promise<number> {
  const lang = languageOf(options.lang)
  const methodology = await methodologyFrom(options.method)
  if (options.into !== undefined && (options.server !== undefined || !existsSync(options.into))) {
    const [{ loginOf }, { captureNotes }] = await Promise.all([
      import('../server/remote.ts'),
      import('../server/capture.ts'),
    ])
    const login = await loginOf(options, lang)
    if (login)
      return captureNotes(login, (await notesIn(file, options, methodology, [], lang)).notes, {
        into: options.into,
        json: options.json === true,
        lang,
      })
  }
  const target = options.into === undefined ? undefined : await deal(options.into, methodology, lang)
  const people = target?.deal.people?.map(({ name }) => name) ?? []
  const { notes, said } = await notesIn(file, options, methodology, people, lang)
  for (const words of said) tell(words[lang])
  const found = await findAll(notes, target?.deal, methodology, lang)
  const added = target ? await addTo(options.into!, target, found, lang) : undefined
  if (options.json)
    await print(
      JSON.stringify(
        found.map(({ note, suggestions, proposals }) => ({ ...note, suggestions, proposals })),
        null,
        2,
      ),
    )
  else
    await print(
      lines(found, {
        methodology,
        people: target ? knownPeople(target.deal) : [],
        lang,
        columns: columnsOf(options.width),
        paint: paintOf(),
        into: options.into,
        added,
      }).join('\n'),
    )
  return EXIT.fine
}

async function deal(path: string, methodology: Methodology, lang: Lang): Promise<{ text: string; deal: Deal }> {
  const text = await readText(path)
  const read = readDeal(text, methodology)
  if ('faults' in read)
    throw new Stop(faultLines(path, text, read.faults, lang, paintOf(process.stderr)).join('\n'), EXIT.badInput)
  return { text, deal: read.deal }
}

function notesIn(
  file: string,
  options: ReadOptions,
  methodology: Methodology,
  people: readonly string[],
  lang: Lang,
): Promise<ReadNotes> {
  return readNotes(file, {
    methodology,
    on: options.on === undefined ? undefined : asOfOption(options.on, lang),
    zone: zoneOption(options.timeZone, lang),
    theirs: [...people, ...(options.theirs ?? [])],
    ours: options.ours ?? [],
  })
}

async function findAll(
  notes: readonly Note[],
  known: Deal | undefined,
  methodology: Methodology,
  lang: Lang,
): Promise<Found[]> {
  const reader = await builtInReader(methodology)
  const people = known ? knownPeople(known) : []
  const feedback = known ? feedbackOf(known) : []
  const rivals = known ? knownRivals(known) : []
  const builtIn = (note: Note): Suggestion[] => saidBy(note, reader.read(note, { people, rivals, feedback }), people)
  const besides = (note: Note): Proposal[] => propose(note, { people, rivals })
  const config = modelFromEnvironment(process.env)
  if (!config) return notes.map((note) => ({ note, suggestions: builtIn(note), proposals: besides(note) }))
  tell(leavesTheMachine(config, lang))
  const cache = fileCache(join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'sente', 'notes'))
  const signals = methodology.signals.signals.map(({ id, name }) => ({ id, name }))
  const found: Found[] = []
  const notices = new Set<string>()
  for (const note of notes) {
    const { suggestions, notice } = await readWithModel(note, { config, signals, people, fallback: builtIn, cache })
    if (notice) notices.add(notice[lang])
    found.push({ note, suggestions, proposals: besides(note) })
  }
  for (const notice of notices) tell(notice)
  return found
}

/** Writes what is new into the deal file, its comments and order kept. Returns how many pieces were added. */
async function addTo(
  path: string,
  { text, deal: known }: { text: string; deal: Deal },
  found: readonly Found[],
  lang: Lang,
): Promise<number> {
  const evidence: Evidence[] = [...(known.evidence ?? [])]
  const fresh: Evidence[] = []
  for (const { note, suggestions } of found) {
    for (const suggestion of suggestions) {
      const piece = evidenceOf(suggestion, note)
      if (isKnown(piece, evidence)) continue
      evidence.push(piece)
      fresh.push(piece)
    }
  }
  if (fresh.length === 0) return 0
  await writeWhole(path, editedDeal(text, { add: { evidence: fresh } }), lang)
  return fresh.length
}

/** The text with the words of every suggestion underlined; without a terminal they stand between marks. */
function underlined({ note, suggestions }: Found, paint: Paint): string {
  const ends = new Set<number>()
  let out = ''
  let open = false
  const covered = (i: number): boolean => suggestions.some(({ span: [start, end] }) => i >= start && i < end)
  const plain = paint('underline', 'x') === 'x'
  let run = ''
  const flush = (): void => {
    out += open ? (plain ? `[${run}]` : paint('underline', run)) : run
    run = ''
  }
  for (let i = 0; i < note.text.length; i++) {
    const now = covered(i)
    if (now !== open || ends.has(i)) flush()
    open = now
    run += note.text[i]
  }
  flush()
  return out
}

interface Shown {
  methodology: Methodology
  people: readonly KnownPerson[]
  lang: Lang
  columns: number
  paint: Paint
  into: string | undefined
  added: number | undefined
}

function lines(found: readonly Found[], { methodology, people, lang, columns, paint, into, added }: Shown): string[] {
  const names = new Map(methodology.signals.signals.map(({ id, name }) => [id, name[lang]]))
  const out: string[] = []
  for (const entry of found) {
    const { note, suggestions, proposals } = entry
    out.push(paint('bold', `${date(note.on, lang)}${note.author ? `  ${note.author}` : ''}`))
    for (const paragraph of underlined(entry, paint).split('\n')) out.push(...hang('  ', paragraph, columns))
    for (const { signal, confidence, from, on } of suggestions) {
      const details = [signal, from, on === note.on ? '' : date(on, lang)].filter(Boolean).join(' · ')
      out.push(
        ...hang(`    ${percent(confidence).padStart(5)}  `, `${names.get(signal) ?? signal} (${details})`, columns),
      )
    }
    for (const line of proposalLines(proposals, people, methodology, lang))
      for (const row of hang('        + ', line, columns)) out.push(paint('dim', row))
    out.push('')
  }
  const total = found.reduce((sum, { suggestions }) => sum + suggestions.length, 0)
  out.push(
    lang === 'zh'
      ? `${found.length} 条笔记，${total} 条建议的依据。`
      : `${found.length} ${found.length === 1 ? 'note' : 'notes'}, ${total} suggested ${total === 1 ? 'fact' : 'facts'}.`,
  )
  if (into !== undefined && added !== undefined) {
    out.push(
      lang === 'zh'
        ? `${added} 条新依据写入 ${into}，标为 suggested：确认改成 confirmed，不对改成 rejected。`
        : `${added} new written into ${into} as "suggested": make them "confirmed", or "rejected" where they are wrong.`,
    )
  } else if (total > 0) {
    out.push(paint('dim', lang === 'zh' ? '写入商机文件：加 --into 商机.yaml' : 'To keep them: --into DEAL.yaml'))
  }
  return out
}
