import type { AccountPlan } from './schema.ts'

type Cell = AccountPlan['grid'][number]

/** The grid unit by unit, in the order of the plan, with who would decide there; null: not known. */
export const unitRows = ({
  units,
  grid,
}: Pick<AccountPlan, 'units' | 'grid'>): { unit: string; decider: Cell['decider']; cells: Cell[] }[] =>
  units.map((unit) => {
    const cells = grid.filter((cell) => cell.unit === unit)
    return { unit, decider: cells[0]?.decider ?? null, cells }
  })

/** Columns of who knows whom: those of ours, then null where of some contact nobody said who of ours was there. */
export const oursColumns = ({ ours, people }: Pick<AccountPlan, 'ours' | 'people'>): (string | null)[] =>
  people.some(({ cells }) => cells.some((cell) => cell.ours === null)) ? [...ours, null] : [...ours]
