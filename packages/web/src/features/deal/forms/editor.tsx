import { Alert, Button, Drawer, Group } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import limits from 'virtual:limits'
import { useRef, useState } from 'react'
import { useKindName } from '../../../shared/api/words.ts'
import { recordIn } from '../../../shared/api/edits-model.ts'
import { useText } from '../../../shared/i18n/use-lang.ts'
import { isComposing } from '../../../shared/shortcuts/composing.ts'
import { useCommonWords } from '../../../shared/words/common.ts'
import { useDealView } from '../context.ts'
import type { Editing } from '../context.ts'
import { useEdits } from '../edits.ts'
import { useDealWords } from '../words.ts'
import { allows } from './allows.ts'
import { Field } from './fields.tsx'
import classes from './forms.module.css'
import { changed, created, missing } from './spec.ts'
import type { FieldSpec, Values } from './spec.ts'
import { SPECS } from './specs.ts'
import { save, valuesOf } from './values.ts'

/** The side panel in which facts are added and corrected; on a phone it takes the whole screen. */
export function Editor({ editing, onClose }: { editing: Editing | null; onClose: () => void }) {
  const t = useDealWords()
  const common = useCommonWords()
  const kindName = useKindName()
  const phone = useMediaQuery('(max-width: 48em)')
  const title =
    editing && (editing.id === undefined ? t('addKind', { kind: kindName(editing.target) }) : kindName(editing.target))
  return (
    <Drawer
      opened={editing !== null}
      onClose={onClose}
      position="right"
      size={phone ? '100%' : 440}
      title={title}
      closeButtonProps={{ 'aria-label': common('close') }}
      transitionProps={{ duration: 120 }}
      overlayProps={{ backgroundOpacity: 0.15 }}
    >
      {editing && <Form key={`${editing.target}:${editing.id ?? 'new'}`} editing={editing} onClose={onClose} />}
    </Drawer>
  )
}

/** Fields that the API's own schema refuses, before anything is sent. */
function faultsOf(
  target: Editing['target'],
  specs: readonly FieldSpec[],
  values: Values,
  before: Values,
  isNew: boolean,
): string[] {
  const allowed = limits[target]
  if (!allowed) return []
  const written = isNew ? created(specs, values) : changed(specs, before, values)
  return specs.flatMap(({ name }) =>
    allowed[name] !== undefined &&
    written[name] !== undefined &&
    written[name] !== null &&
    !allows(allowed[name], written[name])
      ? [name]
      : [],
  )
}

function Form({ editing, onClose }: { editing: Editing; onClose: () => void }) {
  const t = useDealWords()
  const common = useCommonWords()
  const kindName = useKindName()
  const text = useText()
  const view = useDealView()
  const run = useEdits()
  // What the reader saw when they began: a change by somebody else meanwhile is compared with it.
  const [before] = useState(() => valuesOf(view, { ...editing, prefill: {} }))
  const [base] = useState(view)
  const [values, setValues] = useState(() => valuesOf(view, editing))
  const [faults, setFaults] = useState<ReadonlyMap<string, string>>(new Map())
  // The form goes with the address, which takes a moment: a second click must not send it twice.
  const sent = useRef(false)
  const isNew = editing.id === undefined
  const specs = SPECS[editing.target]?.({ view, t, text, isNew }, values) ?? []
  const kind = kindName(editing.target)
  const noAccount = isNew && editing.target === 'stakeholder' && view.whole.deal.accountId === undefined

  const submit = (): void => {
    if (sent.current) return
    const lacking = missing(specs, values)
    // Forms of several records name some fields as choices; the server judges those.
    const refused = editing.target === 'stakeholder' ? [] : faultsOf(editing.target, specs, values, before, isNew)
    if (lacking.length + refused.length > 0) {
      setFaults(
        new Map([
          ...refused.map((name): [string, string] => [name, t('form.invalid')]),
          ...lacking.map(({ name, unless }): [string, string] => [name, unless?.says ?? t('form.required')]),
        ]),
      )
      return
    }
    sent.current = true
    run(isNew ? t('added', { kind }) : t('changed', { kind }), (batch) =>
      save(base, batch, editing, specs, isNew ? {} : before, values),
    )
    onClose()
  }
  const remove = (): void => {
    if (sent.current) return
    sent.current = true
    const record = editing.id === undefined ? undefined : recordIn(view.whole, editing.target, editing.id)
    if (record) run(t('removed', { kind }), (batch) => batch.remove(editing.target as 'touch', record))
    onClose()
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.metaKey || event.ctrlKey) && !isComposing(event.nativeEvent)) submit()
      }}
    >
      {noAccount && (
        <Alert color="tide" mb="sm">
          {t('form.noAccount')}
        </Alert>
      )}
      <div className={classes.form}>
        {specs.map((spec, i) => (
          <Field
            key={spec.name}
            spec={spec}
            values={values}
            fault={faults.get(spec.name)}
            focus={i === 0}
            onChange={(name, value) => {
              setValues((now) => ({ ...now, [name]: value }))
              setFaults(
                (now) =>
                  new Map(
                    [...now].filter(
                      ([one]) =>
                        one !== name && !specs.find((other) => other.name === one)?.unless?.others.includes(name),
                    ),
                  ),
              )
            }}
          />
        ))}
      </div>
      <Group justify="space-between" className={classes.foot}>
        {isNew ? (
          <span />
        ) : (
          <Button variant="subtle" color="red" size="sm" onClick={remove}>
            {t('remove')}
          </Button>
        )}
        <Group gap="xs">
          <Button variant="default" size="sm" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button type="submit" size="sm" disabled={noAccount}>
            {common('save')}
          </Button>
        </Group>
      </Group>
    </form>
  )
}
