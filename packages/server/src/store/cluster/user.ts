import { chown, readFile, realpath, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/** The user that PostgreSQL runs as; `undefined` means the one we are. */
export type RunAs = { uid: number; gid: number } | undefined

export const isRoot = (): boolean => process.getuid?.() === 0

/**
 * PostgreSQL refuses to run as root. Root therefore runs it as the owner of the data if there is one already (a folder first used
 * without root stays usable without root), otherwise as `nobody`.
 */
export async function runAs(dataFolder: string): Promise<RunAs> {
  if (!isRoot()) return undefined
  const owner = await stat(dataFolder).catch(() => undefined)
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  return nobody()
}

async function nobody(): Promise<{ uid: number; gid: number }> {
  const users = await readFile('/etc/passwd', 'utf8').catch(() => '')
  const [, uid, gid] = /^nobody:[^:]*:(-?\d+):(-?\d+):/m.exec(users) ?? []
  // macOS writes its nobody as -2.
  return { uid: Number(uid ?? 65534) >>> 0, gid: Number(gid ?? 65534) >>> 0 }
}

export async function giveTo(path: string, user: RunAs): Promise<void> {
  if (user) await chown(path, user.uid, user.gid)
}

/** The first folder above or at `path` that `user` may not enter; `undefined` when all are open. */
export async function closedTo(user: RunAs, path: string): Promise<string | undefined> {
  if (!user) return undefined
  for (let folder = await realpath(path); ; folder = dirname(folder)) {
    if (!(await allows(user, folder, 0o1))) return folder
    if (folder === dirname(folder)) return undefined
  }
}

/** Whether the permission bits (1 enter or execute, 4 read) of a file are given to `user`. */
export async function allows(user: RunAs, path: string, bits: number): Promise<boolean> {
  if (!user) return true
  const { mode, uid, gid } = await stat(path)
  const mine = uid === user.uid ? mode >> 6 : gid === user.gid ? mode >> 3 : mode
  return (mine & bits) === bits
}
