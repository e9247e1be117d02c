import { Alert, Autocomplete, Button, Group, Stack, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { routes } from '@sente/api'
import type { Person } from '@sente/api'
import { IconUserCheck, IconUsers } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { api } from '../../../shared/api/client.ts'
import { keys } from '../../../shared/api/keys.ts'
import { useDealView } from '../context.ts'
import { knownIn, sameName } from '../model/people.ts'
import { useDealWords } from '../words.ts'
import type { Values } from './spec.ts'
import classes from './forms.module.css'

interface Props {
  label: string
  fault: string | undefined
  focus: boolean
  values: Values
  onChange: (name: string, value: unknown) => void
}

/** The name of somebody new in the deal. People of the account who are known already are offered, so that nobody is written down twice. */
export function PersonName({ label, fault, focus, values, onChange }: Props) {
  const t = useDealWords()
  const { whole, byPerson, people } = useDealView()
  const { accountId } = whole.deal
  const name = typeof values['name'] === 'string' ? values['name'] : ''
  const [q] = useDebouncedValue(name.trim(), 200)
  const found = useQuery({
    queryKey: [...keys.accounts, accountId, 'people', q],
    queryFn: ({ signal }) =>
      api.call(routes.people.list, { query: { accountId, ...(q !== '' && { q }), limit: 50 }, signal }),
    enabled: accountId !== undefined,
    placeholderData: keepPreviousData,
  }).data
  const others = (found?.items ?? []).filter(({ id }) => !byPerson.has(id))
  const chosen = knownIn(values)
  const twins = chosen ? [] : others.filter((person) => sameName(person.name, name))
  const here = people.find((person) => sameName(person.name, name))

  const take = (person: Person): void => {
    const { name: known, title, local, email, phone, leftOn, reportsTo } = person
    for (const [field, value] of Object.entries({
      name: known,
      title,
      local,
      email,
      phone,
      leftOn,
      reportsTo: reportsTo === false ? 'none' : reportsTo,
      known: person,
    }))
      onChange(field, value)
  }
  return (
    <Stack gap={6} className={classes.full}>
      <Autocomplete
        label={label}
        error={fault}
        withAsterisk
        size="sm"
        data-autofocus={focus || undefined}
        value={name}
        onChange={(next) => onChange('name', next)}
        onOptionSubmit={(id) => {
          const person = others.find((one) => one.id === id)
          if (person) take(person)
        }}
        data={others.map((person) => ({ value: person.id, label: person.name }))}
        renderOption={({ option }) => <Known person={others.find(({ id }) => id === option.value)} />}
        limit={8}
        comboboxProps={{ withinPortal: false }}
        // The field has the focus as soon as the form opens; the list waits for a key or a click.
        openOnFocus={false}
      />
      {chosen && (
        <Said icon={<IconUserCheck size={15} aria-hidden />}>{t('people.takenKnown', { name: chosen.name })}</Said>
      )}
      {here && (
        <Said icon={<IconUsers size={15} aria-hidden />} warns>
          {t('people.alreadyHere', { name: here.name })}
        </Said>
      )}
      {!here &&
        twins.map((person) => (
          <Said
            key={person.id}
            icon={<IconUsers size={15} aria-hidden />}
            warns
            action={
              <Button size="compact-xs" variant="light" onClick={() => take(person)}>
                {t('people.takeKnown')}
              </Button>
            }
          >
            {t('people.knownAlready', { name: [person.name, person.title].filter(Boolean).join(' · ') })}
          </Said>
        ))}
    </Stack>
  )
}

function Known({ person }: { person: Person | undefined }) {
  return (
    <span>
      {person?.name}{' '}
      {person?.title !== undefined && (
        <Text span size="xs" c="dimmed">
          {person.title}
        </Text>
      )}
    </span>
  )
}

function Said({
  icon,
  warns = false,
  action,
  children,
}: {
  icon: ReactNode
  warns?: boolean
  action?: ReactNode
  children: ReactNode
}) {
  return (
    <Alert color={warns ? 'yellow' : 'tide'} variant="light" icon={icon} py={6} role="status">
      <Group justify="space-between" gap="xs">
        <Text size="xs">{children}</Text>
        {action}
      </Group>
    </Alert>
  )
}
