import type { Text } from '@sente/engine'
import type { MethodNames, Named } from '../options.ts'
import type { Lang } from '@sente/engine'
import type { PageWords } from './words.ts'

/** The names that the page takes from a methodology; a whole `Methodology` fits here. */
export interface PageMethod extends MethodNames {
  readonly phases: MethodNames['phases'] & { readonly milestones: readonly Named[] }
  readonly signals: { readonly signals: readonly Named[] }
  readonly plays: { readonly plays: readonly Named[] }
  readonly people: {
    readonly roles: readonly Named[]
    readonly rungs: readonly Named[]
    readonly stances: readonly { readonly value: number; readonly name: Text }[]
    readonly holds: readonly Named[]
  }
  readonly topics: { readonly owners: readonly Named[] }
}

export interface PageOptions {
  lang: Lang
  methodology: PageMethod
  /** The brief is of a day before the reader's: pictures name the day. Default false. */
  replayed?: boolean
  words?: Partial<PageWords>
}
