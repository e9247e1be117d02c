import { createRootRouteWithContext, createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import type { QueryClient } from '@tanstack/react-query'
import { dealsSearch } from '../features/deals/model.ts'
import { reviewSearch } from '../features/review/model.ts'
import { filesPlace } from '../shared/files/files.ts'
import { meQuery } from '../shared/api/me.ts'
import { problemOf } from '../shared/api/problem.ts'
import { endSession, hasLeft } from '../shared/api/session.ts'
import { planQuery } from '../shared/api/plan.ts'
import { wholeQuery } from '../shared/api/whole.ts'
import { reach } from '../shared/later/later.tsx'
import { methodologyQuery } from '../shared/method/methodology.ts'
import { NotFoundScreen, NowhereScreen, RootScreen, ScreenFault, ScreenWaiting } from './root.tsx'
import { Shell } from './shell/shell.tsx'

/**
 * Every address of the application. A screen is a lazy part of its feature; it reads its own address with
 * `getRouteApi('/deals/$dealId')`. Search parameters are parsed forgivingly: a bad link still opens the screen.
 */
const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: RootScreen,
  notFoundComponent: NowhereScreen,
})
const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: Shell,
  notFoundComponent: NotFoundScreen,
  // Whoever is not signed in goes there and comes back; a server out of reach keeps nobody from what is at hand.
  beforeLoad: async ({ context, location }) => {
    if (hasLeft()) {
      // Somebody left while the server was out of reach.
      await endSession()
      throw redirect({ to: '/signin', search: { to: location.href } })
    }
    const known = context.queryClient.getQueryData(meQuery.queryKey)
    if (known !== undefined) return
    await context.queryClient.fetchQuery({ ...meQuery, retry: false }).catch((error: unknown) => {
      if (problemOf(error).kind === 'signed-out') throw redirect({ to: '/signin', search: { to: location.href } })
    })
  },
})
/** A screen that cannot be fetched for want of a connection says so; the router would reload the page, and lose it. */
const screen = <M extends Record<string, unknown>, K extends keyof M & string>(load: () => Promise<M>, name: K) =>
  lazyRouteComponent(() => reach(load), name)

type Search = Record<string, unknown>
/** What a search parameter says as text; the router reads numbers and booleans as such. */
const text = (value: unknown): string | undefined =>
  typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : undefined
/** A day that the calendar has: an address may be written by hand. */
const day = (value: unknown): string | undefined => {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return undefined
  const at = Date.parse(value)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(value) ? value : undefined
}
const needsMethod = ({ context }: { context: { queryClient: QueryClient } }): Promise<unknown> =>
  context.queryClient.ensureQueryData(methodologyQuery)

const today = createRoute({
  getParentRoute: () => shell,
  path: '/',
  beforeLoad: () => {
    // The day's list is of a workspace.
    if (filesPlace !== undefined) throw redirect({ to: '/deals' })
  },
  component: screen(() => import('../features/today/today.tsx'), 'Today'),
})

const deals = createRoute({
  getParentRoute: () => shell,
  path: '/deals',
  validateSearch: dealsSearch,
  component: screen(() => import('../features/deals/deals.tsx'), 'Deals'),
})
const review = createRoute({
  getParentRoute: () => shell,
  path: '/review',
  validateSearch: reviewSearch,
  loader: needsMethod,
  component: screen(() => import('../features/review/review.tsx'), 'ReviewScreen'),
})
/** `section` is a part of the deal's page, `asOf` a day in the past to look from, `item` what to show in it. */
const dealSearch = ({ asOf, item }: Search): { asOf?: string | undefined; item?: string | undefined } => ({
  asOf: day(asOf),
  item: text(item),
})
const deal = createRoute({
  getParentRoute: () => shell,
  path: '/deals/$dealId',
  validateSearch: dealSearch,
  // The deal is asked for while the program of its page comes, not after.
  loader: ({ context, params }) => {
    void context.queryClient.prefetchQuery(wholeQuery(params.dealId))
    void context.queryClient.prefetchQuery(planQuery(params.dealId))
    return needsMethod({ context })
  },
  component: screen(() => import('../features/deal/deal.tsx'), 'DealScreen'),
})
const dealSection = createRoute({
  getParentRoute: () => deal,
  path: '$section',
  validateSearch: dealSearch,
  component: screen(() => import('../features/deal/section.tsx'), 'DealSection'),
})
/** `people`: ids with commas between them, the one it is for first; `step`: the step of the deal that it is. */
const meeting = createRoute({
  getParentRoute: () => shell,
  path: '/deals/$dealId/meetings/$people',
  validateSearch: ({
    on,
    play,
    step,
    asOf,
  }: Search): Partial<Record<'on' | 'play' | 'step' | 'asOf', string | undefined>> => ({
    on: day(on),
    play: text(play),
    step: text(step),
    asOf: day(asOf),
  }),
  loader: needsMethod,
  component: screen(() => import('../features/meeting/meeting.tsx'), 'MeetingScreen'),
})

const account = createRoute({
  getParentRoute: () => shell,
  path: '/accounts/$accountId',
  component: screen(() => import('../features/account/account.tsx'), 'AccountScreen'),
})

const method = createRoute({
  getParentRoute: () => shell,
  path: '/method',
  validateSearch: ({
    q,
    phase,
    concern,
  }: Search): { q?: string | undefined; phase?: string | undefined; concern?: string | undefined } => ({
    q: text(q),
    phase: text(phase),
    concern: text(concern),
  }),
  loader: needsMethod,
  component: screen(() => import('../features/method/method.tsx'), 'MethodScreen'),
})
const methodSection = createRoute({ getParentRoute: () => method, path: '$section' })
const methodItem = createRoute({ getParentRoute: () => method, path: '$section/$id' })

const settings = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  component: screen(() => import('../features/settings/settings.tsx'), 'SettingsScreen'),
})
const settingsSection = createRoute({ getParentRoute: () => settings, path: '$section' })

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/signin',
  validateSearch: ({
    to,
    token,
    problem,
  }: Search): { to?: string | undefined; token?: string | undefined; problem?: string | undefined } => ({
    to: text(to),
    token: text(token),
    problem: text(problem),
  }),
  component: screen(() => import('../features/signin/signin.tsx'), 'SignIn'),
})
const welcome = createRoute({
  getParentRoute: () => root,
  path: '/welcome',
  // `deal=new`: straight to the steps of a new deal.
  validateSearch: (search: Search): { token?: string | undefined; deal?: 'new' | undefined } => ({
    token: text(search.token),
    deal: search.deal === 'new' ? search.deal : undefined,
  }),
  component: screen(() => import('../features/welcome/welcome.tsx'), 'Welcome'),
})

export const routeTree = root.addChildren([
  shell.addChildren([
    today,
    deals,
    review,
    deal.addChildren([dealSection]),
    meeting,
    account,
    method.addChildren([methodSection, methodItem]),
    settings.addChildren([settingsSection]),
  ]),
  signIn,
  welcome,
])

export const routeDefaults = { defaultErrorComponent: ScreenFault, defaultPendingComponent: ScreenWaiting }
