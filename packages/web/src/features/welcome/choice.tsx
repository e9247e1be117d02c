import { Button, Stack, Text, UnstyledButton } from '@mantine/core'
import { routes } from '@sente/api'
import { IconPencilPlus, IconTableImport, IconUsersGroup } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { api, change } from '../../shared/api/client.ts'
import { keys } from '../../shared/api/keys.ts'
import { useMay } from '../../shared/api/me.ts'
import { Mark } from '../../shared/brand/mark.tsx'
import { Fault, Gate } from '../../shared/gate/gate.tsx'
import classes from './welcome.module.css'
import { useWelcomeWords } from './words.ts'

function Option({
  icon,
  title,
  says,
  busy,
  onClick,
}: {
  icon: ReactNode
  title: string
  says: string
  busy?: boolean
  onClick: () => void
}) {
  return (
    <UnstyledButton className={classes.option} onClick={onClick} disabled={busy} aria-busy={busy}>
      <span className={classes.icon} aria-hidden>
        {icon}
      </span>
      <span>
        <Text fw={600}>{title}</Text>
        <Text size="sm" c="dimmed">
          {says}
        </Text>
      </span>
    </UnstyledButton>
  )
}

/** Sample or own data; nothing chosen here is final. */
export function Choice({ onOwn }: { onOwn: () => void }) {
  const t = useWelcomeWords()
  const navigate = useNavigate()
  const client = useQueryClient()
  const workspace = useQuery({ queryKey: keys.workspace, queryFn: () => api.call(routes.workspace.get) })
  const load = useMutation({
    mutationFn: () => change(routes.workspace.loadSample, {}),
    onSuccess: async () => {
      await client.invalidateQueries()
      void navigate({ to: '/' })
    },
  })
  const [mayWrite, mayImport, mayManage] = [useMay('deals:write'), useMay('import'), useMay('workspace:manage')]
  const there = workspace.data?.sample === true
  return (
    <Gate title={t('chooseTitle')} says={t('chooseSays')} mark={<Mark />}>
      <Stack gap="xs">
        {(there || mayManage) && (
          <Option
            icon={<IconUsersGroup size={22} stroke={1.6} />}
            title={there ? t('sampleThere') : t('sample')}
            says={t('sampleSays')}
            busy={load.isPending}
            onClick={() => (there ? void navigate({ to: '/' }) : load.mutate())}
          />
        )}
        {mayWrite && (
          <Option
            icon={<IconPencilPlus size={22} stroke={1.6} />}
            title={t('own')}
            says={t('ownSays')}
            onClick={onOwn}
          />
        )}
        {mayImport && (
          <Option
            icon={<IconTableImport size={22} stroke={1.6} />}
            title={t('import')}
            says={t('importSays')}
            onClick={() => void navigate({ to: '/settings/$section', params: { section: 'import' } })}
          />
        )}
        {/* Who may only read has nothing to begin with: the way in remains. */}
        {!there && !mayManage && !mayWrite && (
          <Button component={Link} to="/">
            {t('enter')}
          </Button>
        )}
      </Stack>
      <Fault error={load.error} />
    </Gate>
  )
}
