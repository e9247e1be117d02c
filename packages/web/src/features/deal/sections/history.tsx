import { Button, Text } from '@mantine/core'
import { routes } from '@sente/api'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../../../shared/api/client.ts'
import { filesPlace } from '../../../shared/files/files.ts'
import { keys } from '../../../shared/api/keys.ts'
import { undoChange } from '../../../shared/api/undo-change.ts'
import { useFieldName, useKindName, useViaName } from '../../../shared/api/words.ts'
import { EmptyState, Loaded, Waiting } from '../../../shared/states/states.tsx'
import { When } from '../../../shared/time/when.tsx'
import { say } from '../../../shared/undo/undo.tsx'
import { useCommonWords } from '../../../shared/words/common.ts'
import { useDealView } from '../context.ts'
import { useProblemWords } from '../edits.ts'
import { groupsOf, toldFields } from '../model/history.ts'
import type { HistoryItem } from '../model/history.ts'
import { Panel } from '../parts/panel.tsx'
import { useValueWords } from '../parts/value-words.tsx'
import { useDealWords } from '../words.ts'
import classes from './history.module.css'

/** A form changes a few things at once; an import changes hundreds. */
const FEW = 4

/** Who changed what from which value to which; whole requests can be taken back as long as nothing of them was changed since. */
export function HistorySection() {
  const t = useDealWords()
  const { dealId } = useDealView()
  const query = useInfiniteQuery({
    queryKey: keys.dealHistory(dealId),
    queryFn: ({ pageParam, signal }) =>
      api.call(routes.deals.history, {
        params: { dealId },
        query: { limit: 50, ...(pageParam !== '' && { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })
  return (
    <Panel
      title={t('history.title')}
      says={t(filesPlace === undefined ? 'history.says' : 'history.saysFiles')}
      id="history"
    >
      <Loaded
        query={query}
        waiting={<Waiting like="rows" count={8} />}
        isEmpty={({ pages }) => pages.every(({ items }) => items.length === 0)}
        empty={<EmptyState title={t(filesPlace === undefined ? 'history.none' : 'history.noneFiles')} />}
      >
        {({ pages }) => (
          <>
            <ol className={classes.history}>
              {groupsOf(pages.flatMap(({ items }) => items)).map((group) => (
                <li key={group[0]!.id}>
                  <Group group={group} />
                </li>
              ))}
            </ol>
            {query.hasNextPage && (
              <Button
                size="compact-sm"
                variant="subtle"
                loading={query.isFetchingNextPage}
                onClick={() => void query.fetchNextPage()}
              >
                {t('history.more')}
              </Button>
            )}
          </>
        )}
      </Loaded>
    </Panel>
  )
}

function Group({ group }: { group: readonly HistoryItem[] }) {
  const t = useDealWords()
  const common = useCommonWords()
  const words = useProblemWords()
  const viaName = useViaName()
  const client = useQueryClient()
  const { may, dealId } = useDealView()
  const first = group[0]!
  const undo = async (): Promise<void> => {
    try {
      await undoChange({ changeSet: first.changeSet })
      say(common('undone'))
    } catch (error) {
      say(words(error), 'danger')
    }
    await client.invalidateQueries({ queryKey: keys.deal(dealId) })
  }
  const who = first.actor ?? t(`history.via.${WHO[first.via] ?? 'program'}`)
  return (
    <div className={classes.group} data-undone={group.every(({ undone }) => undone)}>
      <div className={classes.who}>
        <strong>{who}</strong>
        <Text size="xs" c="dimmed">
          <When at={first.at} />
          {first.via !== 'web' && ` · ${viaName(first.via)}`}
        </Text>
      </div>
      <div>
        <ul className={classes.changes}>
          {group.slice(0, FEW).map((item) => (
            <li key={item.id}>
              <Change item={item} />
            </li>
          ))}
        </ul>
        {group.length > FEW && (
          <details className={classes.rest}>
            <summary>{t('history.rest', { count: group.length - FEW })}</summary>
            <ul className={classes.changes}>
              {group.slice(FEW).map((item) => (
                <li key={item.id}>
                  <Change item={item} />
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
      {group.every(({ undone }) => undone) ? (
        <Text size="xs" c="dimmed">
          {common('undone')}
        </Text>
      ) : (
        may.write &&
        first.changeSet !== undefined && (
          <Button
            size="compact-xs"
            variant="subtle"
            className="no-print"
            leftSection={<IconArrowBackUp size={14} aria-hidden />}
            onClick={() => void undo()}
          >
            {common('undo')}
          </Button>
        )
      )}
    </div>
  )
}

function Change({ item }: { item: HistoryItem }) {
  const t = useDealWords()
  const kindName = useKindName()
  const fieldName = useFieldName()
  const show = useValueWords()
  const fields = toldFields(item)
  return (
    <>
      <span>
        {item.label
          ? t('namedValue', {
              name: t(`history.${item.action}`, { kind: kindName(item.kind) }),
              value: show('label', item.label),
            })
          : t(`history.${item.action}`, { kind: kindName(item.kind) })}
      </span>
      {fields.length > 0 && item.action !== 'delete' && (
        <dl className={classes.fields}>
          {fields.map(({ name, before, after }) => (
            <div key={name}>
              <dt>{fieldName(name)}</dt>
              <dd>
                {item.action === 'update' && (
                  <>
                    <del>{show(name, before)}</del>
                    <span aria-hidden> → </span>
                  </>
                )}
                <ins>{show(name, after)}</ins>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </>
  )
}

/** Who it was where nobody of ours is named. */
const WHO: Readonly<Record<string, 'unknown' | 'customer'>> = { web: 'unknown', api: 'unknown', customer: 'customer' }
