import { Button, Group, Popover, Skeleton, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { later } from '../../../shared/later/later.tsx'
import { useCommonWords } from '../../../shared/words/common.ts'
import { useDealView } from '../context.ts'
import { useDealWords } from '../words.ts'
import classes from './quick.module.css'
import { missing } from './spec.ts'
import type { FieldSpec, Values } from './spec.ts'

/** Fields of all sorts are heavy: they come when the first form is opened. */
const Field = later(() => import('./fields.tsx').then((module) => module.Field), { waiting: <Skeleton height={58} /> })

interface QuickProps {
  specs: readonly FieldSpec[]
  initial: Values
  onSave: (values: Values) => void
  onCancel?: () => void
  saveLabel?: string
}

/** A few fields in place: for one answer, without leaving what one reads. */
export function QuickForm({ specs, initial, onSave, onCancel, saveLabel }: QuickProps) {
  const t = useDealWords()
  const common = useCommonWords()
  const [values, setValues] = useState(initial)
  const [tried, setTried] = useState(false)
  // It takes a moment to go: a second click must not send it twice.
  const sent = useRef(false)
  const lacking = new Map(
    (tried ? missing(specs, values) : []).map(({ name, unless }) => [name, unless?.says ?? t('form.required')]),
  )
  return (
    <form
      noValidate
      className={classes.quick}
      onSubmit={(event) => {
        event.preventDefault()
        event.stopPropagation()
        setTried(true)
        if (missing(specs, values).length > 0 || sent.current) return
        sent.current = true
        onSave(values)
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !onCancel) return
        event.stopPropagation()
        onCancel()
      }}
    >
      {specs.map((spec, i) => (
        <Field
          key={spec.name}
          spec={spec}
          values={values}
          focus={i === 0}
          fault={lacking.get(spec.name)}
          onChange={(name, value) => setValues((now) => ({ ...now, [name]: value }))}
        />
      ))}
      <Group gap="xs" justify="flex-end">
        {onCancel && (
          <Button size="compact-sm" variant="default" onClick={onCancel}>
            {common('cancel')}
          </Button>
        )}
        <Button size="compact-sm" type="submit">
          {saveLabel ?? common('save')}
        </Button>
      </Group>
    </form>
  )
}

/** A value that is edited where it stands. Who may not change the deal sees the value alone. */
export function InPlace({
  label,
  children,
  renderForm,
  width = 280,
  disabled = false,
}: {
  label: string
  children: ReactNode
  renderForm: (close: () => void) => ReactNode
  width?: number
  disabled?: boolean
}) {
  const t = useDealWords()
  const { may } = useDealView()
  const [open, setOpen] = useState(false)
  if (!may.write || disabled) return <span className={classes.value}>{children}</span>
  return (
    <Popover opened={open} onChange={setOpen} width={width} position="bottom-start" trapFocus returnFocus withinPortal>
      <Popover.Target>
        <UnstyledButton className={classes.inPlace} onClick={() => setOpen(!open)}>
          {/* What is seen is part of what is heard. */}
          <VisuallyHidden>{t('editNamed', { name: label })} </VisuallyHidden>
          {children}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>{open && renderForm(() => setOpen(false))}</Popover.Dropdown>
    </Popover>
  )
}
