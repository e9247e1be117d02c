import { describe, expect, test } from 'vitest'
import { loadMethodology } from '@sente/engine'
import type { MethodFault } from '@sente/engine'
import { files } from '@sente/methodology'
import { METHOD } from './support/method.ts'

// eslint-disable-next-line typescript/no-explicit-any -- the files are changed in ways their types forbid
type Files = Record<string, any>

/** The faults of the shipped method after `change` has spoilt it. */
function spoilt(change: (files: Files) => void): MethodFault[] {
  const copy = structuredClone(files) as Files
  change(copy)
  const loaded = loadMethodology(copy)
  return 'faults' in loaded ? loaded.faults : []
}

describe('the shipped method', () => {
  test('loads without a fault and keeps every id of the draft', () => {
    expect(METHOD.signals.signals).toHaveLength(174)
    expect(METHOD.plays.plays).toHaveLength(41)
    expect(METHOD.rules.rules).toHaveLength(103)
    expect(METHOD.presets).toHaveLength(21)
    expect(METHOD.topics.topics.filter(({ concern }) => concern === 'risk')).toHaveLength(9)
  })

  test('is complete in both languages, and no English text holds Chinese nor the other way round', () => {
    const wrong: string[] = []
    const walk = (value: unknown, path: string): void => {
      if (Array.isArray(value)) value.forEach((item, i) => walk(item, `${path}[${i}]`))
      else if (value !== null && typeof value === 'object') {
        const text = value as { en?: unknown; zh?: unknown }
        if (typeof text.en === 'string' && typeof text.zh === 'string' && !path.endsWith('patterns')) {
          if (/[\u4e00-\u9fff]/.test(text.en)) wrong.push(`${path}.en`)
          if (!/[\u4e00-\u9fff]/.test(text.zh) && /[a-z]{4}/i.test(text.zh)) wrong.push(`${path}.zh`)
          // A half-width comma between two Chinese characters is a slip of the keyboard.
          if (/[\u4e00-\u9fff][,;:?!]/.test(text.zh)) wrong.push(`${path}.zh punctuation`)
        }
        for (const [key, item] of Object.entries(value)) walk(item, `${path}.${key}`)
      }
    }
    walk(METHOD, '')
    expect(wrong).toEqual([])
  })

  test('says where each thing comes from in English and, in Chinese words, in Chinese', () => {
    const { method, presets, people, topics } = METHOD
    const origins = [
      ...method.sources.map(({ id, where }) => [`source ${id}`, where] as const),
      ...presets.map(({ id, sources }) => [`preset ${id}`, sources] as const),
      ...people.paths.flatMap(({ id, source, access }) =>
        [source, ...access.map((entry) => entry.source)].map((text) => [`way in ${id}`, text] as const),
      ),
      ...topics.topics.flatMap(({ proofs }) =>
        proofs.map((proof) => [`lead time of ${proof.id}`, proof.leadSource] as const),
      ),
    ]
    expect(origins.length).toBeGreaterThan(120)
    for (const [of, { en, zh }] of origins) {
      expect(en, of).toMatch(/[a-z]{4}/i)
      // Titles and addresses stay as they are; what is said about them is Chinese.
      expect(zh, of).toMatch(/[\u4e00-\u9fff]{2}/)
    }
  })

  test.each([
    [
      'the source of the method',
      (f: Files) => void delete f['method'].sources[0].where.zh,
      /method\.json sources\[0\]/,
    ],
    [
      'the source of a preset',
      (f: Files) => void (f['presets/four-letters'].sources = 'After IBM.'),
      /four-letters\.json sources/,
    ],
    ['the source of a way in', (f: Files) => void (f['people'].paths[0].source.en = ''), /people\.json paths\[0\]/],
    [
      'the source of a lead time',
      (f: Files) => void delete f['topics'].topics[0].proofs[0].leadSource.zh,
      /topics\.json topics\[0\]\.proofs/,
    ],
  ])('is refused where %s is told in one language only', (_, change, where) => {
    expect(spoilt(change).map(({ file, path }) => `${file} ${path}`)).toEqual([expect.stringMatching(where)])
  })
})

describe('a spoilt method is refused, with the file and the place', () => {
  const cases: [name: string, change: (files: Files) => void, where: RegExp][] = [
    ['a missing file', (f) => void delete f['signals'], /signals\.json .*missing/],
    [
      'a rival’s move that shows a signal nobody knows',
      (f) => void f['wargame'].theirs[0].moves[1].signals.push('no_such_sign'),
      /wargame\.json theirs\[0\]\.moves\[1\]\.signals\[1\]/,
    ],
    [
      'a rival’s move that speaks for us',
      (f) => void f['wargame'].theirs[1].moves[0].signals.push('verbal_yes'),
      /wargame\.json theirs\[1\]\.moves\[0\]\.signals\[1\]/,
    ],
    [
      'a way of playing by the planner without a style',
      (f) => void delete f['wargame'].ours[0].style,
      /wargame\.json ours\[0\]\.style/,
    ],
    ['a file of another kind', (f) => void (f['recipes'] = {}), /recipes\.json/],
    [
      'a text without Chinese',
      (f) => void delete f['signals'].signals[3].name.zh,
      /signals\.json signals\[3\]\.name\.zh/,
    ],
    ['an unknown key', (f) => void (f['plays'].plays[0].cost = 3), /plays\.json plays\[0\]/],
    [
      'a duplicate id',
      (f) => void (f['signals'].signals[1].id = f['signals'].signals[0].id),
      /signals\.json signals\[1\]\.id/,
    ],
    [
      'a rule over a fact that does not exist',
      (f) => void (f['rules'].rules[0].when = { fact: 'no.such', op: '==', value: 1 }),
      /rules\.json rules\[0\]\.when.*no\.such/,
    ],
    [
      'a comparison that its fact cannot answer',
      (f) => void (f['rules'].rules[0].when = { fact: 'phase.index', op: '==', value: 'blue' }),
      /rules\.json rules\[0\]\.when/,
    ],
    [
      'a rule that recommends a play that does not exist',
      (f) => void (f['rules'].rules[0].recommend = ['dance']),
      /rules\.json rules\[0\]\.recommend.*dance/,
    ],
    [
      'a play whose precondition is no fact',
      (f) => void (f['plays'].plays[0].preconditions = [{ fact: 'no.such', op: '==', value: 1 }]),
      /plays\.json plays\[0\]\.preconditions/,
    ],
    [
      'a play whose success is no signal',
      (f) => void (f['plays'].plays[0].successSignals = ['applause']),
      /plays\.json plays\[0\]\.successSignals.*applause/,
    ],
    [
      'a play that starts on a rung that does not exist',
      (f) => void (f['plays'].plays[0].from = 'friend'),
      /plays\.json plays\[0\]\.from.*friend/,
    ],
    [
      'an outcome whose effect is on no topic',
      (f) => void (f['plays'].plays[0].outcomes = { done: { worries: [{ topic: 'weather', factor: 0.5 }] } }),
      /plays\.json plays\[0\]\.outcomes\.done.*weather/,
    ],
    [
      'a play for nobody that says whom it fits',
      (f) => void (f['plays'].plays.at(-1).levels = ['top']),
      /plays\.json plays\[\d+\]\.levels/,
    ],
    [
      'a topic without a proof for somebody who asks it',
      (f) => f['topics'].topics[0].proofs.forEach((proof: { for: string[] }) => (proof.for = ['working'])),
      /topics\.json topics\[0\]\.proofs.*number_one/,
    ],
    [
      'a way in that is quicker than its fast time',
      (f) => void (f['people'].paths[0].access[0].days = [9, 2]),
      /people\.json paths\[0\]\.access\[0\]\.days/,
    ],
    [
      'a message that names a fact nobody computes',
      (f) => void (f['rules'].rules[0].message.en += ' {no.such}'),
      /rules\.json rules\[0\]\.message/,
    ],
    ['a prior that does not sum to one', (f) => void (f['phases'].entryPrior.frame = 0.9), /phases\.json entryPrior/],
    [
      'a phase with more steps than days',
      (f) => void Object.assign(f['phases'].phases[1], { steps: 40, meanDays: 30 }),
      /phases\.json phases\[1\]/,
    ],
    [
      'phase windows with a hole',
      (f) => void (f['phases'].phases[2].window[0] += 0.05),
      /phases\.json phases\[\d\]\.window/,
    ],
    ['curve knots out of order', (f) => void (f['concerns'].knots[2].u = 0.01), /concerns\.json knots/],
    ['a curve above 100', (f) => void (f['concerns'].knots[2].risk = 130), /concerns\.json knots\[2\]\.risk/],
    [
      'a preset that maps to a phase that does not exist',
      (f) => void f['presets/four-letters'].stages.push({ id: 'x', name: { en: 'x', zh: '甲' }, phases: ['lunch'] }),
      /presets\/four-letters\.json stages/,
    ],
  ]
  test.each(cases)('%s', (_, change, where) => {
    const faults = spoilt(change)
    expect(faults.map(({ file, path, what }) => `${file} ${path} ${what}`).join('\n')).toMatch(where)
  })

  test('with all faults at once, not only the first', () => {
    const faults = spoilt((f) => {
      delete f['signals'].signals[3].name.zh
      f['plays'].plays[0].cost = 3
      f['rules'].rules[5].severity = 'mild'
    })
    expect(new Set(faults.map(({ file }) => file))).toEqual(new Set(['signals.json', 'plays.json', 'rules.json']))
  })
})
