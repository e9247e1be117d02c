/** Areas and operations of the route table that nobody has written yet: `area` or `area.name`. Must be empty at the end. */
export const NOT_YET: readonly string[] = []
