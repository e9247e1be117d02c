import { Button } from '@mantine/core'
import { IconAlertTriangle, IconCompassOff } from '@tabler/icons-react'
import { Link, Outlet, useRouter } from '@tanstack/react-router'
import type { ErrorComponentProps } from '@tanstack/react-router'
import { problemOf } from '../shared/api/problem.ts'
import { Page } from '../shared/page/page.tsx'
import { ErrorState, Notice, Waiting } from '../shared/states/states.tsx'
import { useCommonWords } from '../shared/words/common.ts'

export const RootScreen = () => <Outlet />

export function NotFoundScreen() {
  const t = useCommonWords()
  return (
    <Page title={t('error.notFound')} width="reading">
      <Notice
        icon={<IconCompassOff size={22} />}
        title={t('error.notFoundSays')}
        action={
          <Button component={Link} to="/">
            {t('error.home')}
          </Button>
        }
      />
    </Page>
  )
}

/** An address outside of the shell, which brings the landmarks along that the shell has. */
export const NowhereScreen = () => (
  <main id="content">
    <NotFoundScreen />
  </main>
)

/** A screen that threw: a known problem in its own words, anything else as a fault of ours. */
export function ScreenFault({ error, reset }: ErrorComponentProps) {
  const t = useCommonWords()
  const router = useRouter()
  const again = (): void => {
    reset()
    void router.invalidate()
  }
  if (problemOf(error).kind !== 'other') return <ErrorState error={error} retry={again} />
  return (
    <Notice
      icon={<IconAlertTriangle size={22} />}
      title={t('error.page')}
      tone="danger"
      role="alert"
      action={
        <Button variant="default" onClick={again}>
          {t('retry')}
        </Button>
      }
    >
      {t('error.unknown')}
    </Notice>
  )
}

export const ScreenWaiting = () => (
  <div style={{ padding: '1.25rem clamp(0.75rem, 2.2vw, 2rem)' }}>
    <Waiting like="block" height={420} />
  </div>
)
