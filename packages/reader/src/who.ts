import { normalise } from './normalise.ts'
import type { Stretch } from './segments.ts'
import type { KnownPerson } from './types.ts'

const HAN_NAME = /^[\u3400-\u9fff]{2,4}$/
/** What follows a surname when people are spoken of politely. */
const ADDRESS =
  '(?:总监?|处长?|局长?|科长?|主任|部长?|院长?|行长|校长|书记|经理|工|老师|博士|董事?长?|主管|秘书|厂长|区长)'

interface Form {
  pattern: RegExp
  person: string
}

/** How each person of the map may be called in a note; a form that fits two people is left out. */
function formsOf(people: readonly KnownPerson[]): Form[] {
  const forms: { key: string; source: string; person: string }[] = []
  for (const { id, name, title } of people) {
    const plain = normalise(name).trim()
    const add = (source: string): void => void forms.push({ key: source, source, person: id })
    if (HAN_NAME.test(plain)) {
      add(plain)
      if (plain.length >= 3) add(plain.slice(1))
      add(`${plain[0]}${ADDRESS}`)
      add(`[老小]${plain[0]}(?![\\u3400-\\u9fff]{0,1}(?:板|师|姐|哥|弟))`)
    } else {
      const words = plain
        .split(/\s+/)
        .filter((word) => /^[a-z][a-z'-]{2,}$/.test(word) || /^[\u3400-\u9fff]/.test(word))
      add(`\\b${escape(plain)}\\b`)
      for (const word of words) add(/^[a-z]/.test(word) ? `\\b${escape(word)}(?:'s)?\\b` : `${word}${ADDRESS}?`)
    }
    const role = title ? normalise(title).trim() : ''
    if (role.length >= 2) add(/[\u3400-\u9fff]/.test(role) ? escape(role) : `\\b(?:the |their )${escape(role)}\\b`)
  }
  const owners = new Map<string, Set<string>>()
  for (const { key, person } of forms) owners.set(key, (owners.get(key) ?? new Set()).add(person))
  return forms
    .filter(({ key }) => owners.get(key)!.size === 1)
    .map(({ source, person }) => ({ pattern: new RegExp(source, 'g'), person }))
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

export interface PersonMention extends Stretch {
  person: string
}

/** Where a normalised text speaks of people of the map, in order of place. */
export function peopleIn(text: string, people: readonly KnownPerson[]): PersonMention[] {
  const found: PersonMention[] = []
  for (const { pattern, person } of formsOf(people)) {
    for (const match of text.matchAll(pattern)) {
      const mention = { start: match.index, end: match.index + match[0].length, person }
      // Of two that overlap the longer name is meant.
      const overlap = found.findIndex((other) => mention.start < other.end && mention.end > other.start)
      if (overlap < 0) found.push(mention)
      else if (mention.end - mention.start > found[overlap]!.end - found[overlap]!.start) found[overlap] = mention
    }
  }
  return found.sort((a, b) => a.start - b.start)
}

const PRONOUN = /他|她|\b(?:he|she|his|her)\b/

/** The person a sentence speaks of: named in it nearest before the words, else after; a pronoun means the one named last. */
export function personOf(
  text: string,
  sentence: Stretch,
  stretch: Stretch,
  mentions: readonly PersonMention[],
): string | undefined {
  const here = mentions.filter((mention) => mention.start >= sentence.start && mention.end <= sentence.end)
  const before = here.filter((mention) => mention.start <= stretch.start).at(-1) ?? here[0]
  if (before) return before.person
  if (!PRONOUN.test(text.slice(sentence.start, sentence.end))) return undefined
  return mentions.filter((mention) => mention.end <= sentence.start).at(-1)?.person
}
