import { routes } from '@sente/api'
import { cookieOptions, oidcCookie } from '../../session/cookies.ts'
import { failTo, finishSignIn } from '../../session/oidc.ts'
import { signInAs } from '../../session/sign-in.ts'
import { httpOperation } from '../../operation.ts'
import { isSecure } from '../../session/origin.ts'

export const oidcReturn = httpOperation(routes.auth.oidcReturn, async ({ context: { services, request, reply } }) => {
  const secure = isSecure(request, services.settings)
  const flow = request.cookies[oidcCookie(secure)]
  void reply.clearCookie(oidcCookie(secure), cookieOptions(secure, 0))
  try {
    const { who, to } = await finishSignIn(services, request, flow)
    await signInAs(services, request, reply, who)
    void reply.redirect(to, 303)
  } catch (error) {
    failTo(error, request, reply)
  }
  return undefined
})
