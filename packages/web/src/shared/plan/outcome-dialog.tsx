import { Button, Checkbox, Modal, Text, Textarea, TextInput } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useState } from 'react'
import type { KeyboardEvent } from 'react'
import { newId } from '../api/client.ts'
import { useToday } from '../api/me.ts'
import { problemOf } from '../api/problem.ts'
import { useLang } from '../i18n/use-lang.ts'
import { isComposing } from '../shortcuts/composing.ts'
import { offerUndo, say } from '../undo/undo.tsx'
import { useCommonWords } from '../words/common.ts'
import { Changes } from './changes.tsx'
import { HOW } from './outcome-model.ts'
import type { How } from './outcome-model.ts'
import { sayOutcome } from './outcome.ts'
import type { OutcomeBody, Said } from './outcome.ts'
import classes from './plan.module.css'
import { useActWords } from './words.ts'

export interface OutcomeStep {
  dealId: string
  /** The step of the deal that it was; absent: none, then its play or what it was in words. */
  planStepId?: string | undefined
  play?: string
  what?: string
  /** What it was, and with whom, as it is read. */
  name: string
  on?: string | undefined
  people: readonly { id: string; name: string }[]
  /** Promises that are open: kept with this meeting, when they are ticked. */
  promises?: readonly { id: string; what: string }[]
}
interface Promised {
  by: 'us' | 'them'
  what: string
  dueOn: string
}
/** Long words take two lines rather than be cut. */
const WRAPS = { label: { whiteSpace: 'normal', textAlign: 'start', lineHeight: 1.15 } } as const
const nothing = (by: Promised['by']): Promised => ({ by, what: '', dueOn: '' })

/** How a step went, in twenty seconds: one key says it, the rest may be left out. What the plan makes of it is said at the end. */
export function OutcomeDialog({ step, onClose }: { step: OutcomeStep; onClose: () => void }) {
  const t = useActWords()
  const common = useCommonWords()
  const phone = useMediaQuery('(max-width: 48em)')
  const [said, setSaid] = useState<Said | null>(null)
  return (
    <Modal
      opened
      onClose={onClose}
      fullScreen={phone ?? false}
      size="lg"
      title={said ? t('outcome.kept') : t('outcome.title', { what: step.name })}
      closeButtonProps={{ 'aria-label': common('close') }}
      transitionProps={{ duration: 120 }}
    >
      {said ? <Told said={said} onClose={onClose} /> : <Form step={step} onSaid={setSaid} onClose={onClose} />}
    </Modal>
  )
}

const toFocus = (button: HTMLButtonElement | null): void => button?.focus()

/** What the plan, made again, has moved. */
function Told({ said: { changed, answer }, onClose }: { said: Said; onClose: () => void }) {
  const t = useActWords()
  return (
    <>
      <Text size="sm">
        {answer === undefined ? t('outcome.planLater') : t(changed.length > 0 ? 'outcome.moved' : 'outcome.same')}
      </Text>
      {answer && <Changes people={answer.people} changed={changed} />}
      <div className={classes.foot}>
        <Button size="sm" ref={toFocus} onClick={onClose}>
          {t('outcome.close')}
        </Button>
      </div>
    </>
  )
}

function Form({ step, onSaid, onClose }: { step: OutcomeStep; onSaid: (said: Said) => void; onClose: () => void }) {
  const t = useActWords()
  const common = useCommonWords()
  const lang = useLang()
  const today = useToday()
  const [how, setHow] = useState<How | null>(null)
  const [on, setOn] = useState(step.on !== undefined && step.on < today ? step.on : today)
  const [promises, setPromises] = useState<readonly Promised[]>([nothing('us'), nothing('them')])
  const [kept, setKept] = useState<readonly string[]>([])
  const [next, setNext] = useState('')
  const [note, setNote] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const [sending, setSending] = useState(false)
  // The same each time it is tried: said twice it is there once.
  const [id] = useState(() => newId())
  const [first] = step.people

  const submit = async (): Promise<void> => {
    if (how === null) return setFault(t('outcome.which'))
    if (how === 'postponed' && next === '') return setFault(t('outcome.whenInstead'))
    if (sending) return
    setSending(true)
    setFault(null)
    const made = promises.flatMap(({ by, what, dueOn }) =>
      what.trim() === ''
        ? []
        : [{ by, what: what.trim(), ...(dueOn !== '' && { dueOn }), ...(first && { personId: first.id }) }],
    )
    const body: OutcomeBody = {
      ...(step.planStepId === undefined
        ? { play: step.play, what: step.what, with: step.people.map((one) => one.id) }
        : { planStepId: step.planStepId }),
      outcome: how,
      on,
      ...(note.trim() !== '' && { note: note.trim() }),
      promises: made,
      kept: [...kept],
      // What the next date is for is said by the plan; until then it goes by this step's name.
      ...(next !== '' && { next: { on: next, ...(how !== 'postponed' && { what: t('outcome.nextWhat') }) } }),
    }
    try {
      const told = await sayOutcome(step.dealId, body, id)
      offerUndo(t('outcome.said', { how: t(`outcome.how.${how}`) }), async () => {
        await told.undo().then(
          () => say(common('undone')),
          () => say(t('outcome.notUndone'), 'danger'),
        )
      })
      onSaid(told)
    } catch (error) {
      const { kind, what, detail } = problemOf(error)
      setFault(
        kind === 'offline'
          ? common('error.offline')
          : [what?.[lang] ?? common('error.title'), detail].filter(Boolean).join(' '),
      )
      setSending(false)
    }
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (isComposing(event.nativeEvent)) return
    const typing = event.target instanceof HTMLElement && event.target.matches('input:not([type=checkbox]), textarea')
    const chosen = typing || event.ctrlKey || event.metaKey || event.altKey ? undefined : HOW[Number(event.key) - 1]
    if (chosen) {
      event.preventDefault()
      setHow(chosen)
      setFault(null)
    } else if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
      event.preventDefault()
      void submit()
    }
  }
  const promise = (at: number, patch: Partial<Promised>): void =>
    setPromises((now) => {
      const list = now.with(at, { ...now[at]!, ...patch })
      // There is always an empty line for one more.
      const { by, what } = list[at]!
      const spare = list.some((one) => one.by === by && one.what.trim() === '')
      return what.trim() !== '' && !spare ? list.toSpliced(at + 1, 0, nothing(by)) : list
    })

  return (
    <form
      noValidate
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <fieldset className={classes.how}>
        <legend>{t('outcome.how.title')}</legend>
        {HOW.map((one, i) => (
          <Button
            key={one}
            variant={how === one ? 'filled' : 'default'}
            aria-pressed={how === one}
            data-autofocus={i === 0 || undefined}
            leftSection={<kbd aria-hidden>{i + 1}</kbd>}
            justify="flex-start"
            styles={WRAPS}
            onClick={() => {
              setHow(one)
              setFault(null)
            }}
          >
            {t(`outcome.how.${one}`)}
          </Button>
        ))}
      </fieldset>
      <div className={classes.rows}>
        {promises.map(({ by, what, dueOn }, i) => (
          <div key={i} className={classes.promise}>
            <TextInput
              size="sm"
              label={t(`outcome.promise.${by}`, { person: first?.name ?? t('outcome.they') })}
              value={what}
              maxLength={2000}
              onChange={(event) => promise(i, { what: event.currentTarget.value })}
            />
            <TextInput
              size="sm"
              type="date"
              label={t('outcome.due')}
              value={dueOn}
              onChange={(event) => promise(i, { dueOn: event.currentTarget.value })}
            />
          </div>
        ))}
        {step.promises?.map((one) => (
          <Checkbox
            key={one.id}
            size="sm"
            label={t('outcome.keptNow', { what: one.what })}
            checked={kept.includes(one.id)}
            onChange={(event) =>
              setKept(event.currentTarget.checked ? [...kept, one.id] : kept.filter((other) => other !== one.id))
            }
          />
        ))}
        <div className={classes.promise}>
          <Textarea
            size="sm"
            autosize
            minRows={1}
            label={t('outcome.note')}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <TextInput
            size="sm"
            type="date"
            min={today}
            label={t(how === 'postponed' ? 'outcome.newDay' : 'outcome.next')}
            value={next}
            onChange={(event) => setNext(event.currentTarget.value)}
          />
        </div>
        <TextInput
          size="sm"
          type="date"
          max={today}
          label={t('outcome.on')}
          value={on}
          onChange={(event) => setOn(event.currentTarget.value)}
        />
      </div>
      <div className={classes.foot}>
        {fault !== null && <p role="alert">{fault}</p>}
        <Button variant="default" size="sm" onClick={onClose}>
          {common('cancel')}
        </Button>
        <Button type="submit" size="sm" loading={sending}>
          {t('outcome.save')}
        </Button>
      </div>
    </form>
  )
}
