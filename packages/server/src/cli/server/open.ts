import type { Lang } from '@sente/engine'
import { openDatabase } from '../../store/connect.ts'
import type { Database, OpenOptions } from '../../store/connect.ts'
import { migrate, pendingMigrations } from '../../store/migrate.ts'
import { StoreProblem } from '../../store/problem.ts'
import { BackupProblem } from '../../backup/problem.ts'
import { EXIT, Stop } from '../context.ts'

/** Runs a command with the database of DATABASE_URL or SENTE_DATA, and leaves it again however the command ends. */
export async function withDatabase<T>(
  lang: Lang,
  use: (database: Database) => Promise<T>,
  options: OpenOptions & { mayBeOld?: boolean } = {},
): Promise<T> {
  const { mayBeOld = false, ...open } = options
  return told(lang, async () => {
    const database = await openDatabase(open)
    try {
      if (!mayBeOld) await upToDate(database, lang)
      return await use(database)
    } finally {
      await database.close()
    }
  })
}

/** A new embedded database is made ready at once; an old one is brought up to date by `serve` or `migrate`, which say so. */
async function upToDate(database: Database, lang: Lang): Promise<void> {
  const pending = await pendingMigrations(database.owner)
  if (pending.length === 0) return
  const { rows } = await database.owner.query<{ there: boolean }>(
    `select to_regclass('workspace') is not null as there`,
  )
  if (!rows[0]!.there) return void (await migrate(database.owner))
  throw new Stop(
    lang === 'zh'
      ? `数据库需要升级（${pending.length} 个迁移）：先备份，再运行 sente migrate`
      : `The database is older than this Sente (${pending.length} migrations): take a backup, then run sente migrate`,
    EXIT.badInput,
  )
}

/** Problems whose message is for the user end the command with it, in the user's language. */
export async function told<T>(lang: Lang, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof StoreProblem || error instanceof BackupProblem) throw new Stop(error.says[lang], EXIT.badInput)
    throw error
  }
}
