import { setTimeout as sleep } from 'node:timers/promises'
import { StoreProblem } from '../problem.ts'

/** SQLite's code for "somebody else has the lock". */
const BUSY = 5

/**
 * Runs `work` while no other process, and no other caller in this one, runs under the same file.
 *
 * Node has no `flock`. A file made with `wx` outlives a killed process and cannot be taken over without a race, so the lock is
 * the one that the kernel keeps for an empty SQLite file: it ends with the process, however that ends, on every platform.
 */
export async function withLock<T>(file: string, work: () => Promise<T>, patience = 120_000): Promise<T> {
  const lock = openQuietly(file)
  try {
    const deadline = performance.now() + patience
    for (;;) {
      try {
        lock.exec('begin exclusive')
        break
      } catch (error) {
        if ((error as { errcode?: number }).errcode !== BUSY) throw error
        if (performance.now() > deadline) {
          throw new StoreProblem('locked', {
            en: `${file}: another process has been starting or stopping the database for ${Math.round(patience / 1000)} s. End it and try again.`,
            zh: `${file}：另一个进程正在启动或停止数据库，已超过 ${Math.round(patience / 1000)} 秒。请结束该进程后重试。`,
          })
        }
        await sleep(8 + Math.floor(Math.random() * 8))
      }
    }
    return await work()
  } finally {
    lock.close()
  }
}

/** `node:sqlite` calls itself experimental in early releases of Node 24; users need not read that. */
function openQuietly(file: string): { exec(sql: string): void; close(): void } {
  const { emitWarning } = process
  process.emitWarning = () => {}
  try {
    const { DatabaseSync } = process.getBuiltinModule('node:sqlite')
    return new DatabaseSync(file)
  } finally {
    process.emitWarning = emitWarning
  }
}
