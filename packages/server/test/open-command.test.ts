import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { build } from '../src/cli/program.ts'

const ROOT = new URL('../../../', import.meta.url)

it('sente open without a deal says what to do', async () => {
  const sente = fileURLToPath(new URL('../bin/sente.mjs', import.meta.url))
  const empty = await mkdtemp(join(tmpdir(), 'sente-empty-'))
  const child = spawn(process.execPath, [sente, 'open', empty, '--no-browser', '--lang', 'en'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let told = ''
  child.stderr.on('data', (piece: Buffer) => (told += piece.toString()))
  const code = await new Promise((resolve) => child.on('exit', resolve))
  await rm(empty, { recursive: true })
  expect(code).toBe(2)
  expect(told).toMatch(/no deal that can be opened|not built/)
})

it.each(['docs/open.md', 'docs/open.zh-CN.md'])('%s names commands and options that there are', async (name) => {
  const text = await readFile(new URL(name, ROOT), 'utf8')
  const command = build(() => undefined, 'en').commands.find((one) => one.name() === 'open')!
  const known = command.options.map(({ long }) => long)
  const table = [...text.matchAll(/^\| `(--[a-z-]+)/gm)].map(([, option]) => option)
  const used = [...text.matchAll(/sente -- open [^\n]*?(--[a-z-]+)/g)].map(([, option]) => option)
  expect(table.length).toBeGreaterThan(4)
  for (const option of [...table, ...used]) expect(known).toContain(option)
})
