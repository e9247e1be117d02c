import { execFile } from 'node:child_process'
import { readFile, readlink } from 'node:fs/promises'
import { promisify } from 'node:util'

/**
 * What has the process id that a pid file names: PostgreSQL on this data folder; a dead one that its parent has not yet buried
 * (PostgreSQL itself takes it for alive); another program that got the number later; nothing.
 */
export type Holder = 'postgres' | 'zombie' | 'other' | 'none'

export async function holderOf(pid: number, data: string): Promise<Holder> {
  if (!lives(pid)) return 'none'
  if (process.platform === 'linux') return linuxHolder(pid, data)
  if (process.platform === 'win32') return windowsHolder(pid)
  const line = await output('ps', ['-o', 'stat=,comm=', '-p', String(pid)])
  if (line === '') return 'none'
  if (line.startsWith('Z')) return 'zombie'
  return line.includes('postgres') ? 'postgres' : 'other'
}

export function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // It lives and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function linuxHolder(pid: number, data: string): Promise<Holder> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch((error: NodeJS.ErrnoException) => error)
  // Hidden (hidepid) counts as alive: PostgreSQL decides then.
  if (stat instanceof Error) return stat.code === 'ENOENT' || stat.code === 'ESRCH' ? 'none' : 'postgres'
  const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'))
  const state = stat.slice(stat.lastIndexOf(')') + 2)[0]
  if (state === 'Z' || state === 'X') return 'zombie'
  if (!name.includes('postgres')) return 'other'
  // PostgreSQL works inside its data folder, so this tells two clusters apart.
  const folder = await readlink(`/proc/${pid}/cwd`).catch(() => data)
  return folder === data || folder === '/' ? 'postgres' : 'other'
}

async function windowsHolder(pid: number): Promise<Holder> {
  const line = await output('tasklist', ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH'])
  if (!line.includes(`"${pid}"`)) return 'none'
  return line.toLowerCase().includes('postgres') ? 'postgres' : 'other'
}

async function output(file: string, args: readonly string[]): Promise<string> {
  return promisify(execFile)(file, [...args]).then(
    ({ stdout }) => stdout.trim(),
    () => '',
  )
}
