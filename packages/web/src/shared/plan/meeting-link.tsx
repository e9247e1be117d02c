import { IconFileText } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import classes from './plan.module.css'
import { useActWords } from './words.ts'

export interface MeetingAt {
  dealId: string
  /** The one it is for first. */
  people: readonly { id: string; name: string }[]
  on?: string | undefined
  play?: string | undefined
  /** The step of the deal that it is. */
  planStepId?: string | undefined
  /** As it was known on an earlier day. */
  asOf?: string | undefined
}

/** The page to read before a meeting; nothing where nobody is met. `icon`: where there is room for no word. */
export function MeetingLink({
  meeting: { dealId, people, on, play, planStepId, asOf },
  icon = false,
  className,
}: {
  meeting: MeetingAt
  icon?: boolean
  className?: string | undefined
}) {
  const t = useActWords()
  if (people.length === 0) return null
  const name = t('meeting.of', { people: people.map((one) => one.name).join(t('meeting.and')) })
  return (
    <Link
      to="/deals/$dealId/meetings/$people"
      params={{ dealId, people: people.map(({ id }) => id).join(',') }}
      search={{ on, play, step: planStepId, asOf }}
      className={`${className ?? classes.meetingLink} no-print`}
      aria-label={name}
      title={name}
    >
      <IconFileText size={icon ? 15 : 14} aria-hidden /> {!icon && t('meeting.page')}
    </Link>
  )
}
