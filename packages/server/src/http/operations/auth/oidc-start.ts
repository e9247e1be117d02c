import { routes } from '@sente/api'
import { cookieOptions, oidcCookie } from '../../session/cookies.ts'
import { beginSignIn, failTo } from '../../session/oidc.ts'
import { httpOperation } from '../../operation.ts'
import { isSecure } from '../../session/origin.ts'

/** Ten minutes to sign in over there. */
const PATIENCE_SECONDS = 600

export const oidcStart = httpOperation(
  routes.auth.oidcStart,
  async ({ query, context: { services, request, reply } }) => {
    try {
      const { url, flow } = await beginSignIn(services, request, query.to)
      const secure = isSecure(request, services.settings)
      void reply.setCookie(oidcCookie(secure), flow, cookieOptions(secure, PATIENCE_SECONDS)).redirect(url, 303)
    } catch (error) {
      failTo(error, request, reply)
    }
    return undefined
  },
)
