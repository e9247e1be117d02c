import { hash } from 'node:crypto'
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import { v7 } from 'uuid'
import { PERMISSIONS, ROLES } from '@sente/api'
import type { Permission, Problem, Role } from '@sente/api'
import { hashPassword } from '../../src/auth/passwords.ts'
import { newApiToken } from '../../src/auth/secrets.ts'
import { buildApp } from '../../src/http/app.ts'
import type { AppOptions } from '../../src/http/app.ts'
import type { Database } from '../../src/store/connect.ts'

export const PASSWORD = 'three blue horses'
/** Computed once: argon2 is slow on purpose. */
const passwordHash = hashPassword(PASSWORD)

/** A member with an API token that carries every right of the role. */
export interface TestMember {
  id: string
  email: string
  role: Role
  workspaceId: string
  token: string
}

/** A workspace with one member of each role. */
export interface TestWorkspace {
  id: string
  members: Record<Role, TestMember>
}

export async function makeWorkspace(db: Database, name = 'Test'): Promise<TestWorkspace> {
  const id = v7()
  await db.owner.query('insert into workspace (id, name) values ($1, $2)', [id, name])
  const members = {} as Record<Role, TestMember>
  for (const role of ROLES) members[role] = await makeMember(db, id, role)
  return { id, members }
}

export async function makeMember(
  db: Database,
  workspaceId: string,
  role: Role,
  email = `${role}.${workspaceId.slice(-8)}@example.com`,
): Promise<TestMember> {
  const id = v7()
  await db.owner.query(
    'insert into member (workspace_id, id, email, name, role, password_hash) values ($1, $2, $3, $4, $5, $6)',
    [workspaceId, id, email, `The ${role}`, role, await passwordHash],
  )
  return { id, email, role, workspaceId, token: await makeToken(db, { workspaceId, id }, PERMISSIONS) }
}

export async function makeToken(
  db: Database,
  member: { workspaceId: string; id: string },
  scopes: readonly Permission[],
): Promise<string> {
  const token = newApiToken()
  await db.owner.query(
    'insert into api_token (workspace_id, id, member_id, name, token_hash, scopes) values ($1, $2, $3, $4, $5, $6)',
    [member.workspaceId, v7(), member.id, 'test', hash('sha256', token, 'buffer'), scopes],
  )
  return token
}

/** The application as tests want it: every answer is checked against its schema, nothing is logged, limits are out of the way. */
export function testApp(db: Database, options: Partial<AppOptions> = {}): Promise<FastifyInstance> {
  return buildApp({
    db,
    log: false,
    ...options,
    settings: {
      checkAnswers: true,
      limits: { member: 1e6, address: 1e6, auth: 1e6, secret: 1e6 },
      ...options.settings,
    },
  })
}

export type Answer = LightMyRequestResponse

/** A browser: keeps cookies and the token against forged requests, and says where it is. */
export class Browser {
  readonly #app: FastifyInstance
  readonly cookies = new Map<string, string>()
  csrf: string | undefined
  constructor(app: FastifyInstance) {
    this.#app = app
  }

  async ask(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const answer = await this.#app.inject({
      method,
      url: url.startsWith('/api') || url.startsWith('/.') ? url : `/api/v1${url}`,
      headers: {
        'sec-fetch-site': 'same-origin',
        ...(this.csrf === undefined ? {} : { 'x-csrf-token': this.csrf }),
        ...headers,
      },
      cookies: Object.fromEntries(this.cookies),
      ...(body === undefined ? {} : { payload: body as InjectOptions['payload'] & object }),
    })
    for (const { name, value } of answer.cookies as { name: string; value: string }[]) {
      if (value === '') this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
    const said = answer.headers['content-type']?.toString().startsWith('application/json')
      ? (answer.json() as { csrfToken?: string } | null)
      : undefined
    if (said && typeof said === 'object' && typeof said.csrfToken === 'string') this.csrf = said.csrfToken
    return answer
  }

  async signIn(email: string, password = PASSWORD): Promise<Answer> {
    return this.ask('POST', '/auth/sign-in', { email, password })
  }
}

/** A program with a token. */
export const withToken =
  (app: FastifyInstance, token: string) =>
  (
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> =>
    app.inject({
      method,
      url: `/api/v1${url}`,
      headers: { authorization: `Bearer ${token}`, ...headers },
      ...(body === undefined ? {} : { payload: body as InjectOptions['payload'] & object }),
    })

export const problem = (answer: Answer): Problem => answer.json<Problem>()
