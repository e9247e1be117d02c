import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { routes } from '@sente/api'
import { addDays, plainDate, WEEK } from '@sente/engine'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { FormEvent, KeyboardEvent, ReactNode } from 'react'
import { change } from '../../shared/api/client.ts'
import { keys } from '../../shared/api/keys.ts'
import { canOwn, membersQuery } from '../../shared/api/me.ts'
import { sendCapture } from '../../shared/api/outbox.ts'
import { undoChange } from '../../shared/api/undo-change.ts'
import { isComposing } from '../../shared/shortcuts/composing.ts'
import { offerUndo, say } from '../../shared/undo/undo.tsx'
import { useCommonWords } from '../../shared/words/common.ts'
import type { ReviewRow } from './model.ts'
import classes from './review.module.css'
import { useReviewWords } from './words.ts'

interface Props {
  row: ReviewRow
  on: string
  onDone: () => void
}

/** Whoever opens a form writes in it at once. */
const focused = (field: HTMLElement | null): void => field?.focus()

/** What is decided becomes a step of the deal, with who does it and by when. */
export function StepForm({ row: { dealId, name, owner }, on, onDone }: Props) {
  const t = useReviewWords()
  const tell = useTell()
  const members = (useQuery(membersQuery).data ?? []).filter(canOwn)
  const [what, setWhat] = useState('')
  const [who, setWho] = useState(owner)
  const [by, setBy] = useState<string>(addDays(plainDate(on), WEEK))
  const [fault, setFault] = useState<string | null>(null)
  const save = async (): Promise<void> => {
    if (what.trim() === '') return setFault(t('needText'))
    const body = { what: what.trim(), owner: who, ...(by !== '' && { on: by }) }
    await change(routes.facts.planStep.create, { params: { dealId }, body: body as never }).then(
      ({ value: { id }, changeSet }) => {
        onDone()
        tell(t('assigned', { deal: name }), { dealId, recordId: id, changeSet })
      },
      () => setFault(t('failed')),
    )
  }
  const names = [...new Set([owner, ...members.map((one) => one.name)])]
  return (
    <Form onSave={save} onCancel={onDone}>
      <TextInput
        size="sm"
        ref={focused}
        label={t('what')}
        value={what}
        error={fault}
        maxLength={500}
        onChange={({ currentTarget }) => setWhat(currentTarget.value)}
        className={classes.grow}
      />
      <NativeSelect
        size="sm"
        label={t('who')}
        value={who}
        data={names}
        onChange={({ currentTarget }) => setWho(currentTarget.value)}
      />
      <TextInput
        size="sm"
        type="date"
        label={t('on')}
        min={on}
        value={by}
        onChange={({ currentTarget }) => setBy(currentTarget.value)}
      />
    </Form>
  )
}

/** A comment is a note of the deal: the reader finds evidence in it like in any other. */
export function CommentForm({ row: { dealId, name }, on, onDone }: Props) {
  const t = useReviewWords()
  const tell = useTell()
  const [text, setText] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const save = async (): Promise<void> => {
    if (text.trim() === '') return setFault(t('needText'))
    await sendCapture(dealId, { note: { on, text: text.trim() } }).then(
      ({ state, noteId, changeSet }) => {
        onDone()
        if (state === 'kept') say(t('waits'))
        else tell(t('commented', { deal: name }), { dealId, recordId: noteId, changeSet })
      },
      () => setFault(t('failed')),
    )
  }
  return (
    <Form onSave={save} onCancel={onDone}>
      <Textarea
        ref={focused}
        autosize
        minRows={2}
        label={t('text')}
        value={text}
        error={fault}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
        className={classes.grow}
      />
    </Form>
  )
}

/** Ctrl or ⌘ with Enter keeps, Escape leaves. */
function Form({
  onSave,
  onCancel,
  children,
}: {
  onSave: () => Promise<void>
  onCancel: () => void
  children: ReactNode
}) {
  const t = useReviewWords()
  const [busy, setBusy] = useState(false)
  const save = async (): Promise<void> => {
    if (busy) return
    setBusy(true)
    await onSave().finally(() => setBusy(false))
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (isComposing(event.nativeEvent)) return
    if (event.key === 'Escape') onCancel()
    else if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void save()
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      className={`${classes.form} no-print`}
      onKeyDown={onKeyDown}
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        void save()
      }}
    >
      {children}
      <div className={classes.formActs}>
        <Button type="submit" size="sm" loading={busy}>
          {t('save')}
        </Button>
        <Button type="button" size="sm" variant="subtle" onClick={onCancel}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  )
}

/** Says what was done, offers the way back, and has the review read again. */
function useTell(): (message: string, of: Parameters<typeof undoChange>[0]) => void {
  const t = useReviewWords()
  const common = useCommonWords()
  const client = useQueryClient()
  const again = (dealId: string): void => {
    for (const queryKey of [keys.deal(dealId), keys.deals, keys.today]) void client.invalidateQueries({ queryKey })
  }
  return (message, of) => {
    again(of.dealId!)
    offerUndo(message, async () => {
      await undoChange(of).then(
        () => say(common('undone')),
        () => say(t('notUndone'), 'danger'),
      )
      again(of.dealId!)
    })
  }
}
