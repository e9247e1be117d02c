import { routes } from '@sente/api'
import type { CallInput, DealRow } from '@sente/api'
import { useQueryClient } from '@tanstack/react-query'
import type { InfiniteData } from '@tanstack/react-query'
import { change } from '../../shared/api/client.ts'
import { keys } from '../../shared/api/keys.ts'
import { problemOf } from '../../shared/api/problem.ts'
import { sendOrAsk } from '../../shared/api/send-or-ask.ts'
import { undoChange } from '../../shared/api/undo-change.ts'
import { useLang } from '../../shared/i18n/use-lang.ts'
import { offerUndo, say } from '../../shared/undo/undo.tsx'
import { useDealsWords } from './words.ts'

type Patch = NonNullable<CallInput<typeof routes.deals.update>['body']>
type Pages = InfiniteData<{ items: DealRow[] }>

/** Changes a deal from its row: there at once, taken back when the server refuses, and undone by one click. */
export function useDealEdit(deal: DealRow): (patch: Patch, shown: Partial<DealRow>) => Promise<void> {
  const t = useDealsWords()
  const lang = useLang()
  const client = useQueryClient()
  const list = [...keys.deals, 'list']
  return async (patch, shown) => {
    const before = client.getQueriesData<Pages>({ queryKey: list })
    client.setQueriesData<Pages>(
      { queryKey: list },
      (data) =>
        data && {
          ...data,
          pages: data.pages.map((page) => ({
            ...page,
            items: page.items.map((row) => (row.id === deal.id ? { ...row, ...shown } : row)),
          })),
        },
    )
    try {
      const base = { ...deal, ownerId: deal.owner.id }
      const send = (body: object, version: number) =>
        change(routes.deals.update, { params: { dealId: deal.id }, body, version })
      const done = await sendOrAsk({ target: 'deal', name: deal.name, base, patch, send })
      if (done) {
        offerUndo(t('changed', { deal: deal.name }), async () => {
          try {
            await undoChange({ dealId: deal.id, recordId: deal.id, changeSet: done.changeSet })
          } catch {
            say(t('notUndone'), 'danger')
          }
          await client.invalidateQueries({ queryKey: keys.deals })
        })
      }
    } catch (error) {
      for (const [key, data] of before) client.setQueryData(key, data)
      say(problemOf(error).what?.[lang] ?? t('notSaved'), 'danger')
    }
    await client.invalidateQueries({ queryKey: keys.deals })
  }
}
