import type { Lang } from '@sente/engine'
import { routes } from '@sente/api'
import type { Note } from '@sente/reader'
import { EXIT, print } from '../context.ts'
import { findDeal } from './deals.ts'
import { withServer } from './remote.ts'
import type { Login } from './remote.ts'

/** Keeps notes in a deal of a server; its reader suggests the evidence in them. */
export async function captureNotes(
  login: Login,
  notes: readonly Note[],
  { into, json, lang }: { into: string; json: boolean; lang: Lang },
): Promise<number> {
  const kept = await withServer(login, lang, async (client) => {
    const deal = await findDeal(client, into, lang)
    const answers = []
    for (const { on, author, text } of notes)
      answers.push(
        await client.call(routes.deals.capture, {
          params: { dealId: deal.id },
          body: { note: { on, text, ...(author === undefined ? {} : { author }) } },
        }),
      )
    return { deal, answers }
  })
  const found = kept.answers.reduce((sum, { evidence }) => sum + (evidence?.length ?? 0), 0)
  if (json) await print(JSON.stringify(kept.answers, null, 2))
  else
    await print(
      lang === 'zh'
        ? `${kept.deal.name}：保存了 ${notes.length} 条笔记，建议了 ${found} 条依据`
        : `${kept.deal.name}: ${notes.length} ${notes.length === 1 ? 'note' : 'notes'} kept, ${found} pieces of evidence suggested`,
    )
  return EXIT.fine
}
