import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { accountPlan, accountReview } from '@sente/engine'
import type { Deal } from '@sente/engine'
import { asOfOption, columnsOf, EXIT, languageOf, methodologyFrom, paintOf, print, Stop } from '../context.ts'
import type { GlobalOptions } from '../context.ts'
import { accountLines } from '../terminal/account.ts'
import { dealOf, needsSlides, writeWhole } from './brief.ts'

interface AccountOptions extends GlobalOptions {
  account?: string
  asOf?: string
  json?: boolean
  html?: string
  pptx?: string
  forCustomer?: boolean
  method?: string
}

/** `sente account FILE…`: the plan of one customer, from its deal files alone. */
export async function accountCommand(paths: string[], options: AccountOptions): Promise<number> {
  const lang = languageOf(options.lang)
  const methodology = await methodologyFrom(options.method)
  const asOf = asOfOption(options.asOf, lang)
  const files = (await Promise.all(paths.map(filesOf))).flat()
  const deals: Deal[] = []
  for (const file of files) deals.push(await dealOf(file, methodology, lang))
  const own = ofOneAccount(deals, options.account)
  const plan = accountPlan(own, methodology, asOf)
  if (options.html !== undefined) {
    const { accountHtml } = await import('@sente/picture')
    await writeWhole(options.html, accountHtml(plan, lang), lang)
  }
  if (options.forCustomer && options.pptx === undefined) throw needsSlides()
  if (options.pptx !== undefined) {
    const [{ accountSlides, reviewSlides }, { pptx }] = await Promise.all([
      import('@sente/picture'),
      import('../../exchange/export/slides/write.ts'),
    ])
    const deck = options.forCustomer ? reviewSlides(accountReview(own, asOf), lang) : accountSlides(plan, lang)
    await writeWhole(options.pptx, await pptx(deck), lang)
  }
  if (options.json) await print(JSON.stringify(plan, null, 2))
  else
    await print(
      accountLines(plan, { lang, columns: columnsOf(options.width), paint: paintOf(), methodology, all: true }).join(
        '\n',
      ),
    )
  return EXIT.fine
}

/** A file itself, or the deal files of a folder in the order of their names. */
export async function filesOf(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => null)
  if (!found?.isDirectory()) return [path]
  const names = (await readdir(path)).filter((name) => /\.(?:ya?ml|json)$/i.test(name)).sort()
  if (names.length > 0) return names.map((name) => join(path, name))
  throw new Stop(
    {
      en: `${path}: no deal file (.yaml, .yml, .json) in this folder`,
      zh: `${path}：文件夹里没有商机文件（.yaml、.yml、.json）`,
    },
    EXIT.badInput,
  )
}

/** The deals of the account that is meant; several accounts without a word which are refused, with their names. */
function ofOneAccount(deals: readonly Deal[], wanted: string | undefined): Deal[] {
  const nameOf = ({ account, name }: Deal): string => account?.name ?? name
  const names = [...new Set(deals.map(nameOf))]
  const own = deals.filter((deal) => wanted === undefined || nameOf(deal) === wanted)
  if (own.length === 0)
    throw new Stop(
      {
        en: `--account ${wanted}: none of the files is of it; there are: ${names.join(', ')}`,
        zh: `--account ${wanted}：这些文件里没有它；有：${names.join('、')}`,
      },
      EXIT.badInput,
    )
  if (wanted === undefined && names.length > 1)
    throw new Stop(
      {
        en: `The files are of ${names.length} customers: ${names.join(', ')}. Say which with --account NAME`,
        zh: `这些文件属于 ${names.length} 个客户：${names.join('、')}。请用 --account 名称 指定`,
      },
      EXIT.badInput,
    )
  return own
}
