import type { Lang } from '@sente/engine'
import { takeBackup, writeBackup } from '../../backup/take.ts'
import { EXIT, languageOf, print, printed, Stop } from '../context.ts'
import type { GlobalOptions } from '../context.ts'
import { withDatabase } from '../server/open.ts'

/** `sente backup FILE`. Also of a database that is older than the program: it is what one does before an upgrade. */
export async function backupCommand(file: string, options: GlobalOptions & { json?: boolean }): Promise<number> {
  const lang = languageOf(options.lang)
  const manifest = await withDatabase(
    lang,
    async ({ owner }) => {
      const { rows } = await owner.query<{ there: boolean }>(`select to_regclass('workspace') is not null as there`)
      if (!rows[0]!.there)
        throw new Stop(
          lang === 'zh' ? '数据库还是空的：没有可备份的内容' : 'The database is empty: there is nothing to back up',
          EXIT.badInput,
        )
      return file === '-' ? writeBackup(owner, (bytes) => toStandardOutput(bytes, lang)) : takeBackup(owner, file)
    },
    { mayBeOld: true },
  )
  const rows = Object.values(manifest.rows).reduce((sum, n) => sum + n, 0)
  if (file === '-') return EXIT.fine
  if (options.json) await print(JSON.stringify({ file, takenAt: manifest.takenAt, rows: manifest.rows }))
  else
    await print(
      lang === 'zh'
        ? `${file}：${rows.toLocaleString('zh')} 行，时刻 ${manifest.takenAt}`
        : `${file}: ${rows.toLocaleString('en')} rows as of ${manifest.takenAt}`,
    )
  return EXIT.fine
}

/** A backup that nobody reads to its end is none. */
async function toStandardOutput(bytes: Uint8Array, lang: Lang): Promise<void> {
  if (!(await printed(bytes)))
    throw new Stop(
      lang === 'zh' ? '标准输出已关闭：备份不完整' : 'Standard output was closed: the backup is incomplete',
      EXIT.badInput,
    )
}
