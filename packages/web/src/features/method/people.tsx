import { Paper, Table, Title } from '@mantine/core'
import { CONCERNS } from '@sente/engine'
import { useFormat } from '../../shared/format/format.ts'
import { useText } from '../../shared/i18n/use-lang.ts'
import { useMethodology } from '../../shared/method/methodology.ts'
import classes from './people.module.css'
import shared from './method.module.css'
import { useMethodWords } from './words.ts'

/** Roles and where they look, the ladder of a relationship, the ways to an executive. */
export function PeopleOfMethod() {
  const t = useMethodWords()
  const text = useText()
  const format = useFormat()
  const { people, concerns } = useMethodology()
  const answers = [t('always'), t('usually'), t('occasionally'), t('never')]
  return (
    <div className={shared.stack}>
      <Paper p="md">
        <Title order={2}>{t('ladder')}</Title>
        <p className={shared.mute}>{t('ladderSays', { days: people.halfLifeDays })}</p>
        <ol className={classes.ladder}>
          {people.rungs.map(({ id, name, trust }) => (
            <li key={id}>
              <i style={{ height: `${8 + trust * 64}px` }} aria-hidden />
              <b>{text(name)}</b>
              <span>{format.percent(trust)}</span>
            </li>
          ))}
        </ol>
      </Paper>
      <Paper p="md">
        <Title order={2}>{t('roles')}</Title>
        <p className={shared.mute}>{t('rolesSay')}</p>
        <Table className={classes.roles}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('role')}</Table.Th>
              {concerns.concerns.map(({ id, name }) => (
                <Table.Th key={id} ta="right">
                  {text(name)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {people.roles.map(({ id, name, level, decides, weights }) => (
              <Table.Tr key={id}>
                <Table.Td>
                  {text(name)}{' '}
                  <span className={shared.mute}>{[t(level), ...(decides ? [t('decides')] : [])].join(' · ')}</span>
                </Table.Td>
                {CONCERNS.map((concern) => {
                  const weight = weights?.[concern] ?? 1
                  return (
                    <Table.Td
                      key={concern}
                      ta="right"
                      fw={weight >= 1.3 ? 650 : 400}
                      {...(weight < 0.8 && { c: 'dimmed' })}
                    >
                      {format.number(weight)}
                    </Table.Td>
                  )
                })}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Paper>
      <Paper p="md">
        <Title order={2}>{t('ways')}</Title>
        <p className={shared.mute}>{t('waysSay')}</p>
        <dl className={classes.ways}>
          {people.paths.map(({ id, name, answers: split }) => (
            <div key={id}>
              <dt>{text(name)}</dt>
              <dd>
                {split ? (
                  <span
                    className={classes.split4}
                    role="img"
                    aria-label={split.map((count, i) => `${answers[i]} ${count}`).join(', ')}
                  >
                    {split.map((count, i) =>
                      count > 0 ? (
                        <i key={i} data-i={i} style={{ width: `${count}%` }}>
                          {count >= 8 ? count : ''}
                        </i>
                      ) : null,
                    )}
                  </span>
                ) : (
                  <span className={shared.mute}>{t('noStudy')}</span>
                )}
              </dd>
            </div>
          ))}
        </dl>
        <p className={classes.keys4}>
          {answers.map((answer, i) => (
            <span key={answer}>
              <i data-i={i} aria-hidden /> {answer}
            </span>
          ))}
        </p>
      </Paper>
    </div>
  )
}
