import { MeetingLink } from '../../../shared/plan/meeting-link.tsx'
import { useDealView } from '../context.ts'

interface Props {
  /** Keys or ids of the people, the one it is for first. */
  people: readonly string[] | undefined
  on: string | undefined
  play: string | undefined
  /** Where it stands in the deal. */
  planStepId?: string | undefined
  icon?: boolean
}

/** The page to read before a step with people. */
export function MeetStep({ people, on, play, planStepId, icon = false }: Props) {
  const { dealId, byKey, byPerson, past, asOf } = useDealView()
  const met = (people ?? []).flatMap((one) => {
    const person = byKey.get(one) ?? byPerson.get(one)
    return person ? [{ id: person.personId, name: person.name }] : []
  })
  return (
    <MeetingLink meeting={{ dealId, people: met, on, play, planStepId, asOf: past ? asOf : undefined }} icon={icon} />
  )
}
