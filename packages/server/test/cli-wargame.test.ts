import { expect, test } from 'vitest'
import type { WarGame } from '@sente/engine'
import { sente, withFiles } from './run.ts'

const DEAL = `name: Core
firstContactOn: 2026-08-01
people:
  - {id: zhou, name: 周敏, roles: [number-one], influence: 5}
  - {id: lin, name: Lin Tao, roles: [project-leader, coach], influence: 3, stance: 1}
rivals: [{id: north, name: Northstar, incumbent: true}]
evidence:
  - {on: 2026-10-01, signal: requirements_shared, from: lin}
touches:
  - {on: 2026-10-20, play: exec_discovery, with: [lin]}
`
const played = (at: string, ...more: string[]): ReturnType<typeof sente> =>
  sente(['wargame', at, '--as-of', '2026-11-30', '--paths', '400', ...more])

test('a deal file is played: what comes out best, both tables, until when, what to ask and what is assumed, in both languages', () =>
  withFiles({ 'deal.yaml': DEAL }, async (_, at) => {
    const en = await played(at('deal.yaml'), '--lang', 'en')
    expect(en.code).toBe(0)
    for (const part of ['WHAT COMES OUT BEST', 'SHARE WON AGAINST', 'UNTIL WHEN IT HOLDS', 'WHAT IT RESTS ON', '周敏'])
      expect(en.out).toContain(part)
    expect(en.out).toContain('is assumed')
    const zh = await played(at('deal.yaml'), '--lang', 'zh')
    for (const part of ['哪个策略最好', '什么时候就该换', '最值得先问的一句', '依据与假设', '对手明天就去'])
      expect(zh.out).toContain(part)
    expect(zh.out).not.toContain('undefined')
  }))

test('as JSON it is the game itself, the same for a seed and another for another', () =>
  withFiles({ 'deal.yaml': DEAL }, async (_, at) => {
    const game = async (seed: string): Promise<WarGame> =>
      JSON.parse((await played(at('deal.yaml'), '--json', '--seed', seed)).out) as WarGame
    const [one, again, other] = [await game('4'), await game('4'), await game('5')]
    expect(one).toEqual(again)
    expect(one.cells).not.toEqual(other.cells)
    expect([one.state, one.paths, one.seed]).toEqual(['played', 400, 4])
  }))

test('what cannot be played, and options that make no sense, are said with what to do', () =>
  withFiles({ 'deal.yaml': DEAL, 'empty.yaml': 'name: Only a name\n' }, async (_, at) => {
    const empty = await played(at('empty.yaml'), '--lang', 'en')
    expect(empty.code).toBe(0)
    expect(empty.out).toContain('Write down one sign')
    for (const [option, value] of [
      ['--paths', '10'],
      ['--seed', '-1'],
      ['--paths', 'many'],
    ] as const) {
      const wrong = await sente(['wargame', at('deal.yaml'), option, value, '--lang', 'en'])
      expect(wrong.code).toBe(2)
      expect(wrong.err).toContain('a whole number from')
    }
  }))
