import { existsSync, watch as watchFile } from 'node:fs'
import { basename, dirname } from 'node:path'
import { brief as briefOf, jointSteps } from '@sente/engine'
import type { Brief, Deal, Lang, Methodology, PlainDate } from '@sente/engine'
import type { JointStep } from '@sente/picture'
import { FileProblem, readDeal, readText } from '../../exchange/files/deal-file.ts'
import { writeWhole as writeFileWhole } from '../../exchange/files/write-whole.ts'
import type { RemoteOptions } from '../server/remote.ts'
import {
  asOfOption,
  columnsOf,
  EXIT,
  languageOf,
  methodologyFrom,
  paintOf,
  print,
  Stop,
  tell,
  today,
} from '../context.ts'
import { faultLines } from '../faults.ts'
import { briefLines } from '../terminal/brief.ts'

export interface BriefOptions extends RemoteOptions {
  asOf?: string
  json?: boolean
  strict?: boolean
  all?: boolean
  svg?: string
  html?: string
  pptx?: string
  forCustomer?: boolean
  theme?: 'light' | 'dark'
  watch?: boolean
  method?: string
}

/** `sente brief FILE|-` */
export async function briefCommand(file: string, options: BriefOptions): Promise<number> {
  const lang = languageOf(options.lang)
  const methodology = await methodologyFrom(options.method)
  if (!options.watch) return once(file, options, lang, methodology)
  if (file === '-')
    throw new Stop(
      lang === 'zh' ? '--watch 需要一个文件，不能用标准输入' : '--watch needs a file, not standard input',
      EXIT.badInput,
    )
  return watching(file, options, lang, methodology)
}

async function once(file: string, options: BriefOptions, lang: Lang, methodology: Methodology): Promise<number> {
  const asOf = asOfOption(options.asOf, lang)
  const result = (await fromServer(file, options, lang)) ?? (await fromFile(file, methodology, asOf, lang))
  await write(result, options, lang, methodology)
  await writeSlides(file, result, options, lang, methodology)
  if (options.json) await print(JSON.stringify(result, null, 2))
  else
    await print(
      briefLines(result, {
        lang,
        columns: columnsOf(options.width),
        paint: paintOf(),
        methodology,
        all: options.all === true,
      }).join('\n'),
    )
  const danger = result.findings.some((finding) => finding.severity === 'danger' || finding.severity === 'block')
  return options.strict && danger ? EXIT.findings : EXIT.fine
}

async function fromFile(file: string, methodology: Methodology, asOf: PlainDate, lang: Lang): Promise<Brief> {
  const deal = await dealOf(file, methodology, lang)
  const { calendarsOf } = await import('../../core/calendars/calendars.ts')
  return briefOf(deal, methodology, asOf, { calendars: calendarsOf(deal, asOf) })
}

/** The brief of a deal that a server has: where one is named, or the argument is no file and a server is known. */
async function fromServer(meant: string, options: BriefOptions, lang: Lang): Promise<Brief | undefined> {
  if (options.server === undefined && (meant === '-' || existsSync(meant))) return undefined
  const { loginOf, withServer } = await import('../server/remote.ts')
  const login = await loginOf(options, lang)
  if (!login) return undefined
  const [{ findDeal }, { routes }] = await Promise.all([import('../server/deals.ts'), import('@sente/api')])
  return withServer(login, lang, async (client) => {
    const { id } = await findDeal(client, meant, lang)
    return client.call(routes.deals.brief, {
      params: { dealId: id },
      query: options.asOf === undefined ? {} : { asOf: asOfOption(options.asOf, lang) },
    })
  })
}

/** A deal file, or a file of notes that gives a first deal; what its notes suggest counts as unconfirmed evidence. */
export async function dealOf(file: string, methodology: Methodology, lang: Lang): Promise<Deal> {
  if (/\.(?:md|markdown|txt|eml|log)$/i.test(file)) {
    const [{ dealFromNotes }, { withNotes }] = await Promise.all([
      import('../../notes/files.ts'),
      import('../../notes/reader.ts'),
    ])
    return withNotes(await dealFromNotes(file, methodology), methodology)
  }
  const text = await readText(file)
  const read = readDeal(text, methodology)
  if ('faults' in read)
    throw new Stop(faultLines(file, text, read.faults, lang, paintOf(process.stderr)).join('\n'), EXIT.badInput)
  // Loaded only where there are notes: a plain brief starts faster without the reader.
  return read.deal.notes?.length ? (await import('../../notes/reader.ts')).withNotes(read.deal, methodology) : read.deal
}

async function write(result: Brief, options: BriefOptions, lang: Lang, methodology: Methodology): Promise<void> {
  if (!options.svg && !options.html) return
  // Loaded only when asked for: a plain brief starts faster without it.
  const { page, picture } = await import('@sente/picture')
  const looks = { lang, methodology, replayed: result.asOf !== today() }
  if (options.svg) await writeWhole(options.svg, picture(result, { ...looks, theme: options.theme ?? 'light' }), lang)
  if (options.html) await writeWhole(options.html, page(result, looks), lang)
}

/** For our own review; for the customer the joint steps of the deal file and nothing else. */
async function writeSlides(
  file: string,
  result: Brief,
  { pptx: path, forCustomer }: BriefOptions,
  lang: Lang,
  methodology: Methodology,
): Promise<void> {
  if (path === undefined) {
    if (forCustomer) throw needsSlides()
    return
  }
  const [{ dealSlides, jointSlides }, { pptx }] = await Promise.all([
    import('@sente/picture'),
    import('../../exchange/export/slides/write.ts'),
  ])
  const deck = forCustomer
    ? jointSlides(await jointStepsOf(file, methodology, lang), result.asOf, lang)
    : dealSlides(result, { lang, methodology, replayed: result.asOf !== today() })
  await writeWhole(path, await pptx(deck), lang)
}

async function jointStepsOf(file: string, methodology: Methodology, lang: Lang): Promise<JointStep[]> {
  if (file === '-' || !existsSync(file))
    throw new Stop(
      {
        en: `${file}: slides for the customer are made from a deal file; of a deal on a server they are saved on its page`,
        zh: `${file}：给客户的幻灯片由商机文件生成；服务器上的商机请在它的页面上保存`,
      },
      EXIT.badInput,
    )
  return jointSteps(await dealOf(file, methodology, lang))
}

/** What a customer may be shown is only ever slides. */
export const needsSlides = (): Stop =>
  new Stop(
    {
      en: '--for-customer says whom the slides are for: name their file with --pptx FILE',
      zh: '--for-customer 说明幻灯片给谁看：请用 --pptx 文件 指定文件',
    },
    EXIT.badInput,
  )

/** Writes a file whole or not at all; why it cannot be written ends the command. */
export async function writeWhole(path: string, text: string | Uint8Array, lang: Lang, mode = 0o666): Promise<void> {
  try {
    await writeFileWhole(path, text, mode)
  } catch (error) {
    throw error instanceof FileProblem ? new Stop(error.says[lang], EXIT.badInput) : error
  }
}

async function watching(file: string, options: BriefOptions, lang: Lang, methodology: Methodology): Promise<number> {
  let running = Promise.resolve()
  const again = (): void => {
    running = running.then(async () => {
      if (process.stdout.isTTY) process.stdout.write('\u001b[2J\u001b[3J\u001b[H')
      try {
        await once(file, options, lang, methodology)
      } catch (error) {
        // While the user is typing the file is often wrong for a moment: say so and wait for the next save.
        if (!(error instanceof Error)) throw error
        tell(error.message)
      }
    })
  }
  again()
  let timer: NodeJS.Timeout | undefined
  // Editors replace files, so the folder is watched, not the file that may go away.
  const watcher = watchFile(dirname(file), (_, name) => {
    if (name !== null && name !== basename(file)) return
    clearTimeout(timer)
    timer = setTimeout(again, 80)
  })
  return new Promise((resolve) => {
    process.once('SIGINT', () => {
      watcher.close()
      clearTimeout(timer)
      void running.then(() => resolve(EXIT.fine))
    })
  })
}
