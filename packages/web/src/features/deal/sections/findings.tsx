import { Button, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { planQuery } from '../../../shared/api/plan.ts'
import { useText } from '../../../shared/i18n/use-lang.ts'
import { When } from '../../../shared/time/when.tsx'
import { useDealView } from '../context.ts'
import { useFiringSince } from '../model/firing-since.ts'
import { filledIn } from '../next/model.ts'
import { useFactWords } from '../parts/fact-words.ts'
import { SeverityMark } from '../parts/marks.tsx'
import { Nothing, Panel } from '../parts/panel.tsx'
import { useDealWords } from '../words.ts'
import classes from './sections.module.css'

/** What the rules say, worst first; each with its numbers, the plays that answer it and the thought behind it. */
export function FindingsPanel() {
  const t = useDealWords()
  const text = useText()
  const { brief, known } = useDealView()
  const since = useFiringSince(known)
  return (
    <Panel title={t('findings.title')} says={brief.findings.length > 0 ? t('findings.says') : undefined} id="findings">
      {brief.findings.length === 0 && brief.rested.length === 0 && <Nothing>{t('findings.none')}</Nothing>}
      {brief.findings.length > 0 && (
        <ol className={classes.findings}>
          {brief.findings.map((finding) => (
            <li key={finding.act}>
              <FindingItem finding={finding} since={since.get(finding.rule)} />
            </li>
          ))}
        </ol>
      )}
      {brief.rested.length > 0 && (
        <Text size="sm" c="dimmed" mt="xs">
          {t('findings.rested', { list: brief.rested.map(({ name }) => text(name)).join(t('findings.semicolon')) })}
        </Text>
      )}
    </Panel>
  )
}

function FindingItem({
  finding,
  since,
}: {
  finding: ReturnType<typeof useDealView>['brief']['findings'][number]
  since: string | undefined
}) {
  const t = useDealWords()
  const text = useText()
  const facts = useFactWords()
  const { index, may, edit, whole, byKey, dealId, past, asOf } = useDealView()
  const answer = useQuery(planQuery(dealId, past ? asOf : undefined)).data
  const people = finding.with.flatMap((key) => byKey.get(key) ?? [])
  const planned = new Set(
    (whole.planStep ?? []).filter(({ status }) => status === undefined || status === 'open').map(({ play }) => play),
  )
  const take = (play: string): void => {
    const { on, with: who, ours, through } = filledIn(play, finding, answer, asOf)
    const ids = (keys: readonly string[]): string[] => keys.flatMap((key) => byKey.get(key)?.personId ?? [])
    edit({
      target: 'planStep',
      prefill: {
        play,
        on,
        with: ids(who),
        reason: text(finding.name),
        ...(ours !== undefined && { owner: answer?.ours.find(({ id }) => id === ours)?.name ?? ours }),
        ...(through !== undefined && { through: ids([through])[0] }),
      },
    })
  }
  return (
    <details className={classes.finding} data-severity={finding.severity}>
      <summary>
        <span className={classes.findingHead}>
          <SeverityMark severity={finding.severity} />
          <strong>{text(finding.name)}</strong>
          {since !== undefined && (
            <span className={classes.since}>
              {t('findings.since')} <When at={since} show="absolute" />
            </span>
          )}
        </span>
        <span className={classes.message}>{text(finding.message)}</span>
        <span className={classes.todo}>
          <strong>{text(finding.todo)}</strong>
          {people.length > 0 && ` (${people.map(({ name }) => name).join(t('findings.comma'))})`}
          {' · '}
          {finding.by ? (
            <>
              {t('findings.by')} <When at={finding.by} show="absolute" />
            </>
          ) : finding.within > 0 ? (
            t('findings.within', { count: finding.within })
          ) : (
            t('findings.now')
          )}
        </span>
      </summary>
      <div className={classes.more}>
        {finding.reasons.length > 1 && (
          <ul className={classes.reasons} aria-label={t('findings.also')}>
            {finding.reasons.slice(1).map((reason) => (
              <li key={reason.rule}>
                <strong>{text(reason.name)}</strong> {text(reason.message)}
              </li>
            ))}
          </ul>
        )}
        {finding.facts.length > 0 && (
          <dl className={classes.numbers}>
            {finding.facts.map(({ fact, name, value }) => (
              <div key={fact}>
                <dt>{text(name)}</dt>
                <dd>{facts.value(fact, value)}</dd>
              </div>
            ))}
          </dl>
        )}
        {finding.plays.length > 0 && (
          <ul className={classes.plays} aria-label={t('findings.plays')}>
            {finding.plays.flatMap((id) => {
              const play = index.plays.get(id)
              if (!play) return []
              return [
                <li key={id}>
                  <span>
                    <strong>{text(play.name)}</strong>{' '}
                    <Text span size="sm" c="dimmed">
                      {text(play.objective)}
                    </Text>
                  </span>
                  {planned.has(id) ? (
                    <Text span size="xs" c="dimmed">
                      {t('plan.isPlanned')}
                    </Text>
                  ) : (
                    may.write && (
                      <Button
                        size="compact-xs"
                        variant="light"
                        className="no-print"
                        leftSection={<IconPlus size={13} aria-hidden />}
                        aria-label={t('plan.takeNamed', { name: text(play.name) })}
                        onClick={() => take(id)}
                      >
                        {t('plan.take')}
                      </Button>
                    )
                  )}
                </li>,
              ]
            })}
          </ul>
        )}
        <Text size="xs" c="dimmed" component="blockquote" m={0}>
          {text(finding.claim)} <span className={classes.speaker}>{text(finding.speaker)}</span>
        </Text>
      </div>
    </details>
  )
}
