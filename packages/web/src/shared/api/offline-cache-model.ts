import type { Me } from '@sente/api'

/**
 * What of the server's answers is kept on the device for reading without a connection, and how many of each kind: what a seller opens on the
 * way. All else is asked for when there is one.
 */
const MOST = {
  me: 1,
  members: 1,
  /** The list of the day, and whom to see: of one's own deals and of all. */
  today: 3,
  deals: 4,
  pipeline: 4,
  deal: 30,
  plan: 30,
  history: 10,
  meeting: 20,
  account: 10,
} as const
export type Area = keyof typeof MOST
/** Older than this nobody takes it for the state of a deal. */
const DAYS = 14
const DAY_MS = 86_400_000

/** Keys of queries as in keys.ts; `undefined`: not kept. */
export function areaOf(queryKey: readonly unknown[]): Area | undefined {
  const [first, second, third] = queryKey
  if (first === 'me' || first === 'members' || first === 'today') return first
  if (first === 'deals') return second === 'list' ? 'deals' : second === 'pipeline' ? 'pipeline' : undefined
  if (first === 'accounts') return queryKey.length === 2 ? 'account' : undefined
  if (first !== 'deal') return undefined
  if (third === 'plan') return queryKey.length === 3 ? 'plan' : undefined
  return third === 'whole' ? 'deal' : third === 'history' || third === 'meeting' ? third : undefined
}

/** Who is signed in and who the colleagues are says nothing about the age of what one reads. */
export const isRead = (area: Area | undefined): boolean => area !== undefined && area !== 'me' && area !== 'members'

export interface Entry {
  area: Area
  /** When the server said so, in milliseconds. */
  at: number
}

export const isTooOld = (at: number, now: number): boolean => now - at > DAYS * DAY_MS

/** Names of what has to go: the oldest of a kind that has too many, and all that is too old. */
export function surplus(entries: Readonly<Record<string, Entry>>, now: number): string[] {
  const newest = Object.entries(entries).sort(([, a], [, b]) => b.at - a.at)
  const count = new Map<Area, number>()
  return newest.flatMap(([name, { area, at }]) => {
    const nth = (count.get(area) ?? 0) + 1
    count.set(area, nth)
    return nth > MOST[area] || isTooOld(at, now) ? [name] : []
  })
}

/** Whose copies they are. */
export const ownerOf = ({ member, workspace }: Me): string => `${workspace.id}/${member.id}`

/** As it is kept: of a long list the beginning, of the session nothing that opens it. */
export function keepable(area: Area, data: unknown): unknown {
  if (area === 'me') {
    const { csrfToken: _, ...me } = data as Me
    return me
  }
  if (area !== 'deals' && area !== 'history') return data
  const { pages, pageParams } = data as { pages: unknown[]; pageParams: unknown[] }
  return { pages: pages.slice(0, 1), pageParams: pageParams.slice(0, 1) }
}

/** As it is shown again: the day is today's, not the one of the copy. */
export function shown(area: Area, data: unknown, now: number): unknown {
  if (area !== 'me') return data
  const me = data as Me
  const today = new Intl.DateTimeFormat('en-CA', {
    timeZone: me.workspace.timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(now)
  return { ...me, workspace: { ...me.workspace, today } } satisfies Me
}
