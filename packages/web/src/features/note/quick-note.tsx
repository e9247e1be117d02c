import { Button, Group, Modal, Select, Text, Textarea } from '@mantine/core'
import { useDebouncedValue, useMediaQuery } from '@mantine/hooks'
import { routes } from '@sente/api'
import type { DealWhole } from '@sente/api'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { api } from '../../shared/api/client.ts'
import { keys } from '../../shared/api/keys.ts'
import { useToday } from '../../shared/api/me.ts'
import { sendCapture } from '../../shared/api/outbox.ts'
import { problemOf } from '../../shared/api/problem.ts'
import { undoChange } from '../../shared/api/undo-change.ts'
import { useLang } from '../../shared/i18n/use-lang.ts'
import { isComposing } from '../../shared/shortcuts/composing.ts'
import { offerUndo, say } from '../../shared/undo/undo.tsx'
import { useCommonWords } from '../../shared/words/common.ts'
import { useNoteWords } from './words.ts'

/** A note from wherever one is: of the deal one looks at, or of any. What the server cannot be told now waits on the device. */
export function QuickNote({ onClose }: { onClose: () => void }) {
  const t = useNoteWords()
  const common = useCommonWords()
  const lang = useLang()
  const today = useToday()
  const client = useQueryClient()
  const phone = useMediaQuery('(max-width: 48em)')
  const { dealId: here } = useParams({ strict: false }) as { dealId?: string }
  const name = here === undefined ? undefined : client.getQueryData<DealWhole>(keys.dealWhole(here))?.deal.name
  const [dealId, setDealId] = useState(name === undefined ? null : here!)
  const [typed, setTyped] = useState(name ?? '')
  const [text, setText] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const sent = useRef(false)
  const [q] = useDebouncedValue(typed.trim(), 140)
  const { data, error } = useQuery({
    queryKey: [...keys.deals, 'named', q],
    queryFn: ({ signal }) =>
      api.call(routes.deals.list, { query: { limit: 20, ...(q !== '' && q !== name && { q }) }, signal }),
    placeholderData: keepPreviousData,
  })
  const deals = new Map((data?.items ?? []).map((deal) => [deal.id, deal.name]))
  if (here !== undefined && name !== undefined) deals.set(here, name)

  const keep = async (): Promise<void> => {
    if (dealId === null) return setFault(t('which'))
    if (text.trim() === '') return setFault(t('empty'))
    if (sent.current) return
    sent.current = true
    try {
      const { state, noteId, changeSet } = await sendCapture(dealId, { note: { on: today, text: text.trim() } })
      onClose()
      if (state === 'kept') return say(t('waits'))
      offerUndo(t('kept', { deal: deals.get(dealId) ?? '' }), async () => {
        await undoChange({ dealId, recordId: noteId, changeSet }).then(
          () => say(common('undone')),
          () => say(t('notUndone'), 'danger'),
        )
        await client.invalidateQueries({ queryKey: keys.deal(dealId) })
      })
    } catch (problem) {
      sent.current = false
      const { what, detail } = problemOf(problem)
      setFault([what?.[lang] ?? common('error.title'), detail].filter(Boolean).join(' '))
    }
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('title')}
      fullScreen={phone ?? false}
      closeButtonProps={{ 'aria-label': common('close') }}
      transitionProps={{ duration: 120 }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void keep()
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey) || isComposing(event.nativeEvent)) return
          event.preventDefault()
          void keep()
        }}
      >
        <Select
          label={t('deal')}
          searchable
          data={[...deals].map(([value, label]) => ({ value, label }))}
          // The server has looked already, in names of accounts as well.
          filter={({ options }) => options}
          value={dealId}
          searchValue={typed}
          onSearchChange={setTyped}
          onChange={(value) => {
            setDealId(value)
            setFault(null)
          }}
          nothingFoundMessage={t('none')}
          data-autofocus={dealId === null || undefined}
          error={error && !data ? t('unreachable') : undefined}
        />
        <Textarea
          mt="sm"
          label={t('text')}
          placeholder={t('placeholder')}
          autosize
          minRows={4}
          maxRows={14}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value)
            setFault(null)
          }}
          data-autofocus={dealId !== null || undefined}
        />
        <Text size="xs" c="dimmed" mt={4}>
          {t('says')}
        </Text>
        <Group justify="flex-end" mt="sm" gap="xs">
          {fault !== null && (
            <Text size="sm" c="red" role="alert" flex={1}>
              {fault}
            </Text>
          )}
          <Button variant="default" size="sm" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button size="sm" type="submit">
            {t('keep')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
