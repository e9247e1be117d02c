import type { Text } from '@sente/engine'
import type { FieldFault } from '@sente/api'
import { Problem } from '../core/problem.ts'

/** What the store refuses to do, and why; the API answers it as an error of its catalogue. */
export abstract class Refusal extends Problem<Text | undefined> {}

/** There is no such record in this workspace (or, where a viewer is given, none that they may see). */
export class NotFound extends Refusal {}

/** The record is not the version that the change rests on. */
export class ChangedSince extends Refusal {
  /** The record as it is now. */
  readonly current: unknown
  constructor(current: unknown) {
    super()
    this.current = current
  }
}

/** Fields that do not say what they may say; `field` is the path in the request (`body.signal`). */
export class InvalidInput extends Refusal {
  readonly faults: FieldFault[]
  constructor(faults: FieldFault[]) {
    super(faults[0]?.what)
    this.faults = faults
  }
}

/** Whoever asks lacks the right to it. */
export class NotAllowed extends Refusal {
  readonly faults: FieldFault[]
  constructor(says: Text, faults: FieldFault[] = []) {
    super(says)
    this.faults = faults
  }
}

/** It contradicts something that is already there. */
export class Conflict extends Refusal {}

/** Other records still point to it. */
export class InUse extends Refusal {}

/** The cursor was made for another list, sorting or filter. */
export class BadCursor extends Refusal {}
