import type { Methodology, Text } from '@sente/engine'
import { useQuery } from '@tanstack/react-query'
import { methodologyQuery } from '../../shared/method/methodology.ts'

interface Names {
  play: (id: string, text: (both: Text) => string) => string
  proof: (topic: string | undefined, proof: string | undefined, text: (both: Text) => string) => string
}

const known = new WeakMap<Methodology, Names>()

/** Names of what the method knows, by id; dots until the method is there, no id of it. */
export function useMethodNames(): Names {
  const { data } = useQuery(methodologyQuery)
  if (!data) return { play: () => '…', proof: () => '…' }
  let names = known.get(data)
  if (!names) {
    const plays = new Map(data.plays.plays.map(({ id, name }) => [id, name]))
    const topics = new Map(data.topics.topics.map((topic) => [topic.id, topic]))
    names = {
      play: (id, text) => {
        const name = plays.get(id)
        return name ? text(name) : id
      },
      proof: (id, proof, text) => {
        const topic = topics.get(id ?? '')
        const name = topic?.proofs.find((one) => one.id === proof)?.name ?? topic?.name
        return name ? text(name) : (proof ?? id ?? '')
      },
    }
    known.set(data, names)
  }
  return names
}
