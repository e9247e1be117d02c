import { takeBackup, writeBackup } from '../../backup/take.ts'
import { EXIT, languageOf, print } from '../context.ts'
import type { GlobalOptions } from '../context.ts'
import { withDatabase } from '../server/open.ts'

/** `sente backup FILE` */
export async function backupCommand(file: string, options: GlobalOptions & { json?: boolean }): Promise<number> {
  const lang = languageOf(options.lang)
  const manifest = await withDatabase(lang, ({ owner }) => (file === '-' ? writeBackup(owner, toStandardOutput) : takeBackup(owner, file)))
  const rows = Object.values(manifest.rows).reduce((sum, n) => sum + n, 0)
  if (file === '-') return EXIT.fine
  if (options.json) await print(JSON.stringify({ file, takenAt: manifest.takenAt, rows: manifest.rows }))
  else await print(lang === 'zh' ? `${file}：${rows.toLocaleString('zh')} 行，时刻 ${manifest.takenAt}` : `${file}: ${rows.toLocaleString('en')} rows as of ${manifest.takenAt}`)
  return EXIT.fine
}

function toStandardOutput(bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(bytes, (error) => (error ? reject(error) : resolve()))
  })
}
