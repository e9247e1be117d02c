import { spawn } from 'node:child_process'
import { Console } from 'node:console'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { main } from '../src/cli/main.ts'

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const SENTE = join(ROOT, 'packages/server/bin/sente.mjs')

export interface Ran {
  code: number | null
  out: string
  err: string
}

interface Surroundings {
  input?: string
  env?: Record<string, string>
  cwd?: string
}

/** Away from a terminal and from the user's locale. */
const environment = (env: Record<string, string> = {}): Record<string, string> => {
  const { PATH = '', HOME = '' } = process.env
  return { PATH, HOME, ...env }
}

/** Runs the real command line in a process of its own, which takes most of a second: for what only a process shows. */
export function senteProcess(args: readonly string[], options: Surroundings = {}): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [SENTE, ...args], {
      cwd: options.cwd ?? ROOT,
      env: environment(options.env),
    })
    let out = ''
    let err = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, out, err }))
    child.stdin.end(options.input ?? '')
  })
}

let before: Promise<unknown> = Promise.resolve()

/**
 * Runs the command line in this process, with streams, environment and folder of its own. They belong to the whole process, so that calls
 * take turns.
 */
export function sente(args: readonly string[], options: Surroundings = {}): Promise<Ran> {
  const ran = before.then(() => here(args, options))
  before = ran.catch(() => {})
  return ran
}

async function here(args: readonly string[], { input = '', env, cwd = ROOT }: Surroundings): Promise<Ran> {
  const [out, err] = [new Collector(), new Collector()]
  const folder = process.cwd()
  const replaced = [
    [process, 'stdout', out],
    [process, 'stderr', err],
    [process, 'stdin', Readable.from(input === '' ? [] : [Buffer.from(input)], { objectMode: false })],
    [process, 'env', environment(env)],
    [globalThis, 'console', new Console(out, err)],
  ] as const
  const kept = replaced.map(([owner, name]) => Object.getOwnPropertyDescriptor(owner, name)!)
  for (const [owner, name, value] of replaced)
    Object.defineProperty(owner, name, { value, configurable: true, writable: true })
  process.chdir(cwd)
  try {
    const code = await main([...args])
    return { code, out: out.text(), err: err.text() }
  } finally {
    process.chdir(folder)
    replaced.forEach(([owner, name], i) => Object.defineProperty(owner, name, kept[i]!))
  }
}

class Collector extends Writable {
  readonly #pieces: Buffer[] = []
  override _write(piece: Buffer, _: BufferEncoding, done: () => void): void {
    this.#pieces.push(piece)
    done()
  }
  text(): string {
    return Buffer.concat(this.#pieces).toString()
  }
}

/** A folder with files that is gone after the test. */
export async function withFiles<T>(
  files: Readonly<Record<string, string | Uint8Array>>,
  use: (folder: string, path: (name: string) => string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'sente-'))
  try {
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
    return await use(folder, (name) => join(folder, name))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
