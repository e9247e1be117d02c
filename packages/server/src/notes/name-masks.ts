import type { KnownPerson } from '@sente/reader'

/** Text made fit to be sent, and the way back from its words to the text it was made of. */
export interface Sealed {
  text: string
  /** Where the first occurrence of `quote` lies in the original text, half-open; undefined when it does not occur. */
  locate: (quote: string) => readonly [start: number, end: number] | undefined
}

export interface Masks {
  /** By which word the model knows each person; with masks never the name nor the id, which often spells the name. */
  people: { alias: string; person: KnownPerson }[]
  seal: (text: string) => Sealed
}

interface Token {
  start: number
  end: number
  alias: string
}

/** A way in which people of the map are written; several people may share one, as two 张 share 张总. */
interface Form {
  pattern: RegExp
  owners: Set<KnownPerson>
}

const COMPOUND_SURNAMES = /^(?:欧阳|司马|上官|诸葛|司徒|夏侯|皇甫|尉迟|公孙|慕容|令狐|长孙|端木|东方|南宫|独孤)/
/** The look-ahead keeps 纸张总共 and the like; what still matches by accident costs sense, never a name. */
const CALLED =
  '(?:总经理|董事长|总监|总工|总(?![共计是之体结额量部])|董|处长|处|局长|局|厅长|厅|科长|科|部长|主任|经理|院长|校长|所长|行长|书记|主席|老师|博士|工(?![作程业]))'

const quoted = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')

/** Latin words need an edge, so that Ann is not found in annual; a digit is one (john2@…), and Chinese needs none. */
function edged(source: string, first: string, last: string): string {
  const latin = /\p{Script=Latin}/u
  return `${latin.test(first) ? '(?<!\\p{Script=Latin})' : ''}${source}${latin.test(last) ? '(?!\\p{Script=Latin})' : ''}`
}

/** The ways to write one person, the full name first: when two people claim the same words, the full name wins. */
function* waysToWrite(name: string): Generator<{ source: string; flags: string }> {
  const words = name.match(/\p{Script=Han}+|[^\s\p{Script=Han}.·_()（）,，-]+/gu) ?? []
  const [first, last] = [words[0], words.at(-1)]
  if (!first || !last) return
  // Any separator and any case, so that john.smith@… is found too.
  yield { source: edged(words.map(quoted).join('[\\s.·_()（）,，-]*'), first[0]!, last.at(-1)!), flags: 'giu' }
  for (const word of words) {
    if (/^\p{Script=Han}{2,4}$/u.test(word)) {
      const surname = COMPOUND_SURNAMES.exec(word)?.[0] ?? word[0]!
      const given = word.slice(surname.length)
      yield { source: `[老小]${surname}|${surname}${CALLED}`, flags: 'gu' }
      if (given.length === 2 && !new RegExp(`^${CALLED}$`, 'u').test(given)) yield { source: given, flags: 'gu' }
      if (words.length > 1) yield { source: word, flags: 'gu' }
    } else if (words.length > 1 && /^\p{Lu}[\p{L}'’]+$/u.test(word)) {
      // In the written case only: Mark is a name, mark a word.
      yield { source: edged(quoted(word), word[0]!, word.at(-1)!), flags: 'gu' }
    }
  }
}

/** `<<<` and `>>>` belong to the delimiters; the substitutes are as long, so no position moves. */
export function withoutDelimiters(text: string): string {
  return text.replace(/<{3,}/g, (run) => '‹'.repeat(run.length)).replace(/>{3,}/g, (run) => '›'.repeat(run.length))
}

/** Nothing masked: people go by their ids, only the delimiters are taken out of the text. */
export function openMasks(people: readonly KnownPerson[]): Masks {
  return { people: people.map((person) => ({ alias: person.id, person })), seal: (text) => sealed(text, []) }
}

/**
 * Each person becomes P1, P2 …; words that several share (张总 with two 张 on the map) get an alias of nobody, because
 * guessing would put words into the wrong mouth. Aliases that already occur in `text` ("priority P1") are not given out.
 */
export function nameMasks(people: readonly KnownPerson[], text: string): Masks {
  let last = 0
  const taken = [text, ...people.map(({ title }) => title ?? '')].join('\n').toUpperCase()
  const next = (): string => {
    do last += 1
    while (taken.includes(`P${last}`))
    return `P${last}`
  }
  const aliases = new Map(people.map((person) => [person, next()]))

  const forms = new Map<string, Form>()
  for (const person of people) {
    for (const { source, flags } of waysToWrite(person.name.trim())) {
      const key = `${flags} ${flags.includes('i') ? source.toLowerCase() : source}`
      const form = forms.get(key)
      if (form) form.owners.add(person)
      else forms.set(key, { pattern: new RegExp(source, flags), owners: new Set([person]) })
    }
  }
  const full = (form: Form): number => (form.pattern.ignoreCase ? 0 : 1)
  const patterns = [...forms.values()]
    .sort((a, b) => full(a) - full(b))
    .map(({ pattern, owners: [first, ...others] }) => ({
      pattern,
      alias: others.length === 0 ? aliases.get(first!)! : next(),
    }))

  return {
    people: people.map((person) => ({ alias: aliases.get(person)!, person })),
    seal: (written) => {
      const found: Token[] = []
      for (const { pattern, alias } of patterns) {
        for (const match of written.matchAll(pattern))
          found.push({ start: match.index, end: match.index + match[0].length, alias })
      }
      return sealed(written, found)
    },
  }
}

function sealed(text: string, found: Token[]): Sealed {
  const tokens: Token[] = []
  for (const token of found.sort((a, b) => a.start - b.start || b.end - a.end)) {
    const before = tokens.at(-1)
    // Overlapping names become one: cutting the second would leave its tail readable.
    if (before && token.start < before.end) before.end = Math.max(before.end, token.end)
    else tokens.push({ ...token })
  }

  const safe = withoutDelimiters(text)
  const placed: { at: number; until: number; end: number }[] = []
  let out = ''
  let done = 0
  for (const { start, end, alias } of tokens) {
    out += safe.slice(done, start)
    placed.push({ at: out.length, until: out.length + alias.length, end })
    out += alias
    done = end
  }
  out += safe.slice(done)

  /** The original position; undefined inside an alias, so that P1 is not found in P12. */
  const origin = (position: number): number | undefined => {
    let moved = 0
    for (const { at, until, end } of placed) {
      if (position <= at) break
      if (position < until) return undefined
      moved = end - until
    }
    return position + moved
  }

  const locate = (quote: string): readonly [number, number] | undefined => {
    if (quote === '') return undefined
    for (let at = out.indexOf(quote); at >= 0; at = out.indexOf(quote, at + 1)) {
      const [start, end] = [origin(at), origin(at + quote.length)]
      if (start !== undefined && end !== undefined) return [start, end]
    }
    // A model may write the delimiters back as they were.
    const at = text.indexOf(quote)
    return at < 0 ? undefined : [at, at + quote.length]
  }
  return { text: out, locate }
}
