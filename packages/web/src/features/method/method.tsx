import { Page } from '../../shared/page/page.tsx'
import { useMethodology } from '../../shared/method/methodology.ts'
import { useMethodWords } from './words.ts'

export function MethodScreen() {
  const t = useMethodWords()
  const { method } = useMethodology()
  return <Page title={t('title')}>{method.version}</Page>
}
