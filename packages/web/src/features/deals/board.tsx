import { Button } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useFormat } from '../../shared/format/format.ts'
import { ErrorState, Waiting } from '../../shared/states/states.tsx'
import { DealCard } from './card.tsx'
import classes from './deals.module.css'
import { PHASES, statusOf } from './model.ts'
import type { DealsSearch } from './model.ts'
import { NoDeals } from './nothing.tsx'
import { usePhaseNames } from './phases.ts'
import { dealsQuery, pipelineQuery, rowsOf } from './query.ts'
import { sums } from './sums.ts'
import { useDealsWords } from './words.ts'

/** Null: nothing was heard of the customer, so that no phase is known. */
type Phase = (typeof PHASES)[number] | null

/** A column for each phase of the customer: nobody drags a customer along, so cards do not move by hand. */
export function Board({ search, set }: { search: DealsSearch; set: (part: Partial<DealsSearch>) => void }) {
  const { data } = useQuery(pipelineQuery(search))
  const open = statusOf(search)
  const shown = PHASES.filter(
    (phase) =>
      (search.phase ?? PHASES).includes(phase) &&
      (open?.includes('won') || (phase !== 'implement' && phase !== 'realize')),
  )
  const unjudged = search.phase === undefined && data?.cells.some((cell) => cell.phase === undefined)
  if (data?.total === 0) return <NoDeals search={search} set={set} />
  return (
    <div className={classes.board}>
      {unjudged && <Lane phase={null} search={search} />}
      {shown.map((phase) => (
        <Lane key={phase} phase={phase} search={search} />
      ))}
    </div>
  )
}

function Lane({ phase, search }: { phase: Phase; search: DealsSearch }) {
  const t = useDealsWords()
  const format = useFormat()
  const [name, short] = [usePhaseNames(), usePhaseNames('short')]
  const query = useInfiniteQuery(dealsQuery(phase ? { ...search, phase: [phase] } : search, phase === null))
  const totals = useQuery(pipelineQuery(search))
  const cells = totals.data?.cells.filter((cell) => cell.phase === (phase ?? undefined)) ?? []
  const rows = rowsOf(query.data)
  const label = phase ? name(phase) : t('notJudgedSays')
  return (
    <section className={classes.lane} aria-label={label} title={label}>
      <header className={classes.laneHead}>
        <h2>
          <i style={{ background: phase ? `var(--s-phase-${PHASES.indexOf(phase)})` : 'var(--s-hair)' }} aria-hidden />
          {phase ? short(phase) : t('notJudged')}
        </h2>
        <span>{cells.reduce((sum, { count }) => sum + count, 0)}</span>
      </header>
      <p className={classes.laneSum}>{format.list(sums(cells).map((money) => format.money(money, true)))}</p>
      {query.isPending && <Waiting like="cards" count={3} />}
      {query.error && rows.length === 0 && <ErrorState error={query.error} retry={() => void query.refetch()} />}
      <ul className={classes.laneCards}>
        {rows.map((deal) => (
          <li key={deal.id}>
            <DealCard deal={deal} narrow />
          </li>
        ))}
      </ul>
      {!query.isPending && rows.length === 0 && <p className={classes.hint}>{t('laneEmpty')}</p>}
      {query.hasNextPage && (
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={() => void query.fetchNextPage()}
          loading={query.isFetchingNextPage}
        >
          {t('more')}
        </Button>
      )}
    </section>
  )
}
