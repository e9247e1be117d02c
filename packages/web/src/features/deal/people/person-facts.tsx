import { IconBuildingStore, IconCrown, IconLock, IconLockOpen2 } from '@tabler/icons-react'
import { useText } from '../../../shared/i18n/use-lang.ts'
import { MeetingLink } from '../../../shared/plan/meeting-link.tsx'
import { useDealView } from '../context.ts'
import { spelled } from '../model/method-index.ts'
import type { DealPerson } from '../model/people.ts'
import { useDealWords } from '../words.ts'
import classes from './people.module.css'

/** Names of a person's roles. */
export function useRoleNames(): (roles: readonly string[] | undefined) => string[] {
  const text = useText()
  const { index } = useDealView()
  return (roles) => (roles ?? []).map((role) => text(index.roles.get(spelled(role))?.name ?? { en: role, zh: role }))
}

/** Which rivals have met this person, newest first. */
export function useRivalsOf(): (key: string) => { id: string; name: string; on: string }[] {
  const { brief } = useDealView()
  return (key) =>
    brief.people.rivals.flatMap(({ id, name, contacts }) => {
      const last = contacts
        .filter(({ person }) => person === key)
        .map(({ on }) => on)
        .sort()
        .at(-1)
      return last === undefined ? [] : [{ id, name, on: last }]
    })
}

export function NumberOne() {
  const t = useDealWords()
  return (
    <span className={classes.crown}>
      <IconCrown size={14} aria-hidden /> {t('numberOne')}
    </span>
  )
}

/** The page to read before one meets them. `icon`: where there is room for no word. */
export function MeetPerson({ person, icon = false }: { person: DealPerson; icon?: boolean }) {
  const { dealId, past, asOf } = useDealView()
  // Nobody prepares for whoever has left.
  if (!person.view) return null
  return (
    <MeetingLink
      meeting={{
        dealId,
        people: [{ id: person.personId, name: person.name }],
        asOf: past ? asOf : undefined,
      }}
      icon={icon}
      className={icon ? `${classes.meetIcon} nodrag nopan` : undefined}
    />
  )
}

export function HoldMark({ person }: { person: DealPerson }) {
  const t = useDealWords()
  const text = useText()
  const { index } = useDealView()
  const hold = person.view?.hold
  if (!hold || hold.state === 'none') return null
  const Icon = hold.state === 'broken' ? IconLockOpen2 : IconLock
  return (
    <span className={classes.hold} data-bad={hold.state === 'broken' || hold.fragile}>
      <Icon size={13} aria-hidden />{' '}
      {t('namedValue', { name: t('hold'), value: text(index.holds.get(hold.state)!.name) })}
      {hold.fragile ? t('aside', { text: t('people.fragile') }) : ''}
    </span>
  )
}

export function RivalTies({ personKey }: { personKey: string }) {
  const rivals = useRivalsOf()(personKey)
  return rivals.map(({ id, name }) => (
    <span key={id} className={classes.tie}>
      <IconBuildingStore size={12} aria-hidden /> {name}
    </span>
  ))
}
