import { spawn } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { ended, LONG, SENTE } from './support/served.ts'
import { ROOT } from './run.ts'

interface Told {
  address: string
  pid: number
}

const gone = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return false
  } catch {
    return true
  }
}
const answers = (address: string): Promise<boolean> =>
  fetch(`${address}/readyz`).then(
    ({ status }) => status === 200,
    () => false,
  )

describe('sente serve', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sente-again-'))
    await chmod(folder, 0o755)
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  /** The server with who looks after it, in a process of its own. */
  async function watched() {
    const { PATH = '', HOME = '' } = process.env
    const child = spawn(process.execPath, [SENTE, 'serve', '--port', '0', '--json', '--log', 'error', '--lang', 'en'], {
      cwd: ROOT,
      env: { PATH, HOME, SENTE_DATA: join(folder, 'data') },
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    let [out, err] = ['', '']
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
    await expect.poll(() => out, { timeout: LONG, interval: 50 }).toContain('\n')
    return { child, told: JSON.parse(out.split('\n')[0]!) as Told, lines: () => out.trim().split('\n'), err: () => err }
  }

  it(
    'comes back by itself at the same address when its process is killed, and ends in order when it is told to stop',
    async () => {
      const { child, told, lines, err } = await watched()
      expect(await answers(told.address)).toBe(true)
      process.kill(told.pid, 'SIGKILL')
      await expect.poll(err, { timeout: LONG, interval: 50 }).toContain('runs again at')
      expect(await answers(told.address)).toBe(true)
      expect(err()).toContain('starting it again in 0.5 s')
      expect(lines().length).toBe(1)
      expect(await ended(child, 'SIGTERM')).toBe(0)
      expect(await answers(told.address)).toBe(false)
    },
    LONG,
  )

  it(
    'leaves no server behind when the one that looks after it is killed',
    async () => {
      const { child, told } = await watched()
      await ended(child, 'SIGKILL')
      await expect.poll(() => gone(told.pid), { timeout: LONG, interval: 50 }).toBe(true)
      expect(await answers(told.address)).toBe(false)
    },
    LONG,
  )

  it(
    'does not start again what its settings forbid',
    async () => {
      const { PATH = '', HOME = '' } = process.env
      const env = { PATH, HOME, SENTE_URL: 'nonsense', SENTE_DATA: join(folder, 'data') }
      const child = spawn(process.execPath, [SENTE, 'serve', '--lang', 'en'], { cwd: ROOT, env })
      let err = ''
      child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
      const code = await new Promise((resolve) => child.once('close', resolve))
      expect([code, err.split('SENTE_URL=nonsense').length - 1, err.includes('again')]).toEqual([2, 1, false])
    },
    LONG,
  )
})
