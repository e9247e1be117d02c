import { spawn } from 'node:child_process'
import type { ChildProcess, SpawnOptions } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { beforeAll, inject, onTestFinished } from 'vitest'
import { copyOfOriginal } from './original.ts'

/** A data folder of its own; what runs in it is killed and it is removed when the test ends. */
export async function dataFolderForTest(onDisk = false): Promise<string> {
  const folder = await newFolder(onDisk)
  onTestFinished(() => removeFolder(folder))
  return folder
}

async function newFolder(onDisk = false): Promise<string> {
  const folder = await mkdtemp(join(inject(onDisk ? 'senteTestFolder' : 'senteScratchFolder'), 'store-'))
  await chmod(folder, 0o755)
  return folder
}

async function removeFolder(folder: string): Promise<void> {
  const pid = await pidIn(folder)
  if (pid && kill(pid)) await until(() => !lives(pid))
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
}

/** A data folder whose server ran once and was stopped; its table `kept` holds the number 7. `path` is below the test's folder. */
export async function madeFolderForTest(path = ''): Promise<string> {
  const folder = join(await dataFolderForTest(), path)
  await mkdir(folder, { recursive: true, mode: 0o755 })
  await copyOfOriginal(inject('senteTestFolder'), folder)
  return folder
}

/** One made folder for all tests of a file that leave it as they found it, stopped: a copy takes half a second. */
export function sharedFolder(): { readonly path: string } {
  const shared = { path: '' }
  beforeAll(async () => {
    shared.path = await newFolder()
    await copyOfOriginal(inject('senteTestFolder'), shared.path)
    return () => removeFolder(shared.path)
  })
  return shared
}

/** The process id in the pid file of a data folder's server. */
export async function pidIn(folder: string): Promise<number | undefined> {
  const text = await readFile(join(folder, 'cluster/data/postmaster.pid'), 'utf8').catch(() => '')
  return Number(text.split('\n')[0]) || undefined
}

interface Line {
  how?: string
  pid?: number
  written?: number
  failed?: number
  applied?: string[]
  stopped?: boolean
  problem?: string
  message?: string
}

export interface Helper {
  child: ChildProcess
  lines: Line[]
  /** The next line that it says; fails when it ends without one. */
  next(): Promise<Line>
  /** Asks it to stop and waits for its end. */
  stop(): Promise<void>
  kill(): Promise<void>
}

const SCRIPT = fileURLToPath(new URL('./cluster-process.ts', import.meta.url))

/** Runs `cluster-process.ts`; it is killed when the test ends. */
export function helper(args: readonly string[], options: SpawnOptions = {}): Helper {
  const child = spawn(process.execPath, [SCRIPT, ...args], {
    ...options,
    // Most of what a helper does is compiling the same files.
    env: { ...(options.env ?? process.env), NODE_COMPILE_CACHE: join(inject('senteTestFolder'), 'compiled') },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines: Line[] = []
  let read = 0
  let ended = false
  createInterface({ input: child.stdout! }).on('line', (line) => lines.push(JSON.parse(line) as Line))
  const closed = new Promise<void>((resolve) => child.on('close', () => resolve(void (ended = true))))
  child.stdin!.on('error', () => {})
  onTestFinished(() => void child.kill('SIGKILL'))
  return {
    child,
    lines,
    next: async () => {
      await until(() => lines.length > read || ended)
      const line = lines[read++]
      if (!line) throw new Error('The process ended and said nothing.')
      return line
    },
    stop: async () => {
      child.stdin!.write('stop\n')
      await closed
    },
    kill: async () => {
      child.kill('SIGKILL')
      await closed
    },
  }
}

export async function until(condition: () => boolean | Promise<boolean>, patience = 55_000): Promise<void> {
  const deadline = performance.now() + patience
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`Not within ${patience} ms: ${condition.toString()}`)
    await sleep(5)
  }
}

/** False when there is no such process. */
export function kill(pid: number, signal: NodeJS.Signals | 0 = 'SIGKILL'): boolean {
  try {
    return process.kill(pid, signal)
  } catch {
    return false
  }
}

export const lives = (pid: number): boolean => kill(pid, 0)
