import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useDealView } from '../context.ts'
import stack from '../deal.module.css'
import { Items } from './items.tsx'
import { jointQuery } from './joint-query.ts'
import { Links } from './links.tsx'
import { Said } from './said.tsx'

/** What we do together with the customer: what they see of it, what they say to it, and who has a link. */
export function JointSection() {
  const { dealId, whole } = useDealView()
  const query = useQuery(jointQuery(dealId, whole.deal.version))
  return (
    <div className={stack.columns}>
      <Stack gap="md">
        <Items candidates={query.data?.candidates ?? []} />
      </Stack>
      <Stack gap="md">
        <Said query={query} />
        <Links query={query} />
      </Stack>
    </div>
  )
}
