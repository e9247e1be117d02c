import { brief as briefOf, isPlainDate, meetingPage, nearestOf, sheetOf } from '@sente/engine'
import type { Deal, Methodology } from '@sente/engine'
import { calendarsOf } from '../../core/calendars/calendars.ts'
import { asOfOption, columnsOf, EXIT, languageOf, methodologyFrom, paintOf, print, Stop } from '../context.ts'
import type { GlobalOptions } from '../context.ts'
import { meetingLines } from '../terminal/meeting.ts'
import { dealOf, writeWhole } from './brief.ts'

export interface MeetingOptions extends GlobalOptions {
  with: string
  on?: string
  play?: string
  ours?: string
  asOf?: string
  json?: boolean
  html?: string
  docx?: string
  method?: string
}

/** `sente meeting FILE --with ID`: the one page to read before a meeting. */
export async function meetingCommand(file: string, options: MeetingOptions): Promise<number> {
  const lang = languageOf(options.lang)
  const methodology = await methodologyFrom(options.method)
  const asOf = asOfOption(options.asOf, lang)
  if (options.on !== undefined && !isPlainDate(options.on))
    throw new Stop(
      {
        en: `--on ${options.on}: not a date; write it like 2025-04-02`,
        zh: `--on ${options.on}：不是日期，请写成 2025-04-02 这样`,
      },
      EXIT.badInput,
    )
  checkPlay(options.play, methodology)
  const deal = await dealOf(file, methodology, lang)
  const page = meetingPage(
    deal,
    briefOf(deal, methodology, asOf, { calendars: calendarsOf(deal, asOf) }),
    methodology,
    {
      with: peopleOf(options.with, deal),
      ...(options.on !== undefined && { on: options.on }),
      ...(options.play !== undefined && { play: options.play }),
      ...(options.ours !== undefined && { ours: options.ours }),
    },
  )
  if (!page)
    throw new Stop(
      {
        en: `--with ${options.with}: nobody of them is on the map on ${asOf}`,
        zh: `--with ${options.with}：${asOf}人物图上还没有这些人`,
      },
      EXIT.badInput,
    )
  const sheet = sheetOf(page, methodology, lang)
  if (options.html !== undefined) {
    const { meetingHtml } = await import('@sente/picture')
    await writeWhole(options.html, meetingHtml(sheet), lang)
  }
  if (options.docx !== undefined) {
    const { meetingDocx } = await import('../../exchange/export/meeting-docx.ts')
    await writeWhole(options.docx, await meetingDocx(sheet), lang)
  }
  if (options.json) await print(JSON.stringify(page, null, 2))
  else {
    const view = { lang, columns: columnsOf(options.width), paint: paintOf(), methodology, all: true }
    await print(meetingLines(sheet, view).join('\n'))
  }
  return EXIT.fine
}

/** Ids of the deal's people, from ids or names with commas between them. */
function peopleOf(list: string, deal: Deal): string[] {
  const people = deal.people ?? []
  return list
    .split(/[,，、]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const found = people.find(({ id, name }) => id === part || name === part)
      if (found) return found.id
      const near = nearestOf(
        part,
        people.map(({ id }) => id),
      )
      const known = people.map(({ id, name }) => `${id} (${name})`).join(', ')
      throw new Stop(
        {
          en: `--with ${part}: nobody of this deal${near ? `; did you mean ${near}?` : ''}\npeople: ${known || 'none'}`,
          zh: `--with ${part}：商机里没有这个人${near ? `，是不是 ${near}？` : ''}\n人物：${known || '无'}`,
        },
        EXIT.badInput,
      )
    })
}

function checkPlay(play: string | undefined, { plays }: Methodology): void {
  if (play === undefined || plays.plays.some(({ id }) => id === play)) return
  const near = nearestOf(
    play,
    plays.plays.map(({ id }) => id),
  )
  throw new Stop(
    {
      en: `--play ${play}: no play of the method${near ? `; did you mean ${near}?` : ''}`,
      zh: `--play ${play}：方法里没有这个打法${near ? `，是不是 ${near}？` : ''}`,
    },
    EXIT.badInput,
  )
}
