import { getRouteApi } from '@tanstack/react-router'
import { Text } from '@mantine/core'

const route = getRouteApi('/shell/deals/$dealId/$section')

export function DealSection() {
  const { section } = route.useParams()
  return <Text>{section}</Text>
}
