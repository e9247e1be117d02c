import type { FastifyInstance } from 'fastify'
import { v7 } from 'uuid'
import { afterAll, beforeAll } from 'vitest'
import { routes } from '@sente/api'
import type { Client } from '@sente/api'
import { makeMember, makeWorkspace, testApp } from './application.ts'
import type { TestMember, TestWorkspace } from './application.ts'
import { clientOf } from './calls.ts'
import { onDatabase } from './database.ts'
import type { TestDatabase } from './database.ts'

/** A workspace with one team of sellers, somebody outside of it, and a customer. */
export interface SellersTeam {
  app: FastifyInstance
  workspace: TestWorkspace
  admin: Client
  manager: Client
  seller: Client
  /** Another seller of the team. */
  mate: TestMember
  /** A seller in no team. */
  stranger: TestMember
  accountId: string
  as: (member: { token: string }) => Client
  newDeal: (client?: Client, more?: object) => Promise<string>
}

async function sellersTeam(db: TestDatabase): Promise<SellersTeam> {
  const app = await testApp(db)
  const workspace = await makeWorkspace(db)
  const mate = await makeMember(db, workspace.id, 'seller', 'mate@example.com')
  const stranger = await makeMember(db, workspace.id, 'seller', 'stranger@example.com')
  // Manager, seller and mate are one team; the stranger is in none.
  const team = v7()
  await db.owner.query('insert into team (workspace_id, id, name) values ($1, $2, $3)', [workspace.id, team, 'East'])
  for (const { id } of [workspace.members.manager, workspace.members.seller, mate])
    await db.owner.query('insert into team_member (workspace_id, team_id, member_id) values ($1, $2, $3)', [
      workspace.id,
      team,
      id,
    ])
  const as = (member: { token: string }): Client => clientOf(app, member.token)
  const { administrator, manager, seller } = workspace.members
  const accountId = (await as(seller).call(routes.accounts.create, { body: { name: 'Riverbank' } })).id
  const newDeal = async (client = as(seller), more: object = {}): Promise<string> =>
    (await client.call(routes.deals.create, { body: { name: 'Core platform', accountId, ...more } })).id
  return {
    app,
    workspace,
    admin: as(administrator),
    manager: as(manager),
    seller: as(seller),
    mate,
    stranger,
    accountId,
    as,
    newDeal,
  }
}

/** Tests of one such team on every database that is tried. The team stands from the first test on, not while tests are declared. */
export function onSellersTeam(tests: (team: SellersTeam, db: TestDatabase) => void): void {
  onDatabase((db) => {
    const team = {} as SellersTeam
    beforeAll(async () => {
      Object.assign(team, await sellersTeam(db))
    })
    afterAll(() => team.app.close())
    tests(team, db)
  })
}
