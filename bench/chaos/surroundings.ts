import { spawnSync } from 'node:child_process'
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { v7 } from 'uuid'
import { openDatabase } from '../../packages/server/src/store/connect.ts'
import { ask, makeGround, SENTE, sleep } from './ground.ts'
import type { Ground, Running } from './ground.ts'

export function must(holds: boolean, says: string): void {
  if (!holds) throw new Error(says)
}

/** The command line on the ground's database. */
export function cli(ground: Ground, ...args: string[]): { code: number | null; err: string } {
  const { PATH = '', HOME = '' } = process.env
  const { status, stderr } = spawnSync(process.execPath, [SENTE, ...args], {
    env: { PATH, HOME, LANG: 'en_GB.UTF-8', ...ground.env },
    encoding: 'utf8',
  })
  return { code: status, err: stderr }
}

/** A disk of its own, of so many megabytes; only root can make one. */
export async function onDisk(megabytes: number, work: (at: string) => Promise<string[]>): Promise<string[]> {
  const at = join('/dev/shm', `sente-chaos-${process.pid}`)
  await mkdir(at, { recursive: true })
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0755`, 'tmpfs', at]).status !== 0) {
    await rm(at, { recursive: true })
    return ['not tried: a disk of its own can only be made by root']
  }
  try {
    return await work(at)
  } finally {
    spawnSync('umount', ['-l', at])
    await rm(at, { recursive: true, force: true })
  }
}

const write = async (ground: Ground, { address }: Running): Promise<{ status: number; id: string }> => {
  const id = v7()
  const { status } = await ask(ground, address, 'POST', `/deals/${ground.deals[0]}/touches`, {
    id,
    on: '2025-02-11',
    what: 'chaos',
  })
  return { status, id }
}

async function lost({ database }: Pick<Ground, 'database'>, acknowledged: readonly string[]): Promise<number> {
  const { rows } = await database.owner.query<{ id: string }>('select id from touch')
  const there = new Set(rows.map(({ id }) => id))
  return acknowledged.filter((id) => !there.has(id)).length
}

/** A database that takes nothing more, as a standby does, and comes back; then a start on a folder that may not be written. */
export const readOnly = (): Promise<string[]> =>
  onDisk(400, async (at) => {
    await chmod(at, 0o755)
    const ground = await makeGround('embedded', 4, join(at, 'data'))
    try {
      const server = await ground.start()
      const done = [await write(ground, server)]
      const set = async (value: 'on' | 'off'): Promise<void> => {
        const [role] = (await ground.database.owner.query<{ me: string }>('select current_user as me')).rows
        await ground.database.owner.query(`set default_transaction_read_only = off`)
        for (const name of [role!.me, 'sente_app'])
          await ground.cluster
            .ready()
            .then(() => asAdministrator(ground, `alter role ${name} set default_transaction_read_only = ${value}`))
        await asAdministrator(
          ground,
          `select pg_terminate_backend(pid) from pg_stat_activity where usename in ('sente_app', 'sente_owner') and pid <> pg_backend_pid()`,
        )
      }
      await set('on')
      await sleep(1_000)
      const refused = await write(ground, server)
      const { status: read } = await ask(ground, server.address, 'GET', `/deals/${ground.deals[0]}`)
      must(
        refused.status === 503 && read === 200,
        `while nothing may be written: a write ${refused.status}, a read ${read}`,
      )
      await set('off')
      let back = 0
      for (let now = await write(ground, server); ; now = await write(ground, server), back++) {
        if (now.status === 201) {
          done.push(now)
          break
        }
        must(back < 60, `a write is answered ${now.status} when it may be written again`)
        await sleep(500)
      }
      must(ground.ended.length === 0, ground.ended.join('\n'))
      await ground.kill(server, 'SIGTERM')
      await ground.database.close()
      await ground.cluster.stop()
      spawnSync('mount', ['-o', 'remount,ro', at])
      const start = cli(ground, 'serve', '--no-restart', '--port', '0')
      must(
        start.code === 2 && start.err.includes(at),
        `a start on a folder that may not be written ended with ${start.code}: ${start.err.slice(0, 300)}`,
      )
      spawnSync('mount', ['-o', 'remount,rw', at])
      const again = await ground.start()
      const after = await write(ground, again)
      must(after.status === 201, `a write is answered ${after.status} after the folder may be written again`)
      const database = await openDatabase({ env: ground.env })
      const gone = await lost(
        { database },
        done.map(({ id }) => id),
      )
      await database.close()
      must(gone === 0, 'an acknowledged write is lost')
      await ground.kill(again, 'SIGTERM')
      return [
        `while the database takes nothing, writes are told 503 and reads answered; it works again when it does; a start on a folder that may not be written ends with 2 and names it; nothing lost`,
      ]
    } finally {
      await ground.close()
    }
  })

const DAY = 86_400_000
const JUMPS = [60_000, -60_000, 3_600_000, DAY, -DAY, 40 * DAY, -400 * DAY, 0]

/** Two servers whose clocks jump, each for itself: writes go on, nothing is lost, nobody is signed out. */
export async function clockJumps(): Promise<string[]> {
  const ground = await makeGround('embedded', 4)
  try {
    const files = ['a', 'b'].map((name) => join(ground.folder, `clock-${name}`))
    const servers: Running[] = []
    for (const [i, file] of files.entries()) {
      await writeFile(file, '0')
      ground.env['SENTE_CHAOS_CLOCK'] = file
      ground.env['NODE_OPTIONS'] = `--import ${new URL('./clock.mjs', import.meta.url).href}`
      servers.push(await ground.start(i === 0 ? [] : ['--no-jobs']))
    }
    const done: string[] = []
    const statuses = new Map<number, number>()
    let slowest = 0
    for (const [i, jump] of [...JUMPS, ...JUMPS.toReversed()].entries()) {
      // One of them jumps, the other stays where it was.
      await writeFile(files[i % 2]!, String(jump))
      await sleep(100)
      for (let n = 0; n < 20; n++) {
        const began = performance.now()
        const { status, id } = await write(ground, servers[n % 2]!)
        slowest = Math.max(slowest, performance.now() - began)
        statuses.set(status, (statuses.get(status) ?? 0) + 1)
        if (status === 201) done.push(id)
      }
      const changed = await ask(ground, servers[0]!.address, 'PATCH', `/deals/${ground.deals[1]}`, {
        goal: `jump ${i}`,
      })
      const seen = (await ask(ground, servers[1]!.address, 'GET', `/deals/${ground.deals[1]}`)).body as {
        deal: { goal: string }
      }
      must(
        changed.status === 200 && seen.deal.goal === `jump ${i}`,
        `a change after jump ${i} was answered ${changed.status} and is read as ${seen.deal.goal}`,
      )
      const { status, body } = await ask(
        ground,
        servers[i % 2]!.address,
        'POST',
        '/imports?kind=accounts&format=ndjson',
        `{"externalId":"j${i}","name":"Jump ${i}"}\n`,
      )
      must(
        status === 201 && (body as { status: string }).status === 'done',
        `an import after jump ${i} was answered ${status}`,
      )
      const brief = await ask(ground, servers[i % 2]!.address, 'GET', `/deals/${ground.deals[1]}/brief`)
      must(brief.status === 200, `a brief after jump ${i} was answered ${brief.status}`)
    }
    must(
      [...statuses.keys()].every((status) => status === 201),
      [...statuses].map(([status, n]) => `${status} × ${n}`).join(', '),
    )
    must((await lost(ground, done)) === 0, 'an acknowledged write is lost')
    for (const { address } of servers) must((await fetch(`${address}/readyz`)).status === 200, 'not ready afterwards')
    must(ground.ended.length === 0, ground.ended.join('\n'))
    for (const server of servers) await ground.kill(server, 'SIGTERM')
    return [
      `${JUMPS.length * 2} jumps of the clock of one of two servers, from a minute to 400 days, both ways: ${done.length} writes acknowledged, none refused or lost; changes of one are read by the other; the slowest write took ${slowest.toFixed(0)} ms`,
    ]
  } finally {
    await ground.close()
  }
}

async function asAdministrator({ cluster }: Ground, sql: string): Promise<void> {
  const { default: pg } = await import('pg')
  const client = new pg.Client(cluster.connection('sente', 'postgres'))
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
