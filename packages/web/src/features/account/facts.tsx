import { Button, Group, NumberInput, Stack, Text, Textarea } from '@mantine/core'
import { routes } from '@sente/api'
import type { Account, CallInput, DealRow } from '@sente/api'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { change } from '../../shared/api/client.ts'
import { effective } from '../../shared/api/edits-model.ts'
import { keys } from '../../shared/api/keys.ts'
import { problemOf } from '../../shared/api/problem.ts'
import { sendOrAsk } from '../../shared/api/send-or-ask.ts'
import { undoChange } from '../../shared/api/undo-change.ts'
import { useLang } from '../../shared/i18n/use-lang.ts'
import { offerUndo, say } from '../../shared/undo/undo.tsx'
import classes from './account.module.css'
import { useAccountWords } from './words.ts'

/** What we want from this customer and what comes next, changed where it stands. */
export function Facts({ account, deals, may }: { account: Account; deals: DealRow[]; may: boolean }) {
  const t = useAccountWords()
  const lang = useLang()
  const client = useQueryClient()
  /** The account as it stood when the form was opened: what somebody else wrote meanwhile is asked about. */
  const [seen, setSeen] = useState<Account>()
  const [goal, setGoal] = useState('')
  const [next, setNext] = useState<number | string>('')
  const open = (): void => {
    setSeen(account)
    setGoal(account.goal || '')
    setNext(account.nextOpportunities ?? '')
  }
  const close = (): void => setSeen(undefined)
  const save = async (before: Account): Promise<void> => {
    close()
    const body: NonNullable<CallInput<typeof routes.accounts.update>['body']> = {
      goal: goal.trim() === '' ? null : goal.trim(),
      nextOpportunities: typeof next === 'number' ? next : null,
    }
    const base = { ...before }
    const patch = effective(base, body)
    if (Object.keys(patch).length === 0) return
    try {
      const send = (fields: object, version: number) =>
        change(routes.accounts.update, { params: { accountId: account.id }, body: fields, version })
      const done = await sendOrAsk({ target: 'account', name: account.name, base, patch, send })
      if (done) {
        offerUndo(t('saved'), async () => {
          try {
            await undoChange({ changeSet: done.changeSet })
          } catch {
            say(t('notUndone'), 'danger')
          }
          await client.invalidateQueries({ queryKey: keys.accounts })
        })
      }
    } catch (error) {
      say(problemOf(error).what?.[lang] ?? t('notSaved'), 'danger')
    }
    await client.invalidateQueries({ queryKey: keys.accounts })
  }
  const won = deals.filter(({ status }) => status === 'won').length
  return (
    <section className={classes.card}>
      <header className={classes.head}>
        <h2>{t('goal')}</h2>
        {may && !seen && (
          <Button variant="subtle" size="compact-sm" onClick={open}>
            {t('edit')}
          </Button>
        )}
      </header>
      {seen ? (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            void save(seen)
          }}
        >
          <Stack gap="sm">
            <Textarea
              label={t('goal')}
              autosize
              minRows={2}
              value={goal}
              onChange={(event) => setGoal(event.currentTarget.value)}
              placeholder={t('goalExample')}
              maxLength={2000}
            />
            <NumberInput label={t('next')} min={0} value={next} onChange={setNext} />
            <Group gap="xs">
              <Button type="submit" size="sm">
                {t('save')}
              </Button>
              <Button variant="default" size="sm" onClick={close}>
                {t('cancel')}
              </Button>
            </Group>
          </Stack>
        </form>
      ) : (
        <>
          <Text size="sm">
            {account.goal === false
              ? t('goalNone')
              : (account.goal ?? <span className={classes.faint}>{t('goalUnknown')}</span>)}
          </Text>
          <dl className={classes.facts}>
            <dt>{t('won')}</dt>
            <dd>{account.wonProjects ?? won}</dd>
            <dt>{t('open')}</dt>
            <dd>{deals.filter(({ status }) => status === 'open').length}</dd>
            <dt>{t('next')}</dt>
            <dd>{account.nextOpportunities ?? '–'}</dd>
          </dl>
        </>
      )}
    </section>
  )
}
