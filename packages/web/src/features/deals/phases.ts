import { useQuery } from '@tanstack/react-query'
import { useText } from '../../shared/i18n/use-lang.ts'
import { methodologyQuery } from '../../shared/method/methodology.ts'

/** Names of the phases in the reader's language; the id until the method is there. */
export function usePhaseNames(): (id: string) => string {
  const text = useText()
  const { data } = useQuery(methodologyQuery)
  return (id) => {
    const phase = data?.phases.phases.find((one) => one.id === id)
    return phase ? text(phase.name) : id
  }
}
