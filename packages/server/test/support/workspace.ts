import type { Role } from '@sente/api'
import { loadMethodology } from '@sente/engine'
import type { Methodology } from '@sente/engine'
import { files } from '@sente/methodology'
import { v7 } from 'uuid'
import { eventBus } from '../../src/store/events.ts'
import { withWorkspace } from '../../src/store/tenant.ts'
import type { Store, Tx, Who } from '../../src/store/tenant.ts'
import type { Viewer } from '../../src/store/visibility.ts'
import type { Database } from '../../src/store/connect.ts'

function shipped(): Methodology {
  const loaded = loadMethodology(files)
  if ('faults' in loaded) throw new Error(JSON.stringify(loaded.faults))
  return loaded.methodology
}
export const METHOD = shipped()

export interface TestWorkspace {
  store: Store
  workspaceId: string
  admin: string
  /** Runs work as the administrator, or as `who` says. */
  within: <T>(work: (tx: Tx) => Promise<T>, who?: Partial<Who>) => Promise<T>
  member: (role: Role, name: string, teamIds?: readonly string[]) => Promise<Viewer>
  team: (name: string) => Promise<string>
}

/** A workspace of its own with an administrator, over a database of the harness. Ends with the database. */
export async function testWorkspace(
  database: Database,
  store: Store = { database, methodology: METHOD, events: eventBus(database) },
): Promise<TestWorkspace> {
  const workspaceId = v7()
  await database.owner.query(`insert into workspace (id, name) values ($1, 'Test')`, [workspaceId])
  const add = async (role: Role, name: string, teamIds: readonly string[] = []): Promise<Viewer> => {
    const id = v7()
    await database.owner.query('insert into member (workspace_id, id, email, name, role) values ($1, $2, $3, $4, $5)', [
      workspaceId,
      id,
      `${id}@example.com`,
      name,
      role,
    ])
    for (const team of teamIds)
      await database.owner.query('insert into team_member (workspace_id, team_id, member_id) values ($1, $2, $3)', [
        workspaceId,
        team,
        id,
      ])
    return { memberId: id, role, teamIds, write: role !== 'viewer', sensitive: role !== 'viewer' }
  }
  const admin = (await add('administrator', 'Ada')).memberId
  return {
    store,
    workspaceId,
    admin,
    within: (work, who = {}) => withWorkspace(store, { workspaceId, actorId: admin, via: 'test', ...who }, work),
    member: add,
    team: async (name) => {
      const id = v7()
      await database.owner.query('insert into team (workspace_id, id, name) values ($1, $2, $3)', [
        workspaceId,
        id,
        name,
      ])
      return id
    },
  }
}
