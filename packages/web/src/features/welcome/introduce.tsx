import { Anchor, Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { routes } from '@sente/api'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../shared/api/client.ts'
import { enter } from '../../shared/api/session.ts'
import { Mark } from '../../shared/brand/mark.tsx'
import { Fault, Gate } from '../../shared/gate/gate.tsx'
import { useLang } from '../../shared/i18n/use-lang.ts'
import { Waiting } from '../../shared/states/states.tsx'
import { useWelcomeWords } from './words.ts'

/** Opens with a one-time link: name and password, and on the first start the workspace as well. */
export function Introduce({ token, onDone }: { token: string; onDone: () => void }) {
  const t = useWelcomeWords()
  const lang = useLang()
  const router = useRouter()
  const look = useQuery({
    queryKey: ['link', token],
    queryFn: () => api.call(routes.auth.link, { body: { token } }),
    retry: false,
  })
  const [values, setValues] = useState<{ name?: string; email?: string; workspaceName?: string; password: string }>({
    password: '',
  })
  const set =
    (key: keyof typeof values) =>
    (event: { currentTarget: { value: string } }): void => {
      const { value } = event.currentTarget
      setValues((known) => ({ ...known, [key]: value }))
    }
  const setup = look.data?.purpose === 'setup'
  const use = useMutation({
    mutationFn: () => {
      const { password, ...rest } = values
      const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== ''))
      return api.call(routes.auth.useLink, { body: { token, password, language: lang, ...given } })
    },
    onSuccess: (me) => {
      enter(me)
      // The link is used up: it must not stay in the history.
      void router.navigate({ to: setup ? '/welcome' : '/', search: {}, replace: true })
      if (setup) onDone()
    },
  })
  if (look.error) {
    return (
      <Gate title={t('linkTitle')} mark={<Mark />}>
        <Fault error={look.error} />
        <Anchor component={Link} to="/signin">
          {t('toSignIn')}
        </Anchor>
      </Gate>
    )
  }
  if (!look.data)
    return (
      <Gate title={t('title')} mark={<Mark />}>
        <Waiting like="text" count={5} />
      </Gate>
    )
  const { data } = look
  return (
    <Gate
      title={t('title')}
      says={setup ? t('setupSays') : t('invitedSays', { workspace: data.workspace })}
      mark={<Mark />}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          use.mutate()
        }}
      >
        <Stack gap="sm">
          <TextInput
            label={t('name')}
            autoComplete="name"
            required
            value={values.name ?? data.name}
            onChange={set('name')}
            size="md"
            maxLength={200}
          />
          {setup && (
            <TextInput
              type="email"
              label={t('email')}
              autoComplete="username"
              required
              value={values.email ?? ''}
              placeholder="name@example.com"
              onChange={set('email')}
              size="md"
            />
          )}
          {!setup && (
            <TextInput type="email" label={t('email')} value={data.email} readOnly size="md" autoComplete="username" />
          )}
          {setup && (
            <TextInput
              label={t('workspace')}
              value={values.workspaceName ?? data.workspace}
              onChange={set('workspaceName')}
              size="md"
              maxLength={200}
            />
          )}
          <PasswordInput
            label={t('password')}
            description={t('passwordSays')}
            autoComplete="new-password"
            minLength={10}
            maxLength={200}
            required
            value={values.password}
            onChange={set('password')}
            size="md"
            visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }}
          />
          <Fault error={use.error} />
          <Button type="submit" size="md" mt="xs" loading={use.isPending}>
            {t('go')}
          </Button>
        </Stack>
      </form>
    </Gate>
  )
}
