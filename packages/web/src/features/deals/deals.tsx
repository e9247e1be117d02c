import { Page } from '../../shared/page/page.tsx'
import { EmptyState } from '../../shared/states/states.tsx'
import { useDealsWords } from './words.ts'

export function Deals() {
  const t = useDealsWords()
  return (
    <Page title={t('title')}>
      <EmptyState title={t('empty')} />
    </Page>
  )
}
