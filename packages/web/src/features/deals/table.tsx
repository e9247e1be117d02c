import { Checkbox, UnstyledButton } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import type { DealRow } from '@sente/api'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { filesPlace } from '../../shared/files/files.ts'
import { useMay } from '../../shared/api/me.ts'
import { ErrorState, Waiting } from '../../shared/states/states.tsx'
import { Bulk } from './bulk.tsx'
import { Cards } from './cards.tsx'
import { Cell, NUMERIC } from './cells.tsx'
import classes from './deals.module.css'
import { DEFAULT_COLUMNS, nextSort, sortOf } from './model.ts'
import type { Column, DealsSearch, Sort } from './model.ts'
import { NoDeals } from './nothing.tsx'
import { dealsQuery, rowsOf } from './query.ts'
import { useDealsWords } from './words.ts'

const ROW = 44

interface Props {
  search: DealsSearch
  set: (part: Partial<DealsSearch>) => void
}

/** Deals of any number, as rows or, where these have no room, as cards: only those in sight are drawn, further pages come as one scrolls near them. */
export function Table({ search, set }: Props) {
  const query = useInfiniteQuery(dealsQuery(search))
  const rows = useMemo(() => rowsOf(query.data), [query.data])
  const narrow = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query
  const reach = useCallback(
    (last: number): void => {
      if (hasNextPage && !isFetchingNextPage && last >= rows.length - 60) void fetchNextPage()
    },
    [rows.length, hasNextPage, isFetchingNextPage, fetchNextPage],
  )
  if (query.isPending) return <Waiting like="rows" count={12} />
  if (query.error && rows.length === 0) return <ErrorState error={query.error} retry={() => void query.refetch()} />
  if (rows.length === 0) return <NoDeals search={search} set={set} />
  return narrow ? (
    <Cards rows={rows} onReach={reach} />
  ) : (
    <Rows search={search} set={set} rows={rows} more={hasNextPage} onReach={reach} />
  )
}

function Rows({
  search,
  set,
  rows,
  more,
  onReach,
}: Props & { rows: readonly DealRow[]; more: boolean; onReach: (last: number) => void }) {
  const t = useDealsWords()
  const may = useMay('deals:write')
  // Many at once are changed in a workspace; files are changed one by one.
  const choosing = may && filesPlace === undefined
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const choose = useCallback(
    (id: string, on: boolean): void =>
      setChosen((before) => {
        const next = new Set(before)
        if (on) next.add(id)
        else next.delete(id)
        return next
      }),
    [],
  )
  const frame = useRef<HTMLDivElement>(null)
  // We use no React Compiler: what it would not memoize is not memoized here either.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW,
    overscan: 4,
  })
  const seen = virtual.getVirtualItems()
  const last = seen.at(-1)?.index ?? 0
  useEffect(() => onReach(last), [last, onReach])

  const above = seen[0]?.start ?? 0
  const below = virtual.getTotalSize() - (seen.at(-1)?.end ?? 0)
  const columns = search.columns ?? DEFAULT_COLUMNS
  const all = chosen.size > 0 && rows.every(({ id }) => chosen.has(id))
  const width = columns.length + 1 + (choosing ? 1 : 0)
  return (
    <>
      {chosen.size > 0 && <Bulk ids={[...chosen]} onDone={() => setChosen(new Set())} />}
      {/* A region that scrolls must be reachable by keys. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div ref={frame} className={classes.frame} tabIndex={0} role="region" aria-label={t('title')}>
        <table className={classes.table} aria-rowcount={more ? -1 : rows.length + 1}>
          <thead>
            <tr>
              {choosing && (
                <th className={classes.check}>
                  <Checkbox
                    size="xs"
                    aria-label={t('chooseAll')}
                    checked={all}
                    indeterminate={chosen.size > 0 && !all}
                    onChange={() => setChosen(all ? new Set() : new Set(rows.map(({ id }) => id)))}
                  />
                </th>
              )}
              <Heading column="name" search={search} set={set} />
              {columns.map((column) => (
                <Heading key={column} column={column} search={search} set={set} />
              ))}
            </tr>
          </thead>
          <tbody>
            {above > 0 && <Gap height={above} width={width} />}
            {seen.map(({ index }) => {
              const deal = rows[index]!
              return (
                <Row
                  key={deal.id}
                  deal={deal}
                  index={index}
                  columns={columns}
                  may={may}
                  chosen={chosen.has(deal.id)}
                  choose={choose}
                />
              )
            })}
            {below > 0 && <Gap height={below} width={width} />}
          </tbody>
        </table>
      </div>
    </>
  )
}

function Heading({
  column,
  search,
  set,
}: {
  column: Sort
  search: DealsSearch
  set: (part: Partial<DealsSearch>) => void
}) {
  const t = useDealsWords()
  const now = sortOf(search)
  const sorted = now.sort === column
  return (
    <th
      scope="col"
      data-column={column}
      aria-sort={sorted ? (now.order === 'asc' ? 'ascending' : 'descending') : 'none'}
      className={NUMERIC.has(column) ? classes.numeric : undefined}
    >
      <UnstyledButton className={classes.heading} onClick={() => set(nextSort(search, column))}>
        {t(`columns.${column as 'name'}`)}
        {sorted &&
          (now.order === 'asc' ? <IconArrowUp size={13} aria-hidden /> : <IconArrowDown size={13} aria-hidden />)}
      </UnstyledButton>
    </th>
  )
}

interface RowProps {
  deal: DealRow
  index: number
  columns: readonly Column[]
  may: boolean
  chosen: boolean
  choose: (id: string, on: boolean) => void
}

/** Drawn once: while one scrolls, only rows that come into sight cost anything. */
const Row = memo(function Row({ deal, index, columns, may, chosen, choose }: RowProps) {
  const t = useDealsWords()
  return (
    <tr aria-rowindex={index + 2} data-chosen={chosen || undefined} style={{ height: ROW }}>
      {may && filesPlace === undefined && (
        <td className={classes.check}>
          <Checkbox
            size="xs"
            aria-label={t('choose', { deal: deal.name })}
            checked={chosen}
            onChange={(event) => choose(deal.id, event.currentTarget.checked)}
          />
        </td>
      )}
      <th scope="row">
        <Link to="/deals/$dealId" params={{ dealId: deal.id }} className={classes.name} title={deal.name}>
          {deal.name}
        </Link>
      </th>
      {columns.map((column) => (
        <td key={column} data-column={column} className={NUMERIC.has(column) ? classes.numeric : undefined}>
          <Cell column={column} deal={deal} may={may} />
        </td>
      ))}
    </tr>
  )
})

/** Stands for the rows that are not drawn. */
const Gap = ({ height, width }: { height: number; width: number }) => (
  <tr aria-hidden="true">
    <td colSpan={width} style={{ height, padding: 0, border: 0 }}>
      {' '}
    </td>
  </tr>
)
