import { widthOf } from '../text.ts'
import type { Frame, Key, Lane, Strip } from './types.ts'

type Entry = [Key['kind'], string]

/** Of demand and readiness, only what the strips really hold. */
export function stripKeys({ words, brief }: Frame, strips: readonly Strip[]): Entry[] {
  const entries: Entry[] = [
    ['demand', words.demand],
    ['readiness', words.readiness],
  ]
  // Two points are today's readiness carried on, no plan.
  if (strips.some(({ planned }) => planned.length > 2)) entries.push(['planned', words.planned])
  if (strips.some(({ uncovered }) => uncovered.length > 0)) entries.push(['uncovered', words.uncovered])
  if (strips.some(({ saved }) => saved.length > 0)) entries.push(['saved', words.savedByPlan])
  if (brief.position.forecast) entries.push(['forecast', words.forecast])
  return entries
}

export function laneKeys({ words }: Frame, lanes: readonly Lane[]): Entry[] {
  const kinds = new Set(lanes.flatMap(({ points }) => points.map(({ kind }) => kind)))
  const entries: Entry[] = []
  if (kinds.has('touch')) entries.push(['touch', words.touch])
  if (kinds.has('planned')) entries.push(['plannedTouch', words.plannedTouch])
  if (kinds.has('recommended')) entries.push(['recommended', words.recommended])
  if (kinds.has('rival')) entries.push(['rival', words.rivalVisit])
  return entries
}

const swatchOf = (kind: Key['kind']): number =>
  kind === 'touch' || kind === 'plannedTouch' || kind === 'recommended' || kind === 'rival' ? 12 : 22

/** Swatches with their words from `x` on, wrapped to the width. */
export function keysLayout(
  frame: Frame,
  x0: number,
  top: number,
  entries: readonly Entry[],
): { keys: Key[]; height: number } {
  const { pad, width, small } = frame
  let x = x0
  let y = top
  const keys = entries.map(([kind, text]): Key => {
    const swatch = swatchOf(kind)
    const needed = swatch + 5 + widthOf(text, small)
    if (x > x0 && x + needed > width - pad) {
      x = x0
      y += 18
    }
    const key: Key = {
      x,
      y,
      kind,
      label: { x: x + swatch + 5, y: y + 4, text, size: small, anchor: 'start', look: 'mute' },
    }
    x += needed + 14
    return key
  })
  return { keys, height: y - top }
}
