import { hash } from 'node:crypto'
import { z } from 'zod'
import { Refused } from './desk.ts'
import type { Change, Desk, Shown } from './desk.ts'
import { line, quoted } from './marks.ts'

/** What every tool that writes takes and answers. */
export const CONFIRM = z.string().max(64).optional().meta({
  description:
    'Leave it out first: the answer shows what would be written and gives this word. Send the same call again with it, once the person has seen the preview and said yes. 先不填：回答会给出预览和这个确认词；本人看过并同意后，带上它再调用一次。',
})

export const WRITTEN = z.object({
  written: z.boolean().meta({ description: 'false: this is a preview, nothing was changed' }),
  deal: z.object({ id: z.string(), name: z.string() }),
  lines: z.array(z.string()).meta({ description: 'What is written, or would be' }),
  confirm: z.string().optional().meta({ description: 'Of a preview: what to send with the same call to write it' }),
  change: z.string().optional().meta({ description: 'Of what was written: what undo_change takes to undo all of it' }),
  next: z.string().meta({ description: 'What to do now' }),
})

/**
 * Preview, then confirm, with nothing remembered in between: the word of confirmation is a digest of the deal's state, of what was asked and of every
 * line that was shown. Where any of these is another by then, it is another word, and nothing is written. So it holds over restarts and between
 * several servers, works once (what was written changes the state), and cannot be had without a preview.
 */
export async function previewed(
  desk: Desk,
  { tool, deal: meant, asked, confirm }: { tool: string; deal: string; asked: unknown; confirm?: string | undefined },
  change: Change,
): Promise<z.input<typeof WRITTEN>> {
  const deal = await desk.find(meant)
  const prepared = await desk.prepare(deal, change)
  const zh = desk.lang === 'zh'
  const of = { id: deal.id, name: line(deal.name) }
  const lines = prepared.will.map((one) => shownIn(desk, one))
  const word = `ok-${hash('sha256', JSON.stringify([tool, deal.id, prepared.state, asked, prepared.will]), 'base64url').slice(0, 22)}`
  if (confirm === undefined)
    return {
      written: false,
      deal: of,
      lines,
      confirm: word,
      next: zh
        ? '还没有写入任何内容。把以上各行给本人看；本人同意后，用同样的参数加上 confirm 再调用一次。'
        : 'Nothing has been written. Show these lines to the person; on their yes, make the same call again with confirm.',
    }
  if (confirm !== word)
    throw new Refused({
      en: 'This confirmation is not of this preview: the deal or the call has changed since. Nothing was written. Make the call without confirm, and show the new preview.',
      zh: '这个确认词与当前预览不符：商机或参数在此期间变了。没有写入任何内容。请去掉 confirm 重新调用，并给本人看新的预览。',
    })
  const { change: written, did } = await prepared.perform()
  return {
    written: true,
    deal: of,
    lines: did.map((one) => shownIn(desk, one)),
    change: written,
    next: zh
      ? `已写入。要全部撤销：undo_change，change 填 ${written}。`
      : `Written. To take all of it back: undo_change with change ${written}.`,
  }
}

export const shownIn = ({ lang }: Pick<Desk, 'lang'>, { text, data }: Shown): string =>
  data === undefined ? line(text[lang], 1000) : `${line(text[lang], 1000)} ${quoted(data, 2000)}`
