import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TOOLS } from '../../src/mcp/tools/index.ts'
import { promptsOf } from '../../src/mcp/prompts.ts'
import { makeMember, makeWorkspace, testApp } from '../support/application.ts'
import { onDatabase } from '../support/database.ts'
import type { FastifyInstance } from 'fastify'
import type { AddressInfo } from 'node:net'
import { build } from '../../src/cli/program.ts'
import { ROOT } from '../run.ts'

/** Blocks of a page that are meant for a shell. */
const blocks = (page: string): string[] => [...page.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, text]) => text!.trim())

/** Runs a line of the page as it stands, with this program in the place of npm's and the addresses of the test. */
function shell(text: string, env: Record<string, string> = {}): Promise<{ code: number | null; out: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn('sh', ['-c', text.replaceAll('npm run -s sente --', '"$SENTE"')], {
      cwd: ROOT,
      env: {
        PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
        HOME: process.env['HOME'] ?? '',
        SENTE: join(ROOT, 'packages/server/bin/sente.mjs'),
        ...env,
      },
    })
    let out = ''
    child.stdout.setEncoding('utf8').on('data', (piece: string) => (out += piece))
    child.stderr.pipe(process.stderr)
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, out }))
    child.stdin.end()
  })
}

interface Message {
  id: number
  result: { structuredContent: { deal?: { name: string }; lines?: object[] } }
}

describe.each([
  ['docs/mcp.md', 'Predictive planning platform'],
  ['docs/mcp.zh-CN.md', '调度指挥平台'],
])('%s', (name, deal) => {
  const page = (): Promise<string> => readFile(join(ROOT, name), 'utf8')

  test('names every tool and prompt, and which tools write', async () => {
    const rows = [...(await page()).matchAll(/^\| `(\w+)` \|.*\| *(\S*) *\|$/gm)]
    expect(rows.map(([, tool, writes]) => `${tool} ${writes !== ''}`).toSorted()).toEqual(
      TOOLS.map((tool) => `${tool.name} ${tool.writes === true}`).toSorted(),
    )
    for (const { name: prompt } of promptsOf({ lang: 'en' }))
      expect(await page()).toContain(`\`${prompt.slice(0, -3)}\``)
  })

  test('what it says to type by hand answers what it promises', async () => {
    const [byHand] = blocks(await page())
    const { code, out } = await shell(byHand!)
    expect(code).toBe(0)
    const answers = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Message)
    expect(answers.map(({ id }) => id)).toEqual([1, 2])
    expect(answers[1]!.result.structuredContent.deal!.name).toBe(deal)
  })

  test('the way it tells an assistant to start the program is one that starts', async () => {
    const [, text] = /```json\n([\s\S]*?)```/.exec(await page())!
    const { sente } = (JSON.parse(text!) as { mcpServers: { sente: { command: string; args: string[] } } }).mcpServers
    const { code, out } = await shell(
      `printf '%s\\n' '{"jsonrpc":"2.0","id":1,"method":"ping"}' | ${[sente.command, ...sente.args].join(' ')}`,
    )
    expect([code, JSON.parse(out)]).toEqual([0, { jsonrpc: '2.0', id: 1, result: {} }])
  })

  test('its commands have the options it names', async () => {
    const known = new Map(build(() => undefined, 'en').commands.map((command) => [command.name(), command]))
    const token = known.get('token')!.commands.find((command) => command.name() === 'create')!
    for (const block of blocks(await page()))
      for (const [, command, rest] of block.matchAll(/npm run -s sente -- (\w+)([^\n|]*)/g))
        for (const [option] of rest!.matchAll(/--[a-z-]+/g))
          expect((command === 'token' ? token : known.get(command!)!).options.map(({ long }) => long)).toContain(option)
  })
})

onDatabase((db) => {
  let app: FastifyInstance
  let address: string
  let token: string
  beforeAll(async () => {
    app = await testApp(db)
    await app.listen({ port: 0, host: '127.0.0.1' })
    address = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
    const workspace = await makeWorkspace(db, 'Page')
    token = (await makeMember(db, workspace.id, 'seller', 'you@example.com')).token
  })
  afterAll(() => app.close())

  test.each(['docs/mcp.md', 'docs/mcp.zh-CN.md'])(
    '%s: what it says to send to a workspace is answered, over both wires',
    async (name) => {
      const page = await readFile(join(ROOT, name), 'utf8')
      const [, , overStdio, curl] = blocks(page)
      const call = /-d '([^']+)'/.exec(curl!)![1]!
      const { out } = await shell(
        `printf '%s\\n' '${call}' | ${overStdio!.replace('http://localhost:8080', address)}`,
        { SENTE_TOKEN: token },
      )
      expect((JSON.parse(out) as Message).result.structuredContent.lines).toEqual([])
      // The same request as the line of curl makes, which not every machine has.
      const headers = Object.fromEntries(
        [...curl!.matchAll(/-H '([\w-]+): ([^']*)'("\$SENTE_TOKEN")?/g)].map(([, key, value, secret]) => [
          key,
          `${value}${secret ? token : ''}`,
        ]),
      )
      const answer = await fetch(curl!.match(/http:\S+/)![0].replace('http://localhost:8080', address), {
        method: 'POST',
        headers,
        body: call,
      })
      expect(((await answer.json()) as Message).result.structuredContent.lines).toEqual([])
    },
  )
})
