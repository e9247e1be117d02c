import { Button, Select, Group, Text } from '@mantine/core'
import { routes } from '@sente/api'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../shared/api/client.ts'
import { membersQuery } from '../../shared/api/me.ts'
import { useFieldName, useKindName, useViaName } from '../../shared/api/words.ts'
import { EmptyState, Loaded, Waiting } from '../../shared/states/states.tsx'
import { StackingTable } from '../../shared/table/stacking-table.tsx'
import { When } from '../../shared/time/when.tsx'
import { useAuditValue } from './audit-value.ts'
import { differences } from './differences.ts'
import { Panel } from './panel.tsx'
import classes from './settings.module.css'
import { useSettingsWords } from './words.ts'

/** Who changed what from which value to which, newest first. */
export function Audit() {
  const t = useSettingsWords()
  const kindName = useKindName()
  const fieldName = useFieldName()
  const viaName = useViaName()
  const say = useAuditValue()
  const members = useQuery(membersQuery)
  const [actorId, setActorId] = useState<string | null>(null)
  const query = useInfiniteQuery({
    queryKey: ['audit', actorId],
    queryFn: ({ pageParam, signal }) =>
      api.call(routes.work.audit, {
        query: {
          limit: 100,
          ...(actorId === null ? {} : { actorId }),
          ...(pageParam === undefined ? {} : { cursor: pageParam }),
        },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
  })
  return (
    <Panel
      title={t('sections.audit')}
      says={t('auditSays')}
      actions={
        <Select
          size="xs"
          w={180}
          clearable
          allowDeselect
          placeholder={t('everybody')}
          aria-label={t('by')}
          data={members.data?.map(({ id, name }) => ({ value: id, label: name })) ?? []}
          value={actorId}
          onChange={setActorId}
        />
      }
    >
      <Loaded
        query={query}
        waiting={<Waiting like="rows" count={10} />}
        isEmpty={({ pages }) => pages[0]?.items.length === 0}
        empty={<EmptyState title={t('noChanges')} />}
      >
        {({ pages }) => (
          <StackingTable
            columns={[
              { name: t('when'), className: classes.whole },
              { name: t('by') },
              { name: t('what') },
              { name: t('fromTo'), className: classes.values },
            ]}
            rows={pages
              .flatMap(({ items }) => items)
              .map((item) => {
                const changes = differences(item.before, item.after)
                return {
                  id: item.id,
                  cells: [
                    <When key="at" at={item.at} />,
                    <>
                      {item.actor ?? t('program')}
                      <Text size="xs" c="dimmed">
                        {viaName(item.via)}
                      </Text>
                    </>,
                    <>
                      {t(`actions.${item.action as 'create'}`, { kind: kindName(item.kind) })}
                      {item.dealId !== undefined && (
                        <Text size="xs">
                          <Link
                            to="/deals/$dealId/$section"
                            params={{ dealId: item.dealId, section: 'history' }}
                            className={classes.quiet}
                          >
                            {t('toDeal')}
                          </Link>
                        </Text>
                      )}
                    </>,
                    changes.length > 0
                      ? changes.map(({ name, before, after }) => (
                          <div key={name}>
                            <strong>{fieldName(name)}</strong> {say(name, before)} → {say(name, after)}
                          </div>
                        ))
                      : '',
                  ],
                }
              })}
          />
        )}
      </Loaded>
      {query.hasNextPage && (
        <Group justify="center" mt="sm">
          <Button variant="subtle" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t('older')}
          </Button>
        </Group>
      )}
    </Panel>
  )
}
