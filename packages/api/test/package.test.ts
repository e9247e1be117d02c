import { spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

function run(program: string, args: string[], cwd: string, env: Record<string, string> = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, shell: process.platform === 'win32' })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => (said += piece.toString()))
    child.on('error', reject)
    child.on('exit', (code) =>
      code === 0 ? resolve(said) : reject(new Error(`${program} ${args.join(' ')}: ${said}`)),
    )
  })
}

const PROGRAM = `
import { ApiError, createClient, routes } from '@sente/api'
const sente = createClient({ server: process.env.SENTE, token: 'st_1', language: () => 'en' })
const { items } = await sente.call(routes.deals.list, { query: { status: ['open', 'won'], sort: 'lead', order: 'asc' } })
const refused = await sente.call(routes.deals.update, { params: { dealId: 'a b' }, body: { name: 'x' }, version: 3 }).catch((error) => error)
console.log(JSON.stringify({ names: items.map(({ name }) => name), refused: refused instanceof ApiError && refused.problem.current.version }))
`

it('packed, the client works in a project outside of this one, with zod and nothing else', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sente-api-'))
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.authorization} ${request.headers['if-match'] ?? ''}`)
    const json = (status: number, body: object): unknown =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    if (request.method === 'GET') json(200, { items: [{ name: 'Core banking' }] })
    else json(412, { code: 'changed-since', title: 'x', status: 412, remedy: 'y', current: { version: 4 } })
  })
  try {
    await run(process.execPath, [join(ROOT, 'scripts/pack-api.ts'), join(folder, 'made'), '--no-types'], ROOT)
    // A folder of somebody else's files is not emptied.
    await writeFile(join(folder, 'mine.txt'), 'mine')
    await expect(run(process.execPath, [join(ROOT, 'scripts/pack-api.ts'), folder], ROOT)).rejects.toThrow(
      'other files',
    )
    expect(await readFile(join(folder, 'mine.txt'), 'utf8')).toBe('mine')
    await run('npm', ['pack', '--silent', '--ignore-scripts', join(folder, 'made')], folder)
    await run('tar', ['xzf', 'sente-api-0.1.0.tgz'], folder)
    const modules = join(folder, 'node_modules')
    await mkdir(join(modules, '@sente'), { recursive: true })
    await rename(join(folder, 'package'), join(modules, '@sente/api'))
    await cp(join(ROOT, 'node_modules/zod'), join(modules, 'zod'), { recursive: true })
    const { dependencies } = JSON.parse(await readFile(join(modules, '@sente/api/package.json'), 'utf8')) as {
      dependencies: object
    }
    expect(Object.keys(dependencies)).toEqual(['zod'])
    await writeFile(join(folder, 'package.json'), '{"type":"module"}')
    await writeFile(join(folder, 'use.js'), PROGRAM)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const said = await run(process.execPath, ['use.js'], folder, { SENTE: at })
    expect(JSON.parse(said)).toEqual({ names: ['Core banking'], refused: 4 })
    expect(asked).toEqual([
      'GET /api/v1/deals?status=open%2Cwon&sort=lead&order=asc Bearer st_1 ',
      'PATCH /api/v1/deals/a%20b Bearer st_1 "3"',
    ])
  } finally {
    server.close()
    await rm(folder, { recursive: true, force: true })
  }
})
