import { spawn, spawnSync } from 'node:child_process'
import { chmod, readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import { ask, makeGround, SENTE, sleep } from './ground.ts'
import type { Ground, Running } from './ground.ts'
import { cli, clockJumps, must, onDisk, readOnly } from './surroundings.ts'

type Attempt = (ground: Ground, server: Running) => Promise<string[]>

/** One server on a database of its own; afterwards it must be ready, and nothing may have ended by itself. */
function on(attempt: Attempt): () => Promise<string[]> {
  return async () => {
    const ground = await makeGround('embedded')
    try {
      const server = await ground.start()
      const says = await attempt(ground, server)
      const { status } = await fetch(`${server.address}/readyz`)
      if (status !== 200) throw new Error(`not ready afterwards: ${status}`)
      if (ground.ended.length > 0) throw new Error(ground.ended.join('\n'))
      await ground.kill(server, 'SIGTERM')
      return says
    } finally {
      await ground.close()
    }
  }
}

/** A connection on which a request was begun, and nothing more is read or sent. */
function begun(address: string, head: string): Promise<Socket> {
  const { hostname, port } = new URL(address)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname === 'localhost' ? '127.0.0.1' : hostname, () => {
      socket.write(head)
      socket.pause()
      resolve(socket)
    })
    socket.once('error', reject)
    socket.on('error', () => {})
  })
}

const others = async (ground: Ground, server: Running): Promise<number> => {
  const started = performance.now()
  const { status } = await ask(ground, server.address, 'GET', '/deals?limit=10')
  must(status === 200, `somebody else is answered ${status}`)
  return performance.now() - started
}

/** Twice each with an even number of tries: what is not 200 must be a refusal that says why. */
const counted = (answers: readonly { status: number }[]): string =>
  [...Map.groupBy(answers, ({ status }) => status)].map(([status, of]) => `${status} × ${of.length}`).join(', ')

export const PRESSURE: Readonly<Record<string, () => Promise<string[]>>> = {
  'slow readers': on(async (ground, server) => {
    const head = `GET /api/v1/export HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${ground.token}\r\n\r\n`
    const sockets = await Promise.all(Array.from({ length: 40 }, () => begun(server.address, head)))
    await sleep(1_000)
    const took = await others(ground, server)
    for (const socket of sockets) socket.destroy()
    return [`40 readers of an export who read nothing; others are answered in ${took.toFixed(0)} ms`]
  }),

  'readers of 1 KB/s': on(async (ground, server) => {
    await ground.database.owner.query(
      `insert into account (workspace_id, id, name) select $1, gen_random_uuid(), rpad('Large ' || n, 400, 'x') from generate_series(1, 60000) n`,
      [ground.workspaceId],
    )
    const head = `GET /api/v1/export HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${ground.token}\r\n\r\n`
    const timers: NodeJS.Timeout[] = []
    for (let i = 0; i < 4; i++) {
      const socket = await begun(server.address, head)
      socket.on('readable', () => {})
      timers.push(setInterval(() => void socket.read(1024), 1_000))
    }
    const began = performance.now()
    // Each of them is being made, or waits for its turn.
    await sleep(3_000)
    const held = async (): Promise<number> =>
      (
        await ground.database.owner.query(
          `select from pg_stat_activity where application_name = 'sente long' and state <> 'idle'`,
        )
      ).rowCount ?? 0
    let free = 0
    for (; free < 120 && (await held()) > 0; free++) await sleep(1_000)
    must(free < 120, 'they hold connections of the database')
    const took = await others(ground, server)
    // They have all places of their member: another export of theirs is told to wait until one of them is ended.
    const another = async (): Promise<number> => {
      const answer = await fetch(`${server.address}/api/v1/export`, {
        headers: { authorization: `Bearer ${ground.token}` },
      })
      await answer.arrayBuffer()
      return answer.status
    }
    const first = await another()
    let status = first
    while (status === 503 && performance.now() - began < 300_000) status = await another()
    const seconds = (performance.now() - began) / 1000
    for (const timer of timers) clearInterval(timer)
    must(
      first === 503 && status === 200,
      `the fifth export was answered ${first}, and ${status} after ${seconds.toFixed(0)} s`,
    )
    return [
      `4 readers of an export of 27 MB at 1 KB/s: after ${free} s they hold no connection of the database; others are answered in ${took.toFixed(0)} ms; the first was ended and another export came through within ${seconds.toFixed(0)} s`,
    ]
  }),

  'stalled uploads': on(async (ground, server) => {
    const head = `POST /api/v1/imports?kind=deals&format=ndjson HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${ground.token}\r\ncontent-type: application/octet-stream\r\ncontent-length: 1000000\r\n\r\n{"name":"x"}\n`
    const sockets = await Promise.all(Array.from({ length: 40 }, () => begun(server.address, head)))
    await sleep(1_000)
    const took = await others(ground, server)
    for (const socket of sockets) socket.destroy()
    return [`40 uploads that stand still; others are answered in ${took.toFixed(0)} ms`]
  }),

  '200 streams': on(async (ground, server) => {
    const head = `GET /api/v1/events HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${ground.token}\r\n\r\n`
    const sockets = await Promise.all(Array.from({ length: 200 }, () => begun(server.address, head)))
    await sleep(2_000)
    for (let i = 0; i < 20; i++)
      await ask(ground, server.address, 'PATCH', `/deals/${ground.deals[0]}`, { reason: `r${i}` })
    const took = await others(ground, server)
    for (const socket of sockets) socket.destroy()
    return [`200 streams of one member, 20 changes; others are answered in ${took.toFixed(0)} ms`]
  }),

  '64 writers on one deal': on(async (ground, server) => {
    const [deal] = ground.deals
    const version = async (): Promise<number> =>
      ((await ask(ground, server.address, 'GET', `/deals/${deal}`)).body as { deal: { version: number } }).deal.version
    const before = await version()
    const answers = await Promise.all(
      Array.from({ length: 64 }, (_, i) =>
        ask(ground, server.address, 'PATCH', `/deals/${deal}`, { goal: `goal ${i}` }),
      ),
    )
    const done = answers.filter(({ status }) => status === 200).length
    const now = await version()
    must(
      answers.every(({ status }) => status === 200 || status === 503),
      counted(answers),
    )
    must(now === before + done, `version ${now} after ${done} changes of version ${before}`)
    return [`${counted(answers)}; its version counts each of the ${done}`]
  }),

  'undo against undo': on(async (ground, server) => {
    let undone = 0
    for (let i = 0; i < 20; i++) {
      const changed = await ask(ground, server.address, 'PATCH', `/deals/${ground.deals[i % 8]}`, { goal: `g${i}` })
      const set = changed.headers.get('x-change-set')
      const answers = await Promise.all(
        Array.from({ length: 6 }, () => ask(ground, server.address, 'POST', `/changes/${set}/undo`)),
      )
      must(answers.filter(({ status }) => status === 200).length === 1, counted(answers))
      must(
        answers.every(({ status }) => [200, 404, 409].includes(status)),
        counted(answers),
      )
      undone++
    }
    return [`${undone} changes undone by six at once: one succeeds each time, the others are told`]
  }),

  'bulk against bulk': on(async (ground, server) => {
    const backwards = ground.deals.toReversed()
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        ask(ground, server.address, 'POST', '/deals/bulk', {
          ids: i % 2 === 0 ? ground.deals : backwards,
          set: { status: i % 4 < 2 ? 'won' : 'open' },
        }),
      ),
    )
    must(
      answers.every(({ status }) => status === 200 || status === 503),
      counted(answers),
    )
    const { rows } = await ground.database.owner.query<{ n: number }>(
      `select count(distinct status)::int as n from deal where workspace_id = $1`,
      [ground.workspaceId],
    )
    must(rows[0]!.n === 1, 'a bulk change was done by half')
    return [`40 changes of all deals in opposite orders: ${counted(answers)}; all or none`]
  }),

  'damaged backups': on(async (ground, server) => {
    const file = join(ground.folder, 'whole.backup')
    must(cli(ground, 'backup', file).code === 0, 'a backup cannot be taken')
    const bytes = await readFile(file)
    await ground.kill(server, 'SIGTERM')
    const codes: (number | null)[] = []
    for (let i = 0; i < 12; i++) {
      const bad = Buffer.from(bytes)
      if (i % 3 === 0) await writeFile(`${file}.bad`, bad.subarray(0, Math.floor((bad.length * (i + 1)) / 14)))
      else {
        for (let k = 0; k < 1 + i; k++) bad[Math.floor(Math.random() * bad.length)]! ^= 0xff
        await writeFile(`${file}.bad`, bad)
      }
      const { code, err } = cli(ground, 'restore', `${file}.bad`, '--replace')
      if (code === 3) throw new Error(`damage ${i} was a fault of the program: ${err.slice(0, 300)}`)
      codes.push(code)
      const { rows } = await ground.database.owner.query<{ n: number }>('select count(*)::int as n from deal')
      must(rows[0]!.n === ground.deals.length, `${rows[0]!.n} deals after a restore of a damaged backup`)
    }
    Object.assign(server, await ground.start())
    return [`12 damaged backups: ended with ${[...new Set(codes)].join(', ')}, and every deal is still there`]
  }),

  'migrations interrupted': on(async (ground, server) => {
    const { PATH = '', HOME = '' } = process.env
    await ground.kill(server, 'SIGTERM')
    let killed = 0
    for (let i = 0; i < 8; i++) {
      const env = { PATH, HOME, SENTE_DATA: join(ground.folder, `new${i}`) }
      const child = spawn(process.execPath, [SENTE, 'migrate'], { env, stdio: 'ignore' })
      await sleep(1_500 + Math.random() * 2_500)
      if (child.exitCode === null) killed++
      child.kill('SIGKILL')
      const again = spawnSync(process.execPath, [SENTE, 'migrate'], { env, encoding: 'utf8' })
      must(again.status === 0, `after a kill: ${again.stderr.slice(0, 300)}`)
    }
    Object.assign(server, await ground.start())
    return [`8 first migrations, ${killed} killed in the middle; each was finished by the next try`]
  }),

  'read-only folder': readOnly,

  'clock jumps': clockJumps,

  'full disk': () =>
    onDisk(160, async (at) => {
      const ground = await makeGround('embedded', 4, join(at, 'data'))
      try {
        return await fill(ground, at)
      } finally {
        await ground.close()
      }
    }),
}

async function fill(ground: Ground, at: string): Promise<string[]> {
  const server = await ground.start(['--no-jobs'])
  await chmod(at, 0o777)
  const ballast = join(at, 'ballast')
  await writeFile(ballast, Buffer.alloc(1))
  spawnSync('sh', ['-c', `dd if=/dev/zero of=${ballast} bs=1M 2>/dev/null`])
  const statuses = new Map<number, number>()
  const done = new Set<string>()
  const note = (i: number) =>
    ask(ground, server.address, 'POST', `/deals/${ground.deals[0]}/notes`, {
      on: '2025-02-02',
      text: `${i} ${'x'.repeat(19_000)}`,
    })
  for (let i = 0; i < 600 && (statuses.get(507) ?? 0) + (statuses.get(503) ?? 0) < 20; i++) {
    const { status, body } = await note(i)
    statuses.set(status, (statuses.get(status) ?? 0) + 1)
    if (status === 201) done.add((body as { id: string }).id)
  }
  const wrong = [...statuses.keys()].filter((status) => ![201, 503, 507].includes(status))
  must(wrong.length === 0, `answered ${wrong.join(', ')}`)
  await rm(ballast)
  let back = 0
  for (; back < 60 && (await note(-1)).status !== 201; back++) await sleep(1_000)
  must(back < 60, 'it does not work again when there is room')
  await ground.cluster.ready()
  const { rows } = await ground.database.owner.query<{ id: string }>('select id from note')
  const there = new Set(rows.map(({ id }) => id))
  must(
    [...done].every((id) => there.has(id)),
    'an acknowledged note is lost',
  )
  must(ground.ended.length === 0, ground.ended.join('\n'))
  await ground.kill(server, 'SIGTERM')
  return [
    `full disk: ${[...statuses].map(([status, n]) => `${status} × ${n}`).join(', ')}; works again ${back} s after there is room; nothing acknowledged lost`,
  ]
}
