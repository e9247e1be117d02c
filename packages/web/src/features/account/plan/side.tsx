import { Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useFormat } from '../../../shared/format/format.ts'
import { useText } from '../../../shared/i18n/use-lang.ts'
import account from '../account.module.css'
import classes from './plan.module.css'
import type { PlanData } from './query.ts'
import { usePlanWords } from './words.ts'

/** Beside the grids: what comes next, promises, rivals, money by currency, and what is still to be asked. */
export function PlanSide({ plan }: { plan: PlanData }) {
  const t = usePlanWords()
  const text = useText()
  const format = useFormat()
  const say = (parts: readonly (string | null | false | undefined)[]): string => parts.filter(Boolean).join(' · ')
  return (
    <>
      <Card title={t('next')}>
        {plan.growth.map(({ what, on, owner }) => (
          <li key={`${on} ${what.en}`}>
            {text(what)}
            <Text size="xs" c="dimmed">
              {say([format.day(on), owner])}
            </Text>
          </li>
        ))}
      </Card>
      <Card title={t('promises')}>
        {plan.promises.map(({ what, by, to, due, overdue, deal }) => (
          <li key={`${deal} ${what}`} className={overdue && by === 'us' ? classes.red : undefined}>
            {what}
            <Text size="xs" c="dimmed">
              {say([t(by === 'us' ? 'weOwe' : 'theyOwe'), to, due && format.day(due), overdue && t('overdue'), deal])}
            </Text>
          </li>
        ))}
      </Card>
      <Card title={t('rivals')}>
        {plan.rivals.map(({ name, incumbent, units, claim }) => (
          <li key={name}>
            {name}
            <Text size="xs" c="dimmed">
              {say([
                incumbent && t('inThere'),
                units.join(' · '),
                claim.on === null
                  ? t(`claim.${claim.state}`)
                  : t('claimOn', { state: t(`claim.${claim.state}`), day: format.day(claim.on) }),
              ])}
            </Text>
          </li>
        ))}
      </Card>
      <Card title={t('money')}>
        {plan.money.map(({ currency, won, open }) => (
          <li key={currency}>
            {format.money({ value: won, currency })} {t('won')} · {format.money({ value: open, currency })} {t('open')}
          </li>
        ))}
        {plan.money.length > 1 && <li>{t('noRate')}</li>}
      </Card>
      <Card title={t('ask')}>
        {plan.filled.fields.flatMap(({ id, question }) => (question ? [<li key={id}>{text(question)}</li>] : []))}
      </Card>
    </>
  )
}

function Card({ title, children }: { title: string; children: ReactNode }) {
  const t = usePlanWords()
  const list = [children].flat(2).filter(Boolean)
  return (
    <section className={account.card}>
      <h2>{title}</h2>
      {list.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('none')}
        </Text>
      ) : (
        <ul className={classes.lines}>{children}</ul>
      )}
    </section>
  )
}
