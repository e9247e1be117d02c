import { Anchor, Button, Divider, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { routes } from '@sente/api'
import type { Me } from '@sente/api'
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import type { FormEvent } from 'react'
import { api } from '../../shared/api/client.ts'
import { enter } from '../../shared/api/session.ts'
import { Mark } from '../../shared/brand/mark.tsx'
import { Fault, Gate } from '../../shared/gate/gate.tsx'
import { setLang } from '../../shared/i18n/i18n.ts'
import { useLang } from '../../shared/i18n/use-lang.ts'
import { useSigninWords } from './words.ts'

const route = getRouteApi('/signin')

/** Only addresses of our own: a link must not lead elsewhere after signing in. */
const safe = (to: string | undefined): string => (to !== undefined && /^\/(?!\/)/.test(to) ? to : '/')

/** Signing in by password or by the organisation's service; with a token in the address, setting a new password. */
export function SignIn() {
  const { token } = route.useSearch()
  return token === undefined ? <PasswordForm /> : <ResetForm token={token} />
}

function useEnter(): (me: Me) => void {
  const { to } = route.useSearch()
  const router = useRouter()
  return (me) => {
    enter(me)
    if (me.language) void setLang(me.language)
    // Pages that the server makes are no screens of the application.
    if (safe(to).startsWith('/oauth/')) window.location.assign(safe(to))
    else router.history.push(safe(to))
  }
}

function PasswordForm() {
  const t = useSigninWords()
  const goOn = useEnter()
  const { problem, to } = route.useSearch()
  const options = useQuery({ queryKey: ['auth-options'], queryFn: () => api.call(routes.auth.options) })
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const signIn = useMutation({
    mutationFn: () => api.call(routes.auth.signIn, { body: { email, password } }),
    onSuccess: goOn,
    onError: () => setPassword(''),
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    signIn.mutate()
  }
  const oidc = options.data?.oidc
  return (
    <Gate title={t('title')} says={options.data?.setupNeeded ? t('setupNeeded') : t('says')} mark={<Mark />}>
      {problem !== undefined && (
        <Text size="sm" c="red" role="alert">
          {t('serviceFailed')}
        </Text>
      )}
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            type="email"
            label={t('email')}
            autoComplete="username"
            required
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
            size="md"
          />
          <PasswordInput
            label={t('password')}
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            size="md"
            visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }}
          />
          <Fault error={signIn.error} />
          <Button type="submit" loading={signIn.isPending} size="md" mt="xs">
            {t('enter')}
          </Button>
        </Stack>
      </form>
      {oidc && (
        <>
          <Divider label={t('or')} />
          <Button
            component="a"
            variant="default"
            size="md"
            href={`${oidc.url}${to === undefined ? '' : `?to=${encodeURIComponent(safe(to))}`}`}
          >
            {t('with', { name: oidc.name })}
          </Button>
        </>
      )}
      <Text size="xs" c="dimmed">
        {t('forgotten')}
      </Text>
    </Gate>
  )
}

function ResetForm({ token }: { token: string }) {
  const t = useSigninWords()
  const goOn = useEnter()
  const lang = useLang()
  const look = useQuery({
    queryKey: ['link', token],
    queryFn: () => api.call(routes.auth.link, { body: { token } }),
    retry: false,
  })
  const [password, setPassword] = useState('')
  const use = useMutation({
    mutationFn: () => api.call(routes.auth.useLink, { body: { token, password, language: lang } }),
    onSuccess: goOn,
  })
  if (look.error) {
    return (
      <Gate title={t('resetTitle')} mark={<Mark />}>
        <Fault error={look.error} />
        <Anchor href="/signin">{t('title')}</Anchor>
      </Gate>
    )
  }
  return (
    <Gate
      title={t('resetTitle')}
      says={look.data && t('resetSays', { name: look.data.name, email: look.data.email })}
      mark={<Mark />}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          use.mutate()
        }}
      >
        <Stack gap="sm">
          <PasswordInput
            label={t('newPassword')}
            description={t('passwordSays')}
            autoComplete="new-password"
            minLength={10}
            maxLength={200}
            required
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            size="md"
            visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }}
          />
          <Fault error={use.error} />
          <Button type="submit" loading={use.isPending} size="md" mt="xs">
            {t('setPassword')}
          </Button>
        </Stack>
      </form>
    </Gate>
  )
}
