// A process of its own for tests of the store: does what its arguments say, speaks JSON lines, ends when its input says "stop".
import { createInterface } from 'node:readline'
import { openCluster } from '../../src/store/cluster/cluster.ts'

const [task, ...args] = process.argv.slice(2)
const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`)
const told = new Promise<void>((resolve) => {
  createInterface({ input: process.stdin }).on('line', resolve).on('close', resolve)
})

try {
  if (task === 'join') await joinCluster(args[0]!)
  else if (task === 'write') await write(args[0]!)
  else if (task === 'migrate') await migrateOnce(args[0]!)
  else throw new Error(`no task ${task}`)
  process.exit(0)
} catch (error) {
  say({ problem: (error as { code?: string }).code ?? 'error', message: (error as Error).message })
  process.exit(1)
}

/** Takes part in a cluster until told to stop. */
async function joinCluster(folder: string): Promise<void> {
  const cluster = await openCluster({ folder, durable: args[1] !== 'fast' })
  say({ how: cluster.how, pid: cluster.pid })
  await told
  await cluster.stop()
  say({ stopped: true })
}

/** Writes 1, 2, 3 … and says each number once the database has acknowledged it; goes on when the database breaks off. */
async function write(folder: string): Promise<void> {
  const { openDatabase } = await import('../../src/store/connect.ts')
  const database = await openDatabase({ env: { SENTE_DATA: folder } })
  await database.owner.query('create table if not exists written (n int primary key)')
  say({ how: database.cluster!.how, pid: database.cluster!.pid })
  const until = { stopped: false }
  void told.then(() => (until.stopped = true))
  for (let n = 1; !until.stopped; n++) {
    await database.owner.query('insert into written values ($1)', [n]).then(
      () => say({ written: n }),
      (error: Error) => say({ failed: n, message: error.message }),
    )
  }
  await database.close()
}

async function migrateOnce(folder: string): Promise<void> {
  const { openDatabase } = await import('../../src/store/connect.ts')
  const { migrate } = await import('../../src/store/migrate.ts')
  const database = await openDatabase()
  say({ ready: true })
  await told
  say(await migrate(database.owner, { folder }))
  await database.close()
}
