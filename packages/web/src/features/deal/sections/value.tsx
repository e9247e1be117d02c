import { Text } from '@mantine/core'
import { CONCERNS } from '@sente/engine'
import { useFormat } from '../../../shared/format/format.ts'
import { useText } from '../../../shared/i18n/use-lang.ts'
import { useDealView } from '../context.ts'
import { Bar } from '../parts/marks.tsx'
import { AddButton, EditButton, Line, Lines, Nothing, Panel } from '../parts/panel.tsx'
import { useDealWords } from '../words.ts'
import stack from '../deal.module.css'
import classes from './value.module.css'

/** What only we give, in their numbers, and who else is in the race. */
export function ValueSection() {
  return (
    <div className={`${stack.columns} ${stack.even}`}>
      <UcvPanel />
      <RivalsPanel />
    </div>
  )
}

/** The newest version stands large; earlier ones say how it grew. */
function UcvPanel() {
  const t = useDealWords()
  const text = useText()
  const format = useFormat()
  const { whole, index, byPerson } = useDealView()
  const versions = [...(whole.ucv ?? [])].sort((a, b) => b.on.localeCompare(a.on) || (a.id < b.id ? 1 : -1))
  const [now, ...before] = versions
  const rivals = new Map((whole.rival ?? []).map(({ key, id, name }) => [key ?? id, name]))
  return (
    <Panel
      title={t('ucv.title')}
      says={t('ucv.says')}
      id="ucv"
      actions={
        <AddButton
          editing={{
            target: 'ucv',
            prefill: now
              ? {
                  goal: now.goal,
                  onlyUs: now.onlyUs,
                  number: now.number,
                  differsFrom: now.differsFrom,
                  concern: now.concern,
                }
              : {},
          }}
        >
          {now ? t('ucv.newVersion') : t('ucv.add')}
        </AddButton>
      }
    >
      {!now ? (
        <Nothing>{t('ucv.none')}</Nothing>
      ) : (
        <>
          <div className={classes.now}>
            <div className={classes.nowHead}>
              <p className={classes.only}>{now.onlyUs}</p>
              <EditButton editing={{ target: 'ucv', id: now.id }} name={t('ucv.title')} />
            </div>
            <dl className={classes.about}>
              {now.goal && (
                <div>
                  <dt>{t('ucv.goal')}</dt>
                  <dd>{now.goal}</dd>
                </div>
              )}
              {now.number && (
                <div>
                  <dt>{t('ucv.number')}</dt>
                  <dd>
                    <strong>{now.number}</strong>
                  </dd>
                </div>
              )}
              {now.concern && (
                <div>
                  <dt>{t('ucv.concern')}</dt>
                  <dd>{text(index.concerns.get(now.concern)!.name)}</dd>
                </div>
              )}
              <div>
                <dt>{t('ucv.confirmedBy')}</dt>
                <dd>{now.confirmedBy ? (byPerson.get(now.confirmedBy)?.name ?? '?') : t('ucv.unconfirmed')}</dd>
              </div>
              {Object.entries(now.differsFrom ?? {}).map(([key, difference]) => (
                <div key={key}>
                  <dt>{t('ucv.differs', { rival: rivals.get(key) ?? key })}</dt>
                  <dd>{difference}</dd>
                </div>
              ))}
            </dl>
            <Text size="xs" c="dimmed">
              {format.day(now.on)}
            </Text>
          </div>
          {before.length > 0 && (
            <Lines label={t('ucv.history')}>
              {before.map((one) => (
                <Line
                  key={one.id}
                  day={format.day(one.on)}
                  dim
                  actions={
                    <EditButton
                      editing={{ target: 'ucv', id: one.id }}
                      name={`${t('ucv.title')} ${format.day(one.on)}`}
                    />
                  }
                >
                  {one.onlyUs}
                  {one.number && (
                    <Text span size="xs" c="dimmed">
                      {' '}
                      · {one.number}
                    </Text>
                  )}
                </Line>
              ))}
            </Lines>
          )}
        </>
      )}
    </Panel>
  )
}

function RivalsPanel() {
  const t = useDealWords()
  const text = useText()
  const format = useFormat()
  const { whole, brief, index, byPerson } = useDealView()
  const rivals = whole.rival ?? []
  const views = new Map(brief.people.rivals.map((view) => [view.id, view]))
  return (
    <Panel
      title={t('rivals.title')}
      says={t('rivals.says')}
      id="rivals"
      actions={<AddButton editing={{ target: 'rival' }}>{t('rivals.add')}</AddButton>}
    >
      {rivals.length === 0 && (
        <Nothing>{whole.deal.emptyLists?.includes('rivals') ? t('rivals.knownNone') : t('rivals.none')}</Nothing>
      )}
      <ul className={classes.rivals}>
        {rivals.map((rival) => {
          const view = views.get(rival.key ?? '')
          const contacts = (whole.rivalContact ?? [])
            .filter(({ rivalId }) => rivalId === rival.id)
            .sort((a, b) => b.on.localeCompare(a.on))
          const facts = [
            rival.kind && rival.kind !== 'vendor' ? t(`rivalKind.${rival.kind}`) : '',
            rival.incumbent ? t('rivals.incumbent') : '',
            rival.leading ? t('rivals.leading') : '',
            view?.numberOne ? t('rivals.topCover', { share: format.percent(view.numberOne.value) }) : '',
          ]
          return (
            <li key={rival.id}>
              <div className={classes.nowHead}>
                <div>
                  <strong>{rival.name}</strong>
                  <Text size="xs" c="dimmed">
                    {facts.filter(Boolean).join(' · ')}
                  </Text>
                </div>
                <EditButton editing={{ target: 'rival', id: rival.id }} name={rival.name} />
              </div>
              {rival.strengths && Object.keys(rival.strengths).length > 0 && (
                <ul className={classes.strengths} aria-label={t('strengths')}>
                  {CONCERNS.flatMap((concern) => {
                    const share = rival.strengths?.[concern]
                    if (share === undefined) return []
                    const over = share > brief.readiness.now[concern]
                    return [
                      <li key={concern}>
                        <span>{text(index.concerns.get(concern)!.name)}</span>
                        <Bar share={share} tone={over ? 'red' : 'ink'} />
                        <span>
                          {format.percent(share)}
                          {over ? ` · ${t('rivals.aboveUs')}` : ''}
                        </span>
                      </li>,
                    ]
                  })}
                </ul>
              )}
              <Lines label={t('rivals.contacts')}>
                {contacts.map((contact) => (
                  <Line
                    key={contact.id}
                    day={format.day(contact.on)}
                    actions={
                      <EditButton
                        editing={{ target: 'rivalContact', id: contact.id }}
                        name={`${rival.name} ${format.day(contact.on)}`}
                      />
                    }
                  >
                    {byPerson.get(contact.personId)?.name ?? '?'}
                    {byPerson.get(contact.personId)?.view?.numberOne && (
                      <strong className={classes.top}> · {t('numberOne')}</strong>
                    )}
                    {contact.play && (
                      <Text span size="xs" c="dimmed">
                        {' '}
                        · {contact.play}
                      </Text>
                    )}
                  </Line>
                ))}
              </Lines>
              {contacts.length === 0 && (
                <Nothing>{rival.noContacts ? t('rivals.metNobody') : t('rivals.contactsUnknown')}</Nothing>
              )}
              <AddButton editing={{ target: 'rivalContact', prefill: { rivalId: rival.id } }}>
                {t('rivals.addContact')}
              </AddButton>
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}
