import { migrate } from '../../store/migrate.ts'
import { EXIT, languageOf, print } from '../context.ts'
import type { GlobalOptions } from '../context.ts'
import { withDatabase } from '../server/open.ts'

/** `sente migrate` */
export async function migrateCommand(options: GlobalOptions & { json?: boolean }): Promise<number> {
  const lang = languageOf(options.lang)
  const { applied } = await withDatabase(lang, (database) => migrate(database.owner), { mayBeOld: true })
  if (options.json) await print(JSON.stringify({ applied }))
  else if (applied.length === 0) await print(lang === 'zh' ? '数据库已是最新' : 'The database is up to date')
  else await print(applied.map((name) => (lang === 'zh' ? `已应用 ${name}` : `applied ${name}`)).join('\n'))
  return EXIT.fine
}
