import { Button, Group } from '@mantine/core'
import { routes } from '@sente/api'
import { useInfiniteQuery } from '@tanstack/react-query'
import { api } from '../../shared/api/client.ts'
import { useFieldName } from '../../shared/api/words.ts'
import { useText } from '../../shared/i18n/use-lang.ts'
import { Loaded, Waiting } from '../../shared/states/states.tsx'
import { StackingTable } from '../../shared/table/stacking-table.tsx'
import classes from './settings.module.css'
import { useSettingsWords } from './words.ts'

/** Row by row what was wrong and how to mend it. */
export function Report({ runId }: { runId: string }) {
  const t = useSettingsWords()
  const text = useText()
  const fieldName = useFieldName()
  const query = useInfiniteQuery({
    queryKey: ['imports', runId, 'faults'],
    queryFn: ({ pageParam }) =>
      api.call(routes.exchange.faults, {
        params: { runId },
        query: { limit: 100, ...(pageParam === undefined ? {} : { cursor: pageParam }) },
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
  })
  return (
    <Loaded query={query} waiting={<Waiting like="rows" count={4} />}>
      {({ pages }) => (
        <>
          <div className={classes.faults}>
            <StackingTable
              columns={[{ name: t('row') }, { name: t('field') }, { name: t('fault'), className: classes.values }]}
              rows={pages
                .flatMap(({ items }) => items)
                .map((fault) => ({
                  id: `${fault.row}${fault.field}`,
                  cells: [
                    t('rowAt', { row: fault.row }),
                    fault.label ? text(fault.label) : fieldName(fault.field),
                    <>
                      {text(fault.what)}
                      {fault.value !== undefined && ` “${fault.value}”`}
                      {fault.nearest !== undefined && ` → ${fault.nearest}`}
                    </>,
                  ],
                }))}
            />
          </div>
          {query.hasNextPage && (
            <Group>
              <Button
                variant="subtle"
                size="compact-sm"
                onClick={() => void query.fetchNextPage()}
                loading={query.isFetchingNextPage}
              >
                {t('older')}
              </Button>
            </Group>
          )}
        </>
      )}
    </Loaded>
  )
}
