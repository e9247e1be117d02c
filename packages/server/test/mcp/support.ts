import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js'
import { ROOT } from '../run.ts'

export const SENTE = join(ROOT, 'packages/server/bin/sente.mjs')

class ToolError extends Error {}

export class Assistant {
  readonly client: Client
  /** Every call and its answer, as a person would read them. */
  readonly transcript: string[] = []
  constructor(client: Client) {
    this.client = client
  }

  async call<T = Record<string, unknown>>(name: string, args: Record<string, unknown> = {}): Promise<T> {
    const answer = (await this.client.callTool({ name, arguments: args })) as CallToolResult
    const text = answer.content.map((one) => (one.type === 'text' ? one.text : '')).join('\n')
    this.transcript.push(`→ ${name} ${JSON.stringify(args)}`, `← ${answer.isError ? 'refused: ' : ''}${text}`)
    if (answer.isError) throw new ToolError(text)
    return answer.structuredContent as T
  }

  /** Previews, and confirms what was previewed, with more where the person says more. */
  async confirmed(name: string, args: Record<string, unknown>, more: object = {}): Promise<Written> {
    const preview = await this.call<Written>(name, args)
    if (preview.written || preview.confirm === undefined) throw new Error(`${name} wrote without being confirmed`)
    return this.call<Written>(name, { ...args, ...more, confirm: preview.confirm })
  }

  async refused(name: string, args: Record<string, unknown> = {}): Promise<string> {
    const error = await this.call(name, args).then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    if (error instanceof ToolError) return error.message
    throw error ?? new Error(`${name} should have been refused`)
  }
}

export interface Written {
  written: boolean
  lines: string[]
  confirm?: string
  change?: string
  deal: { id: string; name: string }
}

/** The client of the library with `sente mcp` as its server, in a process of its own; tools are listed, so that answers are checked by their schemas. */
export async function overStdio(
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Assistant & AsyncDisposable> {
  const client = new Client({ name: 'test', version: '1' })
  const { PATH = '', HOME = '' } = process.env
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [SENTE, 'mcp', ...args],
      cwd: ROOT,
      env: { PATH, HOME, LC_ALL: 'C', ...env },
      stderr: 'inherit',
    }),
  )
  await client.listTools()
  return Object.assign(new Assistant(client), { [Symbol.asyncDispose]: () => client.close() })
}

/** A copy of the examples that may be written to; gone after the test. */
export async function examplesCopy(): Promise<{ folder: string } & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), 'sente-mcp-'))
  for (const name of ['1-loved-early-killed-late.yaml', '2-deputy-won-top-lost.yaml', '4-late-but-risk-first.yaml'])
    await cp(join(ROOT, 'examples', name), join(folder, name))
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) }
}
