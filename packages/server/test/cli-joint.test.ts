import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { sente, withFiles } from './run.ts'

const DEAL = `name: Secret name of ours
goal: Secret goal
people: [{id: zhou, name: Secret Zhou, roles: [number-one]}]
rivals: [{id: north, name: Secret rival}]
joint:
  - {what: Sign the contract, whose: both, on: 2026-06-01, step: signature}
  - {what: Reference visit, whose: theirs, owner: Ms Lin, on: 2026-05-04}
  - {what: Send the papers, on: 2026-04-20, doneOn: 2026-04-19}
`

test('sente joint gives the joint steps in the order of their days as a page without forms, and nothing else of the deal', () =>
  withFiles({ 'deal.yaml': DEAL }, async (_, at) => {
    const { code, out } = await sente(['joint', at('deal.yaml'), '--lang', 'en', '--as-of', '2026-05-10'])
    expect(code).toBe(0)
    expect([...out.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, what]) => what)).toEqual([
      'Send the papers',
      'Reference visit',
      'Sign the contract',
    ])
    expect(out).toContain('Ms Lin')
    expect(out).toContain('was due')
    expect(out).not.toMatch(/Secret|signature|<form|<script|href=|src=/)
  }))

test('sente joint writes a file under the title that is given, in Chinese', () =>
  withFiles({ 'deal.yaml': DEAL }, async (_, at) => {
    const { code } = await sente([
      'joint',
      at('deal.yaml'),
      '--lang',
      'zh',
      '--title',
      '共同推进到上线',
      '--out',
      at('page.html'),
    ])
    expect(code).toBe(0)
    const page = await readFile(at('page.html'), 'utf8')
    expect(page).toContain('<h1>共同推进到上线</h1>')
    expect(page).toContain('<html lang="zh-CN">')
  }))

test('a deal file without joint steps is refused with what to write', () =>
  withFiles({ 'deal.yaml': 'name: Core\n' }, async (_, at) => {
    const { code, err } = await sente(['joint', at('deal.yaml'), '--lang', 'en'])
    expect(code).not.toBe(0)
    expect(err).toContain('there is no joint step')
  }))
