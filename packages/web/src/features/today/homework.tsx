import { Link } from '@tanstack/react-router'
import { useText } from '../../shared/i18n/use-lang.ts'
import { Card, DealLink } from './card.tsx'
import type { TodayData } from './query.ts'
import classes from './today.module.css'
import { useTodayWords } from './words.ts'

/** Questions whose answer decides most, each a way to the place where it is answered. */
export function Homework({ homework }: { homework: TodayData['homework'] }) {
  const t = useTodayWords()
  const text = useText()
  return (
    <Card title={t('homework')} empty={t('homeworkEmpty')} items={homework}>
      {(item) => (
        <li key={item.dealId + item.fact} className={classes.item}>
          <span className={classes.body}>
            <Link to="/deals/$dealId/$section" params={{ dealId: item.dealId, section: 'homework' }} search={{ item: item.fact }} className={classes.question}>
              {text(item.question)}
            </Link>
            <DealLink dealId={item.dealId} deal={item.deal} />
          </span>
        </li>
      )}
    </Card>
  )
}
