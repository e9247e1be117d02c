import type { Person } from '@sente/api'
import type { Asking } from '../auth/principal.ts'
import { todayOf } from '../store/today.ts'
import { accessToAll, visibilityOf, visibilitySql, viewerOf } from '../store/visibility.ts'
import { briefsOfMany } from './briefs-of-many.ts'

interface Part {
  person_id: string
  deal_id: string
  name: string
  key: string
  status: 'open' | 'won' | 'lost' | 'no-decision'
  roles: string[]
}

export interface InDeal {
  dealId: string
  name: string
  key: string
  status: Part['status']
  roles: string[]
  rung?: string
  trust?: number
  stance?: number
  lastTouch?: string
}
export interface Relationship {
  person: Person
  deals: InDeal[]
}

/** How we stand with somebody is looked up in so many deals, open ones and the newest first; of others only the roles are told. */
const LOOKED_UP = 40

/** People with the deals they take part in, of those that the caller may see, and how we stand with them there. The address book alone shows none. */
export async function relationshipsOf(context: Asking, people: readonly Person[]): Promise<Relationship[]> {
  const { tx } = context
  if (!context.principal.permissions.has('deals:read')) return people.map((person) => ({ person, deals: [] }))
  const viewer = viewerOf(context.principal)
  const visibility = await visibilityOf(tx, viewer)
  const values: unknown[] = [tx.workspaceId, people.map(({ id }) => id)]
  const add = (value: unknown): string => `$${values.push(value)}`
  const parts = await tx.rows<Part>(
    `select s.person_id, s.deal_id, d.name, s.key, d.status, s.roles
     from stakeholder s
     join deal d on d.workspace_id = $1 and d.id = s.deal_id
     where s.workspace_id = $1 and s.person_id = any($2::uuid[]) and ${visibilitySql(visibility, add)}
     order by d.status = 'open' desc, d.id desc`,
    values,
  )
  const today = await todayOf(tx)
  const looked = [...new Set(parts.map((part) => part.deal_id))].slice(0, LOOKED_UP)
  const briefs = await briefsOfMany(tx, looked, [today])
  const access = await accessToAll(tx, viewer, looked)
  const inDeal = (part: Part): InDeal => {
    const view = briefs.get(part.deal_id, today)?.people.people.find(({ id }) => id === part.key)
    return {
      dealId: part.deal_id,
      name: part.name,
      key: part.key,
      status: part.status,
      roles: part.roles,
      ...(view ? { rung: view.rung, trust: view.trust } : {}),
      ...(view && view.stance !== null && access.get(part.deal_id)?.sensitive ? { stance: view.stance } : {}),
      ...(view?.lastTouch ? { lastTouch: view.lastTouch } : {}),
    }
  }
  const of = Map.groupBy(parts, (part) => part.person_id)
  return people.map((person) => ({ person, deals: (of.get(person.id) ?? []).map(inDeal) }))
}
