import { describe, expect, test } from 'vitest'
import { plainDate, warGame } from '@sente/engine'
import type { WarGame } from '@sente/engine'
import { read } from './support/deals.ts'
import { rawStory } from './support/games.ts'
import { METHOD } from './support/method.ts'

// eslint-disable-next-line typescript/no-explicit-any -- stories are changed as files are
type Raw = Record<string, any>

const PATHS = 1500
function play(name: string, day: string, change: (raw: Raw) => Raw = (raw) => raw): WarGame {
  return warGame(read(change(rawStory(name))), METHOD, plainDate(day), { paths: PATHS })
}
const won = (game: WarGame, strategy: string, policy: string): number =>
  game.cells.find((cell) => cell.strategy === strategy && cell.policy === policy)!.won
/** The share of what a strategy wins against a silent rival that a policy takes away. */
const takes = (game: WarGame, policy: string, strategy: string): number =>
  1 - won(game, strategy, policy) / won(game, strategy, 'silent')
const worth = (game: WarGame, strategy: string): number =>
  game.strategies.find(({ id }) => id === strategy)!.worth.value
const top = (game: WarGame): string[] => [game.recommended!.strategy, ...game.recommended!.level]

/** Papers for every topic of risk, shown and accepted before the day. */
const riskAnswered = (raw: Raw, on: string, person: string): Raw => ({
  ...raw,
  proofs: [
    ...(raw.proofs ?? []),
    ...METHOD.topics.topics
      .filter(({ concern }) => concern === 'risk')
      .map(({ id, proofs }) => ({
        topic: id,
        proof: proofs.find(({ strength }) => strength === 'strong')!.id,
        for: [person],
        status: 'accepted',
        on,
        recordedOn: on,
      })),
  ],
})

/** Somebody who was never met has been met, stands behind us and has promised nobody else. */
const ours = (raw: Raw, id: string, days: readonly [string, string, string]): Raw => ({
  ...raw,
  people: raw.people.map((person: Raw) =>
    person.id === id
      ? { ...person, stance: [{ value: 2, on: days[1] }], hold: { state: 'given', on: days[2] }, recordedOn: days[0] }
      : person,
  ),
  touches: [
    ...raw.touches,
    { on: days[0], play: 'register_exec', with: [id], concern: 'need', hours: 4 },
    { on: days[1], play: 'exec_discovery', with: [id], concern: 'need', hours: 6 },
    { on: days[2], play: 'hold_commitment', with: [id], concern: 'risk', hours: 4 },
  ],
  rivals: raw.rivals.map((rival: Raw) => ({ ...rival, contacts: [] })),
  evidence: raw.evidence.filter(({ signal }: Raw) => signal !== 'competitor_met_top'),
})

describe('story 1: loved early, killed late by risk', () => {
  const [name, day] = ['1-loved-early-killed-late', '2025-04-15']
  const game = play(name, day)
  const settled = play(name, day, (raw) => ({
    ...riskAnswered(raw, '2025-04-01', 'mei'),
    traits: [],
    us: { foundedOn: '1998-01-01', localPresence: true, references: [{ name: 'Another', execWilling: true }] },
  }))

  test('whoever raises risks takes a fifth of what waiting wins, and next to nothing where risk was answered first', () => {
    expect(takes(game, 'risk_raiser', 'nothing')).toBeGreaterThan(0.2)
    expect(takes(game, 'risk_raiser', 'risk_first')).toBeLessThan(0.08)
    expect(top(game)).not.toContain('nothing')
    expect(top(game)).not.toContain('late_top')
  })
  test('reversed: a vendor whom all know, with every risk answered, loses little to it, and going first with risk gains less', () => {
    expect(takes(settled, 'risk_raiser', 'nothing')).toBeLessThan(0.05)
    const gain = (of: WarGame): number => worth(of, 'risk_first') - worth(of, 'late_top')
    expect(gain(settled)).toBeLessThan(gain(game))
    expect(top(settled)).not.toContain('risk_first')
  })
})

describe('story 2: the deputy won, the top lost', () => {
  const [name, day] = ['2-deputy-won-top-lost', '2024-08-20']
  const game = play(name, day)
  const known = play(name, day, (raw) => ours(raw, 'zheng', ['2024-06-01', '2024-07-01', '2024-08-10']))

  test('the rival who goes straight to the top takes a third of what waiting wins; going there first is best', () => {
    expect(takes(game, 'straight_to_top', 'nothing')).toBeGreaterThan(0.33)
    for (const policy of ['base_builder', 'price', 'risk_raiser'])
      expect(won(game, 'nothing', 'straight_to_top')).toBeLessThan(won(game, 'nothing', policy))
    expect(worth(game, game.recommended!.strategy) - worth(game, 'nothing')).toBeGreaterThan(0.05)
    expect(['steady', 'swift', 'risk_first']).toContain(game.recommended!.strategy)
    expect(game.visit!.worst).not.toBeNull()
  })
  test('reversed: with the chairman behind us the same visit takes less, and waiting is nearly as good', () => {
    expect(takes(known, 'straight_to_top', 'nothing')).toBeLessThan(takes(game, 'straight_to_top', 'nothing') - 0.08)
    const gain = (of: WarGame): number => worth(of, 'steady') - worth(of, 'nothing')
    expect(gain(known)).toBeLessThan(gain(game) / 2)
  })
})

describe('story 3: the proud unpaid adviser', () => {
  const [name, day] = ['3-proud-unpaid-adviser', '2024-06-20']
  /** More of what the story tells of: papers and a test bench for the working level. */
  const more = (raw: Raw): Raw => ({
    ...raw,
    plan: [
      { play: 'joint_plan', on: '2024-07-01', with: ['bai', 'yao'], recordedOn: '2024-06-19' },
      { play: 'arrange_base', on: '2024-07-15', with: ['bai', 'yao'], recordedOn: '2024-06-19' },
      { play: 'pilot_with_exit', on: '2024-09-20', with: ['yao', 'bai'], recordedOn: '2024-06-19' },
    ],
  })
  const game = play(name, day, more)
  const known = play(name, day, (raw) => more(ours(raw, 'ding', ['2024-04-10', '2024-05-10', '2024-06-10'])))
  const decoy = play(name, '2024-10-20', (raw) => ({
    ...raw,
    evidence: [
      ...raw.evidence,
      { on: '2024-10-18', signal: 'exec_promised_others', from: 'yao', about: 'jicheng', confidence: 1 },
      { on: '2024-10-19', signal: 'not_shortlisted', from: 'xu', confidence: 1 },
      { on: '2024-10-19', signal: 'rival_first_ranked', from: 'xu', about: 'jicheng', confidence: 1 },
    ],
  }))

  test('more work for those who do not decide is worth less than seeing the one who does', () => {
    expect(worth(game, 'steady')).toBeGreaterThan(worth(game, 'current') + 0.04)
    expect(top(game)).not.toContain('current')
    expect(top(game)).not.toContain('leave')
  })
  test('and leaving is best once he has promised somebody else and we are no longer listed', () => {
    expect(top(decoy)).toContain('leave')
  })
  test('reversed: with the general manager behind us waiting wins over half as much again, and seeing him again adds less', () => {
    expect(won(known, 'nothing', 'silent')).toBeGreaterThan(1.6 * won(game, 'nothing', 'silent'))
    const gain = (of: WarGame): number => worth(of, 'steady') - worth(of, 'nothing')
    expect(gain(known)).toBeLessThan(gain(game))
    expect(worth(known, 'leave')).toBeLessThan(worth(known, 'nothing') - 0.1)
  })
})

describe('story 4: late, but risk first', () => {
  const [name, day] = ['4-late-but-risk-first', '2025-05-10']
  const game = play(name, day)
  const settled = play(name, day, (raw) => riskAnswered(raw, '2025-05-05', 'varga'))
  const promised = play(name, day, (raw) => ({
    ...raw,
    evidence: [
      ...raw.evidence,
      { on: '2025-05-07', signal: 'exec_promised_others', from: 'varga', about: 'lumen', confidence: 1 },
      { on: '2025-05-08', signal: 'rival_first_ranked', from: 'holm', about: 'lumen', confidence: 1 },
      { on: '2025-05-08', signal: 'not_shortlisted', from: 'petit', confidence: 1 },
    ],
  }))

  test('risk first is among the best, ahead of the bare visit to the top, of waiting and of leaving', () => {
    expect(top(game)).toContain('risk_first')
    for (const other of ['late_top', 'current', 'nothing', 'leave'])
      expect(worth(game, 'risk_first')).toBeGreaterThan(worth(game, other) + 0.02)
  })
  test('reversed: where every risk is answered already, it gains less on the visit alone', () => {
    const gain = (of: WarGame): number => worth(of, 'risk_first') - worth(of, 'late_top')
    expect(gain(settled)).toBeLessThan(gain(game) - 0.01)
  })
  test('reversed: where the chief executive has promised the favourite, less than half is left to play for', () => {
    expect(worth(promised, promised.recommended!.strategy)).toBeLessThan(worth(game, game.recommended!.strategy) / 2)
    for (const { strategy, policy } of promised.cells)
      if (strategy !== 'leave') expect(won(promised, strategy, policy)).toBeLessThan(won(game, strategy, policy))
  })
})
