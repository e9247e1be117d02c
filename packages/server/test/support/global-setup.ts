import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where this run's database clusters lie; they are made when the first test asks. */
    senteTestFolder: string
  }
}

const PREFIX = 'sente-test-'

/** Names the folder of this run's databases, and removes it with all that runs in it when the run ends. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await removeLeftBehind()
  const folder = join(tmpdir(), `${PREFIX}${process.pid}-${Math.random().toString(36).slice(2, 8)}`)
  project.provide('senteTestFolder', folder)
  // Also when the run is broken off: no code but this runs then.
  const abandon = (): void => void endServers(folder)
  process.on('exit', abandon)
  return async () => {
    await remove(folder)
    process.off('exit', abandon)
  }
}

/** A run that was killed could not clean up; its folder names it. */
async function removeLeftBehind(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const owner = name.startsWith(PREFIX) ? Number(name.slice(PREFIX.length).split('-')[0]) : 0
    if (owner > 0 && !lives(owner)) await remove(join(tmpdir(), name))
  }
}

async function remove(folder: string): Promise<void> {
  const pids = endServers(folder)
  for (let tries = 0; pids.some(lives) && tries < 500; tries++) await sleep(10)
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })
}

/** Ends every server of the run at once; nothing in them is worth a checkpoint. */
function endServers(folder: string): number[] {
  return ['embedded', 'external'].flatMap((kind) => {
    try {
      const pid = Number(readFileSync(join(folder, kind, 'cluster', 'data', 'postmaster.pid'), 'utf8').split('\n')[0])
      process.kill(pid, 'SIGQUIT')
      return [pid]
    } catch {
      return []
    }
  })
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
