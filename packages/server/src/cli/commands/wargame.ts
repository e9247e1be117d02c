import { warGame } from '@sente/engine'
import { calendarsOf } from '../../core/calendars/calendars.ts'
import { asOfOption, columnsOf, EXIT, languageOf, methodologyFrom, paintOf, print, Stop } from '../context.ts'
import type { GlobalOptions } from '../context.ts'
import { wargameLines } from '../terminal/wargame.ts'
import { dealOf } from './brief.ts'

/** `sente wargame FILE`: our ways of playing against the rivals', by the engine's own win number. */
export async function wargameCommand(
  file: string,
  options: GlobalOptions & { asOf?: string; paths: string; seed: string; json?: boolean; method?: string },
): Promise<number> {
  const lang = languageOf(options.lang)
  const paths = whole('--paths', options.paths, 200, 100_000)
  const seed = whole('--seed', options.seed, 0, 4_294_967_295)
  const methodology = await methodologyFrom(options.method)
  const asOf = asOfOption(options.asOf, lang)
  const deal = await dealOf(file, methodology, lang)
  const game = warGame(deal, methodology, asOf, { paths, seed, calendars: calendarsOf(deal, asOf) })
  if (options.json) await print(JSON.stringify(game, null, 2))
  else {
    const view = { lang, columns: columnsOf(options.width), paint: paintOf(), methodology, all: false }
    await print(wargameLines(game, deal, view).join('\n'))
  }
  return EXIT.fine
}

function whole(name: string, text: string, least: number, most: number): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= least && value <= most) return value
  throw new Stop(
    {
      en: `${name} ${text}: a whole number from ${least} to ${most}`,
      zh: `${name} ${text}：应为 ${least} 到 ${most} 的整数`,
    },
    EXIT.badInput,
  )
}
