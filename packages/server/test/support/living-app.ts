import type { FastifyInstance } from 'fastify'
import { plainDate } from '@sente/engine'
import type { PlainDate } from '@sente/engine'
import type { Client } from '@sente/api'
import { makeToken, makeWorkspace, testApp } from './application.ts'
import type { TestWorkspace } from './application.ts'
import { clientOf } from './calls.ts'
import type { TestDatabase } from './database.ts'

/** The application with a workspace, its people, and the day it is there: for what depends on today. */
export interface LivingApp {
  app: FastifyInstance
  workspace: TestWorkspace
  seller: Client
  admin: Client
  /** The seller, without the right to what is personal. */
  blind: Client
  today: PlainDate
}

/** `zone`: an IANA name, instead of the workspace's own. */
export async function livingApp(db: TestDatabase, zone?: string): Promise<LivingApp> {
  const app = await testApp(db)
  const workspace = await makeWorkspace(db)
  const { seller, administrator } = workspace.members
  const { rows } = await db.owner.query<{ today: string }>(
    `update workspace
     set time_zone = coalesce($2, time_zone)
     where id = $1
     returning (now() at time zone time_zone)::date::text as today`,
    [workspace.id, zone],
  )
  return {
    app,
    workspace,
    seller: clientOf(app, seller.token),
    admin: clientOf(app, administrator.token),
    blind: clientOf(
      app,
      await makeToken(db, { workspaceId: workspace.id, id: seller.id }, ['deals:read', 'accounts:read']),
    ),
    today: plainDate(rows[0]!.today),
  }
}
