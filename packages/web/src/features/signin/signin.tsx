import { Page } from '../../shared/page/page.tsx'
import { EmptyState } from '../../shared/states/states.tsx'
import { useSigninWords } from './words.ts'

export function SignIn() {
  const t = useSigninWords()
  return (
    <Page title={t('title')}>
      <EmptyState title={t('empty')} />
    </Page>
  )
}
