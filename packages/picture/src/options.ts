import type { ConcernId, Lang, PhaseId, Text } from '@sente/engine'
import type { PictureWords } from './words.ts'

/** `auto`: light, and dark where the screen asks for it; on paper always light. */
export type Theme = 'light' | 'dark' | 'auto'

export interface Named<Id = string> {
  readonly id: Id
  readonly name: Text
}

/** The names that the picture takes from a methodology; a whole `Methodology` fits here. */
export interface MethodNames {
  readonly phases: { readonly phases: readonly (Named<PhaseId> & { readonly short: Text })[] }
  readonly concerns: { readonly concerns: readonly Named<ConcernId>[] }
}

export interface LayoutOptions {
  lang: Lang
  methodology: MethodNames
  /** Pixels; 340 to 1600, default 960. Below 640 labels go above their rows. */
  width?: number
  /** False leaves out name and lead, where the page around says them. Default true. */
  headline?: boolean
  /** The brief is of a day before the reader's: the day is named where else “today” stands. Default false. */
  replayed?: boolean
  /** Days to show instead of those the picture would choose. */
  span?: { from: string; to: string }
  /** Other words for single places. */
  words?: Partial<PictureWords>
}

export interface PictureOptions extends LayoutOptions {
  /** Default `light`. */
  theme?: Theme
  /** Begins every class and id, so that several pictures can share a page. Default `sente`. */
  prefix?: string
}
