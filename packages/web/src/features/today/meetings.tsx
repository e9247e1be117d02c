import { Text } from '@mantine/core'
import { useFormat } from '../../shared/format/format.ts'
import { useText } from '../../shared/i18n/use-lang.ts'
import { MeetingLink } from '../../shared/plan/meeting-link.tsx'
import { Card, DealLink } from './card.tsx'
import { useMethodNames } from './names.ts'
import type { TodayData } from './query.ts'
import classes from './today.module.css'
import { useTodayWords } from './words.ts'

/** Whom we see within the week, each with the page to read before. */
export function Meetings({ meetings, today }: { meetings: TodayData['meetings']; today: string }) {
  const t = useTodayWords()
  const format = useFormat()
  const text = useText()
  const names = useMethodNames()
  return (
    <Card title={t('meetings')} empty={t('meetingsEmpty')} items={meetings}>
      {(meeting) => (
        <li key={meeting.planStepId} className={classes.meeting}>
          <Text size="sm" fw={600}>
            <time dateTime={meeting.on}>{meeting.on === today ? t('today') : format.shortDay(meeting.on)}</time>
            {' · '}
            {meeting.what ?? (meeting.play === undefined ? t('step') : names.play(meeting.play, text))}
          </Text>
          <DealLink dealId={meeting.dealId} deal={meeting.deal} account={meeting.account} />
          <p className={classes.whomWith}>
            {format.list(meeting.people.map(({ name, title }) => (title === undefined ? name : `${name} · ${title}`)))}
          </p>
          <MeetingLink meeting={meeting} />
        </li>
      )}
    </Card>
  )
}
