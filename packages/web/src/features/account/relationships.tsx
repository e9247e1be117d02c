import { Table, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useFormat } from '../../shared/format/format.ts'
import { useText } from '../../shared/i18n/use-lang.ts'
import { methodologyQuery } from '../../shared/method/methodology.ts'
import { EmptyState } from '../../shared/states/states.tsx'
import { When } from '../../shared/time/when.tsx'
import type { AccountData } from './account.tsx'
import classes from './account.module.css'
import { useAccountWords } from './words.ts'

/** Whom we know here, over all deals: the best relationship counts, and where nobody has been is a gap one sees. */
export function Relationships({ people }: { people: AccountData['people'] }) {
  const t = useAccountWords()
  const text = useText()
  const format = useFormat()
  const { data: method } = useQuery(methodologyQuery)
  const rung = (id: string): string => text(method?.people.rungs.find((one) => one.id === id)?.name ?? { en: id, zh: id })
  const role = (id: string): string => text(method?.people.roles.find((one) => one.id === id)?.name ?? { en: id, zh: id })
  const sorted = [...people].sort((a, b) => best(b) - best(a))
  return (
    <section className={classes.card}>
      <h2>{t('people')}</h2>
      {people.length === 0 ? (
        <EmptyState title={t('noPeople')}>{t('noPeopleSay')}</EmptyState>
      ) : (
        <Table.ScrollContainer minWidth={480}>
          <Table verticalSpacing="xs">
            <Table.Thead>
              <Table.Tr><Table.Th>{t('person')}</Table.Th><Table.Th>{t('trust')}</Table.Th><Table.Th>{t('inDeals')}</Table.Th><Table.Th>{t('lastMet')}</Table.Th></Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {sorted.map(({ person, deals }) => {
                const top = [...deals].sort((a, b) => (b.trust ?? 0) - (a.trust ?? 0))[0]
                const last = deals.map(({ lastTouch }) => lastTouch).filter((day) => day !== undefined).sort().at(-1)
                const roles = [...new Set(deals.flatMap((deal) => deal.roles))]
                return (
                  <Table.Tr key={person.id}>
                    <Table.Td className={classes.who}>
                      <Text size="sm" fw={550}>{person.name}</Text>
                      <Text size="xs" c="dimmed">{[person.title, ...roles.map(role)].filter(Boolean).join(' · ')}</Text>
                      {person.leftOn !== undefined && <Text size="xs" c="dimmed">{t('left', { day: format.day(person.leftOn) })}</Text>}
                    </Table.Td>
                    <Table.Td className={classes.trust}>
                      {top?.trust === undefined ? '–' : (
                        <>
                          <span className={classes.meter} aria-hidden><i style={{ width: `${100 * top.trust}%` }} /></span>
                          {format.percent(top.trust)}
                          <Text size="xs" c="dimmed">{top.rung !== undefined && rung(top.rung)}</Text>
                        </>
                      )}
                    </Table.Td>
                    <Table.Td className={classes.whole}>
                      {deals.map((deal) => (
                        <Text key={deal.dealId} size="xs"><Link to="/deals/$dealId/$section" params={{ dealId: deal.dealId, section: 'people' }} className={classes.quiet}>{deal.name}</Link></Text>
                      ))}
                    </Table.Td>
                    <Table.Td className={classes.whole}>{last === undefined ? '–' : <When at={last} />}</Table.Td>
                  </Table.Tr>
                )
              })}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </section>
  )
}

const best = ({ deals }: AccountData['people'][number]): number => Math.max(0, ...deals.map(({ trust }) => trust ?? 0))
