import { plan as planOf } from '@sente/engine'
import { calendarsOf } from '../../core/calendars/calendars.ts'
import { asOfOption, columnsOf, EXIT, languageOf, methodologyFrom, paintOf, print, Stop } from '../context.ts'
import type { GlobalOptions } from '../context.ts'
import { planLines } from '../terminal/plan.ts'
import { dealOf } from './brief.ts'

/** `sente plan FILE`: whom to see, when, with what, and who of ours goes. */
export async function planCommand(
  file: string,
  options: GlobalOptions & { asOf?: string; style?: string; json?: boolean; method?: string; all?: boolean },
): Promise<number> {
  const lang = languageOf(options.lang)
  const { style } = options
  if (style !== undefined && style !== 'steady' && style !== 'swift')
    throw new Stop(
      { en: `--style ${style}: steady or swift`, zh: `--style ${style}：应为 steady 或 swift` },
      EXIT.badInput,
    )
  const methodology = await methodologyFrom(options.method)
  const asOf = asOfOption(options.asOf, lang)
  const deal = await dealOf(file, methodology, lang)
  const plan = planOf(deal, methodology, asOf, { ...(style && { style }), calendars: calendarsOf(deal, asOf) })
  if (options.json) {
    const { steps, questions, cannot, unseen, win, changed } = plan
    const shown = {
      asOf: plan.asOf,
      steps: steps.map(({ play, with: people, ours, on, earliest, latest, bring, ask, why, ifDeclined, linked }) => ({
        play,
        with: people,
        ours,
        on,
        earliest,
        latest,
        bring,
        ask,
        why,
        ifDeclined,
        linked,
      })),
      questions: questions.map(({ to, about, text, changes }) => ({ to, about, text, changes })),
      cannot,
      unseen,
      win,
      changed,
    }
    await print(JSON.stringify(shown, null, 2))
  } else {
    const view = { lang, columns: columnsOf(options.width), paint: paintOf(), methodology, all: options.all === true }
    await print(planLines(plan, deal, view).join('\n'))
  }
  return EXIT.fine
}
