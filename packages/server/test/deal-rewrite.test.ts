import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseDocument, stringify } from 'yaml'
import { writeDealFile } from '@sente/engine'
import type { Deal } from '@sente/engine'
import { deals } from '../../engine/test/support/deals.ts'
import { METHOD } from '../../engine/test/support/method.ts'
import { readDeal } from '../src/exchange/files/deal-file.ts'
import { rewrittenDeal } from '../src/exchange/files/deal-rewrite.ts'

it('any change of any deal is written so that the file says it, with the comments of what stayed', () => {
  fc.assert(
    fc.property(deals, deals, fc.constantFrom(2, 4), fc.boolean(), (before, after, indent, indentSeq) => {
      const text = `# from the top\n${stringify(writeDealFile(before), { lineWidth: 0, schema: 'core', indent, indentSeq })}`
      const made = rewrittenDeal(text, before, after, METHOD) as { text: string }
      expect(made).toHaveProperty('text')
      expect(readDeal(made.text, METHOD)).toEqual({ deal: after })
      expect(parseDocument(made.text).commentBefore ?? made.text).toContain('from the top')
      expect(rewrittenDeal(text, before, before, METHOD)).toMatchObject({ text: expect.any(String) })
    }),
    { numRuns: 12 },
  )
})

const LAYOUTS: [string, string][] = [
  [
    'lists that are not set in',
    'sente: 1\nname: X\nnotes:\n- on: 2026-02-10 # early\n  text: a\n- on: 2026-02-11\n  text: b\n',
  ],
  [
    'four blanks a depth',
    'sente: 1\nname:  X\naccount:\n    name: Y # theirs\nnotes:\n    # the first\n    - on: 2026-02-10\n      text: a\n    - on: 2026-02-11\n      text: b\n',
  ],
  [
    'text that runs over lines, and blank lines',
    'sente: 1\nname: "X"\n\n\naccount: { name: "Y",  region: Z }\nnotes:\n  - on: 2026-02-10\n    text: >\n      They asked\n      what happens.\n\n      And why.\n  - on: 2026-02-11\n    text: b\n',
  ],
  [
    'JSON of four blanks',
    '{\n    "sente": 1,\n    "name": "X",\n    "notes": [\n        { "on": "2026-02-10", "text": "a" },\n        {\n            "on": "2026-02-11",\n            "text": "b"\n        }\n    ]\n}',
  ],
  [
    'braces of YAML that are no JSON',
    '{ # mine\n  sente: 1,\n  name: X,\n  notes: [{ on: 2026-02-10, text: a }, { on: 2026-02-11, text: b }],\n}\n',
  ],
]
it.each(
  LAYOUTS.flatMap(([name, text]) => [
    [name, text],
    [`${name}, with line ends of Windows`, text.replaceAll('\n', '\r\n')],
  ]),
)('a file with %s takes a change, and its other lines stay as they were typed', (_, text) => {
  const { deal } = readDeal(text, METHOD) as { deal: Deal }
  const after: Deal = { ...deal, notes: [deal.notes![0]!, { ...deal.notes![1]!, text: 'changed' }] }
  const made = rewrittenDeal(text, deal, after, METHOD) as { text: string }
  expect(readDeal(made.text, METHOD)).toEqual({ deal: after })
  expect(made.text.includes('\r\n')).toBe(text.includes('\r\n'))
  expect(made.text.replaceAll('\r\n', '')).not.toMatch(text.includes('\r\n') ? /\n/ : /\r/)
  if (text.startsWith('{ #')) expect(made.text).toContain('# mine')
  else if (!text.startsWith('{')) expect(made.text).toBe(text.replace(/text: b/, 'text: changed'))
  else expect(made.text).toContain('    "name": "X"')
})

it('names of YAML (anchors) are spelled out where a change would leave one without what it names, and comments stay', () => {
  const text = `# top
sente: 1
name: X
people: [{ id: zhou, name: Zhou }, { id: lin, name: Lin }]
touches:
  - { on: 2026-02-03, what: visit, with: &both [zhou, lin] }
  - { on: 2026-02-04, what: call, with: *both } # a long one
plan:
  - { on: 2026-05-04, what: call, with: *both } # keep me
`
  const { deal } = readDeal(text, METHOD) as { deal: Deal }
  const afters: Deal[] = [
    { ...deal, touches: deal.touches!.slice(1) },
    { ...deal, touches: [{ ...deal.touches![0]!, with: ['lin'] }, deal.touches![1]!] },
    { ...deal, touches: [] },
  ]
  for (const after of afters) {
    const made = rewrittenDeal(text, deal, after, METHOD) as { text: string }
    expect(readDeal(made.text, METHOD)).toEqual({ deal: after })
    expect(made.text).toMatch(/^# top\n[^]*# keep me/)
  }
})
