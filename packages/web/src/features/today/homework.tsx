import { Link } from '@tanstack/react-router'
import { useText } from '../../shared/i18n/use-lang.ts'
import { Card } from './card.tsx'
import { questionsOf } from './model.ts'
import type { TodayData } from './query.ts'
import classes from './today.module.css'
import { useTodayWords } from './words.ts'

/** Questions whose answer decides most; each deal under one is a way to the place where it is answered. */
export function Homework({ homework }: { homework: TodayData['homework'] }) {
  const t = useTodayWords()
  const text = useText()
  return (
    <Card title={t('homework')} empty={t('homeworkEmpty')} items={questionsOf(homework)}>
      {(asked) => (
        <li key={asked[0]!.question.en} className={classes.item}>
          <span className={classes.body}>
            <span className={classes.question}>{text(asked[0]!.question)}</span>
            <ul className={classes.askedOf}>
              {asked.map(({ dealId, deal, fact }) => (
                <li key={dealId + fact}>
                  <Link
                    to="/deals/$dealId"
                    params={{ dealId }}
                    search={{ item: `homework.${fact}` }}
                    className={classes.chip}
                    aria-label={t('answerFor', { question: text(asked[0]!.question), deal })}
                  >
                    {deal}
                  </Link>
                </li>
              ))}
            </ul>
          </span>
        </li>
      )}
    </Card>
  )
}
