import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { describe, expect, test } from 'vitest'
import { brief, loadMethodology, parseDeal, plainDate } from '@sente/engine'
import { files } from '@sente/methodology'
import { picture } from '@sente/picture'
import { build } from '../src/cli/program.ts'
import { ROOT } from './run.ts'
import { calendarsOf } from '../src/core/calendars/calendars.ts'

const loaded = loadMethodology(files)
if ('faults' in loaded) throw new Error('the method has faults')
const { methodology } = loaded

describe.each(['README.md', 'README.zh-CN.md'])('%s', (name) => {
  const text = (): Promise<string> => readFile(join(ROOT, name), 'utf8')

  test('shows a deal file that is one', async () => {
    const [, yaml] = /```yaml\n([\s\S]*?)```/.exec(await text())!
    expect(parseDeal(parse(yaml!), methodology)).toHaveProperty('deal')
  })

  test('names only commands and options that exist', async () => {
    const program = build(() => undefined, 'en')
    const known = new Map(program.commands.map((command) => [command.name(), command.options.map(({ long }) => long)]))
    for (const [, command, rest] of (await text()).matchAll(/npm run -s sente -- (\w+)([^\n`]*)/g)) {
      expect([...known.keys()]).toContain(command)
      for (const [option] of rest!.split('#')[0]!.matchAll(/--[a-z-]+/g)) expect(known.get(command!)).toContain(option)
    }
  })

  test('links to files that are there', async () => {
    for (const [, link] of (await text()).matchAll(/\]\(([^)#]+)\)/g))
      await expect(readFile(join(ROOT, link!)).catch(() => readdir(join(ROOT, link!)))).resolves.toBeDefined()
  })
})

test('the pictures in the READMEs are what the product draws today', async () => {
  const read = parseDeal(
    parse(await readFile(join(ROOT, 'examples/1-loved-early-killed-late.yaml'), 'utf8')),
    methodology,
  )
  if ('faults' in read) throw new Error('the example has faults')
  // As the command does it: a step falls on no holiday.
  const asOf = plainDate('2025-04-15')
  const result = brief(read.deal, methodology, asOf, { calendars: calendarsOf(read.deal, asOf) })
  for (const lang of ['en', 'zh'] as const) {
    const kept = await readFile(join(ROOT, `docs/pictures/brief-${lang}.svg`), 'utf8')
    // Renew them with: sente brief examples/1-loved-early-killed-late.yaml --as-of 2025-04-15 --lang LANG --svg docs/pictures/brief-LANG.svg
    expect(picture(result, { lang, methodology, replayed: true }) === kept).toBe(true)
  }
  expect(result.lead.days).toBe(2)
})
