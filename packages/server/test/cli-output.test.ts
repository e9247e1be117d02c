import { stripVTControlCharacters } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { v7 } from 'uuid'
import { forTerminal } from '../src/cli/terminal/safe.ts'
import { cut, hang, pad, painter, width, wrap } from '../src/cli/terminal/text.ts'
import { sente, withFiles } from './run.ts'

// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const RAW = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/
const EVIL = '\u001b]0;owned\u0007\u001b[2JZhou\u009b31m\u202e\r\u0008 Min'

describe('what goes to a terminal', () => {
  it('has no control character that came with a text, and our own colours', () => {
    const paint = painter(true)
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const plain = forTerminal(text)
        expect(plain).not.toMatch(RAW)
        expect(forTerminal(paint('red', text))).toBe(`\u001b[31m${plain}\u001b[39m`)
      }),
      { numRuns: 2_000 },
    )
    expect(forTerminal(paint('bold', `a ${paint('red', 'b')} c`))).toBe('\u001b[1ma \u001b[31mb\u001b[39m c\u001b[22m')
  })

  it('measures, cuts and breaks styled text as it looks', () => {
    const paint = painter(true)
    expect(width(paint('bold', '上海'))).toBe(4)
    expect(forTerminal(pad(paint('red', 'ab'), 4))).toBe('\u001b[31mab\u001b[39m  ')
    expect(wrap(`${paint('red', 'one')} two three`, 8).map(forTerminal)).toEqual([
      '\u001b[31mone\u001b[39m two',
      'three',
    ])
    expect(hang('  ', paint('dim', 'x'), 40).map(forTerminal)).toEqual(['  \u001b[2mx\u001b[22m'])
    expect(cut('abcdef', 4)).toBe('abc…')
  })

  it('JSON stays the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value, null, 2)
        expect(JSON.parse(forTerminal(text))).toEqual(JSON.parse(text))
      }),
      { numRuns: 1_000 },
    )
    expect(JSON.parse(forTerminal(JSON.stringify({ name: EVIL })))).toEqual({ name: EVIL })
  })

  it('a name in a deal file cannot command it: in the brief, in faults, in lists, in both languages', async () => {
    const deal = `id: ${v7()}\nname: ${JSON.stringify(EVIL)}\naccount: {name: ${JSON.stringify(EVIL)}}\npeople:\n  - {id: zhou, name: ${JSON.stringify(EVIL)}, title: ${JSON.stringify(EVIL)}, roles: [number-one]}\n`
    await withFiles({ 'deal.yaml': deal, 'bad.yaml': `name: x\nstyle: ${JSON.stringify(EVIL)}\n` }, async (_, at) => {
      for (const lang of ['en', 'zh'])
        for (const [args, env] of [
          [['brief', at('deal.yaml')], {}],
          [['brief', at('deal.yaml')], { FORCE_COLOR: '1' }],
          [['brief', at('deal.yaml'), '--json'], {}],
          [['plan', at('deal.yaml')], {}],
          [['portfolio', at('deal.yaml')], {}],
          [['explain', at('deal.yaml')], {}],
          [['check', at('deal.yaml')], {}],
          [['brief', at('bad.yaml')], {}],
          [['brief', `${EVIL}.yaml`], {}],
        ] as const) {
          const { out, err } = await sente([...args, '--lang', lang], { env })
          const seen = 'FORCE_COLOR' in env ? stripVTControlCharacters(out) : out
          expect(`${args.join(' ')}: ${seen}`.slice(args.join(' ').length)).not.toMatch(RAW)
          expect(err).not.toMatch(RAW)
          expect(out + err).not.toContain('\u001b]0;')
        }
    })
  })
})
