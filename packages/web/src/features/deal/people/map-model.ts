import type { DealPerson, Gap } from '../model/people.ts'
import { treeLayout } from './tree-layout.ts'
import type { Place } from './tree-layout.ts'

/** Influence 1 to 5 is the size of the card; there is room for two lines of title. */
export const sizeOf = (person: DealPerson): { width: number; height: number } => {
  const influence = person.view?.influence ?? person.part.influence ?? 3
  const extra = (person.view?.numberOne ? 18 : 0) + (person.view?.hold && person.view.hold.state !== 'none' ? 18 : 0)
  return { width: 138 + influence * 14, height: 84 + influence * 3 + extra }
}
export const GAP_SIZE = { width: 150, height: 52 }

export interface Placed {
  people: Map<string, Place>
  gaps: Map<Gap, Place>
}

/** Where everybody stands: where somebody put them, else in the chart. `ties` counts rivals' chips, which need a line. */
export function placesOf(people: readonly DealPerson[], gaps: readonly Gap[], ties: (key: string) => number): Placed {
  const boxes = people.map((person) => {
    const { width, height } = sizeOf(person)
    return { id: person.personId, above: person.above, width, height: height + (ties(person.key) > 0 ? 20 : 0) }
  })
  const chart = treeLayout(boxes)
  const top = gaps.includes('number_one') ? GAP_SIZE.height + 56 : 0
  const placed = new Map(
    people.map(({ personId, part }) => {
      const { x, y } = chart.get(personId) ?? { x: 0, y: 0 }
      return [
        personId,
        part.mapX !== undefined && part.mapY !== undefined ? { x: part.mapX, y: part.mapY } : { x, y: y + top },
      ]
    }),
  )
  const right = Math.max(0, ...boxes.map(({ id, width }) => (placed.get(id)?.x ?? 0) + width))
  const left = Math.min(0, ...boxes.map(({ id }) => placed.get(id)?.x ?? 0))
  const beside = gaps.filter((gap) => gap !== 'number_one')
  return {
    people: placed,
    gaps: new Map(
      gaps.map((gap): [Gap, Place] =>
        gap === 'number_one'
          ? [gap, { x: (left + right) / 2 - GAP_SIZE.width / 2, y: 0 }]
          : [gap, { x: right + 40, y: top + beside.indexOf(gap) * (GAP_SIZE.height + 16) }],
      ),
    ),
  }
}
