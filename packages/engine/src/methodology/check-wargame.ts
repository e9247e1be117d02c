import type { Want } from './check-references.ts'
import type { MethodFault } from './fault.ts'
import { AGAINST } from './outlook.ts'
import type { Methodology } from './schema.ts'
import { GAME_FACTS } from './wargame.ts'

const FILE = 'wargame.json'

/** Plays and signals are known; what rivals show speaks against us and asks nothing. */
export function checkWargame(method: Methodology, want: Want, faults: MethodFault[]): void {
  const { wargame, signals, plays, outlook } = method
  const known = new Map(signals.signals.map((signal) => [signal.id, signal]))
  const ids = new Set(known.keys())
  const playIds = new Set(plays.plays.map(({ id }) => id))
  const featureOf = (signal: string): readonly string[] =>
    outlook.features.filter(({ signals: of }) => of?.[signal] !== undefined).map(({ id }) => id)
  const say = (path: string, what: string): void => void faults.push({ file: FILE, path, what })
  const twice = (key: string, list: readonly { id: string }[]): void =>
    list.forEach(({ id }, i) => {
      if (list.findIndex((other) => other.id === id) !== i) say(`${key}[${i}].id`, `"${id}" is there twice`)
    })
  twice('theirs', wargame.theirs)
  twice('ours', wargame.ours)
  wargame.theirs.forEach(({ moves, answers, signs }, i) => {
    const check = (
      path: string,
      { signals: shown, after }: { signals: readonly string[]; after: readonly [number, number] },
    ): void => {
      if (after[0] > after[1]) say(`${path}.after`, 'the earliest day comes first')
      shown.forEach((id, j) => {
        want(FILE, `${path}.signals[${j}]`, id, ids, 'signal')
        const signal = known.get(id)
        if (!signal) return
        if (signal.asks) say(`${path}.signals[${j}]`, `"${id}" asks a topic; here only signals that ask none`)
        const against = featureOf(id)
        if (against.length === 0 || against.some((feature) => !(AGAINST as readonly string[]).includes(feature)))
          say(`${path}.signals[${j}]`, `"${id}" does not speak against us in outlook.json, so that it would do nothing`)
      })
    }
    moves.forEach((move, j) => check(`theirs[${i}].moves[${j}]`, move))
    answers.forEach((answer, j) => check(`theirs[${i}].answers[${j}]`, answer))
    signs.forEach(({ when, signals: seen }, j) => {
      if ((when === 'signal') !== (seen !== undefined))
        say(`theirs[${i}].signs[${j}]`, 'signals are named for "signal", and for nothing else')
      seen?.forEach((id, k) => want(FILE, `theirs[${i}].signs[${j}].signals[${k}]`, id, ids, 'signal'))
    })
  })
  for (const what of ['top', 'tomorrow'] as const)
    if (wargame.theirs.filter(({ plays: of }) => of === what).length > 1)
      say('theirs', `more than one policy plays "${what}"`)
  if (wargame.theirs.every(({ prior }) => prior === 0)) say('theirs', 'no policy has a share')
  wargame.ours.forEach(({ from, style, steps }, i) => {
    if ((from === 'planner') !== (style !== undefined)) say(`ours[${i}].style`, 'given for the planner, and only then')
    steps.forEach(({ play }, j) => want(FILE, `ours[${i}].steps[${j}].play`, play, playIds, 'play'))
  })
  want(FILE, 'metTop', wargame.metTop, ids, 'signal')
  for (const fact of GAME_FACTS) if (!wargame.questions[fact]) say(`questions.${fact}`, 'missing')
}
