import { Combobox, Modal, ScrollArea, TextInput, useCombobox, useMantineColorScheme } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { setLang } from '../../shared/i18n/i18n.ts'
import { useLang } from '../../shared/i18n/use-lang.ts'
import { isComposing } from '../../shared/shortcuts/composing.ts'
import { Found } from './found.tsx'
import { useFound } from './use-found.ts'
import { useSearchWords } from './words.ts'

interface Hit {
  id: string
  group: string
  name: string
  shown?: ReactNode
  run: () => void
}

/** Opened from anywhere with ⌘K: places, preferences, and whatever the typed words find. */
export function Search({ onClose }: { onClose: () => void }) {
  const t = useSearchWords()
  const lang = useLang()
  const navigate = useNavigate()
  const { setColorScheme } = useMantineColorScheme()
  const [typed, setTyped] = useState('')
  const combobox = useCombobox({ opened: true })

  const { items, waiting } = useFound(typed)
  const open = ({ kind, id, dealId, accountId }: (typeof items)[number]): void => {
    if (kind === 'account') void navigate({ to: '/accounts/$accountId', params: { accountId: id } })
    else if (dealId !== undefined)
      void navigate({
        to: kind === 'deal' ? '/deals/$dealId' : '/deals/$dealId/$section',
        params: { dealId, section: kind === 'person' ? 'people' : 'evidence' },
        search: kind === 'deal' ? {} : { item: id },
      })
    else if (accountId !== undefined) void navigate({ to: '/accounts/$accountId', params: { accountId } })
    else if (kind === 'deal') void navigate({ to: '/deals/$dealId', params: { dealId: id } })
  }
  const served: Hit[] = items.map((item) => ({
    id: `${item.kind}:${item.id}`,
    group: t(`kinds.${item.kind as 'deal'}`),
    name: item.title,
    shown: <Found item={item} />,
    run: () => open(item),
  }))
  const places: Hit[] = [
    { id: 'today', group: t('places'), name: t('today'), run: () => void navigate({ to: '/' }) },
    { id: 'deals', group: t('places'), name: t('deals'), run: () => void navigate({ to: '/deals' }) },
    { id: 'method', group: t('places'), name: t('method'), run: () => void navigate({ to: '/method' }) },
    ...(['signals', 'plays', 'rules'] as const).map((section) => ({
      id: section,
      group: t('places'),
      name: `${t('method')} › ${t(section)}`,
      run: () => void navigate({ to: '/method/$section', params: { section } }),
    })),
    { id: 'settings', group: t('places'), name: t('settings'), run: () => void navigate({ to: '/settings' }) },
    {
      id: 'language',
      group: t('preferences'),
      name: t('language'),
      run: () => void setLang(lang === 'zh' ? 'en' : 'zh'),
    },
    { id: 'light', group: t('preferences'), name: t('light'), run: () => setColorScheme('light') },
    { id: 'dark', group: t('preferences'), name: t('dark'), run: () => setColorScheme('dark') },
  ]
  const wanted = typed.trim().toLowerCase()
  const hits = [...served, ...places.filter(({ name }) => name.toLowerCase().includes(wanted))]
  const found = hits
  const groups = [...new Set(found.map(({ group }) => group))]
  const submit = (id: string): void => {
    onClose()
    hits.find((hit) => hit.id === id)?.run()
  }

  return (
    <Modal.Root opened onClose={onClose} padding={0} size="lg" yOffset="12vh" transitionProps={{ duration: 80 }}>
      <Modal.Overlay />
      <Modal.Content aria-label={t('title')}>
        <Combobox store={combobox} onOptionSubmit={submit} withinPortal={false}>
          <Combobox.EventsTarget>
            <TextInput
              data-autofocus
              variant="unstyled"
              size="md"
              px="md"
              styles={{ input: { outline: 'none' } }}
              aria-label={t('title')}
              placeholder={t('placeholder')}
              leftSection={<IconSearch size={18} />}
              value={typed}
              // The list is always open, and would keep the key to itself.
              onKeyDown={(event) => {
                if (event.key === 'Escape' && !isComposing(event.nativeEvent)) onClose()
              }}
              onChange={(event) => {
                setTyped(event.currentTarget.value)
                combobox.selectFirstOption()
              }}
            />
          </Combobox.EventsTarget>
          <ScrollArea.Autosize
            mah="55vh"
            type="auto"
            viewportProps={{ tabIndex: 0 }}
            style={{ borderTop: '1px solid var(--s-hair)' }}
          >
            <Combobox.Options p="xs" aria-label={t('title')}>
              {groups.map((group) => (
                <Combobox.Group key={group} label={group}>
                  {found
                    .filter((hit) => hit.group === group)
                    .map(({ id, name, shown }) => (
                      <Combobox.Option key={id} value={id}>
                        {shown ?? name}
                      </Combobox.Option>
                    ))}
                </Combobox.Group>
              ))}
              {found.length === 0 && <Combobox.Empty>{waiting ? t('waiting') : t('nothing')}</Combobox.Empty>}
            </Combobox.Options>
          </ScrollArea.Autosize>
        </Combobox>
      </Modal.Content>
    </Modal.Root>
  )
}
