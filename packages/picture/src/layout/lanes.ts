import type { PersonView } from '@sente/engine'
import { shortDate } from '../format.ts'
import { fit, widthOf, wrap } from '../text.ts'
import { dayOf, xOf } from '../time.ts'
import { RUN_GAP } from './types.ts'
import type { Frame, Label, Lane, Point, PointItem } from './types.ts'

const MOST = 6
/** Rivals stand a little above the line of a person, recommendations a little below, so that none hides another. */
const LEVEL: Readonly<Record<Point['kind'], number>> = {
  touch: 0,
  planned: 0,
  recommended: 7,
  rival: -7,
  startBy: 0,
  crossing: 0,
}

interface Row {
  /** Null: everyone who has no lane of their own. */
  people: readonly string[] | null
  name: string
  sub: string
}

/** Number one first, then who decides, by influence; people with contact before those without. */
function order(people: readonly PersonView[], active: ReadonlySet<string>): PersonView[] {
  const rank = (person: PersonView): number =>
    (person.numberOne ? 8 : 0) +
    (active.has(person.id) ? 2 : 0) +
    (person.decides ? 1.5 : 0) +
    (person.executive ? 0.5 : 0) +
    person.influence / 10
  return [...people].sort((a, b) => rank(b) - rank(a) || (a.id < b.id ? -1 : 1))
}

interface Happening {
  kind: Point['kind']
  on: string
  day: number
  with: readonly string[]
  words: string
  of: PointItem
  late?: boolean
}

/** Everything that has a day and people: touches, plans, recommended plays, rivals' visits. */
function happenings(frame: Frame): Happening[] {
  const { brief, lang, words, time } = frame
  const near = (on: string): string => shortDate(on, lang, brief.asOf)
  const list: Happening[] = brief.deal.touches.map((touch, index) => ({
    kind: touch.planned ? 'planned' : 'touch',
    on: touch.on,
    day: dayOf(touch.on),
    with: touch.with,
    words: `${near(touch.on)} ${touch.name[lang]}${touch.planned ? ` (${words.plannedTouch})` : ''}`,
    of: { list: 'touches', index },
  }))
  for (const [index, play] of brief.plan.entries()) {
    if (!play.startBy || !brief.position.forecast) continue
    const on = play.startBy < brief.asOf ? brief.asOf : play.startBy
    list.push({
      kind: 'recommended',
      on,
      day: dayOf(on),
      with: play.with,
      words: `${near(on)} ${play.name[lang]} (${words.recommended})`,
      of: { list: 'plan', index },
      late: play.late,
    })
  }
  for (const [at, rival] of brief.people.rivals.entries()) {
    for (const [index, { person, on }] of rival.contacts.entries())
      list.push({
        kind: 'rival',
        on,
        day: dayOf(on),
        with: [person],
        words: `${near(on)} ${rival.name} (${words.rivalVisit})`,
        of: { list: 'contacts', rival: at, index },
      })
  }
  return list.filter(({ day }) => day <= time.to).sort((a, b) => a.day - b.day || (a.kind < b.kind ? -1 : 1))
}

/** Marks of one kind that would cover each other become one, larger. */
function pointsOf(frame: Frame, events: readonly Happening[], y: number): Point[] {
  const points: (Point & { of: PointItem[] })[] = []
  for (const { kind, on, day, words, of, late } of events) {
    const x = Math.min(Math.max(xOf(frame.time, day), frame.time.x0), frame.time.x1)
    const last = points.findLast((point) => point.kind === kind)
    if (last && x - last.x < 9) {
      last.words += `\n${words}`
      last.count++
      last.of.push(of)
      last.r = 6
      if (late) last.late = true
    } else points.push({ kind, x, y: y + LEVEL[kind], r: 4.5, on, words, count: 1, of: [of], ...(late && { late }) })
  }
  return points
}

export function lanesLayout(frame: Frame, top: number): { lanes: Lane[]; height: number; notes: Label[] } {
  const { brief, words, gutter, text, small, time } = frame
  const { people } = brief.people
  const events = happenings(frame)
  const known = new Set(people.map(({ id }) => id))
  const active = new Set(events.flatMap((event) => event.with))
  const sorted = order(people, active)
  const shown = sorted.length > MOST ? sorted.slice(0, MOST - 1) : sorted
  const rows: Row[] = shown.map((person) => ({
    people: [person.id],
    name: person.name,
    sub: [person.numberOne ? words.numberOne : null, person.title].filter((part) => part).join(' · '),
  }))
  const rest = sorted.slice(shown.length)
  if (rest.length > 0)
    rows.push({
      people: rest.map(({ id }) => id),
      name: words.others(rest.length),
      sub: rest.map(({ name }) => name).join(words.list),
    })
  if (events.some((event) => !event.with.some((id) => known.has(id))))
    rows.push({ people: null, name: words.nobodyNamed, sub: '' })

  const lead = gutter === 0
  const height = lead ? 42 : 30
  const notes: Label[] = []
  if (people.length === 0) {
    wrap(words.noPeople, time.x1 - time.x0, text, 2).forEach((line, i) =>
      notes.push({ x: time.x0, y: top + 16 + i * 16, text: line, size: text, anchor: 'start', look: 'mute' }),
    )
    top += 16 * notes.length + 8
  }
  const lanes = rows.map((row, i): Lane => {
    const y = top + i * height + (lead ? 30 : 15)
    const mine = events.filter((event) =>
      row.people ? row.people.some((id) => event.with.includes(id)) : !event.with.some((id) => known.has(id)),
    )
    const before = mine.filter(({ day }) => day < time.from)
    const earlier = before.length > 0 ? words.earlier(before.length) : ''
    const labels = laneLabels(frame, row, y, lead, earlier === '' ? 0 : widthOf(earlier, small) + RUN_GAP)
    // Beside the name where that stands above the row, else above the marks that stand at the edge.
    if (earlier)
      labels.push(
        lead
          ? { x: time.x1, y: y - 14, text: earlier, size: small, anchor: 'end', look: 'mute' }
          : { x: time.x0, y: y - 7, text: earlier, size: small, anchor: 'start', look: 'mute' },
      )
    return {
      y,
      name: row.name,
      people: row.people,
      labels,
      points: pointsOf(
        frame,
        mine.filter(({ day }) => day >= time.from),
        y,
      ),
    }
  })
  const end = lanes.length > 0 ? lanes.at(-1)!.y + 12 : top + 6
  return { lanes, height: end - (top - (people.length === 0 ? 16 * notes.length + 8 : 0)), notes }
}

function laneLabels(frame: Frame, { name, sub, people }: Row, y: number, lead: boolean, taken: number): Label[] {
  const { pad, gutter, width, text, small } = frame
  const look = people && people.length === 1 ? 'strong' : 'mute'
  if (lead) {
    const room = width - 2 * pad - taken
    const shown = fit(name, room * 0.6, text, true)
    const rest = fit(sub, room - widthOf(shown, text, true) - RUN_GAP, small)
    return [
      {
        x: pad,
        y: y - 14,
        text: shown,
        size: text,
        anchor: 'start',
        look,
        after: rest ? [{ text: rest, size: small, look: 'mute' }] : [],
      },
    ]
  }
  const room = gutter - 10
  const labels: Label[] = [
    { x: pad, y: sub ? y - 2 : y + 4, text: fit(name, room, text, true), size: text, anchor: 'start', look },
  ]
  if (sub) labels.push({ x: pad, y: y + 11, text: fit(sub, room, small), size: small, anchor: 'start', look: 'mute' })
  return labels
}
