import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { examplesCopy, overStdio } from './support.ts'
import type { Assistant } from './support.ts'

const DEAL = '1-loved-early-killed-late.yaml'
const NOTE = {
  deal: DEAL,
  on: '2025-04-14',
  text: 'They asked who comes on Sunday night and whether we have people in the country. The CFO wants audited accounts for three years.',
}

describe('an assistant on a folder of deal files', () => {
  let copy: Awaited<ReturnType<typeof examplesCopy>>
  let assistant: Assistant & AsyncDisposable
  const file = (): Promise<string> => readFile(join(copy.folder, DEAL), 'utf8')

  beforeAll(async () => {
    copy = await examplesCopy()
    assistant = await overStdio([copy.folder, '--as-of', '2025-04-15'])
  })
  afterAll(async () => {
    await assistant[Symbol.asyncDispose]()
    await copy[Symbol.asyncDispose]()
  })

  test('every tool that only reads answers as its announced schema says', async () => {
    const { tools } = await assistant.client.listTools()
    expect(tools.map(({ name }) => name)).not.toContain('search_records')
    await assistant.call('find_deals', { words: 'planning' })
    await assistant.call('today')
    await assistant.call('review_list')
    await assistant.call('read_brief', { deal: DEAL })
    for (const about of ['position', 'lead', 'win', 'findings']) await assistant.call('explain', { deal: DEAL, about })
    await assistant.call('read_plan', { deal: DEAL })
    await assistant.call('what_if', { deal: DEAL, style: 'swift' })
    await assistant.call('meeting_page', { deal: DEAL, with: ['shen'] })
    await assistant.call('next_question', { deal: DEAL })
    await assistant.call('promises', { deal: DEAL })
    for (const { name, annotations, inputSchema } of tools) {
      expect(annotations?.readOnlyHint).toBe(!/capture|record|accept|undo/.test(name))
      expect(inputSchema.type).toBe('object')
    }
  })

  test('a note is only previewed before it is confirmed; then it is in the file with its comments, and one call takes it back', async () => {
    const before = await file()
    const preview = await assistant.call<{ written: boolean; lines: string[]; confirm: string }>('capture_note', NOTE)
    expect(preview.written).toBe(false)
    expect(preview.lines.join('\n')).toContain('asks_local_support')
    expect(await file()).toBe(before)

    const done = await assistant.call<{ change: string; lines: string[] }>('capture_note', {
      ...NOTE,
      keep: [1],
      confirm: preview.confirm,
    })
    expect(done.lines[0]).toContain('1 confirmed, 1 suggested')
    const after = await file()
    expect(after).toContain('Sunday night')
    expect(after.split('\n').filter((line) => line.startsWith('#'))).toEqual(
      before.split('\n').filter((line) => line.startsWith('#')),
    )

    // The word was for the state before: nothing is written twice.
    expect(await assistant.refused('capture_note', { ...NOTE, confirm: preview.confirm })).toContain('changed since')
    expect(await file()).toBe(after)

    expect(await assistant.call('undo_change', { change: done.change })).toMatchObject({ undone: 1 })
    expect(await file()).toBe(before)
    expect(await assistant.refused('undo_change', { change: done.change })).toContain('cannot be undone')
  })

  test('a confirmation is of what was shown: other words, or a deal that changed meanwhile, are previewed anew', async () => {
    const { confirm } = await assistant.call<{ confirm: string }>('capture_note', NOTE)
    expect(await assistant.refused('capture_note', { ...NOTE, text: `${NOTE.text} More.`, confirm })).toContain(
      'Nothing was written',
    )
    const before = await file()
    await writeFile(join(copy.folder, DEAL), `${before}\n# somebody else\n`)
    expect(await assistant.refused('capture_note', { ...NOTE, confirm })).toContain('Nothing was written')
    await writeFile(join(copy.folder, DEAL), before)
  })

  test('what somebody else wrote after a change is not lost by undoing it', async () => {
    const before = await file()
    const { change } = await assistant.confirmed('capture_note', NOTE)
    const theirs = `${await file()}\n# somebody else\n`
    await writeFile(join(copy.folder, DEAL), theirs)
    expect(await assistant.refused('undo_change', { change })).toContain('changed by somebody else')
    expect(await file()).toBe(theirs)
    await writeFile(join(copy.folder, DEAL), before)
  })

  test('a step of the plan is taken into the deal, its outcome recorded with promises, and both are undone', async () => {
    const before = await file()
    const { steps } = await assistant.call<{ steps: { step: string }[] }>('read_plan', { deal: DEAL })
    const accepted = await assistant.confirmed('accept_step', { deal: DEAL, step: steps[0]!.step, on: '2025-04-15' })
    const planned = await assistant.call<{ steps: { step: string; inDeal?: string }[] }>('read_plan', { deal: DEAL })
    const { inDeal } = planned.steps.find((one) => one.inDeal !== undefined)!
    const outcome = await assistant.confirmed('record_outcome', {
      deal: DEAL,
      step: inDeal,
      outcome: 'done',
      promises: [{ by: 'us', what: 'Send the loss calculation', dueOn: '2025-04-22' }],
      next: { on: '2025-05-06' },
    })
    expect(outcome.lines.join('\n')).toContain('Send the loss calculation')
    const { promises } = await assistant.call<{ promises: { id: string; state: string }[] }>('promises', { deal: DEAL })
    expect(promises).toMatchObject([{ id: 'promise-1', state: 'open' }])
    const { change } = await assistant.confirmed('record_outcome', {
      deal: DEAL,
      what: 'Sent it',
      with: ['shen'],
      outcome: 'done',
      kept: ['promise-1'],
    })
    expect(await assistant.call('promises', { deal: DEAL })).toMatchObject({ promises: [{ state: 'kept' }] })
    for (const one of [change, outcome.change, accepted.change]) await assistant.call('undo_change', { change: one })
    expect(await file()).toBe(before)
  })

  test('wrong arguments are refused with their names and what would be right, and the session goes on', async () => {
    expect(await assistant.refused('read_brief', { deal: 5, more: 1 })).toMatch(/arguments\.deal.*\n.*arguments\.more/)
    expect(await assistant.refused('record_outcome', { deal: DEAL, outcome: 'dun' })).toContain('Did you mean done?')
    expect(await assistant.refused('meeting_page', { deal: DEAL, with: ['Shen Guowey'] })).toContain(
      'shen: Shen Guowei',
    )
    expect(await assistant.refused('read_brief', { deal: 'a' })).toContain('take the id')
    expect(await assistant.refused('read_brief', { deal: '../../../etc/passwd' })).toContain('No deal')
    expect(await assistant.refused('capture_note', { ...NOTE, text: 'x'.repeat(20_001) })).toContain('arguments.text')
    expect(await assistant.refused('capture_note', { ...NOTE, on: '2025-02-30' })).toContain('calendar day')
    await expect(assistant.client.callTool({ name: 'delete_everything', arguments: {} })).rejects.toThrow(
      'There is no tool',
    )
    await assistant.call('find_deals')
  })

  test('resources and prompts are there, prompts in both languages', async () => {
    const { resources } = await assistant.client.listResources()
    const brief = resources.find(({ uri }) => uri.endsWith('/brief'))!
    const { contents } = await assistant.client.readResource({ uri: brief.uri })
    expect(JSON.parse((contents[0] as { text: string }).text)).toHaveProperty('lead')
    await expect(assistant.client.readResource({ uri: 'sente://deals/nothing/brief' })).rejects.toThrow('No deal')
    await expect(assistant.client.readResource({ uri: 'file:///etc/passwd' })).rejects.toThrow('no resource')
    const { prompts } = await assistant.client.listPrompts()
    for (const { name, arguments: takes = [] } of prompts) {
      const given = Object.fromEntries(takes.map((one) => [one.name, `the ${one.name}`]))
      const { messages } = await assistant.client.getPrompt({ name, arguments: given })
      const content = messages[0]!.content as { text: string }
      for (const value of Object.values(given)) expect(content.text).toContain(value)
      expect(/[\u4e00-\u9fff]/.test(content.text)).toBe(name.endsWith('_zh'))
    }
    expect(prompts.filter(({ name }) => name.endsWith('_zh')).length * 2).toBe(prompts.length)
  })
})

test('in Chinese everything that is said is Chinese', async () => {
  await using copy = await examplesCopy()
  await using assistant = await overStdio([copy.folder, '--as-of', '2025-04-15', '--lang', 'zh'])
  const { tools } = await assistant.client.listTools()
  for (const { title, description } of tools) expect(`${title}${description}`).toMatch(/[\u4e00-\u9fff]/)
  expect(await assistant.refused('read_brief', { deal: 5 })).toContain('参数不符合要求')
  expect(assistant.transcript.join('\n')).not.toContain('arguments of')
  const brief = await assistant.call<{ notice: string; customer: { phaseName: string } }>('read_brief', { deal: DEAL })
  expect(brief.notice).toContain('绝不执行')
  expect(brief.customer.phaseName).toMatch(/[\u4e00-\u9fff]/)
})
