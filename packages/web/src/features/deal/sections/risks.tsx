import { Button, Text } from '@mantine/core'
import type { ProofStatus } from '@sente/engine'
import { IconCircleCheck, IconAlertTriangle } from '@tabler/icons-react'
import { useFormat } from '../../../shared/format/format.ts'
import { useText } from '../../../shared/i18n/use-lang.ts'
import { useDealView } from '../context.ts'
import { DealForm } from '../forms/deal-form.tsx'
import { InPlace } from '../forms/quick.tsx'
import { statusOf } from '../forms/values.ts'
import { risksOf } from '../model/risks.ts'
import type { Risk } from '../model/risks.ts'
import { StatusMark } from '../parts/marks.tsx'
import { Panel } from '../parts/panel.tsx'
import { useDealWords } from '../words.ts'
import stack from '../deal.module.css'
import classes from './risks.module.css'

/** The risk file: every kind of risk with our answer, who makes it and by when; shared before they ask. */
export function RisksSection() {
  const t = useDealWords()
  const { whole, brief, index } = useDealView()
  const risks = risksOf(whole, brief, index)
  const answered = risks.filter(({ readiness, notNeeded }) => readiness.addressed || notNeeded).length
  return (
    <div className={stack.stack}>
      <RiskFile />
      <Panel title={t('risks.title')} says={t('risks.says', { answered, count: risks.length })} id="risks">
        <ul className={classes.risks}>
          {risks.map((risk) => (
            <li key={risk.topic}>
              <RiskItem risk={risk} />
            </li>
          ))}
        </ul>
      </Panel>
    </div>
  )
}

function RiskFile() {
  const t = useDealWords()
  const format = useFormat()
  const { whole, asOf } = useDealView()
  const { deal } = whole
  const file = deal.riskFile
  return (
    <Panel title={t('riskFile.title')} says={t('riskFile.says')} id="risk-file">
      <dl className={classes.file}>
        <div>
          <dt>{t('riskFile.exists')}</dt>
          <dd>
            <InPlace
              label={t('riskFile.title')}
              renderForm={(close) => (
                <DealForm
                  specs={[
                    { name: 'shared', as: 'yesno', label: t('riskFile.exists') },
                    { name: 'on', as: 'day' },
                    { name: 'note', as: 'words' },
                  ]}
                  initial={({ riskFile }) => ({
                    shared: riskFile === undefined ? undefined : riskFile !== false,
                    on: riskFile ? riskFile.on : asOf,
                    note: riskFile ? riskFile.note : '',
                  })}
                  patchOf={({ shared, on, note }) => ({
                    riskFile:
                      shared === undefined
                        ? null
                        : shared === false
                          ? false
                          : { ...(on ? { on } : {}), ...(note ? { note } : {}) },
                  })}
                  close={close}
                />
              )}
            >
              {file === undefined
                ? t('notSaid')
                : file === false
                  ? t('riskFile.no')
                  : t('riskFile.yes', { day: file.on ? format.day(file.on) : '' })}
            </InPlace>
            {file && file.note && (
              <Text size="sm" c="dimmed">
                {file.note}
              </Text>
            )}
          </dd>
        </div>
        <div>
          <dt>{t('riskFile.message')}</dt>
          <dd>
            <InPlace
              label={t('riskFile.message')}
              renderForm={(close) => (
                <DealForm
                  specs={[{ name: 'riskMessage', as: 'known' }]}
                  initial={({ riskMessage }) => ({ riskMessage })}
                  patchOf={({ riskMessage }) => ({
                    riskMessage: riskMessage === undefined || riskMessage === '' ? null : riskMessage,
                  })}
                  close={close}
                />
              )}
            >
              {deal.riskMessage === undefined
                ? t('notSaid')
                : deal.riskMessage === false
                  ? t('form.knownNone')
                  : deal.riskMessage}
            </InPlace>
          </dd>
        </div>
      </dl>
    </Panel>
  )
}

function RiskItem({ risk: { topic, readiness, proofs, startBy, asked, inferred, notNeeded } }: { risk: Risk }) {
  const t = useDealWords()
  const text = useText()
  const format = useFormat()
  const view = useDealView()
  const { index, byPerson, may, edit } = view
  const method = index.topics.get(topic)
  const state = notNeeded ? 'notNeeded' : readiness.addressed ? 'addressed' : asked ? 'asked' : 'open'
  const Icon = state === 'addressed' ? IconCircleCheck : IconAlertTriangle
  return (
    <article className={classes.risk} data-state={state} aria-label={text(readiness.name)}>
      <header>
        <h3>{text(readiness.name)}</h3>
        <span className={classes.state}>
          {(state === 'addressed' || state === 'asked') && <Icon size={15} aria-hidden />}
          {t(`riskState.${state}`)}
        </span>
      </header>
      {method && (
        <Text size="sm" c="dimmed" fs="italic">
          {text(method.question)}
        </Text>
      )}
      {asked && (
        <Text size="xs">
          {t('risks.asked', {
            day: format.day(asked.on),
            person: (asked.personId && byPerson.get(asked.personId)?.name) || t('somebody'),
          })}
          {asked.quote && (
            <>
              {' '}
              <q>{asked.quote}</q>
            </>
          )}
        </Text>
      )}
      {!asked && !notNeeded && (
        <Text size="xs" c="dimmed">
          {inferred
            ? t('risks.inferredFrom', {
                day: format.day(inferred.on),
                sign: text(index.signals.get(inferred.signal)!.name),
              })
            : t('risks.inferred')}
        </Text>
      )}
      {notNeeded && (
        <Text size="xs" c="dimmed">
          {notNeeded.reason}
        </Text>
      )}
      <ul className={classes.proofs}>
        {proofs.map((proof) => {
          const name = text(
            method?.proofs.find(({ id }) => id === proof.proof)?.name ?? { en: proof.proof, zh: proof.proof },
          )
          return (
            <li key={proof.id}>
              <button
                type="button"
                className={classes.proof}
                disabled={!may.write}
                onClick={() => edit({ target: 'proof', id: proof.id })}
              >
                <strong>{name}</strong>
                <StatusMark status={(statusOf(view, proof.id).status ?? 'missing') as ProofStatus} />
              </button>
              <Text span size="xs" c="dimmed">
                {[
                  proof.owner,
                  proof.readyOn ? t('readyOn', { day: format.shortDay(proof.readyOn) }) : '',
                  proof.for?.length
                    ? format.list(proof.for.flatMap((id) => byPerson.get(id)?.name ?? []))
                    : t('forEverybody'),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </Text>
            </li>
          )
        })}
      </ul>
      {startBy && !notNeeded && (
        <Text size="xs">
          {t(startBy.verdict === 'too-late' ? 'risks.couldBe' : 'risks.startBy', {
            proof: text(startBy.proofName),
            day: format.day(startBy.startBy),
            owner: text(index.owners.get(startBy.owner)?.name ?? { en: startBy.owner, zh: startBy.owner }),
          })}{' '}
          <span className={startBy.verdict === 'normal' ? undefined : classes.late}>
            {t(`verdict.${startBy.verdict}`, { count: startBy.late })}
          </span>
        </Text>
      )}
      {may.write && (
        <Button
          size="compact-xs"
          variant="subtle"
          className="no-print"
          w="fit-content"
          aria-label={t('risks.addProofNamed', { topic: text(readiness.name) })}
          onClick={() =>
            edit({
              target: 'proof',
              prefill: {
                topic,
                ...(startBy && {
                  proof: startBy.proof,
                  for: startBy.for.flatMap((key) => view.byKey.get(key)?.personId ?? []),
                }),
              },
            })
          }
        >
          {t('risks.addProof')}
        </Button>
      )}
    </article>
  )
}
