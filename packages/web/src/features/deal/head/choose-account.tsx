import { Button, Group, Select, Stack } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { routes } from '@sente/api'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, change } from '../../../shared/api/client.ts'
import { keys } from '../../../shared/api/keys.ts'
import { say } from '../../../shared/undo/undo.tsx'
import { useDealView } from '../context.ts'
import { useEdits, useProblemWords } from '../edits.ts'
import { useDealWords } from '../words.ts'

const NEW = 'new:'

/** Finds the deal's account by its name, or creates it. */
export function ChooseAccount({ close }: { close: () => void }) {
  const t = useDealWords()
  const { whole } = useDealView()
  const run = useEdits()
  const words = useProblemWords()
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState<string | null>(null)
  const [q] = useDebouncedValue(typed, 200)
  const found = useQuery({
    queryKey: [...keys.accounts, 'choose', q],
    queryFn: ({ signal }) => api.call(routes.accounts.list, { query: { q, limit: 20 }, signal }),
    placeholderData: keepPreviousData,
  }).data
  const items = (found?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))
  const fresh = typed.trim() !== '' && !items.some(({ label }) => label === typed.trim())

  const apply = async (): Promise<void> => {
    if (!chosen) return
    try {
      const accountId = chosen.startsWith(NEW)
        ? (await change(routes.accounts.create, { body: { name: chosen.slice(NEW.length) } })).value.id
        : chosen
      run(t('dealChanged'), (batch) => batch.update('deal', whole.deal, { accountId }))
      close()
    } catch (error) {
      say(words(error), 'danger')
    }
  }
  return (
    <Stack gap="xs">
      <Select
        size="sm"
        label={t('account')}
        data-autofocus
        searchable
        searchValue={typed}
        onSearchChange={setTyped}
        data={
          fresh
            ? [...items, { value: `${NEW}${typed.trim()}`, label: t('createNamed', { name: typed.trim() }) }]
            : items
        }
        filter={({ options }) => options}
        value={chosen}
        onChange={setChosen}
        comboboxProps={{ withinPortal: false }}
        nothingFoundMessage={t('form.nothing')}
      />
      <Group justify="flex-end">
        <Button size="compact-sm" disabled={!chosen} onClick={() => void apply()}>
          {t('choose')}
        </Button>
      </Group>
    </Stack>
  )
}
