import { routes } from '@sente/api'
import { relationshipsOf } from '../../../queries/relationships.ts'
import { read } from '../../../store/read.ts'
import { answer, operation } from '../../operation.ts'

export const get = operation(routes.people.get, async ({ params, context }) => {
  const person = await read(context.tx, 'person', params.personId)
  const [relationship] = await relationshipsOf(context, [person])
  return answer(relationship!, { version: person.version })
})
