import { routes } from '@sente/api'
import { setupNeeded } from '../../../auth/first-start.ts'
import { operation } from '../../operation.ts'

export const options = operation(routes.auth.options, async ({ context: { services } }) => {
  const { oidc } = services.settings
  return {
    password: true,
    ...(oidc ? { oidc: { name: oidc.name, url: '/api/v1/auth/oidc' } } : {}),
    setupNeeded: await setupNeeded(services.store.database),
  }
})
