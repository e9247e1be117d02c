import type pg from 'pg'
import { escapeIdentifier, escapeLiteral } from 'pg'
import type { Secrets } from './initialise.ts'

/** The role that owns the tables and migrates; no superuser, so that both kinds of database behave alike. */
export const OWNER_ROLE = 'sente_owner'
/** The role that the application works as; row level security binds it. */
export const APP_ROLE = 'sente_app'
/** The database of the product. */
export const DATABASE = 'sente'

/** Makes what a fresh cluster lacks; on an older one it changes nothing. To be called under the lock. */
export async function ensureRoles(client: pg.ClientBase, secrets: Secrets): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select rolname as name
     from pg_roles
     where rolname = any($1)
     union all
     select datname
     from pg_database
     where datname = $2`,
    [[OWNER_ROLE, APP_ROLE], DATABASE],
  )
  const has = new Set(rows.map((row) => row.name))
  const login = (role: string, extra: string, password: string): string =>
    `create role ${escapeIdentifier(role)} login ${extra} nosuperuser nobypassrls noreplication password ${escapeLiteral(password)}`
  if (!has.has(OWNER_ROLE)) await client.query(login(OWNER_ROLE, 'createdb nocreaterole', secrets.owner))
  if (!has.has(APP_ROLE)) await client.query(login(APP_ROLE, 'nocreatedb nocreaterole', secrets.app))
  if (!has.has(DATABASE))
    await client.query(`create database ${escapeIdentifier(DATABASE)} owner ${escapeIdentifier(OWNER_ROLE)}`)
}
