import type { StartBy } from '@sente/engine'
import { shortDate } from '../format.ts'
import { fit, widthOf } from '../text.ts'
import { dayOf, xOf } from '../time.ts'
import type { Flag, Frame, Label, Point } from './types.ts'

interface Group {
  x: number
  items: StartBy[]
  late: boolean
}

const ROW = 17

/** Proofs to start, gathered by place: all that are late stand at today, where something can still be done. */
function groupsOf(frame: Frame): Group[] {
  const { brief, time } = frame
  const groups: Group[] = []
  const late = brief.lead.startBy.filter(({ verdict, startBy }) => verdict === 'too-late' || startBy < brief.asOf)
  if (late.length > 0) groups.push({ x: xOf(time, dayOf(brief.asOf)), items: late, late: true })
  for (const item of brief.lead.startBy) {
    const day = dayOf(item.startBy)
    if (late.includes(item) || day > time.to) continue
    const x = xOf(time, day)
    const last = groups.at(-1)
    if (last && !last.late && x - last.x < 10) last.items.push(item)
    else groups.push({ x, items: [item], late: false })
  }
  return groups
}

/** As many names as fit, then how many more. */
function textOf(frame: Frame, { items, late }: Group, room: number, size: number): string {
  const { lang, words } = frame
  const first = items.find(({ verdict }) => verdict === 'fast')
  const on = items[0]!.startBy
  const date = late
    ? room > 300
      ? words.tooLate
      : words.tooLateShort
    : `${shortDate(on, lang, on)}${first ? ` ${words.onlyFast}` : ''}`
  const names = [...new Set(items.map(({ proofName }) => proofName[lang]))]
  const head = `${date}${late ? words.colon : lang === 'zh' ? ' ' : ' · '}`
  for (let shown = Math.min(names.length, 3); shown > 0; shown--) {
    const more = names.length - shown
    const tail = more === 0 ? '' : lang === 'zh' ? words.more(names.length) : ` ${words.more(more)}`
    const text = `${head}${names.slice(0, shown).join(words.list)}${tail}`
    if (widthOf(text, size, late) <= room) return text
    if (shown === 1) {
      const rest = room - widthOf(head + tail, size, late)
      const name = rest > 0 ? fit(names[0]!, rest, size, late) : ''
      if (name) return `${head}${name}${tail}`
    }
  }
  return fit(`${date}${names.length > 1 ? ` (${names.length})` : ''}`, room, size, late)
}

interface Placed {
  x: number
  row: number
  from: number
  to: number
}

/** A label may not touch another of its row, nor may a pole go through a label. */
function clashes(a: Placed, b: Placed): boolean {
  if (a.row === b.row && a.from < b.to + 8 && b.from < a.to + 8) return true
  const cut = (pole: Placed, label: Placed): boolean =>
    label.row < pole.row && pole.x > label.from - 4 && pole.x < label.to + 4
  return cut(a, b) || cut(b, a)
}

/**
 * From right to left, each in the highest row where it clashes with nothing; when `rows` do not suffice, the two nearest
 * neighbours are merged and all is placed again.
 */
export function flagsLayout(frame: Frame, top: number, rows: number): { flags: Flag[]; height: number } {
  const { width, pad, text: size } = frame
  const today = xOf(frame.time, dayOf(frame.brief.asOf))
  let groups = groupsOf(frame)
  while (groups.length > 0) {
    const placed: (Placed & { group: Group; text: string; end: boolean })[] = []
    let failed = false
    for (const group of [...groups].reverse()) {
      const right = width - pad - group.x - 8
      const left = group.x - today - 16
      // Whole to the right, whole to the left of the pole, and only then shortened.
      const options = [
        [right, 340, false],
        [left, 340, true],
        [right, 340, false],
        [right, 150, false],
        [left, 150, true],
        [right, 76, false],
      ] as const
      const spot = options
        .flatMap(([room, most, end], i) => {
          const text = textOf(frame, group, Math.min(room, most), size)
          if (text === '' || (i < 2 && text.includes('…'))) return []
          const w = widthOf(text, size, group.late)
          return Array.from({ length: rows }, (_, row) => ({
            group,
            text,
            end,
            x: group.x,
            row,
            from: end ? group.x - 8 - w : group.x + 8,
            to: end ? group.x - 8 : group.x + 8 + w,
          }))
        })
        .find((candidate) => candidate.to <= width - pad && !placed.some((other) => clashes(candidate, other)))
      if (!spot) {
        failed = true
        break
      }
      placed.push(spot)
    }
    if (!failed) {
      const flags = placed.reverse().map((spot) => flagOf(frame, spot, top))
      const used = Math.max(...placed.map(({ row }) => row)) + 1
      return { flags, height: used * ROW + 8 }
    }
    groups = merged(groups)
  }
  return { flags: [], height: ROW + 6 }
}

/** The two groups that stand nearest to each other become one, at the earlier place; late ones stay apart. */
function merged(groups: readonly Group[]): Group[] {
  let at = -1
  for (let i = 1; i < groups.length; i++) {
    if (groups[i - 1]!.late) continue
    if (at < 0 || groups[i]!.x - groups[i - 1]!.x < groups[at]!.x - groups[at - 1]!.x) at = i
  }
  if (at < 0) return groups.slice(0, -1)
  const joined = { ...groups[at - 1]!, items: [...groups[at - 1]!.items, ...groups[at]!.items] }
  return [...groups.slice(0, at - 1), joined, ...groups.slice(at + 1)]
}

function flagOf(frame: Frame, spot: Placed & { group: Group; text: string; end: boolean }, top: number): Flag {
  const { words, lang, brief, text: size } = frame
  const y = top + 14 + spot.row * ROW
  const { late, items } = spot.group
  const label: Label = {
    x: spot.end ? spot.x - 8 : spot.x + 8,
    y: y + size * 0.36,
    text: spot.text,
    size,
    anchor: spot.end ? 'end' : 'start',
    look: late ? 'danger' : 'ink',
  }
  const said = items.map((item) => {
    const how =
      item.verdict === 'too-late'
        ? words.tooLate
        : item.verdict === 'fast'
          ? words.onlyFast
          : `${words.startBy} ${shortDate(item.startBy, lang, brief.asOf)}`
    return `${item.proofName[lang]} (${item.name[lang]})${words.colon}${how}`
  })
  const point: Point = {
    kind: 'startBy',
    x: spot.x,
    y,
    r: 8,
    on: items[0]!.startBy,
    words: said.join('\n'),
    count: items.length,
    of: items.map((item) => ({ list: 'startBy', index: brief.lead.startBy.indexOf(item) })),
  }
  return { x: spot.x, y, top, label, late, fast: !late && items.some(({ verdict }) => verdict === 'fast'), point }
}
