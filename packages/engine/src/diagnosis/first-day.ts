import { addDays, daysBetween } from '../core/dates.ts'
import type { PlainDate } from '../core/dates.ts'

/**
 * The first day of the run of days on which a finding has been firing. `fires` is asked for as few days as possible: backwards in steps that double,
 * then halving. It must fire on `on`, and not before `floor` is looked for. Undefined: `fires` gave up.
 */
export async function firstDay(
  on: PlainDate,
  floor: PlainDate,
  fires: (day: PlainDate) => Promise<boolean | undefined>,
): Promise<PlainDate | undefined> {
  let firing = on
  let quiet: PlainDate | undefined
  for (let step = 7; quiet === undefined && firing > floor; step *= 2) {
    const earlier = addDays(on, -step)
    const day = earlier > floor ? earlier : floor
    const found = await fires(day)
    if (found === undefined) return undefined
    if (found) firing = day
    else quiet = day
  }
  while (quiet !== undefined && addDays(quiet, 1) < firing) {
    const day = addDays(quiet, Math.floor(daysBetween(quiet, firing) / 2))
    const found = await fires(day)
    if (found === undefined) return undefined
    if (found) firing = day
    else quiet = day
  }
  return firing
}
