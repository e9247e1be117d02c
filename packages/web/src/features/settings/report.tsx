import { Button, Group, Table } from '@mantine/core'
import { routes } from '@sente/client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { api } from '../../shared/api/client.ts'
import { useFieldName } from '../../shared/api/words.ts'
import { useText } from '../../shared/i18n/use-lang.ts'
import { Loaded, Waiting } from '../../shared/states/states.tsx'
import classes from './settings.module.css'
import { useSettingsWords } from './words.ts'

/** Row by row what was wrong and how to mend it. */
export function Report({ runId }: { runId: string }) {
  const t = useSettingsWords()
  const text = useText()
  const fieldName = useFieldName()
  const query = useInfiniteQuery({
    queryKey: ['imports', runId, 'faults'],
    queryFn: ({ pageParam }) => api.call(routes.exchange.faults, { params: { runId }, query: { limit: 100, ...(pageParam === undefined ? {} : { cursor: pageParam }) } }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
  })
  return (
    <Loaded query={query} waiting={<Waiting like="rows" count={4} />}>
      {({ pages }) => (
        <>
          <Table.ScrollContainer minWidth={480} mah={360}>
            <Table verticalSpacing={4}>
              <Table.Thead><Table.Tr><Table.Th>{t('row')}</Table.Th><Table.Th>{t('field')}</Table.Th><Table.Th>{t('fault')}</Table.Th></Table.Tr></Table.Thead>
              <Table.Tbody>
                {pages.flatMap(({ items }) => items).map((fault) => (
                  <Table.Tr key={`${fault.row}${fault.field}`}>
                    <Table.Td>{fault.row}</Table.Td>
                    <Table.Td>{fault.field !== undefined && fieldName(fault.field)}</Table.Td>
                    <Table.Td className={classes.values}>{text(fault.what)}{fault.value !== undefined && ` “${fault.value}”`}{fault.nearest !== undefined && ` → ${fault.nearest}`}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
          {query.hasNextPage && <Group><Button variant="subtle" size="compact-sm" onClick={() => void query.fetchNextPage()} loading={query.isFetchingNextPage}>{t('older')}</Button></Group>}
        </>
      )}
    </Loaded>
  )
}
