import type { Text } from '@sente/engine'
import type { FieldFault } from '@sente/api'

/** What the store refuses to do, and why; the API answers it as an error of its catalogue. */
export abstract class Refusal extends Error {
  readonly says: Text | undefined
  constructor(name: string, says?: Text, cause?: unknown) {
    super(says?.en ?? name, cause === undefined ? undefined : { cause })
    this.name = name
    this.says = says
  }
}

/** There is no such record in this workspace (or, where a viewer is given, none that they may see). */
export class NotFound extends Refusal {
  constructor(says?: Text) {
    super('NotFound', says)
  }
}

/** The record is not the version that the change rests on. */
export class ChangedSince extends Refusal {
  /** The record as it is now. */
  readonly current: unknown
  constructor(current: unknown) {
    super('ChangedSince')
    this.current = current
  }
}

/** Fields that do not say what they may say; `field` is the path in the request (`body.signal`). */
export class InvalidInput extends Refusal {
  readonly faults: FieldFault[]
  constructor(faults: FieldFault[]) {
    super('InvalidInput', faults[0]?.what)
    this.faults = faults
  }
}

/** Whoever asks lacks the right to it. */
export class NotAllowed extends Refusal {
  readonly faults: FieldFault[]
  constructor(says: Text, faults: FieldFault[] = []) {
    super('NotAllowed', says)
    this.faults = faults
  }
}

/** It contradicts something that is already there. */
export class Conflict extends Refusal {
  constructor(says: Text, cause?: unknown) {
    super('Conflict', says, cause)
  }
}

/** Other records still point to it. */
export class InUse extends Refusal {
  constructor(says: Text, cause?: unknown) {
    super('InUse', says, cause)
  }
}

/** The cursor was made for another list, sorting or filter. */
export class BadCursor extends Refusal {
  constructor() {
    super('BadCursor')
  }
}
