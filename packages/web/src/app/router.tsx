import { createRouter } from '@tanstack/react-router'
import { queryClient } from '../shared/api/query-client.ts'
import { routeDefaults, routeTree } from './routes.tsx'

export const router = createRouter({
  routeTree,
  context: { queryClient },
  defaultPreload: 'intent',
  // The query client decides what is fresh.
  defaultPreloadStaleTime: 0,
  scrollRestoration: true,
  defaultPendingMs: 150,
  // What has come is shown; the router would leave the place of it there for half a second.
  defaultPendingMinMs: 0,
  ...routeDefaults,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
