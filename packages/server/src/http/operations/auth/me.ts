import { routes } from '@sente/api'
import { meOf } from '../../session/me.ts'
import { operation } from '../../operation.ts'

export const me = operation(routes.auth.me, ({ context }) =>
  meOf(context.tx, context.principal, context.request, context.services.settings),
)
