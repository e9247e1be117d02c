import { filesPlace } from '../../../shared/files/files.ts'

/** The parts of a deal's page, in the order of their tabs. The first is shown without a section in the address. */
const ALL = [
  'brief',
  'evidence',
  'people',
  'proofs',
  'risks',
  'value',
  'process',
  'plan',
  'game',
  'joint',
  'outlook',
  'history',
] as const
export type Section = (typeof ALL)[number]
/** The page of the customer is on a server: files have no joint plan to show. */
export const SECTIONS: readonly Section[] =
  filesPlace === undefined ? ALL : ALL.filter((section) => section !== 'joint')

export const sectionOf = (name: string | undefined): Section =>
  SECTIONS.includes(name as Section) ? (name as Section) : 'brief'

/** `touch.0197…` or `touch.new`: what the side panel shows, as it stands in the address. */
export function itemOf(text: string | undefined): { target: string; id?: string } | null {
  const at = text?.indexOf('.') ?? -1
  if (!text || at <= 0) return null
  const id = text.slice(at + 1)
  return { target: text.slice(0, at), ...(id !== 'new' && { id }) }
}
