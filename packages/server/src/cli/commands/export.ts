import type { Lang } from '@sente/engine'
import { randomBytes } from 'node:crypto'
import { open, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { routes } from '@sente/api'
import { writeProblem } from '../../exchange/files/write-problem.ts'
import { dealFile, fileName } from '../../exchange/export/deal-file.ts'
import { exportWorkspace } from '../../exchange/export/workspace.ts'
import { EVERYTHING } from '../../store/visibility.ts'
import { withWorkspace } from '../../store/tenant.ts'
import { EXIT, languageOf, print, printed, Stop } from '../context.ts'
import { findDeal } from '../server/deals.ts'
import { loginOf, withServer } from '../server/remote.ts'
import type { RemoteOptions } from '../server/remote.ts'
import { withLocalWorkspace } from '../server/workspace.ts'
import { writeWhole } from './brief.ts'

export interface ExportCommandOptions extends RemoteOptions {
  deal?: string
  format?: 'yaml' | 'json'
  private?: boolean
  workspace?: string
  json?: boolean
}

/** `sente export [FILE|DIR]`: the whole workspace as NDJSON, or one deal as a deal file. Without a file, or with `-`, to standard output. */
export async function exportCommand(target: string | undefined, options: ExportCommandOptions): Promise<number> {
  const lang = languageOf(options.lang)
  const login = await loginOf(options, lang)
  const format = options.format ?? 'yaml'
  if (options.deal !== undefined) {
    const { text, filename } = login
      ? await withServer(login, lang, async (client) => {
          const { id } = await findDeal(client, options.deal!, lang)
          const response = await client.call(routes.deals.file, {
            params: { dealId: id },
            query: { format, ...(options.private ? { private: 'true' } : {}) },
          })
          return { text: await response.text(), filename: `${fileName(options.deal!)}.${format}` }
        })
      : await withLocalWorkspace(lang, options.workspace, ({ store, workspace }) =>
          withWorkspace(store, { workspaceId: workspace.id, via: 'cli' }, async (tx) => {
            const [deal] = await tx.rows<{ id: string }>(
              `select id
               from deal
               where workspace_id = $1 and (id::text = $2 or lower(name) = lower($2))
               order by id
               limit 1`,
              [tx.workspaceId, options.deal],
            )
            if (!deal)
              throw new Stop(
                lang === 'zh' ? `没有商机“${options.deal!}”` : `There is no deal "${options.deal!}"`,
                EXIT.badInput,
              )
            return dealFile(tx, deal.id, format, options.private === true)
          }),
        )
    if (target === undefined || target === '-') await printed(text.endsWith('\n') ? text : `${text}\n`)
    else await writeWhole(await pathOf(target, filename), text, lang, modeOf(options))
    return EXIT.fine
  }
  const path = target === undefined || target === '-' ? undefined : await pathOf(target, 'sente.ndjson')
  const lines = login
    ? await withServer(login, lang, (client) =>
        writeLines(path, options, lang, async function* () {
          const response = await client.call(routes.exchange.export, {
            query: options.private ? { private: 'true' } : {},
          })
          yield* response.body! as unknown as AsyncIterable<Uint8Array>
        }),
      )
    : await withLocalWorkspace(lang, options.workspace, ({ store, workspace }) =>
        writeLines(path, options, lang, () =>
          exportWorkspace(store, { workspaceId: workspace.id, via: 'cli' }, EVERYTHING, {
            sensitive: options.private === true,
          }),
        ),
      )
  if (path !== undefined)
    await print(
      options.json
        ? JSON.stringify({ file: path, records: lines })
        : lang === 'zh'
          ? `${path}：${lines} 条记录`
          : `${path}: ${lines} records`,
    )
  return EXIT.fine
}

/** What is personal is for nobody else on this machine. */
const modeOf = (options: ExportCommandOptions): number => (options.private === true ? 0o600 : 0o666)

async function pathOf(target: string, name: string): Promise<string> {
  const info = await stat(target).catch(() => undefined)
  return info?.isDirectory() ? join(target, name) : target
}

/** The file appears under its name when it is whole. Answers the number of lines. */
async function writeLines(
  path: string | undefined,
  options: ExportCommandOptions,
  lang: Lang,
  lines: () => AsyncIterable<string | Uint8Array>,
): Promise<number> {
  let count = 0
  const countIn = (piece: string | Uint8Array): void => {
    if (typeof piece === 'string') for (let at = piece.indexOf('\n'); at >= 0; at = piece.indexOf('\n', at + 1)) count++
    else for (const byte of piece) if (byte === 10) count++
  }
  if (path === undefined) {
    for await (const piece of lines()) {
      countIn(piece)
      if (!(await printed(piece))) break
    }
    return count
  }
  const beside = join(dirname(path), `.${basename(path)}.${randomBytes(4).toString('hex')}.tmp`)
  const handle = await open(beside, 'wx', modeOf(options)).catch((error: Error) => {
    throw new Stop(writeProblem(path, error)[lang], EXIT.badInput)
  })
  try {
    for await (const piece of lines()) {
      countIn(piece)
      await handle.writeFile(piece)
    }
    await handle.sync()
    await handle.close()
    await rename(beside, path)
    return count
  } catch (error) {
    await handle.close().catch(() => {})
    await rm(beside, { force: true })
    throw error
  }
}
