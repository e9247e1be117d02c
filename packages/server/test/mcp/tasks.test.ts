import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ROOT } from '../run.ts'
import { examplesCopy, overStdio } from './support.ts'
import type { Assistant } from './support.ts'
import { TASKS } from './tasks.ts'
import { callsOf } from './transcripts.ts'

describe.each(['en', 'zh'] as const)('ten tasks of a seller through an assistant (%s)', (lang) => {
  let copy: Awaited<ReturnType<typeof examplesCopy>>
  let assistant: Assistant & AsyncDisposable

  beforeAll(async () => {
    copy = await examplesCopy()
    assistant = await overStdio([copy.folder, '--as-of', '2025-04-15', '--lang', lang])
  })
  afterAll(async () => {
    await assistant[Symbol.asyncDispose]()
    await copy[Symbol.asyncDispose]()
  })

  test.each(TASKS.map((task, i) => [i + 1, task.asks[lang], task] as const))('%i. %s', async (_, __, task) => {
    await task.run(assistant, lang)
  })

  test('the page of transcripts shows the calls that were made, in their order', async () => {
    // Renew it with: node packages/server/test/mcp/transcripts-write.ts
    const page = await readFile(join(ROOT, `docs/mcp-tasks${lang === 'zh' ? '.zh-CN' : ''}.md`), 'utf8')
    expect(callsOf(page)).toEqual(callsOf(assistant.transcript.join('\n')))
  })
})
