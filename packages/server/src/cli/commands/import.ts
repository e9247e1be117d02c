import type { Lang, Text } from '@sente/engine'
import { createReadStream, existsSync } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Readable } from 'node:stream'
import { IMPORT_KINDS, plainAddress, routes } from '@sente/api'
import type { Client, ImportRun } from '@sente/api'
import { fieldLabel } from '../../exchange/files/fields.ts'
import type { ImportKind, TableKind } from '../../exchange/files/fields.ts'
import { previewOf } from '../../exchange/files/preview.ts'
import { ImportProblem } from '../../exchange/files/problem.ts'
import type { RowFault } from '../../exchange/files/problem.ts'
import { runImport } from '../../exchange/import/run.ts'
import { listFaults, listRuns, noticeInterrupted } from '../../exchange/import/runs.ts'
import { dataFolder } from '../../store/cluster/folder.ts'
import { withWorkspace } from '../../store/tenant.ts'
import { forTerminal } from '../terminal/safe.ts'
import { columnsOf, EXIT, languageOf, methodologyFrom, paintOf, print, Stop } from '../context.ts'
import { isList, jsonOfList, listLines, readList, readMapping } from '../lists.ts'
import { UUID } from '../server/deals.ts'
import { answersOption, queryOf } from '../intake-options.ts'
import type { IntakeOptions } from '../intake-options.ts'
import { loginOf, withServer } from '../server/remote.ts'
import type { RemoteOptions } from '../server/remote.ts'
import { withDatabase } from '../server/open.ts'
import { withLocalWorkspace } from '../server/workspace.ts'
import { reportLines } from '../terminal/intake.ts'

export interface ImportCommandOptions extends RemoteOptions, IntakeOptions {
  kind?: string
  map?: string
  dryRun?: boolean
  resume?: string
  faulty?: 'batch' | 'row'
  workspace?: string
  user?: string
  json?: boolean
}

/** Runs among which the last one of a file is looked for. */
const LOOKED_THROUGH = 100
/** Faults shown; the rest is counted. */
const SHOWN = 20

interface Done {
  file: string
  run: ImportRun
  faults: RowFault[]
}

/** `sente import FILE…`: into the local database, or into a server. */
export async function importCommand(files: string[], options: ImportCommandOptions): Promise<number> {
  const lang = languageOf(options.lang)
  if (options.kind !== undefined && !(IMPORT_KINDS as readonly string[]).includes(options.kind))
    throw new Stop(`--kind ${options.kind}: ${IMPORT_KINDS.join(', ')}`, EXIT.badInput)
  for (const file of files) await readable(file, lang)
  const mapping = options.map === undefined ? undefined : await readMapping(options.map, lang)
  const login = await loginOf(options, lang)
  const done: Done[] = []
  const each = async (work: (file: string, kind: ImportKind) => Promise<Omit<Done, 'file'>>): Promise<void> => {
    for (const { file, kind } of await ordered(files, options.kind as ImportKind | undefined, lang)) {
      const result = { file, ...(await work(file, kind)) }
      done.push(result)
      if (!options.json) await print(report(result, lang, columnsOf(options.width)).join('\n'))
    }
  }
  if (!login && options.dryRun && files.every(isList) && !(await hasWorkspace(lang))) return alone(files, options, lang)
  if (login)
    await withServer(login, lang, (client) =>
      each((file, kind) => remotely(client, file, kind, options, mapping, lang)),
    )
  else await locally(options, lang, each, mapping)
  if (options.json) await print(JSON.stringify(done, null, 2))
  return done.some(({ run }) => run.failed > 0 || run.status !== 'done') ? EXIT.findings : EXIT.fine
}

/** A workspace to check against is there. A database that is only named is not made ready for a look. */
async function hasWorkspace(lang: Lang): Promise<boolean> {
  if (process.env['DATABASE_URL'] === undefined && !existsSync(join(dataFolder(), 'cluster'))) return false
  return withDatabase(
    lang,
    async ({ owner, app }) => {
      const { rows } = await owner.query<{ there: boolean }>(`select to_regclass('workspace') is not null as there`)
      return rows[0]!.there && (await app.query('select from workspaces()')).rows.length > 0
    },
    { mayBeOld: true },
  )
}

/** Without a server and a database: what of the lists could be taken, what is in doubt, and what would be left out. */
async function alone(files: readonly string[], options: ImportCommandOptions, lang: Lang): Promise<number> {
  const answers = answersOption(options, lang)
  const map = options.map === undefined ? undefined : await readMapping(options.map, lang)
  const methodology = await methodologyFrom(undefined)
  const kind = options.kind as TableKind | undefined
  const tables = []
  for (const file of files) tables.push(await readList(file, { answers, map, methodology, kind }))
  if (options.json) await print(JSON.stringify(tables.map(jsonOfList), null, 2))
  else for (const table of tables) await print(listLines(table, lang, columnsOf(options.width)).join('\n'))
  return tables.some(
    ({ rows, report: { doubts } }) => rows.some(({ faults }) => faults.length > 0) || doubts.some(({ waits }) => waits),
  )
    ? EXIT.findings
    : EXIT.fine
}

async function readable(file: string, lang: Lang): Promise<void> {
  const info = await stat(file).catch(() => undefined)
  if (info?.isDirectory())
    throw new Stop(
      lang === 'zh' ? `${file}：这是文件夹，请指定其中的文件` : `${file}: is a folder; name the files in it`,
      EXIT.badInput,
    )
  if (!info?.isFile()) throw new Stop(lang === 'zh' ? `${file}：没有这个文件` : `${file}: no such file`, EXIT.badInput)
}

/** Several files at once come in the order in which they refer to each other. */
async function ordered(
  files: readonly string[],
  kind: ImportKind | undefined,
  lang: Lang,
): Promise<{ file: string; kind: ImportKind }[]> {
  const found = await Promise.all(files.map(async (file) => ({ file, kind: kind ?? (await kindOf(file, lang)) })))
  return found.sort((a, b) => IMPORT_KINDS.indexOf(a.kind) - IMPORT_KINDS.indexOf(b.kind))
}

async function kindOf(file: string, lang: Lang): Promise<ImportKind> {
  if (/\.ya?ml$/i.test(file)) return 'deal-files'
  const stream = createReadStream(file)
  try {
    return (await previewOf(stream, basename(file), undefined, { method: await methodologyFrom(undefined) })).kind
  } catch (error) {
    if (error instanceof ImportProblem) throw new Stop(`${file}: ${error.says[lang]}`, EXIT.badInput)
    throw error
  } finally {
    stream.destroy()
  }
}

async function locally(
  options: ImportCommandOptions,
  lang: Lang,
  each: (work: (file: string, kind: ImportKind) => Promise<Omit<Done, 'file'>>) => Promise<void>,
  mapping: Record<string, string> | undefined,
): Promise<void> {
  await withLocalWorkspace(lang, options.workspace, async ({ store, workspace }) => {
    const member = await withWorkspace(store, { workspaceId: workspace.id, via: 'cli' }, async (tx) => {
      const [row] = await tx.rows<{ id: string }>(
        `select id
         from member
         where workspace_id = $1
           and disabled_at is null
           and ($2::text is null and role = 'administrator' or email = $2)
         order by created_at
         limit 1`,
        [tx.workspaceId, options.user === undefined ? null : plainAddress(options.user)],
      )
      return row
    })
    if (!member)
      throw new Stop(
        lang === 'zh'
          ? `没有成员 ${options.user ?? '管理员'}`
          : `There is no member ${options.user ?? 'administrator'}`,
        EXIT.badInput,
      )
    const who = { workspaceId: workspace.id, actorId: member.id, via: 'import' }
    // Whoever has the database in hand may do everything in it.
    const viewer = { memberId: member.id, role: 'administrator', teamIds: [], write: true, sensitive: true } as const
    await each(async (file, kind) => {
      const resume = await resumed(options.resume, file, kind, lang, () =>
        withWorkspace(store, who, async (tx) => {
          await noticeInterrupted(tx)
          return listRuns(tx, LOOKED_THROUGH, undefined)
        }),
      )
      const run = await runImport(store, who, viewer, createReadStream(file), {
        kind,
        filename: basename(file),
        mapping,
        dryRun: options.dryRun === true,
        resume,
        answers: answersOption(options, lang),
        faulty: options.faulty ?? 'batch',
        administers: true,
        onProgress: ({ position }) => progress(file, position),
      })
      return { run, faults: await withWorkspace(store, who, (tx) => listFaults(tx, run.id, SHOWN, undefined)) }
    })
  })
}

async function remotely(
  client: Client,
  file: string,
  kind: ImportKind,
  options: ImportCommandOptions,
  mapping: Record<string, string> | undefined,
  lang: Lang,
): Promise<Omit<Done, 'file'>> {
  const resume = await resumed(
    options.resume,
    file,
    kind,
    lang,
    async () => (await client.call(routes.exchange.list, { query: { limit: LOOKED_THROUGH } })).items,
  )
  const handle = await open(file)
  try {
    const body = Readable.toWeb(handle.createReadStream({ autoClose: false })) as unknown as BodyInit
    const run = await client.call(routes.exchange.start, {
      query: {
        kind,
        filename: basename(file),
        ...(options.dryRun ? { dryRun: 'true' } : {}),
        ...(mapping ? { mapping: JSON.stringify(mapping) } : {}),
        ...(resume === undefined ? {} : { resume }),
        ...queryOf(answersOption(options, lang)),
        ...(options.faulty === undefined ? {} : { faulty: options.faulty }),
      },
      body,
    })
    const { items } = await client.call(routes.exchange.faults, { params: { runId: run.id }, query: { limit: SHOWN } })
    return {
      run,
      faults: items.map(({ value, nearest, note, ...fault }) => ({
        ...fault,
        ...(value === undefined ? {} : { value }),
        ...(nearest === undefined ? {} : { nearest }),
        ...(note ? { note } : {}),
      })),
    }
  } finally {
    await handle.close()
  }
}

/** Whoever lost the connection was told no id: the newest run of the file is meant. */
async function resumed(
  resume: string | undefined,
  file: string,
  kind: ImportKind,
  lang: Lang,
  runs: () => Promise<ImportRun[]>,
): Promise<string | undefined> {
  if (resume !== undefined && resume !== 'last' && !UUID.test(resume))
    throw new Stop(
      lang === 'zh'
        ? `--resume ${resume}：应为导入的编号，或 last`
        : `--resume ${resume}: the id of an import, or last`,
      EXIT.badInput,
    )
  if (resume !== 'last') return resume
  const newest = (await runs()).find((run) => run.source === basename(file) && run.kind === kind && !run.dryRun)
  if (newest && newest.status !== 'done' && newest.status !== 'running') return newest.id
  throw new Stop(
    lang === 'zh' ? `${file}：没有可以继续的导入` : `${file}: there is no import of it that could be gone on with`,
    EXIT.badInput,
  )
}

/** Why a run did not come to its end, and how it goes on: what could not be read from the start has to be mended first. */
function unfinished({ id, status, position, error }: ImportRun, lang: Lang): string[] {
  const why = (error as Text | undefined)?.[lang]
  const said =
    status === 'failed'
      ? lang === 'zh'
        ? '无法导入'
        : 'cannot be imported'
      : status === 'waiting'
        ? lang === 'zh'
          ? '等待确认'
          : 'waits for answers'
        : status === 'cancelled'
          ? lang === 'zh'
            ? '已取消'
            : 'cancelled'
          : lang === 'zh'
            ? '已中断'
            : 'interrupted'
  const more =
    status === 'waiting' || (status === 'failed' && position === 0)
      ? []
      : [lang === 'zh' ? `  可用 --resume ${id} 继续` : `  go on with --resume ${id}`]
  return [`  ${said}${why === undefined ? '' : `${lang === 'zh' ? '：' : ': '}${why}`}`, ...more]
}

function progress(file: string, position: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${forTerminal(basename(file))} ${position}\u001b[K\r`)
}

function report({ file, run, faults }: Done, lang: Lang, columns: number): string[] {
  const paint = paintOf()
  const dry = run.dryRun ? (lang === 'zh' ? '（试运行，没有写入）' : ' (dry run, nothing was written)') : ''
  const counts =
    lang === 'zh'
      ? `新建 ${run.created}，更新 ${run.updated}，未变 ${run.unchanged}，未写入 ${run.failed}`
      : `${run.created} created, ${run.updated} updated, ${run.unchanged} unchanged, ${run.failed} not written`
  const lines = [`${paint('bold', file)} (${run.kind}): ${counts}${dry}`]
  for (const { row, field, what, value, nearest } of faults) {
    const place = lang === 'zh' ? `第 ${row} 行` : `row ${row}`
    lines.push(
      `  ${place}${field === '' ? '' : ` ${fieldLabel(run.kind, field)[lang]}`}${value === undefined ? '' : ` “${value}”`}: ${what[lang]}${nearest === undefined ? '' : lang === 'zh' ? ` 是否想写“${nearest}”？` : ` Did you mean "${nearest}"?`}`,
    )
  }
  if (faults.length >= SHOWN) lines.push(lang === 'zh' ? '  ……更多见报告' : '  … more in the report')
  if (run.report) lines.push(...reportLines(run.report, { lang, columns }))
  return run.status === 'done' ? lines : [...lines, ...unfinished(run, lang)]
}
