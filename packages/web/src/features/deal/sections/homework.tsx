import { Button, Group, Popover, Text } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useFieldName } from '../../../shared/api/words.ts'
import { useText } from '../../../shared/i18n/use-lang.ts'
import { useDealView } from '../context.ts'
import { useEdits } from '../edits.ts'
import { QuickForm } from '../forms/quick.tsx'
import { answerOf } from '../model/homework.ts'
import { itemOf } from '../model/sections.ts'
import { Nothing, Panel } from '../parts/panel.tsx'
import { useDealWords } from '../words.ts'
import classes from './sections.module.css'

/** How many questions one can face at once. */
const FEW = 6

/** What we do not know and would change what is said; each question is answered here, or in the form it belongs to. */
export function HomeworkPanel() {
  const t = useDealWords()
  const { brief } = useDealView()
  // The address may name a question: whoever comes for it finds it, and need not look for it.
  const item = itemOf((useSearch({ strict: false }) as { item?: string }).item)
  const wanted = item?.target === 'homework' ? item.id : undefined
  const [all, setAll] = useState(false)
  // Several facts may hang on one question.
  const questions = brief.homework.filter(
    (one, i, list) => list.findIndex((other) => other.question.en === one.question.en) === i,
  )
  const asked = brief.homework.find(({ fact }) => fact === wanted)?.question.en
  const at = questions.findIndex(({ question }) => question.en === asked)
  const shown = all || at >= FEW ? questions : questions.slice(0, FEW)
  return (
    <Panel title={t('homework.title')} says={t('homework.says')} id="homework">
      {questions.length === 0 ? (
        <Nothing>{t('homework.none')}</Nothing>
      ) : (
        <>
          <ol className={classes.homework}>
            {shown.map((one) => (
              <Question key={one.fact} one={one} wanted={one.question.en === asked} />
            ))}
          </ol>
          {questions.length > FEW && (
            <Button size="compact-sm" variant="subtle" mt="xs" className="no-print" onClick={() => setAll(!all)}>
              {all ? t('showLess') : t('showAll', { count: questions.length })}
            </Button>
          )}
        </>
      )}
    </Panel>
  )
}

const toSight = (line: HTMLLIElement | null): void => line?.scrollIntoView({ block: 'center' })

function Question({
  one,
  wanted,
}: {
  one: ReturnType<typeof useDealView>['brief']['homework'][number]
  wanted: boolean
}) {
  const t = useDealWords()
  const text = useText()
  const fieldName = useFieldName()
  const navigate = useNavigate()
  const view = useDealView()
  const { whole, people, asOf, index, may, edit, dealId } = view
  const run = useEdits()
  const [open, setOpen] = useState(wanted)
  /** The records as they stood when the answer was opened: what somebody else wrote meanwhile is asked about. */
  const [seen, setSeen] = useState(whole)
  const answer = answerOf(one.fact, one.field, {
    whole,
    people,
    asOf,
    options: { playbook: (['early', 'mid', 'late'] as const).map((id) => ({ value: id, label: t(`playbook.${id}`) })) },
    labels: {
      reference: t('homework.reference'),
      execWilling: t('homework.execWilling'),
      accountPlan: t('homework.accountPlan'),
      objective: t('homework.objective'),
      updatedOn: t('homework.updatedOn'),
      says: fieldName('riskFile'),
    },
  })
  const decides = one.rules.flatMap((id) => index.rules.get(id)?.name ?? [])
  const none = answer.how !== 'fields' ? answer.none : undefined
  const sayNone = (): void =>
    run(t('dealChanged'), (batch) =>
      batch.update('deal', whole.deal, { emptyLists: [...new Set([...(whole.deal.emptyLists ?? []), none!])] }),
    )

  return (
    <li ref={wanted ? toSight : undefined} data-wanted={wanted || undefined}>
      <div className={classes.question}>
        <Text size="sm">{text(one.question)}</Text>
        {decides.length > 0 && (
          <Text size="xs" c="dimmed" lineClamp={1}>
            {t('homework.decides', { rules: decides.slice(0, 3).map(text).join(' · ') })}
          </Text>
        )}
      </div>
      {may.write && (
        <Group gap={4} wrap="nowrap" className="no-print">
          {none && (
            <Button size="compact-xs" variant="subtle" onClick={sayNone}>
              {t('homework.thereIsNone')}
            </Button>
          )}
          {answer.how === 'fields' ? (
            <Popover
              opened={open}
              onChange={setOpen}
              width={320}
              position="bottom-end"
              trapFocus
              returnFocus
              withinPortal
            >
              <Popover.Target>
                <Button
                  size="compact-xs"
                  variant="light"
                  aria-label={t('homework.answerNamed', { question: text(one.question) })}
                  onClick={() => {
                    setSeen(whole)
                    setOpen(!open)
                  }}
                >
                  {t('homework.answer')}
                </Button>
              </Popover.Target>
              <Popover.Dropdown aria-label={text(one.question)}>
                {open && (
                  <QuickForm
                    specs={answer.specs}
                    initial={answer.initial}
                    onCancel={() => setOpen(false)}
                    onSave={(values) => {
                      const base = answer.target === 'deal' ? seen.deal : seen.account
                      if (base)
                        run(t('homework.answered'), (batch) => batch.update(answer.target, base, answer.patch(values)))
                      setOpen(false)
                    }}
                  />
                )}
              </Popover.Dropdown>
            </Popover>
          ) : (
            <Button
              size="compact-xs"
              variant="light"
              aria-label={t('homework.answerNamed', { question: text(one.question) })}
              onClick={() =>
                answer.how === 'form'
                  ? edit(answer.editing)
                  : void navigate({
                      to: '/deals/$dealId/$section',
                      params: { dealId, section: answer.section },
                      resetScroll: false,
                    })
              }
            >
              {t('homework.answer')}
            </Button>
          )}
        </Group>
      )}
    </li>
  )
}
