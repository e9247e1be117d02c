import { openArchive } from '../../backup/archive.ts'
import type { Manifest } from '../../backup/archive.ts'
import { restoreBackup } from '../../backup/restore.ts'
import { migrate } from '../../store/migrate.ts'
import { EXIT, languageOf, print } from '../context.ts'
import type { GlobalOptions } from '../context.ts'
import { told, withDatabase } from '../server/open.ts'

interface RestoreOptions extends GlobalOptions {
  replace?: boolean
  check?: boolean
  json?: boolean
}

/** `sente restore FILE` */
export async function restoreCommand(file: string, options: RestoreOptions): Promise<number> {
  const lang = languageOf(options.lang)
  const manifest = options.check ? await told(lang, () => check(file)) : await restore(file, options)
  const rows = Object.values(manifest.rows).reduce((sum, n) => sum + n, 0)
  if (options.json)
    await print(
      JSON.stringify({ file, takenAt: manifest.takenAt, rows: manifest.rows, restored: options.check !== true }),
    )
  else if (options.check)
    await print(
      lang === 'zh'
        ? `${file} 完好：${rows.toLocaleString('zh')} 行，时刻 ${manifest.takenAt}`
        : `${file} is whole: ${rows.toLocaleString('en')} rows as of ${manifest.takenAt}`,
    )
  else
    await print(
      lang === 'zh'
        ? `已恢复 ${rows.toLocaleString('zh')} 行，时刻 ${manifest.takenAt}；所有人需要重新登录`
        : `Restored ${rows.toLocaleString('en')} rows as of ${manifest.takenAt}; everybody signs in again`,
    )
  return EXIT.fine
}

async function check(file: string): Promise<Manifest> {
  const archive = await openArchive(file)
  await archive.close()
  return archive.manifest
}

function restore(file: string, options: RestoreOptions): Promise<Manifest> {
  return withDatabase(
    languageOf(options.lang),
    async ({ owner }) => {
      const manifest = await restoreBackup(owner, file, { replace: options.replace === true })
      await migrate(owner)
      return manifest
    },
    { mayBeOld: true },
  )
}
