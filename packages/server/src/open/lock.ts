import { open, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Fault } from '../core/fault.ts'

/** A program that was killed while it wrote leaves its lock; writing takes milliseconds. */
const STALE_MS = 10_000
const AGAIN_MS = 40
const TRIES = 100

/**
 * Lets one program at a time compare and write a file: two of them that show the same deal would else both find it unchanged. Editors know nothing of it;
 * what they write is seen by its digest. Throws `conflict` when another one does not let go for some seconds.
 */
export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const beside = join(dirname(path), `.${basename(path)}.lock`)
  for (let n = 0; !(await taken(beside)); n++) {
    if (n >= TRIES)
      throw new Fault('conflict', {
        detail: {
          en: `Another program keeps ${basename(path)} locked. Close it, or delete ${beside} if there is none.`,
          zh: `另一个程序锁住了 ${basename(path)}。请关闭它；若没有这样的程序，请删除 ${beside}。`,
        },
      })
    const age = await stat(beside).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    )
    if (age > STALE_MS) await rm(beside, { force: true })
    else await sleep(AGAIN_MS)
  }
  try {
    return await work()
  } finally {
    await rm(beside, { force: true })
  }
}

/** True: the lock is ours. Where none can be made (a folder that may not be written) writing will say so itself. */
async function taken(beside: string): Promise<boolean> {
  try {
    await (await open(beside, 'wx')).close()
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'EEXIST'
  }
}
