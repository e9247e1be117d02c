import { createHash } from 'node:crypto'
import { plan as planOf } from '@sente/engine'
import type { Deal, Lang, Methodology, PlainDate } from '@sente/engine'
import { calendarsOf } from '../../core/calendars/calendars.ts'
import { isTimeZone } from '../../core/time-zones.ts'
import { calendarText } from '../../exchange/calendar/write.ts'
import type { CalendarEvent } from '../../exchange/calendar/write.ts'
import { asOfOption, EXIT, languageOf, methodologyFrom, print, Stop } from '../context.ts'
import type { GlobalOptions } from '../context.ts'
import { dealOf, writeWhole } from './brief.ts'

interface Options extends GlobalOptions {
  asOf?: string
  out?: string
  proposals?: boolean
  timeZone?: string
  method?: string
}

/** `sente calendar FILE`: the planned steps of a deal file as a calendar, with those that the plan proposes where they are asked for. */
export async function calendarCommand(file: string, options: Options): Promise<number> {
  const lang = languageOf(options.lang)
  const zone = options.timeZone ?? new Intl.DateTimeFormat('en').resolvedOptions().timeZone
  if (!isTimeZone(zone))
    throw new Stop(
      {
        en: `--time-zone ${zone}: a zone such as Asia/Shanghai`,
        zh: `--time-zone ${zone}：应为 Asia/Shanghai 这样的时区`,
      },
      EXIT.badInput,
    )
  const methodology = await methodologyFrom(options.method)
  const asOf = asOfOption(options.asOf, lang)
  const deal = await dealOf(file, methodology, lang)
  const events = [
    ...ownSteps(deal, methodology, asOf, lang),
    ...(options.proposals ? proposed(deal, methodology, asOf, lang) : []),
  ]
  const text = calendarText({ name: deal.name, language: lang, zone, events })
  if (options.out === undefined) await print(text.trimEnd())
  else await writeWhole(options.out, text, lang)
  return EXIT.fine
}

/** The same step of the same deal has the same id in each file, so that a calendar finds it again. */
const uidOf = (deal: Deal, step: string): string =>
  `${createHash('sha256').update(`${deal.name} ${step}`).digest('hex').slice(0, 32)}@sente`
/** A file counts no versions: a later file is the newer one. */
const revision = (asOf: PlainDate): { sequence: number; changedAt: Date } => ({
  sequence: Math.round((Date.parse(asOf) - Date.parse('2020-01-01')) / 86_400_000),
  changedAt: new Date(`${asOf}T00:00:00Z`),
})

function titled(title: string, people: readonly string[], deal: Deal, lang: Lang): string {
  const names = people.map((id) => deal.people?.find((person) => person.id === id)?.name ?? id)
  return names.length === 0 ? title : `${title}${lang === 'zh' ? '：' : ': '}${names.join(lang === 'zh' ? '、' : ', ')}`
}

function ownSteps(deal: Deal, { plays }: Methodology, asOf: PlainDate, lang: Lang): CalendarEvent[] {
  return (deal.plan ?? []).flatMap((step): CalendarEvent[] => {
    const { on, play, what, id, time, minutes, where } = step
    if (on === undefined) return []
    const name = what ?? plays.plays.find((one) => one.id === play)?.name[lang] ?? play ?? ''
    const dropped = step.status === 'dropped' || step.status === 'skipped'
    const held = step.status === 'held'
    return [
      {
        uid: uidOf(deal, id ?? `${play ?? what} ${(step.with ?? []).join(' ')}`),
        ...revision(asOf),
        title: titled(name, step.with ?? [], deal, lang),
        lines: [[deal.account?.name, deal.name].filter(Boolean).join(' · ')],
        place: where,
        state: dropped ? 'cancelled' : held ? 'tentative' : 'confirmed',
        free: dropped || held,
        day: on,
        ...(time === undefined ? {} : { time, ...(minutes === undefined ? {} : { minutes }) }),
      },
    ]
  })
}

function proposed(deal: Deal, methodology: Methodology, asOf: PlainDate, lang: Lang): CalendarEvent[] {
  const { steps } = planOf(deal, methodology, asOf, { calendars: calendarsOf(deal, asOf), withoutQuestions: true })
  return steps
    .filter(({ locked }) => !locked)
    .map((step) => ({
      uid: uidOf(deal, `proposed ${step.play} ${step.with.join(' ')}`),
      ...revision(asOf),
      title: titled(step.name[lang], step.with, deal, lang),
      lines: [
        [deal.account?.name, deal.name].filter(Boolean).join(' · '),
        lang === 'zh' ? '计划中的建议，尚未确定。' : 'Proposed by the plan; not decided yet.',
      ],
      state: 'tentative' as const,
      free: true,
      day: step.on,
    }))
}
