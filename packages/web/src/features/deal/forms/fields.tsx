import {
  Checkbox,
  Fieldset,
  Input,
  MultiSelect,
  NumberInput,
  SegmentedControl,
  Select,
  SimpleGrid,
  Stack,
  Textarea,
  TextInput,
} from '@mantine/core'
import { CONCERNS } from '@sente/engine'
import type { ComboboxData } from '@mantine/core'
import type { ReactNode } from 'react'
import { useFieldName } from '../../../shared/api/words.ts'
import { useText } from '../../../shared/i18n/use-lang.ts'
import { useCommonWords } from '../../../shared/words/common.ts'
import { useDealView } from '../context.ts'
import { useDealWords } from '../words.ts'
import { PersonName } from './person-name.tsx'
import type { FieldSpec, Option, Values } from './spec.ts'
import classes from './forms.module.css'

interface Props {
  spec: FieldSpec
  values: Values
  onChange: (name: string, value: unknown) => void
  fault: string | undefined
  focus?: boolean
}

function grouped(options: readonly Option[]): ComboboxData {
  const groups = [...new Set(options.map(({ group }) => group))]
  if (groups.length === 1 && groups[0] === undefined) return options.map(({ value, label }) => ({ value, label }))
  return groups.map((group) => ({
    group: group ?? '',
    items: options.filter((option) => option.group === group).map(({ value, label }) => ({ value, label })),
  }))
}

/** What the kinds of fields are given: how they look, what they hold, and where a change goes. */
interface Kind {
  spec: FieldSpec
  shared: {
    label: string
    description: string | undefined
    error: string | undefined
    withAsterisk: boolean
    'data-autofocus': true | undefined
    size: 'sm'
  }
  className: string
  value: unknown
  set: (next: unknown) => void
}

/** One field of a form, as its spec asks for it. Every kind can be left unsaid. */
export function Field({ spec, values, onChange, fault, focus = false }: Props) {
  const fieldName = useFieldName()
  const label = spec.label ?? fieldName(spec.name)
  const value = values[spec.name]
  const set = (next: unknown): void => onChange(spec.name, next)
  if (spec.as === 'newPerson')
    return <PersonName label={label} fault={fault} focus={focus} values={values} onChange={onChange} />
  if (spec.as === 'strengths')
    return <Strengths label={label} value={(value as Record<string, number>) ?? {}} onChange={set} />
  if (spec.as === 'differs')
    return <Differs label={label} value={(value as Record<string, string>) ?? {}} onChange={set} />
  const Shape = SHAPES[spec.as]
  return (
    <Shape
      spec={spec}
      shared={{
        label,
        description: spec.hint,
        error: fault,
        withAsterisk: spec.required ?? false,
        'data-autofocus': focus || undefined,
        size: 'sm',
      }}
      className={(spec.half ? classes.half : classes.full)!}
      value={value}
      set={set}
    />
  )
}

function Words({ shared, className, value, set }: Kind) {
  return (
    <Textarea
      {...shared}
      className={className}
      autosize
      minRows={2}
      maxRows={10}
      value={(value as string) ?? ''}
      onChange={(event) => set(event.currentTarget.value)}
    />
  )
}

function Day({ shared, className, value, set }: Kind) {
  return (
    <TextInput
      {...shared}
      className={className}
      type="date"
      value={(value as string) ?? ''}
      onChange={(event) => set(event.currentTarget.value)}
    />
  )
}

function Choice({ spec, shared, className, value, set }: Kind) {
  const t = useDealWords()
  const common = useCommonWords()
  return (
    <Select
      {...shared}
      className={className}
      data={grouped(spec.options ?? [])}
      value={(value as string) ?? null}
      onChange={(next) => set(next ?? undefined)}
      searchable={(spec.options?.length ?? 0) > 7}
      clearable={!spec.required}
      allowDeselect={!spec.required}
      nothingFoundMessage={t('form.nothing')}
      clearButtonProps={{ 'aria-label': common('clear') }}
      comboboxProps={{ withinPortal: true }}
    />
  )
}

function Choices({ spec, shared, className, value, set }: Kind) {
  const t = useDealWords()
  const common = useCommonWords()
  return (
    <MultiSelect
      {...shared}
      className={className}
      data={grouped(spec.options ?? [])}
      value={(value as string[]) ?? []}
      onChange={set}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': common('clear') }}
      nothingFoundMessage={t('form.nothing')}
      hidePickedOptions
    />
  )
}

function Share({ shared, className, value, set }: Kind) {
  return (
    <NumberInput
      {...shared}
      className={className}
      suffix=" %"
      min={0}
      max={100}
      step={5}
      clampBehavior="strict"
      hideControls
      value={typeof value === 'number' ? Math.round(value * 1000) / 10 : ''}
      onChange={(next) => set(typeof next === 'number' ? next / 100 : undefined)}
    />
  )
}

function Numeric({ spec, shared, className, value, set }: Kind) {
  return (
    <NumberInput
      {...shared}
      className={className}
      min={spec.min ?? 0}
      {...(spec.max !== undefined && { max: spec.max })}
      step={spec.step ?? 1}
      value={typeof value === 'number' ? value : ''}
      onChange={(next) => set(typeof next === 'number' ? next : undefined)}
    />
  )
}

function YesNo({ shared, className, value, set }: Kind) {
  const t = useDealWords()
  const common = useCommonWords()
  return (
    <Input.Wrapper {...shared} className={className} labelElement="div">
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={shared.label}
        value={value === true ? 'yes' : value === false ? 'no' : 'unknown'}
        onChange={(next) => set(next === 'unknown' ? undefined : next === 'yes')}
        data={[
          { value: 'yes', label: common('yes') },
          { value: 'no', label: common('no') },
          { value: 'unknown', label: t('form.unknown') },
        ]}
      />
    </Input.Wrapper>
  )
}

function Known({ shared, className, value, set }: Kind) {
  const t = useDealWords()
  return (
    <Stack gap={6} className={className}>
      <Textarea
        {...shared}
        autosize
        minRows={2}
        maxRows={8}
        disabled={value === false}
        value={typeof value === 'string' ? value : ''}
        onChange={(event) => set(event.currentTarget.value)}
      />
      <Checkbox
        size="xs"
        label={t('form.knownNone')}
        checked={value === false}
        onChange={(event) => set(event.currentTarget.checked ? false : undefined)}
      />
    </Stack>
  )
}

function Line({ shared, className, value, set }: Kind) {
  return (
    <TextInput
      {...shared}
      className={className}
      value={(value as string) ?? ''}
      onChange={(event) => set(event.currentTarget.value)}
    />
  )
}

const SHAPES: Readonly<
  Record<Exclude<FieldSpec['as'], 'newPerson' | 'strengths' | 'differs'>, (kind: Kind) => ReactNode>
> = {
  line: Line,
  words: Words,
  day: Day,
  choice: Choice,
  choices: Choices,
  share: Share,
  number: Numeric,
  influence: Numeric,
  yesno: YesNo,
  known: Known,
}

function Strengths({
  label,
  value,
  onChange,
}: {
  label: string
  value: Record<string, number>
  onChange: (next: unknown) => void
}) {
  const text = useText()
  const { index } = useDealView()
  return (
    <Fieldset legend={label} className={classes.full}>
      <SimpleGrid cols={2} spacing="xs">
        {CONCERNS.map((concern) => (
          <NumberInput
            key={concern}
            size="sm"
            label={text(index.concerns.get(concern)!.name)}
            suffix=" %"
            min={0}
            max={100}
            step={10}
            hideControls
            value={value[concern] === undefined ? '' : Math.round(value[concern] * 100)}
            onChange={(next) => onChange({ ...value, [concern]: typeof next === 'number' ? next / 100 : undefined })}
          />
        ))}
      </SimpleGrid>
    </Fieldset>
  )
}

function Differs({
  label,
  value,
  onChange,
}: {
  label: string
  value: Record<string, string>
  onChange: (next: unknown) => void
}) {
  const { whole } = useDealView()
  const rivals = whole.rival ?? []
  if (rivals.length === 0) return null
  return (
    <Fieldset legend={label} className={classes.full}>
      <Stack gap="xs">
        {rivals.map((rival) => {
          const key = rival.key ?? rival.id.slice(0, 8)
          return (
            <Textarea
              key={rival.id}
              size="sm"
              autosize
              minRows={1}
              label={rival.name}
              value={value[key] ?? ''}
              onChange={(event) => onChange({ ...value, [key]: event.currentTarget.value })}
            />
          )
        })}
      </Stack>
    </Fieldset>
  )
}
