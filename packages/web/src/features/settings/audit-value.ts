import type { Methodology, Text } from '@sente/engine'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { membersQuery } from '../../shared/api/me.ts'
import { useFormat } from '../../shared/format/format.ts'
import { useFieldName } from '../../shared/api/words.ts'
import { useText } from '../../shared/i18n/use-lang.ts'
import { useMethodology } from '../../shared/method/methodology.ts'
import { useCommonWords } from '../../shared/words/common.ts'
import { teamsQuery } from '../../shared/api/teams.ts'
import { useSettingsWords } from './words.ts'
import en from './words/en.json'

const DAY = /^\d{4}-\d{2}-\d{2}$/
const MOMENT = /^\d{4}-\d{2}-\d{2}T/
const LONGEST = 120
/** An id that the program gave; it names nothing to a reader. */
const GIVEN = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Names of everything in the method that a record's field may hold, by id. */
function namesOf(method: Methodology): ReadonlyMap<string, Text> {
  const { phases, concerns, signals, plays, topics, people } = method
  return new Map(
    [
      ...phases.phases,
      ...phases.milestones,
      ...concerns.concerns,
      ...concerns.traits,
      ...signals.signals,
      ...plays.plays,
      ...topics.topics,
      ...topics.topics.flatMap(({ proofs }) => proofs),
      ...people.roles,
      ...people.paths,
      ...people.holds,
    ].map(({ id, name }) => [id, name]),
  )
}

/** A value of the audit trail as people say it: members and teams by name, days and answers in the reader's language. */
export function useAuditValue(): (field: string, value: unknown) => string {
  const t = useSettingsWords()
  const common = useCommonWords()
  const format = useFormat()
  const members = useQuery(membersQuery).data ?? []
  const teams = useQuery(teamsQuery).data ?? []
  const text = useText()
  const fieldName = useFieldName()
  const method = useMethodology()
  const methodNames = useMemo(() => namesOf(method), [method])
  const names = new Map([...members, ...teams].map(({ id, name }) => [id, name]))
  const say = (field: string, value: unknown): string => {
    if (value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0))
      return '–'
    if (typeof value === 'boolean') return common(value ? 'yes' : 'no')
    if (typeof value === 'number') return format.number(value)
    if (Array.isArray(value)) return format.list(value.map((one) => say(field, one)))
    if (typeof value === 'object') {
      if ('value' in value && 'currency' in value) return format.money(value as { value: string; currency: string })
      return format.list(
        Object.entries(value).map(([name, inner]) => t('named', { name: fieldName(name), value: say(name, inner) })),
      )
    }
    if (typeof value !== 'string') return String(value)
    if (DAY.test(value)) return format.day(value)
    if (MOMENT.test(value)) return format.moment(value)
    const named = methodNames.get(value) ?? methodNames.get(value.replaceAll('-', '_'))
    if (named) return text(named)
    if (GIVEN.test(value) && !names.has(value)) return t('anotherRecord', { id: value.slice(0, 8) })
    return names.get(value) ?? (field === 'role' && value in en.roles ? t(`roles.${value as 'seller'}`) : value)
  }
  return (field, value) => {
    const said = say(field, value)
    return said.length > LONGEST ? `${said.slice(0, LONGEST - 1)}…` : said
  }
}
