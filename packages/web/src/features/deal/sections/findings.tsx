import { Button, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useFormat } from '../../../shared/format/format.ts'
import { useLang, useText } from '../../../shared/i18n/use-lang.ts'
import { useCommonWords } from '../../../shared/words/common.ts'
import { useDealView } from '../context.ts'
import { factValue } from '../model/fact-value.ts'
import { SeverityMark } from '../parts/marks.tsx'
import { Nothing, Panel } from '../parts/panel.tsx'
import { useDealWords } from '../words.ts'
import classes from './sections.module.css'

/** What the rules say, worst first; each with its numbers, the plays that answer it and the thought behind it. */
export function FindingsPanel() {
  const t = useDealWords()
  const { brief } = useDealView()
  return (
    <Panel title={t('findings.title')} says={brief.findings.length > 0 ? t('findings.says') : undefined} id="findings">
      {brief.findings.length === 0 ? (
        <Nothing>{t('findings.none')}</Nothing>
      ) : (
        <ol className={classes.findings}>
          {brief.findings.map((finding) => (
            <li key={finding.rule}>
              <FindingItem finding={finding} />
            </li>
          ))}
        </ol>
      )}
    </Panel>
  )
}

function FindingItem({ finding }: { finding: ReturnType<typeof useDealView>['brief']['findings'][number] }) {
  const t = useDealWords()
  const common = useCommonWords()
  const text = useText()
  const lang = useLang()
  const format = useFormat()
  const { index, may, edit, whole } = useDealView()
  const words = { yes: common('yes'), no: common('no'), none: common('none'), never: t('never'), days: (count: number) => t('days', { count }), hours: (count: number) => t('hours', { count }) }
  const planned = new Set((whole.planStep ?? []).filter(({ status }) => status === undefined || status === 'open').map(({ play }) => play))
  return (
    <details className={classes.finding} data-severity={finding.severity}>
      <summary>
        <span className={classes.findingHead}>
          <SeverityMark severity={finding.severity} />
          <strong>{text(finding.name)}</strong>
        </span>
        <span className={classes.message}>{text(finding.message)}</span>
      </summary>
      <div className={classes.more}>
        {finding.facts.length > 0 && (
          <dl className={classes.numbers}>
            {finding.facts.map(({ fact, name, value }) => (
              <div key={fact}>
                <dt>{text(name)}</dt>
                <dd>{factValue(fact, value, index, lang, format, words)}</dd>
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
                    <strong>{text(play.name)}</strong> <Text span size="sm" c="dimmed">{text(play.objective)}</Text>
                  </span>
                  {planned.has(id) ? (
                    <Text span size="xs" c="dimmed">{t('plan.isPlanned')}</Text>
                  ) : (
                    may.write && (
                      <Button size="compact-xs" variant="light" className="no-print" leftSection={<IconPlus size={13} aria-hidden />} aria-label={t('plan.takeNamed', { name: text(play.name) })} onClick={() => edit({ target: 'planStep', prefill: { play: id, reason: text(finding.name) } })}>
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
