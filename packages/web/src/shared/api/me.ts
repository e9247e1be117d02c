import { routes } from '@sente/api'
import type { Me, Member, Permission } from '@sente/api'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { api, keepCsrfToken } from './client.ts'
import { resume } from './connection.ts'
import { keys } from './keys.ts'

/** Who is signed in, and the token that changes need. */
export const meQuery = queryOptions({
  queryKey: keys.me,
  queryFn: async ({ signal }) => {
    const me = await api.call(routes.auth.me, { signal })
    keepCsrfToken(me.csrfToken)
    resume()
    return me
  },
  staleTime: 5 * 60_000,
})

export const useMe = (): Me | undefined => useQuery(meQuery).data

/** Today where the reader is, until /me says what day the workspace has. */
function localToday(): string {
  const now = new Date()
  return [now.getFullYear(), String(now.getMonth() + 1).padStart(2, '0'), String(now.getDate()).padStart(2, '0')].join(
    '-',
  )
}

/** The day on which everything is judged: the workspace's, so that browser and server say the same. */
export function useToday(): string {
  return useMe()?.workspace.today ?? localToday()
}

/** False also while it is not known yet: a button that appears is better than one that fails. */
export const useMay = (permission: Permission): boolean => useMe()?.permissions.includes(permission) ?? false

/** Colleagues by id, for names beside ids. */
export const membersQuery = queryOptions({
  queryKey: keys.members,
  queryFn: ({ signal }) => api.call(routes.members.list, { signal }),
  select: ({ items }) => items,
  staleTime: 5 * 60_000,
})

/** Whom a deal can be given to: a colleague who is here and does more than look. */
export const canOwn = ({ disabled, role }: Member): boolean => !disabled && role !== 'viewer'
