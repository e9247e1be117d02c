import { routes } from '@sente/api'
import { meOf } from '../../session/me.ts'
import { httpOperation } from '../../operation.ts'

export const me = httpOperation(routes.auth.me, ({ context }) =>
  meOf(context.tx, context.principal, context.request, context.services.settings),
)
