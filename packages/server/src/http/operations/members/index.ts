import type { Operation } from '../../operation.ts'
import { createTeam } from './create-team.ts'
import { invite } from './invite.ts'
import { list } from './list.ts'
import { removeTeam } from './remove-team.ts'
import { resetLink } from './reset-link.ts'
import { signOut } from './sign-out.ts'
import { teams } from './teams.ts'
import { updateTeam } from './update-team.ts'
import { update } from './update.ts'

export const operations: Operation[] = [
  list,
  invite,
  update,
  resetLink,
  signOut,
  teams,
  createTeam,
  updateTeam,
  removeTeam,
]
