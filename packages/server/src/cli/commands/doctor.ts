import type { Lang, Text } from '@sente/engine'
import { existsSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { dataFolder, placeOf } from '../../store/cluster/folder.ts'
import { openDatabase } from '../../store/connect.ts'
import type { Database } from '../../store/connect.ts'
import { pendingMigrations } from '../../store/migrate.ts'
import { StoreProblem } from '../../store/problem.ts'
import { EXIT, languageOf, paintOf, print } from '../context.ts'
import type { GlobalOptions } from '../context.ts'
import { pad } from '../terminal/text.ts'

/** `fine`, something to know, or something that does not work. */
type Verdict = 'fine' | 'note' | 'fault'
interface Found {
  verdict: Verdict
  says: Text
  remedy?: Text
}
interface Check {
  id: string
  name: Text
  look: (state: { database?: Database }) => Promise<Found>
}

const fine = (en: string, zh: string): Found => ({ verdict: 'fine', says: { en, zh } })
const wrong = (verdict: 'note' | 'fault', says: [string, string], remedy: [string, string]): Found => ({
  verdict,
  says: { en: says[0], zh: says[1] },
  remedy: { en: remedy[0], zh: remedy[1] },
})
const GB = 1024 ** 3

const CHECKS: readonly Check[] = [
  {
    id: 'node',
    name: { en: 'Node', zh: 'Node' },
    look: async () =>
      Number(process.versions.node.split('.')[0]) >= 24
        ? fine(process.version, process.version)
        : wrong(
            'fault',
            [`${process.version} is too old`, `${process.version} 太旧`],
            [
              'Run Sente as `npm run -s sente -- …`, which brings Node 24 along.',
              '请用 `npm run -s sente -- …` 运行，它自带 Node 24。',
            ],
          ),
  },
  {
    id: 'folder',
    name: { en: 'data folder', zh: '数据文件夹' },
    look: async () => {
      if (process.env['DATABASE_URL']) return fine('not used: DATABASE_URL is set', '未使用：已设置 DATABASE_URL')
      const { folder } = await placeOf(dataFolder())
      return fine(folder, folder)
    },
  },
  {
    id: 'disk',
    name: { en: 'disk space', zh: '磁盘空间' },
    look: async () => {
      if (process.env['DATABASE_URL']) return fine('not ours to judge', '由数据库服务器管理')
      const { bavail, bsize } = await statfs(dataFolder())
      const free = (bavail * bsize) / GB
      const text = `${free.toFixed(1)} GB`
      return free >= 2
        ? fine(text, text)
        : wrong(
            free < 0.3 ? 'fault' : 'note',
            [`only ${text} left`, `仅剩 ${text}`],
            [
              'Free some space, or move the data folder to a larger disk and name it with SENTE_DATA.',
              '请腾出空间，或把数据文件夹移到更大的磁盘并用 SENTE_DATA 指定。',
            ],
          )
    },
  },
  {
    id: 'database',
    name: { en: 'database', zh: '数据库' },
    look: async (state) => {
      state.database = await openDatabase()
      const { rows } = await state.database.owner.query<{ version: string; size: string }>(
        `select current_setting('server_version') as version, pg_size_pretty(pg_database_size(current_database())) as size`,
      )
      const kind = state.database.kind
      return fine(
        `${kind}, PostgreSQL ${rows[0]!.version}, ${rows[0]!.size}`,
        `${kind === 'embedded' ? '内置' : '外部'}，PostgreSQL ${rows[0]!.version}，${rows[0]!.size}`,
      )
    },
  },
  {
    id: 'migrations',
    name: { en: 'migrations', zh: '迁移' },
    look: async ({ database }) => {
      if (!database) return unknown
      const pending = await pendingMigrations(database.owner)
      if (pending.length === 0) return fine('up to date', '已是最新')
      const { rows } = await database.owner.query<{ there: boolean }>(
        `select to_regclass('workspace') is not null as there`,
      )
      if (!rows[0]!.there) return fine('a new database, made ready at the first start', '新数据库，首次启动时准备')
      return wrong(
        'fault',
        [`${pending.length} to be applied`, `有 ${pending.length} 个未应用`],
        [
          'Take a backup, then run `sente migrate` (or start `sente serve`).',
          '请先备份，再运行 `sente migrate`（或启动 `sente serve`）。',
        ],
      )
    },
  },
  {
    id: 'jobs',
    name: { en: 'briefs', zh: '简报' },
    look: async ({ database }) => {
      if (!database) return unknown
      const { rows } = await database.owner
        .query<{ stale: number }>(`select count(*)::int as stale from deal where stale`)
        .catch(() => ({ rows: [{ stale: 0 }] }))
      const stale = rows[0]!.stale
      return stale < 1000
        ? fine(`${stale} waiting`, `${stale} 个待计算`)
        : wrong(
            'note',
            [`${stale} deals wait to be computed`, `${stale} 个商机等待计算`],
            [
              'A process that works on jobs must run: `sente serve`, or `sente serve --worker-only`. After a large import this takes minutes.',
              '需要有处理后台任务的进程：`sente serve` 或 `sente serve --worker-only`。大量导入之后需要几分钟。',
            ],
          )
    },
  },
  {
    id: 'clock',
    name: { en: 'clock', zh: '时钟' },
    look: async ({ database }) => {
      if (!database) return unknown
      const { rows } = await database.owner.query<{ now: number }>(
        'select extract(epoch from clock_timestamp())::float8 as now',
      )
      const off = Math.abs(rows[0]!.now - Date.now() / 1000)
      return off < 5
        ? fine('agrees with the database', '与数据库一致')
        : wrong(
            'note',
            [`${off.toFixed(0)} s away from the database’s`, `与数据库相差 ${off.toFixed(0)} 秒`],
            ['Let both machines take their time from the network (NTP).', '请让两台机器都从网络（NTP）校时。'],
          )
    },
  },
  {
    id: 'web',
    name: { en: 'web application', zh: '网页应用' },
    look: async () => {
      const built = existsSync(fileURLToPath(new URL('../../../../web/dist/index.html', import.meta.url)))
      return built
        ? fine('built', '已构建')
        : wrong(
            'note',
            ['not built: the server answers the API only', '未构建：服务只提供接口'],
            ['Run `npm run web`; `npm start` does it by itself.', '请运行 `npm run web`；`npm start` 会自动构建。'],
          )
    },
  },
]
const unknown: Found = {
  verdict: 'note',
  says: { en: 'not looked at: there is no database', zh: '未检查：没有数据库' },
}

/** `sente doctor`: looks at everything a server needs, and says for each fault how to mend it. */
export async function doctorCommand(options: GlobalOptions & { json?: boolean }): Promise<number> {
  const lang = languageOf(options.lang)
  const state: { database?: Database } = {}
  const found: (Found & { id: string; name: Text })[] = []
  try {
    for (const { id, name, look } of CHECKS) found.push({ id, name, ...(await look(state).catch(asFault)) })
  } finally {
    await state.database?.close()
  }
  const faults = found.filter(({ verdict }) => verdict === 'fault').length
  if (options.json)
    await print(
      JSON.stringify(
        {
          faults,
          checks: found.map(({ id, verdict, says, remedy }) => ({
            id,
            verdict,
            says: says[lang],
            ...(remedy ? { remedy: remedy[lang] } : {}),
          })),
        },
        null,
        2,
      ),
    )
  else await print(found.flatMap((one) => lines(one, lang)).join('\n'))
  return faults > 0 ? EXIT.findings : EXIT.fine
}

/** Problems say themselves what to do. */
function asFault(error: unknown): Found {
  if (error instanceof StoreProblem) return { verdict: 'fault', says: error.says }
  const { message } = error as Error
  return { verdict: 'fault', says: { en: message, zh: message } }
}

function lines({ verdict, name, says, remedy }: Found & { name: Text }, lang: Lang): string[] {
  const paint = paintOf()
  const mark = { fine: paint('green', 'ok'), note: paint('yellow', '!'), fault: paint('red', '✗') }[verdict]
  return [
    `${pad(mark, 3)} ${pad(name[lang], 16)} ${says[lang]}`,
    ...(remedy ? [`${' '.repeat(21)}${paint('dim', remedy[lang])}`] : []),
  ]
}
