import { Page } from '../../shared/page/page.tsx'
import { EmptyState } from '../../shared/states/states.tsx'
import { useSettingsWords } from './words.ts'

export function SettingsScreen() {
  const t = useSettingsWords()
  return (
    <Page title={t('title')}>
      <EmptyState title={t('empty')} />
    </Page>
  )
}
