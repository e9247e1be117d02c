import { useQuery } from '@tanstack/react-query'
import { membersQuery } from '../../shared/api/me.ts'
import { useFormat } from '../../shared/format/format.ts'
import { useCommonWords } from '../../shared/words/common.ts'
import { teamsQuery } from './teams-query.ts'
import { useSettingsWords } from './words.ts'
import en from './words/en.json'

const DAY = /^\d{4}-\d{2}-\d{2}$/
const MOMENT = /^\d{4}-\d{2}-\d{2}T/
const LONGEST = 120

/** A value of the audit trail as people say it: members and teams by name, days and answers in the reader's language. */
export function useAuditValue(): (field: string, value: unknown) => string {
  const t = useSettingsWords()
  const common = useCommonWords()
  const format = useFormat()
  const members = useQuery(membersQuery).data ?? []
  const teams = useQuery(teamsQuery).data ?? []
  const names = new Map([...members, ...teams].map(({ id, name }) => [id, name]))
  const say = (field: string, value: unknown): string => {
    if (value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0))
      return '–'
    if (typeof value === 'boolean') return common(value ? 'yes' : 'no')
    if (typeof value === 'number') return format.number(value)
    if (Array.isArray(value)) return format.list(value.map((one) => say(field, one)))
    if (typeof value !== 'string') return JSON.stringify(value)
    if (DAY.test(value)) return format.day(value)
    if (MOMENT.test(value)) return format.moment(value)
    return names.get(value) ?? (field === 'role' && value in en.roles ? t(`roles.${value as 'seller'}`) : value)
  }
  return (field, value) => {
    const text = say(field, value)
    return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text
  }
}
