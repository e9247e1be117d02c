import { afterAll, beforeAll } from 'vitest'
import { createClient, routes } from '@sente/api'
import type { Client, DealRow, Role } from '@sente/api'
import { PASSWORD, makeMember } from '../../packages/server/test/support/application.ts'
import { testDatabase } from '../../packages/server/test/support/database.ts'
import type { TestDatabase } from '../../packages/server/test/support/database.ts'
import { firstStart } from '../../packages/server/src/auth/first-start.ts'
import { METHOD } from '../../packages/server/test/support/workspace.ts'
import { eventBus } from '../../packages/server/src/store/events.ts'
import { settleReviews } from '../../packages/server/src/store/review-lines.ts'
import { withWorkspace } from '../../packages/server/src/store/tenant.ts'
import { todayOf } from '../../packages/server/src/store/today.ts'
import { startServer } from '../../packages/server/src/server.ts'
import type { RunningServer, ServerOptions } from '../../packages/server/src/server.ts'
import { builtWeb } from '../../scripts/built-web.ts'

/** Somebody who can sign in at the running server, and ask its API beside the browser. */
export interface Person {
  id: string
  name: string
  email: string
  password: string
  api: Client
}

/** The whole product, running: its address, and what a test needs to come in. */
export interface Sente {
  origin: string
  database: TestDatabase
  workspaceId: string
  /** A fresh one-time link, as the server prints it at its first start. */
  link(): Promise<string>
  /** A new member of the first workspace, or of another one. */
  person(role: Role, options?: { name?: string; workspaceId?: string }): Promise<Person>
}

interface Running {
  server: RunningServer
  database: TestDatabase
  workspaceId: string
}

/** Files of one worker share a server: starting one and filling it takes longer than most journeys. It ends when nobody has asked for a while. */
const LINGER = 4000
const running = new Map<string, { started: Promise<Running>; users: number; idle?: ReturnType<typeof setTimeout> }>()

function enter(kind: 'empty' | 'sample'): Promise<Running> {
  const known = running.get(kind) ?? { started: start(kind === 'sample'), users: 0 }
  running.set(kind, known)
  known.users++
  clearTimeout(known.idle)
  return known.started
}

function leave(kind: 'empty' | 'sample'): void {
  const known = running.get(kind)!
  if (--known.users > 0) return
  known.idle = setTimeout(() => {
    running.delete(kind)
    void known.started.then(stop, () => {})
  }, LINGER)
}

async function stop({ server, database }: Running): Promise<void> {
  await server.close()
  await database.close()
}

const SERVER = {
  host: '127.0.0.1',
  port: 0,
  logLevel: 'error',
  say: () => {},
  sample: undefined,
  webFolder: undefined,
} satisfies Partial<ServerOptions>

/** The sample team with its summaries and the lines of its review, as its server leaves it: a copy of it takes a tenth of the time. */
const SAMPLE = {
  name: 'sample',
  by: async (database: TestDatabase): Promise<void> => {
    const env = { ...database.env }
    const server = await startServer({ ...SERVER, http: false, jobs: true, sample: 'en', env })
    await summarised(database)
    await server.close()
    await reviewed(database)
  },
}

async function start(sample: boolean): Promise<Running> {
  const webFolder = await builtWeb()
  const database = await testDatabase(sample ? { filled: SAMPLE } : {})
  const server = await startServer({ ...SERVER, http: true, jobs: true, webFolder, env: { ...database.env } })
  await firstStart(database, { baseUrl: server.address! })
  const { rows } = await database.owner.query<{ id: string }>('select id from workspace order by created_at limit 1')
  return { server, database, workspaceId: rows[0]!.id }
}

let count = 0

/**
 * The real server for the tests of a file: migrated database, jobs, the built application. `sample` has the sample team in it and is shared:
 * a journey takes deals that no other one changes. Use what it gives inside tests and hooks only.
 */
export function sente({ sample = false }: { sample?: boolean } = {}): Sente {
  const kind = sample ? 'sample' : 'empty'
  let open: Running | undefined
  const there = (): Running => {
    if (!open) throw new Error('The server runs inside tests and hooks only.')
    return open
  }
  beforeAll(async () => void (open = await enter(kind)), 300_000)
  afterAll(() => leave(kind))
  const origin = (): string => there().server.address!
  return {
    get origin() {
      return origin()
    },
    get database() {
      return there().database
    },
    get workspaceId() {
      return there().workspaceId
    },
    link: async () => (await firstStart(there().database, { baseUrl: origin() }))!,
    async person(role, { name = `The ${role}`, workspaceId = there().workspaceId } = {}) {
      const { database } = there()
      const member = await makeMember(database, workspaceId, role, `${role}${++count}@example.com`)
      await database.owner.query('update member set name = $2 where id = $1', [member.id, name])
      return {
        id: member.id,
        name,
        email: member.email,
        password: PASSWORD,
        api: createClient({ server: origin(), token: member.token }),
      }
    },
  }
}

/** A deal of the sample by its name. */
export async function dealNamed(api: Client, name: string): Promise<DealRow> {
  const { items } = await api.call(routes.deals.list, { query: { limit: 100 } })
  const deal = items.find((one) => one.name === name)
  if (!deal) throw new Error(`The sample has no deal “${name}”.`)
  return deal
}

/** Lists and the board read stored summaries; a job computes them after the sample came. */
async function reviewed(database: TestDatabase): Promise<void> {
  const store = { database, methodology: METHOD, events: eventBus(database) }
  const { rows } = await database.owner.query<{ id: string }>('select id from workspace')
  for (const { id: workspaceId } of rows) {
    const today = await withWorkspace(store, { workspaceId, via: 'job' }, todayOf)
    await settleReviews(store, workspaceId, today)
  }
  await store.events.close()
}

async function summarised({ owner }: TestDatabase): Promise<void> {
  for (let i = 0; i < 600; i++) {
    const { rows } = await owner.query<{ n: number }>(
      'select count(*)::int as n from deal where brief_version <> version or brief_version is null',
    )
    if (rows[0]!.n === 0) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('The summaries of the sample were not computed within a minute.')
}
