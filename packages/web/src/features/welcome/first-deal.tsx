import { Button, Group, Select, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { change, newId } from '../../shared/api/client.ts'
import { useMe, useToday } from '../../shared/api/me.ts'
import { Mark } from '../../shared/brand/mark.tsx'
import { Fault, Gate } from '../../shared/gate/gate.tsx'
import { planOf, readyFor } from './model.ts'
import type { FirstDealValues } from './model.ts'
import classes from './welcome.module.css'
import { useWelcomeWords } from './words.ts'

const CURRENCIES = ['CNY', 'EUR', 'USD', 'GBP', 'HKD', 'JPY', 'SGD']
const LAST = 2

/** Three steps: what and for whom, who decides, what was last heard. Then the picture. */
export function FirstDeal({ onBack }: { onBack: () => void }) {
  const t = useWelcomeWords()
  const today = useToday()
  const me = useMe()
  const navigate = useNavigate()
  const client = useQueryClient()
  const [step, setStep] = useState(0)
  const [values, setValues] = useState<FirstDealValues>({
    deal: '',
    account: '',
    amount: '',
    currency: '',
    firstContactOn: '',
    decider: '',
    deciderTitle: '',
    contact: '',
    contactTitle: '',
    note: '',
    noteOn: '',
  })
  const set =
    (key: keyof FirstDealValues) =>
    (event: { currentTarget: { value: string } }): void => {
      const { value } = event.currentTarget
      setValues((known) => ({ ...known, [key]: value }))
    }
  // Ids are fixed, so that sending it again after a broken connection does not make it twice.
  const [ids] = useState(() => ({
    account: newId(),
    deal: newId(),
    decider: newId(),
    contact: newId(),
    note: newId(),
    stakeholders: [newId(), newId()] as [string, string],
  }))
  const save = useMutation({
    mutationFn: async () => {
      for (const { contract, input } of planOf(values, ids, today, me?.workspace.currency ?? 'CNY'))
        await change(contract, input as never)
      return ids.deal
    },
    onSuccess: async (dealId) => {
      await client.invalidateQueries()
      void navigate({ to: '/deals/$dealId', params: { dealId } })
    },
  })
  const field = (
    key: keyof FirstDealValues,
    props: { required?: boolean; type?: string; description?: string; placeholder?: string } = {},
  ) => (
    <TextInput
      size="md"
      label={t(`fields.${key}`)}
      value={values[key]}
      onChange={set(key)}
      maxLength={200}
      {...props}
    />
  )
  return (
    <Gate title={t(`steps.${step as 0 | 1 | 2}.title`)} says={t(`steps.${step as 0 | 1 | 2}.says`)} mark={<Mark />}>
      <div
        className={classes.steps}
        role="progressbar"
        aria-valuemin={1}
        aria-valuemax={3}
        aria-valuenow={step + 1}
        aria-label={t('stepOf', { n: step + 1 })}
      >
        {[0, 1, 2].map((n) => (
          <span key={n} className={classes.dot} data-done={n <= step || undefined} />
        ))}
      </div>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (step < LAST) setStep(step + 1)
          else save.mutate()
        }}
      >
        <Stack gap="sm">
          {step === 0 && (
            <>
              {field('deal', { required: true, placeholder: t('examples.deal') })}
              {field('account', { required: true, placeholder: t('examples.account') })}
              <Group grow align="flex-end">
                {field('amount', { placeholder: '1200000' })}
                <Select
                  size="md"
                  label={t('fields.currency')}
                  data={CURRENCIES}
                  value={values.currency || (me?.workspace.currency ?? 'CNY')}
                  onChange={(currency) => setValues({ ...values, currency: currency ?? '' })}
                />
              </Group>
              {field('firstContactOn', { type: 'date' })}
            </>
          )}
          {step === 1 && (
            <>
              <Group grow>
                {field('decider', { placeholder: t('examples.decider') })}
                {field('deciderTitle')}
              </Group>
              <Group grow>
                {field('contact', { placeholder: t('examples.contact') })}
                {field('contactTitle')}
              </Group>
              <Text size="xs" c="dimmed">
                {t('unknownSays')}
              </Text>
            </>
          )}
          {step === LAST && (
            <>
              <Textarea
                size="md"
                autosize
                minRows={5}
                maxRows={12}
                label={t('fields.note')}
                placeholder={t('examples.note')}
                value={values.note}
                onChange={set('note')}
                maxLength={20_000}
              />
              {field('noteOn', { type: 'date' })}
            </>
          )}
          <Fault error={save.error} />
          <Group justify="space-between" mt="xs">
            <Button variant="default" size="md" onClick={() => (step === 0 ? onBack() : setStep(step - 1))}>
              {t('back')}
            </Button>
            <Button type="submit" size="md" loading={save.isPending} disabled={!readyFor(step, values)}>
              {step === LAST ? t('show') : t('next')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Gate>
  )
}
