import { routes } from '@sente/api'
import { teamsOf } from '../../../auth/teams.ts'
import { operation } from '../../operation.ts'

export const teams = operation(routes.members.teams, async ({ context: { tx } }) => ({ items: await teamsOf(tx) }))
