import { Group, Text } from '@mantine/core'
import type { Brief } from '@sente/engine'
import { useFormat } from '../../../shared/format/format.ts'
import { useText } from '../../../shared/i18n/use-lang.ts'
import { useDealView } from '../context.ts'
import { AddButton, EditButton, Line, Lines, Nothing, Panel } from '../parts/panel.tsx'
import { Says } from '../parts/marks.tsx'
import { useDealWords } from '../words.ts'
import { useValueWords } from '../parts/value-words.tsx'
import stack from '../deal.module.css'
import { DecisionFan } from './decision-fan.tsx'
import classes from './outlook.module.css'

/** When they decide, and for whom: the model's number beside the seller's and the manager's, none over another. */
export function OutlookSection() {
  const { brief } = useDealView()
  return (
    <div className={stack.stack}>
      <Three outlook={brief.outlook} />
      <div className={`${stack.columns} ${stack.even}`}>
        <Contributions outlook={brief.outlook} />
        <div className={stack.stack}>
          <When />
          <Estimates />
        </div>
      </div>
    </div>
  )
}

function Three({ outlook }: { outlook: Brief['outlook'] }) {
  const t = useDealWords()
  const format = useFormat()
  const model = outlook.whether
  const cards = [
    {
      name: t('outlook.model'),
      value: model?.value,
      says: model
        ? t('outlook.band', { low: format.percent(model.low), high: format.percent(model.high) })
        : t('outlook.closed'),
      low: model?.low,
      high: model?.high,
    },
    ...(['seller', 'manager'] as const).map((side) => {
      const one = outlook[side]
      return {
        name: t(`side.${side}`),
        value: one?.value,
        says: one ? [one.by, one.on ? format.day(one.on) : ''].filter(Boolean).join(' · ') : t('outlook.notSaid'),
        low: undefined,
        high: undefined,
      }
    }),
  ]
  const said = [outlook.seller?.value, outlook.manager?.value].filter((value) => value !== undefined)
  const apart = model && said.length > 0 ? Math.max(...said.map((value) => Math.abs(value - model.value))) : 0
  return (
    <Panel
      title={t('outlook.title')}
      says={t('outlook.says')}
      id="three"
      actions={
        <Group gap="xs">
          <AddButton editing={{ target: 'estimate', prefill: { side: 'seller' } }}>{t('outlook.addSeller')}</AddButton>
          <AddButton editing={{ target: 'estimate', prefill: { side: 'manager' } }}>
            {t('outlook.addManager')}
          </AddButton>
        </Group>
      }
    >
      <dl className={classes.three}>
        {cards.map(({ name, value, says, low, high }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <span className={classes.big}>{value === undefined ? '–' : format.percent(value)}</span>
              <span className={classes.scale} aria-hidden>
                {low !== undefined && high !== undefined && (
                  <span
                    className={classes.bandBar}
                    style={{ insetInlineStart: `${low * 100}%`, width: `${(high - low) * 100}%` }}
                  />
                )}
                {value !== undefined && (
                  <span className={classes.tick} style={{ insetInlineStart: `${value * 100}%` }} />
                )}
              </span>
              <Text size="xs" c="dimmed">
                {says}
              </Text>
            </dd>
          </div>
        ))}
      </dl>
      {apart >= 0.2 && (
        <Text size="sm" mt="xs">
          {t('outlook.apart', { points: Math.round(apart * 100) })}
        </Text>
      )}
      {model?.source === 'prior' && (
        <Text size="xs" c="dimmed" mt="xs">
          {t('outlook.prior')}
        </Text>
      )}
    </Panel>
  )
}

/** How strong a feature is, in words: its 0..1 saturates and is no share of anything that one could count. */
const strengthOf = (value: number): 'none' | 'little' | 'some' | 'much' | 'most' =>
  value <= 0 ? 'none' : value < 0.2 ? 'little' : value < 0.5 ? 'some' : value < 0.8 ? 'much' : 'most'

/** Each feature's push on the odds: to the right for us, to the left against. */
function Contributions({ outlook }: { outlook: Brief['outlook'] }) {
  const t = useDealWords()
  const text = useText()
  const format = useFormat()
  const list = [...(outlook.whether?.contributions ?? [])].sort(
    (a, b) => Math.abs(b.contribution) - Math.abs(a.contribution),
  )
  const most = Math.max(0.5, ...list.map(({ contribution }) => Math.abs(contribution)))
  return (
    <Panel title={t('outlook.why')} says={t('outlook.whySays')} id="why">
      {list.length === 0 ? (
        <Nothing>{t('outlook.closed')}</Nothing>
      ) : (
        <ul className={classes.contributions}>
          {list.map(({ feature, name, contribution, value, known }) => (
            <li key={feature} data-known={known}>
              <span>
                {known ? text(name) : <Says label={t('outlook.unknownSays')}>{text(name)}</Says>}
                <Text span size="xs" c="dimmed">
                  {' '}
                  {!known
                    ? t('form.unknown')
                    : feature === 'silence'
                      ? t('outlook.days', { count: value })
                      : t(`outlook.strength.${strengthOf(value)}`)}
                </Text>
              </span>
              <svg viewBox="0 0 200 14" className={classes.contribution} aria-hidden preserveAspectRatio="none">
                <line x1="100" x2="100" y1="0" y2="14" className={classes.axis} />
                <rect
                  x={contribution < 0 ? 100 + (contribution / most) * 98 : 100}
                  y="3"
                  width={(Math.abs(contribution) / most) * 98}
                  height="8"
                  className={contribution < 0 ? classes.against : classes.for}
                />
              </svg>
              <span className={classes.figure}>{format.signed(Math.round(contribution * 100) / 100)}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

function When() {
  const t = useDealWords()
  const format = useFormat()
  const { brief } = useDealView()
  const { horizon, when } = brief.outlook
  return (
    <Panel title={t('outlook.when')} id="when">
      {when || !horizon ? <DecisionFan when={when} asOf={brief.asOf} /> : <Nothing>{t('position.notKnown')}</Nothing>}
      {horizon && (
        <dl className={classes.horizon} aria-label={t('outlook.horizon', { day: format.day(horizon.on) })}>
          <div>
            <dt>{t('dealStatus.won')}</dt>
            <dd>{format.percent(horizon.won)}</dd>
          </div>
          <div>
            <dt>{t('dealStatus.lost')}</dt>
            <dd>{format.percent(horizon.lost)}</dd>
          </div>
          <div>
            <dt>{t('dealStatus.no-decision')}</dt>
            <dd>{format.percent(horizon.noDecision)}</dd>
          </div>
        </dl>
      )}
      {horizon && (
        <Text size="xs" c="dimmed">
          {t('outlook.horizon', { day: format.day(horizon.on) })}
        </Text>
      )}
      {brief.missing.length > 0 && <Missing />}
    </Panel>
  )
}

function Missing() {
  const t = useDealWords()
  const text = useText()
  const { brief } = useDealView()
  return (
    <div className={classes.missing}>
      <p id="missing">{t('outlook.missing')}</p>
      <ul aria-labelledby="missing">
        {brief.missing.map(({ what }) => (
          <li key={what.en}>{text(what)}</li>
        ))}
      </ul>
    </div>
  )
}

function Estimates() {
  const t = useDealWords()
  const format = useFormat()
  const show = useValueWords()
  const { whole } = useDealView()
  const list = [...(whole.estimate ?? [])].sort(
    (a, b) => (b.on ?? '').localeCompare(a.on ?? '') || (a.id < b.id ? 1 : -1),
  )
  if (list.length === 0) return null
  return (
    <Panel title={t('outlook.estimates')} id="estimates">
      <Lines>
        {list.map((one) => (
          <Line
            key={one.id}
            day={one.on ? format.day(one.on) : '–'}
            actions={<EditButton editing={{ target: 'estimate', id: one.id }} name={t(`side.${one.side}`)} />}
          >
            {t('namedValue', { name: t(`side.${one.side}`), value: '' })}
            <strong>{format.percent(one.value)}</strong>
            <Text span size="xs" c="dimmed">
              {' '}
              {[one.by, one.because ? show('because', one.because) : ''].filter(Boolean).join(' · ')}
            </Text>
          </Line>
        ))}
      </Lines>
    </Panel>
  )
}
