import { bandWords, decidesWords, headlineWords, toneOf, WORDS } from '@sente/picture'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { canOwn, membersQuery } from '../../../shared/api/me.ts'
import { useFormat } from '../../../shared/format/format.ts'
import { useLang, useText } from '../../../shared/i18n/use-lang.ts'
import { When } from '../../../shared/time/when.tsx'
import { useDealView } from '../context.ts'
import { DealForm } from '../forms/deal-form.tsx'
import { InPlace } from '../forms/quick.tsx'
import { useDealWords } from '../words.ts'
import { usePictureHidden } from '../parts/deal-picture.tsx'
import { crmSays } from '../model/crm.ts'
import { AccountFact } from './account-fact.tsx'
import classes from './head.module.css'

function Fact({ name, children, className }: { name: string; children: ReactNode; className?: string | undefined }) {
  return (
    <div className={className}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** The lead, and beside it what one wants to know of any deal; each fact is edited where it stands. */
export function Facts() {
  const t = useDealWords()
  const lang = useLang()
  const text = useText()
  const format = useFormat()
  const { brief, whole, index, may } = useDealView()
  const members = useQuery(membersQuery).data
  const words = WORDS[lang]
  const { deal } = whole
  const band = bandWords(brief.lead, words)
  const { concern } = brief.lead
  const decides = decidesWords(brief.lead, concern && text(index.concerns.get(concern)!.name), words)
  const { known, leading, phases } = brief.position
  const when = brief.outlook.when
  const crm = crmSays(whole)
  const owner = members?.find(({ id }) => id === deal.ownerId)?.name

  return (
    <dl className={classes.facts}>
      {/* The picture says it larger. */}
      {usePictureHidden() && (
        <Fact name={t('lead')} className={classes.lead}>
          <span className={classes.headline} data-tone={toneOf(brief.lead)}>
            {headlineWords(brief, words)}
          </span>
          {(band || decides) && <span className={classes.band}>{[band, decides].filter(Boolean).join(' ')}</span>}
        </Fact>
      )}
      <Fact name={t('phase')}>
        {known ? (
          <>
            {text(index.phases.get(leading)!.name)}{' '}
            <span className={classes.mute}>{format.percent(phases[leading])}</span>
          </>
        ) : (
          <span className={classes.mute}>{t('position.notJudged')}</span>
        )}
      </Fact>
      {crm && (
        <Fact name={t('crmSays')}>
          {crm.stage} {crm.on && <span className={classes.mute}>{t('crmSince', { on: format.day(crm.on) })}</span>}
          {crm.probability !== undefined && (
            <span className={classes.mute}> · {t('crmChance', { chance: format.percent(crm.probability) })}</span>
          )}
          {crm.closeOn && <div className={classes.mute}>{t('crmClose', { on: format.day(crm.closeOn) })}</div>}
          {crm.nextStep && <div className={classes.reason}>{t('crmNext', { step: crm.nextStep })}</div>}
        </Fact>
      )}
      {deal.status === 'open' ? (
        <Fact name={t('decision')}>{when?.p50 ? <When at={when.p50} show="absolute" /> : words.decisionUnknown}</Fact>
      ) : (
        <Fact name={t('status')}>
          {t(`dealStatus.${deal.status}`)}{' '}
          {deal.closedOn && <span className={classes.mute}>{format.day(deal.closedOn)}</span>}
          {deal.reason && <div className={classes.reason}>{deal.reason}</div>}
        </Fact>
      )}
      <Fact name={t('account')}>
        <AccountFact />
      </Fact>
      <Fact name={t('amount')}>
        <InPlace
          label={t('amount')}
          renderForm={(close) => (
            <DealForm
              specs={[
                { name: 'value', as: 'line', label: t('amount') },
                { name: 'currency', as: 'line', label: t('currency') },
              ]}
              initial={({ amount }) => ({ value: amount?.value ?? '', currency: amount?.currency ?? 'CNY' })}
              patchOf={({ value, currency }) => {
                const exact = String(value ?? '').replace(/[\s,，]/g, '')
                if (exact === '') return { amount: null }
                const code = String(currency ?? '')
                  .trim()
                  .toUpperCase()
                return /^\d{1,15}(\.\d{1,6})?$/.test(exact) ? { amount: { value: exact, currency: code } } : undefined
              }}
              close={close}
            />
          )}
        >
          {deal.amount ? format.money(deal.amount) : t('notSaid')}
        </InPlace>
      </Fact>
      <Fact name={t('owner')}>
        <InPlace
          label={t('owner')}
          disabled={!may.share}
          renderForm={(close) => (
            <DealForm
              specs={[
                {
                  name: 'ownerId',
                  as: 'choice',
                  required: true,
                  options: (members ?? []).filter(canOwn).map(({ id, name }) => ({ value: id, label: name })),
                },
              ]}
              initial={({ ownerId }) => ({ ownerId })}
              patchOf={({ ownerId }) => ({ ownerId })}
              close={close}
            />
          )}
        >
          {owner ?? '–'}
        </InPlace>
      </Fact>
      <Fact name={t('style.name')}>
        <InPlace
          label={t('style.name')}
          renderForm={(close) => (
            <DealForm
              specs={[
                {
                  name: 'style',
                  as: 'choice',
                  options: (['steady', 'swift'] as const).map((id) => ({ value: id, label: t(`style.${id}`) })),
                },
                {
                  name: 'traits',
                  as: 'choices',
                  options: [...index.traits.values()].map(({ id, name }) => ({ value: id, label: text(name) })),
                },
              ]}
              initial={({ style, traits }) => ({
                style: style ?? 'steady',
                traits: (traits ?? []).map((id) => id.replaceAll('-', '_')),
              })}
              patchOf={(values) => values}
              close={close}
            />
          )}
          width={320}
        >
          {t(`style.${deal.style ?? 'steady'}`)}
          {brief.demand.traits.length > 0 && (
            <span className={classes.mute}> {t('traitCount', { count: brief.demand.traits.length })}</span>
          )}
        </InPlace>
      </Fact>
    </dl>
  )
}
