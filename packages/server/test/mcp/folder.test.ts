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

interface Game {
  played: boolean
  rival?: string
  do?: { way: string; steps: { with: string[] }[] }
  ways: { way: string; won: { value: number; low: number; high: number }; lost: number; noDecision: number }[]
  rivalWays: object[]
  against: object[]
  assumed: string[]
}
interface Account {
  people: { items: { name: string; decides: boolean; red: boolean; last?: string }[] }
  units: { items: { offers: { status: string }[] }[] }
  sections: { lines: string[] }[]
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
    await assistant.call('pipeline_review', { limit: 5 })
    await assistant.call('read_brief', { deal: DEAL })
    for (const about of ['position', 'lead', 'win', 'findings']) await assistant.call('explain', { deal: DEAL, about })
    await assistant.call('read_plan', { deal: DEAL })
    await assistant.call('what_if', { deal: DEAL, style: 'swift' })
    await assistant.call('war_game', { deal: DEAL, paths: 200 })
    await assistant.call('account_plan', { account: DEAL })
    await assistant.call('meeting_page', { deal: DEAL, with: ['shen'] })
    await assistant.call('next_question', { deal: DEAL })
    await assistant.call('promises', { deal: DEAL })
    for (const { name, annotations, inputSchema } of tools) {
      expect(annotations?.readOnlyHint).toBe(!/capture|record|accept|undo/.test(name))
      expect(inputSchema.type).toBe('object')
    }
  })

  test('a war game says what to do with names and days, how every way does against every way of the rival, and what is assumed', async () => {
    const asked = { deal: DEAL, paths: 400 }
    const game = await assistant.call<Game>('war_game', asked)
    expect([game.played, game.rival]).toEqual([true, 'Oldguard Software'])
    expect(game.ways.map(({ way }) => way)).toContain(game.do!.way)
    expect(game.do!.steps.flatMap((step) => step.with)).toContain('Shen Guowei')
    expect(game.against).toHaveLength(game.ways.length * game.rivalWays.length)
    for (const { won, lost, noDecision, way } of game.ways) {
      expect(won.low).toBeLessThanOrEqual(won.value)
      expect(won.high).toBeGreaterThanOrEqual(won.value)
      if (way !== 'leave') expect(won.value + lost + noDecision).toBeCloseTo(1, 1)
    }
    expect(game.assumed.join(' ')).toContain('foretells nothing')
    expect(await assistant.call('war_game', asked)).toEqual(game)
    // A quicker game is drawn from fewer ways of the customer, within bounds.
    expect(await assistant.refused('war_game', { deal: DEAL, paths: 100_000 })).toContain('paths')
  })

  test('a customer is meant by its name, a part of it or one of its deals; a part that several have is answered with their names', async () => {
    const by = (account: string) => assistant.call<Account>('account_plan', { account })
    const plan = await by('Harbour Textiles Group')
    expect(plan).toMatchObject({ account: 'Harbour Textiles Group', asOf: '2025-04-15' })
    for (const meant of ['harbour', 'Predictive planning', DEAL]) expect(await by(meant)).toEqual(plan)
    const chairman = plan.people.items.find(({ name }) => name === 'Shen Guowei')!
    // Decides and was never met: red, and no day of a last meeting.
    expect([chairman.decides, chairman.red, 'last' in chairman]).toEqual([true, true, false])
    expect(plan.units.items.flatMap(({ offers }) => offers.map(({ status }) => status))).toEqual(['open'])
    expect(plan.sections.flatMap(({ lines }) => lines).every((line) => /^⟦.*⟧$/s.test(line))).toBe(true)
    expect(await assistant.refused('account_plan', { account: 'g' })).toContain('Northmoor Energy')
    expect(await assistant.refused('account_plan', { account: 'Nobody at all' })).toContain('find_deals')
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
