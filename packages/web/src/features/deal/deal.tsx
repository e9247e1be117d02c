import { Outlet } from '@tanstack/react-router'
import { Page } from '../../shared/page/page.tsx'
import { useDealWords } from './words.ts'

export function DealScreen() {
  const t = useDealWords()
  return (
    <Page title={t('title')}>
      <Outlet />
    </Page>
  )
}
