import { Page } from '../../shared/page/page.tsx'
import { EmptyState } from '../../shared/states/states.tsx'
import { useWelcomeWords } from './words.ts'

export function Welcome() {
  const t = useWelcomeWords()
  return (
    <Page title={t('title')}>
      <EmptyState title={t('empty')} />
    </Page>
  )
}
