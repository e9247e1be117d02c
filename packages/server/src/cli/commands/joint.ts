import { jointHtml } from '../../http/joint/html.ts'
import { WORDS } from '../../http/joint/words.ts'
import type { JointPageItem } from '../../queries/joint-page.ts'
import { asOfOption, EXIT, languageOf, methodologyFrom, print, Stop } from '../context.ts'
import type { GlobalOptions } from '../context.ts'
import { dealOf, writeWhole } from './brief.ts'

interface Options extends GlobalOptions {
  title?: string
  out?: string
  asOf?: string
  method?: string
}

/** `sente joint FILE`: the joint steps of a deal file as the page that the customer sees, on paper. Nothing else of the deal is read for it. */
export async function jointCommand(file: string, options: Options): Promise<number> {
  const lang = languageOf(options.lang)
  const asOf = asOfOption(options.asOf, lang)
  const deal = await dealOf(file, await methodologyFrom(options.method), lang)
  const items = (deal.joint ?? [])
    .map(({ what, whose = 'ours', owner = null, on = null, doneOn = null }, i): JointPageItem => ({
      id: String(i + 1),
      what,
      whose,
      owner,
      on,
      doneOn,
      said: [],
    }))
    .toSorted((a, b) => ((a.on ?? '9') < (b.on ?? '9') ? -1 : (a.on ?? '9') > (b.on ?? '9') ? 1 : 0))
  if (items.length === 0)
    throw new Stop(
      {
        en: `${file}: there is no joint step in it; write them down under joint, like "joint: [{what: Reference visit, whose: both, on: 2026-05-04}]"`,
        zh: `${file}：里面没有共同步骤；请写在 joint 下，例如 "joint: [{what: 参观样板客户, whose: both, on: 2026-05-04}]"`,
      },
      EXIT.badInput,
    )
  const title = options.title ?? WORDS[lang].plan
  const page = { title, intro: undefined, language: lang, forWhom: undefined, today: asOf, items, proposed: [] }
  const html = jointHtml(page, { language: lang, nonce: '', path: undefined, paper: true })
  if (options.out === undefined) await print(html.trimEnd())
  else await writeWhole(options.out, html, lang)
  return EXIT.fine
}
