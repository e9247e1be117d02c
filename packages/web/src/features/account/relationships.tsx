import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useFormat } from '../../shared/format/format.ts'
import { useText } from '../../shared/i18n/use-lang.ts'
import { methodologyQuery } from '../../shared/method/methodology.ts'
import { EmptyState } from '../../shared/states/states.tsx'
import { StackingTable } from '../../shared/table/stacking-table.tsx'
import { When } from '../../shared/time/when.tsx'
import type { AccountData } from './data.ts'
import classes from './account.module.css'
import { useAccountWords } from './words.ts'

/** Whom we know here, over all deals: the best relationship counts, and where nobody has been is a gap one sees. */
export function Relationships({ people }: { people: AccountData['people'] }) {
  const t = useAccountWords()
  const text = useText()
  const format = useFormat()
  const { data: method } = useQuery(methodologyQuery)
  const rung = (id: string): string =>
    text(method?.people.rungs.find((one) => one.id === id)?.name ?? { en: id, zh: id })
  const role = (id: string): string =>
    text(method?.people.roles.find((one) => one.id === id)?.name ?? { en: id, zh: id })
  const sorted = [...people].sort((a, b) => best(b) - best(a))
  return (
    <section className={classes.card}>
      <h2>{t('people')}</h2>
      {people.length === 0 ? (
        <EmptyState title={t('noPeople')}>{t('noPeopleSay')}</EmptyState>
      ) : (
        <StackingTable
          columns={[
            { name: t('person') },
            { name: t('trust'), className: classes.whole },
            { name: t('inDeals'), className: classes.whole },
            { name: t('lastMet'), className: classes.whole },
          ]}
          rows={sorted.map(({ person, deals }) => {
            const top = [...deals].sort((a, b) => (b.trust ?? 0) - (a.trust ?? 0))[0]
            const last = deals
              .map(({ lastTouch }) => lastTouch)
              .filter((day) => day !== undefined)
              .sort()
              .at(-1)
            const roles = [...new Set(deals.flatMap((deal) => deal.roles))]
            return {
              id: person.id,
              cells: [
                <>
                  <Text size="sm" fw={550}>
                    {person.name}
                  </Text>
                  <Text size="xs" c="dimmed">
                    {[person.title, ...roles.map(role)].filter(Boolean).join(' · ')}
                  </Text>
                  {person.leftOn !== undefined && (
                    <Text size="xs" c="dimmed">
                      {t('left', { day: format.day(person.leftOn) })}
                    </Text>
                  )}
                </>,
                top?.trust === undefined ? (
                  '–'
                ) : (
                  <>
                    <span className={classes.meter} aria-hidden>
                      <i style={{ width: `${100 * top.trust}%` }} />
                    </span>
                    {format.percent(top.trust)}
                    <Text size="xs" c="dimmed">
                      {top.rung !== undefined && rung(top.rung)}
                    </Text>
                  </>
                ),
                deals.map((deal) => (
                  <Text key={deal.dealId} size="xs">
                    <Link
                      to="/deals/$dealId/$section"
                      params={{ dealId: deal.dealId, section: 'people' }}
                      className={classes.quiet}
                    >
                      {deal.name}
                    </Link>
                  </Text>
                )),
                last === undefined ? '–' : <When at={last} />,
              ],
            }
          })}
        />
      )}
    </section>
  )
}

const best = ({ deals }: AccountData['people'][number]): number => Math.max(0, ...deals.map(({ trust }) => trust ?? 0))
