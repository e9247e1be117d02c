import type { Operation } from '../../operation.ts'
import { createToken } from './create-token.ts'
import { endSession } from './end-session.ts'
import { link } from './link.ts'
import { me } from './me.ts'
import { oidcReturn } from './oidc-return.ts'
import { oidcStart } from './oidc-start.ts'
import { options } from './options.ts'
import { password } from './password.ts'
import { revokeToken } from './revoke-token.ts'
import { sessions } from './sessions.ts'
import { signIn } from './sign-in.ts'
import { signOutEverywhere } from './sign-out-everywhere.ts'
import { signOut } from './sign-out.ts'
import { tokens } from './tokens.ts'
import { updateMe } from './update-me.ts'
import { useLink } from './use-link.ts'

export const operations: Operation[] = [
  options,
  signIn,
  signOut,
  signOutEverywhere,
  link,
  useLink,
  oidcStart,
  oidcReturn,
  me,
  updateMe,
  password,
  sessions,
  endSession,
  tokens,
  createToken,
  revokeToken,
]
