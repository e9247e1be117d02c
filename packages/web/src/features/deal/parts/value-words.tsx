import type { DealWhole } from '@sente/api'
import { CONCERNS, PHASES } from '@sente/engine'
import type { Text } from '@sente/engine'
import { useQuery } from '@tanstack/react-query'
import { membersQuery } from '../../../shared/api/me.ts'
import { useFieldName } from '../../../shared/api/words.ts'
import { useFormat } from '../../../shared/format/format.ts'
import { useText } from '../../../shared/i18n/use-lang.ts'
import { useCommonWords } from '../../../shared/words/common.ts'
import { useDealView } from '../context.ts'
import { spelled } from '../model/method-index.ts'
import type { MethodIndex } from '../model/method-index.ts'
import { useDealWords } from '../words.ts'
import en from '../words/en.json'

/** Groups of words whose keys are values of the API. */
const ENUMS = [
  'proofStatus',
  'evidenceStatus',
  'outcome',
  'planStatus',
  'ourStepStatus',
  'rivalKind',
  'side',
  'because',
  'flag',
  'dealStatus',
  'style',
] as const
const DAY = /^\d{4}-\d{2}-\d{2}$/
const MOMENT = /^\d{4}-\d{2}-\d{2}T/

/** Fields of which a plain "no" means that there is known to be none. */
const KNOWN_NONE: ReadonlySet<string> = new Set([
  'goal',
  'agenda',
  'pressures',
  'businessModel',
  'riskFile',
  'riskMessage',
  'execPlan',
  'exchange',
  'timingNote',
  'plan',
  'reportsTo',
])

interface Named {
  name: Text
}

/** A rival or the account of the deal. */
const nameIn = ({ rival, account }: Partial<DealWhole>, id: string): string | undefined =>
  rival?.find((one) => one.id === id)?.name ?? (account?.id === id ? account.name : undefined)

/** In which list of the method the values of a field are found. */
const LISTS: Readonly<Record<string, (index: MethodIndex, value: string) => Named | undefined>> = {
  signal: (index, value) => index.signals.get(value),
  play: (index, value) => index.plays.get(value),
  topic: (index, value) => index.topics.get(value),
  step: (index, value) => index.milestones.get(value),
  roles: (index, value) => index.roles.get(spelled(value)),
  path: (index, value) => index.paths.get(spelled(value)),
  traits: (index, value) => index.traits.get(spelled(value)),
  state: (index, value) => index.holds.get(value as 'asked'),
  hold: (index, value) => index.holds.get(value as 'asked'),
  // What a record is called in its history is often an id of the method.
  label: (index, value) =>
    index.signals.get(value) ?? index.plays.get(value) ?? index.milestones.get(value) ?? index.topics.get(value),
}

function ofMethod(index: MethodIndex, whole: Partial<DealWhole>, field: string, value: string): Named | undefined {
  return (
    proofNamed(index, whole, field, value) ??
    (Object.hasOwn(LISTS, field) ? LISTS[field]!(index, value) : undefined) ??
    (PHASES.includes(value as 'need') && field !== 'concern' ? index.phases.get(value as 'need') : undefined) ??
    (CONCERNS.includes(value as 'need') ? index.concerns.get(value as 'need') : undefined)
  )
}

/** The proof of the method that a field names, or that a proof of the deal is. */
function proofNamed(index: MethodIndex, whole: Partial<DealWhole>, field: string, value: string): Named | undefined {
  if (!['proof', 'label', 'proofId'].includes(field)) return undefined
  const id = field === 'proofId' ? whole.proof?.find((one) => one.id === value)?.proof : value
  return [...index.topics.values()].flatMap(({ proofs }) => proofs).find((one) => one.id === id)
}

/** The value of any field of any record, as people say it: names for ids, days and shares in the reader's language. */
export function useValueWords(): (field: string, value: unknown) => string {
  const { index, whole } = useDealView()
  return useValueWordsOf(whole, index)
}

/** The same outside of a deal's page: names of its people and rivals as far as the deal is at hand. */
export function useValueWordsOf(
  whole: Partial<DealWhole>,
  index: MethodIndex,
): (field: string, value: unknown) => string {
  const t = useDealWords()
  const common = useCommonWords()
  const text = useText()
  const format = useFormat()
  const fieldName = useFieldName()
  const members = useQuery(membersQuery).data ?? []
  const people = new Map((whole.people ?? []).map(({ id, name }) => [id, name]))

  const word = (field: string, value: string): string => {
    if (DAY.test(value)) return format.day(value)
    if (MOMENT.test(value)) return format.moment(value)
    const whose = people.get(value) ?? members.find(({ id }) => id === value)?.name ?? nameIn(whole, value)
    if (whose) return whose
    const named = ofMethod(index, whole, field, value)
    if (named) return text(named.name)
    for (const group of ENUMS) if (value in en[group]) return t(`${group}.${value}` as 'proofStatus.missing')
    return value
  }

  const show = (field: string, value: unknown): string => {
    if (value === null || value === undefined || value === '') return '–'
    if (typeof value === 'boolean')
      return value ? common('yes') : KNOWN_NONE.has(field) ? t('form.knownNone') : common('no')
    if (typeof value === 'number')
      return field === 'confidence' || (field === 'value' && value >= 0 && value <= 1)
        ? format.percent(value)
        : format.number(value)
    if (typeof value === 'string') return word(field, value)
    if (Array.isArray(value))
      return value.length === 0 ? common('none') : format.list(value.map((one) => show(field, one)))
    if (typeof value !== 'object') return '–'
    if ('value' in value && 'currency' in value) return format.money(value as { value: string; currency: string })
    return format.list(
      Object.entries(value).flatMap(([name, inner]) =>
        inner === undefined
          ? []
          : [
              t('namedValue', {
                name: CONCERNS.includes(name as 'need')
                  ? text(index.concerns.get(name as 'need')!.name)
                  : fieldName(name),
                value: show(name, inner),
              }),
            ],
      ),
    )
  }
  return show
}
