import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isPlainDate, lend, loadMethodology } from '@sente/engine'
import type { Lang, Lent, Methodology, PlainDate, Text } from '@sente/engine'
import { files } from '@sente/methodology'
import { FileProblem } from '../exchange/files/deal-file.ts'
import { forTerminal } from './terminal/safe.ts'
import { painter } from './terminal/text.ts'
import type { Paint } from './terminal/text.ts'
import { Problem } from '../core/problem.ts'

/** What scripts may rely on. */
export const EXIT = { fine: 0, findings: 1, badInput: 2, internal: 3 } as const

/** Ends a command with a message for the user and an exit code. What is said in both languages is chosen by who prints it. */
export class Stop extends Problem {
  readonly code: number
  constructor(message: string | Text, code: number) {
    super(typeof message === 'string' ? { en: message, zh: message } : message)
    this.code = code
  }
}

export interface GlobalOptions {
  lang?: string
  width?: string
  color?: boolean
}

/** zh for a Chinese locale, else en. */
export function languageOf(option: string | undefined, env: NodeJS.ProcessEnv = process.env): Lang {
  if (option === 'zh' || option === 'en') return option
  if (option !== undefined)
    throw new Stop({ en: `--lang ${option}: en or zh`, zh: `--lang ${option}：应为 en 或 zh` }, EXIT.badInput)
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || ''
  return /^zh/i.test(locale) ? 'zh' : 'en'
}

export function columnsOf(option: string | undefined): number {
  if (option !== undefined) {
    const columns = Number(option)
    if (!Number.isInteger(columns) || columns < 40 || columns > 400)
      throw new Stop(
        { en: `--width ${option}: a whole number from 40 to 400`, zh: `--width ${option}：应为 40 到 400 的整数` },
        EXIT.badInput,
      )
    return columns
  }
  return Math.max(40, Math.min(120, process.stdout.columns ?? 100))
}

export function paintOf(stream: NodeJS.WriteStream = process.stdout): Paint {
  if (process.env['NO_COLOR']) return painter(false)
  if (process.env['FORCE_COLOR']) return painter(true)
  return painter(stream.isTTY === true)
}

/** Today where the user sits. Only the command line has a clock; the engine is told the day. */
export function today(): PlainDate {
  const now = new Date()
  const pad = (n: number): string => String(n).padStart(2, '0')
  return `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}` as PlainDate
}

export function asOfOption(option: string | undefined, lang: Lang): PlainDate {
  if (option === undefined) return today()
  if (isPlainDate(option)) return option
  throw new Stop(
    lang === 'zh'
      ? `--as-of ${option}：不是日期，请写成 2025-04-02 这样`
      : `--as-of ${option}: not a date; write it like 2025-04-02`,
    EXIT.badInput,
  )
}

/** The files of a methodology folder, by name without extension; what came into methods since the folder was made is lent by the product. */
export async function readMethodologyFiles(folder: string): Promise<{
  files: Record<string, unknown>
  lent: Lent[]
  faults: { file: string; path: string; what: string }[]
}> {
  const found: Record<string, unknown> = {}
  const faults: { file: string; path: string; what: string }[] = []
  const read = async (sub: string): Promise<void> => {
    const names = await readdir(join(folder, sub)).catch((error: NodeJS.ErrnoException) => {
      if (sub !== '' && error.code === 'ENOENT') return []
      throw new FileProblem({ en: `${folder}: no such folder.`, zh: `${folder}：没有这个文件夹。` })
    })
    for (const name of names.sort()) {
      if (!name.endsWith('.json') || name === 'package.json' || name === 'tsconfig.json') continue
      const key = join(sub, name.slice(0, -5)).replaceAll('\\', '/')
      try {
        found[key] = JSON.parse(await readFile(join(folder, sub, name), 'utf8')) as unknown
      } catch (error) {
        faults.push({ file: `${key}.json`, path: '', what: `not readable as JSON: ${(error as Error).message}` })
      }
    }
  }
  await read('')
  await read('presets')
  return { ...lend(found, files), faults }
}

/** The methodology of a folder, or the shipped one. Faults end the command: no brief from a half-read method. */
export async function methodologyFrom(folder: string | undefined): Promise<Methodology> {
  const source = folder === undefined ? { files, faults: [] } : await readMethodologyFiles(folder)
  const loaded = loadMethodology(source.files)
  if (source.faults.length === 0 && 'methodology' in loaded) return loaded.methodology
  const faults = [...source.faults, ...('faults' in loaded ? loaded.faults : [])]
  const list = faults.slice(0, 20).map((fault) => `${fault.file} ${fault.path}: ${fault.what}`)
  const where = folder ?? 'methodology'
  throw new Stop(
    {
      en: `${where}: ${faults.length} faults (sente method check shows all)\n${list.join('\n')}`,
      zh: `${where}：${faults.length} 处错误（sente method check 可全部列出）\n${list.join('\n')}`,
    },
    EXIT.badInput,
  )
}

/** Writes to standard output and waits; a reader that has gone away (`| head`) is no error. */
export async function print(text: string): Promise<void> {
  await write(forTerminal(text.endsWith('\n') ? text : `${text}\n`))
}

/** Says something beside the output: a fault, a remark. */
export function tell(text: string): void {
  process.stderr.write(forTerminal(`${text}\n`))
}

/** A piece of a file, byte for byte but on a terminal; false: nobody reads any more. */
export function printed(piece: string | Uint8Array): Promise<boolean> {
  if (process.stdout.isTTY !== true) return write(piece)
  return write(forTerminal(typeof piece === 'string' ? piece : decoder.decode(piece, { stream: true })))
}
const decoder = new TextDecoder()

function write(piece: string | Uint8Array): Promise<boolean> {
  return new Promise((resolve, reject) => {
    process.stdout.write(piece, (error) => {
      if (!error) resolve(true)
      else if ((error as NodeJS.ErrnoException).code === 'EPIPE') resolve(false)
      else reject(error)
    })
  })
}
