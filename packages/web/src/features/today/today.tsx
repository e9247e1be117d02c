import { Page } from '../../shared/page/page.tsx'
import { EmptyState } from '../../shared/states/states.tsx'
import { useTodayWords } from './words.ts'

export function Today() {
  const t = useTodayWords()
  return (
    <Page title={t('title')}>
      <EmptyState title={t('empty')} />
    </Page>
  )
}
