import { expect, test } from 'vitest'
import { openDatabase } from '../src/store/connect.ts'
import { eachDatabase } from './support/database.ts'

eachDatabase((db, kind) => {
  test('the application works as sente_app, the owner as somebody else', async () => {
    const { rows } = await db.app.query('select current_user as me, rolsuper, rolbypassrls from pg_roles where rolname = current_user')
    expect(rows).toEqual([{ me: 'sente_app', rolsuper: false, rolbypassrls: false }])
    const owner = await db.owner.query('select current_user as me')
    expect(owner.rows[0].me).not.toBe('sente_app')
    expect(db.kind).toBe(kind)
  })

  test('another process opens it by its environment', async () => {
    const other = await openDatabase({ env: db.env })
    const { rows } = await other.app.query('select current_user as me, current_database() as name')
    expect(rows).toEqual([{ me: 'sente_app', name: db.name }])
    await other.close()
  })
}, { migrations: false })
