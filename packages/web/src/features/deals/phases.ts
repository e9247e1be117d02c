import { useQuery } from '@tanstack/react-query'
import { useText } from '../../shared/i18n/use-lang.ts'
import { methodologyQuery } from '../../shared/method/methodology.ts'

/** Names of the phases in the reader's language, in one word where there is little room; the id until the method is there. */
export function usePhaseNames(form: 'name' | 'short' = 'name'): (id: string) => string {
  const text = useText()
  const { data } = useQuery(methodologyQuery)
  return (id) => {
    const phase = data?.phases.phases.find((one) => one.id === id)
    return phase ? text(phase[form]) : id
  }
}
