import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmod, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { folderProblem, StoreProblem } from '../problem.ts'
import { syncFolder } from './folder.ts'
import type { Place } from './folder.ts'
import { MAJOR } from './program.ts'
import type { Program } from './program.ts'
import { giveTo } from './user.ts'

/** Passwords of the three roles; kept beside the data, readable by who starts Sente only. */
export interface Secrets {
  postgres: string
  owner: string
  app: string
}

/**
 * Makes the data folder if there is none. Everything is made under another name and put in place by one rename, so a process killed
 * halfway leaves nothing that looks like a database. To be called under the lock.
 */
export async function initialise(place: Place, program: Program, durable: boolean): Promise<Secrets> {
  try {
    await removeHalfMade(place)
    if (!(await stat(place.cluster).catch(() => undefined))) await make(place, program, durable)
    await checkVersion(place)
    return JSON.parse(await readFile(place.secrets, 'utf8')) as Secrets
  } catch (error) {
    throw folderProblem(place.folder, error) ?? error
  }
}

async function make(place: Place, program: Program, durable: boolean): Promise<void> {
  const fresh = `${place.cluster}.new-${process.pid}`
  // Whoever runs PostgreSQL passes through; only what belongs to it can be read.
  await mkdir(fresh, { mode: 0o711 })
  await chmod(fresh, 0o711)
  const data = join(fresh, 'data')
  await mkdir(data, { mode: 0o700 })
  await giveTo(data, place.user)
  const secrets: Secrets = { postgres: password(), owner: password(), app: password() }
  const passwordFile = join(fresh, 'password')
  await writeFile(passwordFile, secrets.postgres, { mode: 0o600 })
  await giveTo(passwordFile, place.user)
  await runInitdb(place, program, data, passwordFile, durable)
  await rm(passwordFile)
  await writeFile(join(fresh, 'secrets.json'), JSON.stringify(secrets), { mode: 0o600, flush: true })
  await syncFolder(join(fresh, 'secrets.json'))
  await rename(fresh, place.cluster)
  await syncFolder(place.cluster)
}

/**
 * Text is compared by code point and its letters are known by the C library: with the `builtin` provider or locale `C` the full text
 * parser takes Chinese words for blanks. Where the C library has no C.UTF-8, its letters come from another UTF-8 locale.
 */
const LOCALES: readonly (readonly string[])[] = [
  ['--locale=C.UTF-8'],
  ['--locale=C', '--lc-ctype=UTF-8'],
  ['--locale=C', '--lc-ctype=en_US.UTF-8'],
]

async function runInitdb(
  place: Place,
  program: Program,
  data: string,
  passwordFile: string,
  durable: boolean,
): Promise<void> {
  let words = ''
  for (const locale of LOCALES) {
    const args = [
      '-D',
      data,
      '-U',
      'postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      ...locale,
    ]
    args.push('--locale-provider=libc', '--no-instructions', ...(durable ? [] : ['--no-sync', '--wal-segsize=4']))
    const ended = await run(program.initdb, args, place)
    if (ended.code === 0) return
    words = ended.words
    if (!/invalid locale/i.test(words)) break
    // initdb removes what it made, the folder stays.
  }
  throw folderProblem(place.folder, words) ?? notStarted(place, words)
}

function run(file: string, args: readonly string[], { user }: Place): Promise<{ code: number | null; words: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      ...user,
      cwd: '/',
      env: quietEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    })
    let words = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (words += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (words += text))
    child.on('error', (error) => reject(cannotRun(file, error)))
    child.on('close', (code) => resolve({ code, words }))
  })
}

/** What the programs of PostgreSQL may know of our surroundings: its own variables (PGDATA, PGPORT …) would confuse it. */
export function quietEnvironment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TEMP, TMP } = process.env
  return { PATH, LC_ALL: 'C', TZ: 'UTC', ...(process.platform === 'win32' ? { SystemRoot, TEMP, TMP } : {}) }
}

/** The programs are there but this machine cannot run them, for instance because its C library is another one (Alpine). */
export function cannotRun(file: string, cause: Error): StoreProblem {
  return new StoreProblem(
    'no-program',
    {
      en: `${file} does not run on this machine (${cause.message}). Set DATABASE_URL to a PostgreSQL 15 or newer.`,
      zh: `${file} 无法在本机运行（${cause.message}）。请将 DATABASE_URL 设为 PostgreSQL 15 或更新版本的地址。`,
    },
    cause,
  )
}

export function notStarted(place: Place, words: string): StoreProblem {
  const said = words.trim().split('\n').slice(-4).join('\n').slice(-800)
  return new StoreProblem('not-started', {
    en: `The database in ${place.folder} did not start. PostgreSQL says:\n${said}\nMore is in ${place.log}.`,
    zh: `${place.folder} 中的数据库未能启动。PostgreSQL 的信息：\n${said}\n详见 ${place.log}。`,
  })
}

async function checkVersion(place: Place): Promise<void> {
  const version = (await readFile(join(place.data, 'PG_VERSION'), 'utf8')).trim()
  if (Number(version) === MAJOR) return
  throw new StoreProblem('other-version', {
    en: `${place.folder} was written by PostgreSQL ${version}, this Sente brings ${MAJOR}. Run "sente backup" with the Sente that wrote it, then "sente restore" with this one into a new folder (SENTE_DATA). Nothing was changed.`,
    zh: `${place.folder} 由 PostgreSQL ${version} 写入，而此版 Sente 自带 ${MAJOR}。请先用原来的 Sente 执行 "sente backup"，再用此版在新文件夹（SENTE_DATA）中执行 "sente restore"。数据未作任何改动。`,
  })
}

/** Under the lock nobody else is making one, so any that is there was left by a killed process. */
async function removeHalfMade(place: Place): Promise<void> {
  for (const name of await readdir(place.folder)) {
    // What was killed with its parent writes on for a moment.
    if (name.startsWith('cluster.new-'))
      await rm(join(place.folder, name), { recursive: true, force: true, maxRetries: 40, retryDelay: 50 })
  }
}

const password = (): string => randomBytes(24).toString('base64url')
