import type { Deal, WarGame } from '@sente/engine'
import { WARGAME_WORDS } from '../wargame-words.ts'
import { date } from './format.ts'
import { nameOf } from './plan.ts'
import { cut, hang, pad, width } from './text.ts'
import { heading } from './view.ts'
import type { View } from './view.ts'

const percent = (share: number): string => `${Math.round(100 * share)}%`
const points = (share: number): string =>
  Math.abs(share) < 0.0095 ? String(Number((100 * share).toFixed(1))) : String(Math.round(100 * share))

/** The war game as a seller reads it on a terminal: what to do, the two tables, until when it holds, what to ask. */
export function wargameLines(game: WarGame, deal: Deal, view: View): string[] {
  const { lang, columns, paint } = view
  const words = WARGAME_WORDS[lang]
  const right = `${words.asOf} ${date(game.asOf, lang)}`
  const name = cut(deal.name, Math.max(20, columns - width(right) - 2))
  const lines = [
    paint('bold', name) + ' '.repeat(Math.max(2, columns - width(name) - width(right))) + paint('dim', right),
  ]
  if (!game.recommended) return [...lines, '', ...hang('', game.why?.[lang] ?? '', columns)]
  const say = (text: string): string[] => hang('', text, columns)
  lines.push(paint('dim', words.paths(game.paths, game.seed)))
  if (game.today !== null) lines.push(words.today(percent(game.today)))
  lines.push(
    ...heading(words.recommended, view),
    ...say(game.recommended.says[lang]).map((line) => paint('bold', line)),
  )
  lines.push(
    ...heading(words.table, view),
    ...outcomes(game, view),
    ...say(words.worth).map((line) => paint('dim', line)),
  )
  lines.push(...heading(words.against, view), ...against(game, view))
  lines.push(...heading(words.rivals, view))
  for (const { name: policy, says, share } of game.policies)
    lines.push(
      ...hang(
        '  ',
        `${policy[lang]} (${share > 0 ? words.inMix(percent(share)) : words.question}) ${says[lang]}`,
        columns,
      ),
    )
  lines.push(...heading(words.turns, view))
  for (const { says } of game.turns.slice(0, 2)) lines.push(...hang('  ', says[lang], columns))
  lines.push(...heading(words.ask, view))
  if (game.question) {
    const { to, text, worth } = game.question
    lines.push(
      ...hang('  ', `${to ? words.to(nameOf(deal, to)) : ''}${text[lang]} (${words.knows(points(worth))})`, columns),
    )
  } else lines.push(`  ${words.noQuestion}`)
  if (game.visit || game.tomorrow) {
    lines.push(...heading(words.visit, view))
    for (const says of [game.visit?.says, game.tomorrow?.says]) if (says) lines.push(...hang('  ', says[lang], columns))
  }
  if (game.decisions) {
    const { p10, p50, p90 } = game.decisions
    lines.push(...heading(words.decision, view), `  ${words.fan(date(p10, lang), date(p50, lang), date(p90, lang))}`)
  }
  lines.push(...heading(words.assumed, view))
  for (const note of game.notes) lines.push(...hang('  ', note[lang], columns).map((line) => paint('dim', line)))
  return lines
}

function outcomes(game: WarGame, { lang, paint }: View): string[] {
  const words = WARGAME_WORDS[lang]
  const rows = game.strategies.map((one) =>
    one.playable
      ? [
          one.name[lang],
          percent(one.won.value),
          `${Math.round(100 * one.won.low)}–${Math.round(100 * one.won.high)}`,
          percent(one.lost),
          percent(one.noDecision),
          String(Math.round(one.hours)),
          points(one.worth.value),
          points(one.regret),
          one.id === game.recommended!.strategy ? words.best : one.level ? words.level : '',
        ]
      : [one.name[lang], '–', '', '', '', '', '', '', words.noSteps],
  )
  return laid([[...words.head, ''], ...rows]).map((line, i) => (i === 0 ? paint('dim', line) : line))
}

function against(game: WarGame, { lang, paint }: View): string[] {
  const played = game.strategies.filter(({ playable }) => playable)
  const rows = played.map(({ id, name }) => [
    name[lang],
    ...game.policies.map((policy) => {
      const cell = game.cells.find((one) => one.strategy === id && one.policy === policy.id)!
      return percent(cell.won)
    }),
    '',
  ])
  // Names of policies in as many lines as they need, ending above their column.
  const names = game.policies.map(({ name }) => hang('', name[lang], 14))
  const deep = Math.max(...names.map(({ length }) => length))
  const head = Array.from({ length: deep }, (_, i) => [
    '',
    ...names.map((lines) => lines[lines.length - deep + i] ?? ''),
    '',
  ])
  return laid([...head, ...rows]).map((line, i) => (i < deep ? paint('dim', line) : line))
}

/** Columns as wide as what stands in them, the first one to the left. */
function laid(rows: readonly (readonly string[])[]): string[] {
  const wide = rows[0]!.map((_, c) => Math.max(...rows.map((row) => width(row[c] ?? ''))))
  return rows.map((row) =>
    `  ${row.map((cell, c) => (c === 0 || c === row.length - 1 ? pad(cell, wide[c]!) : ' '.repeat(wide[c]! - width(cell)) + cell)).join('  ')}`.trimEnd(),
  )
}
