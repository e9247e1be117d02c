import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { plainDate } from '@sente/engine'
import type { KnownPerson, Note, Suggestion } from '@sente/reader'
import { readWithModel } from '../../src/notes/language-model.ts'
import type { ModelConfig, ReadOptions } from '../../src/notes/language-model.ts'

export const KEY = 'sk-very-secret-4711'
export const SIGNALS = [
  { id: 'budget_approved', name: { en: 'Budget approved', zh: '预算获批' } },
  { id: 'asks_references', name: { en: 'Asks for references', zh: '要案例' } },
  { id: 'contract_signed', name: { en: 'Contract signed', zh: '合同签订' } },
]
export const PEOPLE: KnownPerson[] = [
  { id: 'wei-zhang', name: '张伟', title: 'CIO' },
  { id: 'john-smith', name: 'John Smith', title: 'Head of plant' },
]
export const NOTE: Note = {
  on: plainDate('2025-03-20'),
  text: 'Met 张总: 预算已经批了。John Smith asked who else runs it.',
}
export const BUILT_IN: Suggestion[] = [
  { signal: 'asks_references', confidence: 0.4, span: [0, 3], quote: 'Met', on: NOTE.on },
]

interface Sent {
  url: string
  headers: IncomingHttpHeaders
  raw: string
  body: {
    model: string
    messages: { role: string; content: string }[]
    response_format: { type: string; json_schema: { strict: boolean; schema: unknown } }
  }
}

const closing: (() => Promise<unknown>)[] = []
/** Closes the endpoints and folders of a test: what a file gives to `afterEach`. */
export const closeAll = async (): Promise<void> => {
  await Promise.all(closing.splice(0).map((close) => close()))
}

/** A chat endpoint on a free port; `answer` is called with the number of the request, from 0. */
export async function endpoint(
  answer: (response: ServerResponse, nth: number) => void,
): Promise<{ url: string; sent: Sent[] }> {
  const sent: Sent[] = []
  const server = createServer((request, response) => {
    let raw = ''
    request.setEncoding('utf8')
    request.on('data', (piece: string) => (raw += piece))
    request.on('end', () => {
      sent.push({ url: request.url!, headers: request.headers, raw, body: JSON.parse(raw) as Sent['body'] })
      answer(response, sent.length - 1)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, sent }
}

export const say = (response: ServerResponse, content: string): void => {
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ choices: [{ message: { role: 'assistant', content } }] }))
}
export const answering = (...signals: object[]): ReturnType<typeof endpoint> =>
  endpoint((response) => say(response, JSON.stringify({ signals })))
export const failing = (status: number): ReturnType<typeof endpoint> =>
  endpoint((response) => {
    response.statusCode = status
    response.end(`no, not with ${KEY}`)
  })

export const waits: number[] = []
export function read(
  url: string,
  { note = NOTE, mask = false, ...others }: Partial<ReadOptions> & { note?: Note; mask?: boolean } = {},
): ReturnType<typeof readWithModel> {
  const config: ModelConfig = { url, model: 'test-model', key: KEY, mask }
  waits.length = 0
  const wait = async (ms: number): Promise<void> => void waits.push(ms)
  return readWithModel(note, { config, signals: SIGNALS, people: PEOPLE, fallback: () => BUILT_IN, wait, ...others })
}

/** What stands between the delimiters of a request, which must occur once each, on lines of their own. */
export function noteIn({ body }: Sent): string {
  const user = body.messages.at(-1)!
  expect(user.role).toBe('user')
  expect(user.content.match(/<<<|>>>/g)).toEqual(['<<<', '>>>'])
  const match = /\n<<<NOTE\n([\s\S]*)\nNOTE>>>$/.exec(user.content)
  return match![1]!
}

export const folder = async (): Promise<string> => {
  const path = await mkdtemp(join(tmpdir(), 'sente-model-'))
  closing.push(() => rm(path, { recursive: true, force: true }))
  return path
}
