import type { Text } from '@sente/engine'

/** The words may be left out only where the kind says so. */
type Told<Says> = undefined extends Says
  ? [says?: Says, cause?: unknown, message?: string]
  : [says: Says, cause?: unknown, message?: string]

/**
 * Why something was not done, for whoever asked for it: what is wrong and what mends it, in both languages. Its kinds differ in who catches them;
 * some are told by their name alone, and the words come from a catalogue.
 */
export abstract class Problem<Says extends Text | undefined = Text> extends Error {
  readonly says: Says
  constructor(...[says, cause, message]: Told<Says>) {
    super(says?.en ?? message ?? new.target.name, cause === undefined ? undefined : { cause })
    this.name = new.target.name
    this.says = says as Says
  }
}
