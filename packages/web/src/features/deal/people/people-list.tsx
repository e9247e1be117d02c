import { Text } from '@mantine/core'
import { useFormat } from '../../../shared/format/format.ts'
import { useText } from '../../../shared/i18n/use-lang.ts'
import { useDealView } from '../context.ts'
import { GAP_WORDS, gapsOf } from '../model/people.ts'
import { StanceMark, TrustRing } from '../parts/marks.tsx'
import { AddButton, EditButton } from '../parts/panel.tsx'
import { useDealWords } from '../words.ts'
import { MeetPerson, HoldMark, NumberOne, RivalTies, useRoleNames } from './person-facts.tsx'
import classes from './people.module.css'

/** Everything the map shows, as a list one can read and edit by keys and on a phone. */
export function PeopleList() {
  const t = useDealWords()
  const text = useText()
  const format = useFormat()
  const roleNames = useRoleNames()
  const { people, index, byPerson, may } = useDealView()
  const gaps = gapsOf(people)
  return (
    <ul className={classes.list} aria-label={t('people.title')}>
      {people.map((person) => {
        const { view, part } = person
        const about: [string, React.ReactNode][] = [
          [t('people.roles'), format.list(roleNames(part.roles)) || '–'],
          [
            t('people.reportsTo'),
            person.person?.reportsTo === false
              ? t('reportsToNobody')
              : person.above
                ? byPerson.get(person.above)?.name
                : '–',
          ],
          [t('people.influence'), view ? `${format.number(view.influence)} / 5` : '–'],
          ...(view
            ? ([
                [t('stance'), <StanceMark key="s" value={view.stance} />],
                [
                  t('people.rung'),
                  <span key="r" className={classes.inline}>
                    <TrustRing trust={view.trust} size={16} /> {text(index.rungs.get(view.rung)!.name)} ·{' '}
                    {t('people.trust', { share: format.percent(view.trust) })}
                  </span>,
                ],
                [t('people.cares'), text(index.concerns.get(view.topConcern)!.name)],
                [t('people.lastTouch'), view.lastTouch ? format.day(view.lastTouch) : t('people.noTouch')],
              ] as [string, React.ReactNode][])
            : ([[t('people.left'), person.person?.leftOn ? format.day(person.person.leftOn) : '–']] as [
                string,
                React.ReactNode,
              ][])),
        ]
        return (
          <li key={person.key} data-left={!view}>
            <div className={classes.listHead}>
              <div>
                <strong>{person.name}</strong> {view?.numberOne && <NumberOne />}
                <Text size="xs" c="dimmed">
                  {person.person?.title}
                </Text>
              </div>
              <div className={classes.listActions}>
                <MeetPerson person={person} />
                <EditButton editing={{ target: 'stakeholder', id: part.id }} name={person.name} />
              </div>
            </div>
            <dl className={classes.about}>
              {about.map(([name, value]) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
            <div className={classes.marks}>
              <HoldMark person={person} />
              <RivalTies personKey={person.key} />
            </div>
          </li>
        )
      })}
      {gaps.map((role) => (
        <li key={role} className={classes.gap}>
          <div className={classes.listHead}>
            <div>
              <strong>{t(GAP_WORDS[role])}</strong>
              <Text size="xs" c="dimmed">
                {text(index.roles.get(role)!.name)}
              </Text>
            </div>
            {may.write && (
              <AddButton editing={{ target: 'stakeholder', prefill: { roles: [role] } }}>{t('people.add')}</AddButton>
            )}
          </div>
        </li>
      ))}
    </ul>
  )
}
