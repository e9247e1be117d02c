import { getRouteApi } from '@tanstack/react-router'
import { useDeal } from '../../shared/api/deal.ts'
import { Loaded } from '../../shared/states/states.tsx'
import { DealPage } from './deal-page.tsx'
import { DealWaiting } from './deal-waiting.tsx'

const route = getRouteApi('/shell/deals/$dealId')

/** One deal: what is on top of every section, and the section of the address below. */
export function DealScreen() {
  const { dealId } = route.useParams()
  const { asOf } = route.useSearch()
  const query = useDeal(dealId, asOf)
  return (
    <Loaded query={query} waiting={<DealWaiting />}>
      {(reading) => <DealPage key={dealId} dealId={dealId} reading={reading} earlier={asOf} />}
    </Loaded>
  )
}
