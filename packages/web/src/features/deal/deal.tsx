import { Button } from '@mantine/core'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useDeal } from '../../shared/api/deal.ts'
import { Page } from '../../shared/page/page.tsx'
import { ErrorState, isGone, Loaded } from '../../shared/states/states.tsx'
import { DealPage } from './deal-page.tsx'
import { DealWaiting } from './deal-waiting.tsx'
import { useDealWords } from './words.ts'

const route = getRouteApi('/shell/deals/$dealId')

/** One deal: what is on top of every section, and the section of the address below. */
export function DealScreen() {
  const { dealId } = route.useParams()
  const { asOf } = route.useSearch()
  const t = useDealWords()
  const query = useDeal(dealId, asOf)
  // Not there, not to be seen, or out of reach: the other deals are.
  if (query.error && (query.data === undefined || isGone(query.error))) {
    return (
      <Page title={t('deal')}>
        <ErrorState
          error={query.error}
          retry={() => void query.refetch()}
          wayOut={
            <Button size="sm" component={Link} to="/deals">
              {t('toDeals')}
            </Button>
          }
        />
      </Page>
    )
  }
  return (
    <Loaded query={query} waiting={<DealWaiting />}>
      {(reading) => <DealPage key={dealId} dealId={dealId} reading={reading} earlier={asOf} />}
    </Loaded>
  )
}
