import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { filesPlace } from '../../shared/files/files.ts'
import { useMay } from '../../shared/api/me.ts'
import { EmptyState } from '../../shared/states/states.tsx'
import { isFiltered } from './model.ts'
import type { DealsSearch } from './model.ts'
import { useDealsWords } from './words.ts'

/** No deal to show: because of the filters, or because there is none, and then what one may do about it. */
export function NoDeals({ search, set }: { search: DealsSearch; set: (part: Partial<DealsSearch>) => void }) {
  const t = useDealsWords()
  const [may, mayImport] = [useMay('deals:write'), useMay('import')]
  if (isFiltered(search))
    return (
      <EmptyState
        title={t('noneFits')}
        action={
          <Button
            variant="default"
            onClick={() =>
              set({
                q: undefined,
                status: undefined,
                phase: undefined,
                lead: undefined,
                owner: undefined,
                danger: undefined,
                vacuum: undefined,
              })
            }
          >
            {t('clear')}
          </Button>
        }
      />
    )
  if (filesPlace !== undefined) return <EmptyState title={t('emptyFiles')}>{t('emptyFilesSay')}</EmptyState>
  if (!may) return <EmptyState title={t('empty')}>{t('emptyReader')}</EmptyState>
  return (
    <EmptyState
      title={t('empty')}
      action={
        <>
          <Button component={Link} to="/welcome">
            {t('first')}
          </Button>
          {mayImport && (
            <Button
              variant="default"
              renderRoot={(props) => <Link to="/settings/$section" params={{ section: 'import' }} {...props} />}
            >
              {t('bring')}
            </Button>
          )}
        </>
      }
    >
      {t('emptySays')}
    </EmptyState>
  )
}
