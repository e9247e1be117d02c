import { Button, Text } from '@mantine/core'
import { addDays, daysLate } from '@sente/engine'
import type { PlainDate } from '@sente/engine'
import { useState } from 'react'
import { useFormat } from '../../../shared/format/format.ts'
import { useText } from '../../../shared/i18n/use-lang.ts'
import { When } from '../../../shared/time/when.tsx'
import { useDealView } from '../context.ts'
import { Line, Lines, Nothing, Panel } from '../parts/panel.tsx'
import { useDealWords } from '../words.ts'
import classes from './sections.module.css'

const FEW = 5

/** Which proof must be started by when, the most urgent first; those that are too late with the day on which they were not yet. */
export function StartByPanel() {
  const t = useDealWords()
  const text = useText()
  const format = useFormat()
  const { brief, byKey, index, may, edit, asOf } = useDealView()
  const [all, setAll] = useState(false)
  const list = brief.lead.startBy
    .map((one) => ({ ...one, late: daysLate(one, asOf), last: addDays(one.crossing as PlainDate, -one.leadDays) }))
    .sort((a, b) => a.last.localeCompare(b.last))
  return (
    <Panel title={t('startBy.title')} says={t('startBy.says')} id="start-by">
      {list.length === 0 ? (
        <Nothing>{t('startBy.none')}</Nothing>
      ) : (
        <>
          <Lines>
            {(all ? list : list.slice(0, FEW)).map((one) => {
              const people = one.for.flatMap((key) => byKey.get(key) ?? [])
              return (
                <Line
                  key={`${one.topic}.${one.proof}.${one.for.join()}`}
                  day={
                    <span className={one.verdict === 'normal' ? undefined : classes.late}>
                      <When at={one.last} show="absolute" />
                    </span>
                  }
                  actions={
                    may.write && (
                      <Button
                        size="compact-xs"
                        variant="light"
                        aria-label={t('startBy.startNamed', { name: text(one.proofName) })}
                        onClick={() =>
                          edit({
                            target: 'proof',
                            prefill: {
                              topic: one.topic,
                              proof: one.proof,
                              for: people.map(({ personId }) => personId),
                              status: 'preparing',
                            },
                          })
                        }
                      >
                        {t('startBy.start')}
                      </Button>
                    )
                  }
                >
                  <strong>{text(one.proofName)}</strong>
                  <Text size="xs" c="dimmed">
                    {[
                      text(one.name),
                      text(index.owners.get(one.owner)?.name ?? { en: one.owner, zh: one.owner }),
                      people.length > 0 ? t('forPeople', { people: format.list(people.map(({ name }) => name)) }) : '',
                      t(`verdict.${one.verdict}`, { count: one.late }),
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </Text>
                </Line>
              )
            })}
          </Lines>
          {list.length > FEW && (
            <Button size="compact-xs" variant="subtle" className="no-print" onClick={() => setAll(!all)}>
              {all ? t('showLess') : t('showAll', { count: list.length })}
            </Button>
          )}
        </>
      )}
    </Panel>
  )
}
