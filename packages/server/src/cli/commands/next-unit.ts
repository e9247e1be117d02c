import { existsSync } from 'node:fs'
import { nextUnit, writeDealFile } from '@sente/engine'
import { stringify } from 'yaml'
import { asOfOption, EXIT, languageOf, methodologyFrom, print, Stop, tell } from '../context.ts'
import type { GlobalOptions } from '../context.ts'
import { dealOf, writeWhole } from './brief.ts'

export interface NextUnitOptions extends GlobalOptions {
  name: string
  unit?: string
  offer?: string
  out?: string
  asOf?: string
  method?: string
}

/** `sente next-unit FILE --name NAME`: the deal file of the next unit, with what is carried over from the won deal. Never overwrites a file. */
export async function nextUnitCommand(file: string, options: NextUnitOptions): Promise<number> {
  const lang = languageOf(options.lang)
  const methodology = await methodologyFrom(options.method)
  const asOf = asOfOption(options.asOf, lang)
  const from = await dealOf(file, methodology, lang)
  if (from.status !== 'won')
    throw new Stop(
      {
        en: `${file}: this deal is not won (status: ${from.status}); only a won deal opens the next unit. If it is won, write status: won and closedOn: YYYY-MM-DD`,
        zh: `${file}：这个商机没有赢（status: ${from.status}），只有赢下的商机才能开拓下一个单位。如果已赢，请写 status: won 和 closedOn: YYYY-MM-DD`,
      },
      EXIT.badInput,
    )
  if (from.closedOn !== undefined && from.closedOn > asOf)
    throw new Stop(
      {
        en: `--as-of ${asOf}: the deal was won on ${from.closedOn}; name that day or a later one`,
        zh: `--as-of ${asOf}：这个商机到 ${from.closedOn} 才赢，请写那天或之后的日期`,
      },
      EXIT.badInput,
    )
  if (options.out !== undefined && existsSync(options.out))
    throw new Stop(
      {
        en: `--out ${options.out}: the file is already there; name another`,
        zh: `--out ${options.out}：文件已经存在，请换一个文件名`,
      },
      EXIT.badInput,
    )
  const { deal, carried } = nextUnit(from, methodology, asOf, {
    name: options.name,
    ...(options.unit !== undefined && { unit: options.unit }),
    ...(options.offer !== undefined && { offer: options.offer }),
  })
  const text = stringify(writeDealFile(deal), { lineWidth: 0, schema: 'core' })
  if (options.out === undefined) await print(text.trimEnd())
  else {
    await writeWhole(options.out, text, lang)
    const { people, touches, promises, proofs, pains } = carried
    tell(
      lang === 'zh'
        ? `已写入 ${options.out}：带过去 ${people} 个人、${touches} 次接触、${promises} 个承诺、${proofs} 份证明、${pains} 条痛点与成效`
        : `Written ${options.out}: carried over ${people} people, ${touches} contacts, ${promises} promises, ${proofs} proofs, ${pains} pains and results`,
    )
  }
  return EXIT.fine
}
