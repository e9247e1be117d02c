/* eslint-disable unicorn/prefer-add-event-listener -- the library has handlers, no listeners */
import { Transform } from 'node:stream'
import type { Readable, Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import { assistantServer } from './assistant.ts'
import type { Desk } from './desk.ts'

/** Bytes of one message; a note may be long, a message beyond this is a mistake. */
const LONGEST = 1_000_000

/**
 * Serves one assistant over standard input and output until its input ends or `signal` does. What is longer than a message may be is answered with an
 * error and left out, so that it neither fills the memory nor ends the conversation.
 */
export async function serveStdio(
  desk: Desk,
  {
    input,
    output,
    log,
    signal,
  }: { input: Readable; output: Writable; log: (error: unknown) => void; signal?: AbortSignal },
): Promise<void> {
  const server = assistantServer(desk, log)
  const lines = input.pipe(boundedLines(LONGEST, () => output.write(`${JSON.stringify(tooLong)}\n`)))
  const transport = new StdioServerTransport(lines, output)
  server.onerror = log
  const open = unanswered(transport)
  const ended = new Promise<void>((resolve) => {
    server.onclose = resolve
    lines.once('end', () => resolve(open.none(LAST_WORDS_MS)))
    input.once('error', () => resolve())
    output.once('error', () => resolve())
    signal?.addEventListener('abort', () => resolve(), { once: true })
  })
  await server.connect(transport)
  await ended
  await server.close()
}

/** How long what was asked before the input ended may take to be answered. */
const LAST_WORDS_MS = 30_000

/** Which requests wait for their answer. */
function unanswered(transport: StdioServerTransport): { none: (milliseconds: number) => Promise<void> } {
  const ids = new Set<unknown>()
  let heard = (): void => {}
  const gone = (id: unknown): void => {
    ids.delete(id)
    if (ids.size === 0) heard()
  }
  transport.onmessage = (message) => {
    if (!('method' in message)) return
    if ('id' in message) ids.add(message.id)
    // Of what is called off there is no answer.
    else if (message.method === 'notifications/cancelled') gone(message.params?.['requestId'])
  }
  const send = transport.send.bind(transport)
  transport.send = async (message) => {
    await send(message)
    if (!('method' in message)) gone(message.id)
  }
  return {
    async none(milliseconds) {
      if (ids.size === 0) return
      const timer = new AbortController()
      await Promise.race([
        new Promise<void>((resolve) => (heard = resolve)),
        sleep(milliseconds, undefined, { signal: timer.signal }).catch(() => {}),
      ])
      timer.abort()
    },
  }
}

const tooLong = {
  jsonrpc: '2.0',
  id: null,
  error: { code: -32600, message: `A message may have ${LONGEST} bytes. 一条消息最多 ${LONGEST} 字节。` },
}

const NEWLINE = 0x0a

/** The same bytes without lines that are too long; of such a line no more is held than its first so many bytes. */
function boundedLines(longest: number, dropped: () => void): Transform {
  let held: Buffer[] = []
  let length = 0
  let dropping = false
  return new Transform({
    transform(chunk: Buffer, _, done) {
      let rest = chunk
      while (rest.length > 0) {
        const end = rest.indexOf(NEWLINE)
        const piece = end < 0 ? rest : rest.subarray(0, end + 1)
        rest = rest.subarray(piece.length)
        length += piece.length
        if (!dropping && length > longest) {
          dropping = true
          held = []
          dropped()
        }
        if (!dropping) held.push(piece)
        if (end < 0) continue
        if (!dropping) this.push(Buffer.concat(held))
        held = []
        length = 0
        dropping = false
      }
      done()
    },
    flush(done) {
      if (!dropping && held.length > 0) this.push(Buffer.concat(held))
      done()
    },
  })
}
