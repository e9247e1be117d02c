/** The parts of a deal's page, in the order of their tabs. The first is shown without a section in the address. */
export const SECTIONS = [
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
export type Section = (typeof SECTIONS)[number]

export const sectionOf = (name: string | undefined): Section =>
  SECTIONS.includes(name as Section) ? (name as Section) : 'brief'

/** `touch.0197…` or `touch.new`: what the side panel shows, as it stands in the address. */
export function itemOf(text: string | undefined): { target: string; id?: string } | null {
  const at = text?.indexOf('.') ?? -1
  if (!text || at <= 0) return null
  const id = text.slice(at + 1)
  return { target: text.slice(0, at), ...(id !== 'new' && { id }) }
}
