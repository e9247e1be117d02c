import type { PersonView, People } from '../brief/schema.ts'

/** The people of a deal as relations stand on a day: everything of a person's view that does not hang on demand. */
export type Relation = Omit<PersonView, 'topConcern'>

export interface Relations extends Omit<People, 'people'> {
  people: Relation[]
}
