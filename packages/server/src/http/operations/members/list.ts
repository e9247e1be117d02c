import { routes } from '@sente/api'
import { membersOf, memberShape } from '../../../auth/members.ts'
import { operation } from '../../operation.ts'

export const list = operation(routes.members.list, async ({ context: { tx } }) => ({
  items: (await membersOf(tx)).map(memberShape),
}))
