/** A stretch of a text: half-open range of UTF-16 positions. */
export interface Stretch {
  start: number
  end: number
}

const SENTENCE_END = /[.!?;\n]/
const CLAUSE_END = /[,:]/
const BLANK = /\s/
const HAN = /[\u3400-\u9fff]/
/** Words that begin a clause of their own, also where nobody typed a comma. */
const JOINTS = /\s(?:but|although|whereas|while|because|so that|and then|however)\s/g

/** Trims blanks and closing marks off both ends. */
function trim(text: string, { start, end }: Stretch): Stretch {
  while (start < end && /[\s,;:.!?"')\-*#>]/.test(text[start]!)) start++
  while (end > start && /[\s,;:.!?"'(]/.test(text[end - 1]!)) end--
  return { start, end }
}

/** Is the mark at `i` part of a number (1.5, 3,000, 14:30) or of an abbreviation (Mr. X, v2.1)? */
function insideWord(text: string, i: number): boolean {
  const [before, after] = [text[i - 1] ?? '', text[i + 1] ?? '']
  if (/[0-9]/.test(before) && /[0-9]/.test(after)) return true
  return text[i] === '.' && !/[\s]/.test(after) && after !== '' && !HAN.test(after) && !HAN.test(before)
}

function split(text: string, { start, end }: Stretch, at: RegExp): Stretch[] {
  const parts: Stretch[] = []
  let from = start
  for (let i = start; i < end; i++) {
    // Chinese is written without blanks: one between two characters is a mark that somebody was too hurried to type.
    const mark =
      at.test(text[i]!) ||
      (at === CLAUSE_END && BLANK.test(text[i]!) && HAN.test(text[i - 1] ?? '') && HAN.test(text[i + 1] ?? ''))
    if (!mark || insideWord(text, i)) continue
    if (
      text[i] === '.' &&
      /\b(?:mr|ms|mrs|dr|prof|no|st|inc|ltd|approx|e\.g|i\.e)$/.test(text.slice(Math.max(start, i - 6), i))
    )
      continue
    parts.push({ start: from, end: i })
    from = i + 1
  }
  parts.push({ start: from, end })
  return parts.map((part) => trim(text, part)).filter((part) => part.end - part.start >= 2)
}

/** Longer than any sentence that somebody says. What looks like one is judged piece by piece, so that the work grows with the length alone. */
const LONGEST_SENTENCE = 1000

/** Sentences of a normalised text, by their closing marks and line ends. */
export function sentencesOf(text: string): Stretch[] {
  return split(text, { start: 0, end: text.length }, SENTENCE_END).flatMap((sentence) => {
    if (sentence.end - sentence.start <= LONGEST_SENTENCE) return [sentence]
    const parts: Stretch[] = []
    for (let start = sentence.start; start < sentence.end;) {
      const most = Math.min(sentence.end, start + LONGEST_SENTENCE)
      // At a blank, where there is one.
      const blank = most < sentence.end ? text.lastIndexOf(' ', most) : most
      const end = blank > start ? blank : most
      parts.push(trim(text, { start, end }))
      start = end
    }
    return parts.filter((part) => part.end - part.start >= 2)
  })
}

/** Clauses of a sentence of a normalised text. */
export function clausesOf(text: string, sentence: Stretch): Stretch[] {
  const byMarks = split(text, sentence, CLAUSE_END)
  return byMarks.flatMap((clause) => {
    const cuts = [...text.slice(clause.start, clause.end).matchAll(JOINTS)].map((match) => clause.start + match.index)
    const edges = [clause.start, ...cuts, clause.end]
    const parts = edges
      .slice(1)
      .map((end, i) => trim(text, { start: edges[i]!, end }))
      .filter((part) => part.end - part.start >= 2)
    return parts.flatMap((part) => (isLong(text, part) ? pieces(text, part) : [part]))
  })
}

/** How much is said, in letters: a Chinese character says as much as three or four. */
export function weigh(text: string, { start, end }: Stretch): number {
  let sum = 0
  for (let i = start; i < end; i++) sum += text.charCodeAt(i) >= 0x3400 ? 3.5 : 1
  return sum
}

/** More than one clause, whatever its marks say: dictated text and hurried typing have none. */
const LONG_CLAUSE = 130
const PIECE = 70
/** A sentence up to this says what each of its clauses is about; of a longer one only what is this near. */
const CONTEXT = 220
const AROUND = 50
const isLong = (text: string, part: Stretch): boolean => weigh(text, part) > LONG_CLAUSE

/** A long stretch without marks in overlapping pieces, cut at blanks and between Chinese characters. */
function pieces(text: string, part: Stretch): Stretch[] {
  const list: Stretch[] = []
  const step = (from: number, much: number): number => {
    let [at, sum] = [from, 0]
    while (at < part.end && sum < much) sum += text.charCodeAt(at++) >= 0x3400 ? 3.5 : 1
    while (at < part.end && !/\s/.test(text[at]!) && !HAN.test(text[at]!)) at++
    return at
  }
  for (let start = part.start; start < part.end; start = step(start, PIECE / 2)) {
    const end = step(start, PIECE)
    list.push(trim(text, { start, end }))
    if (end >= part.end) break
  }
  return list
}

/** What stands around a stretch and says what it is about: its sentence, or, where that is endless, what is near. */
export function contextOf(text: string, sentence: Stretch, stretch: Stretch): Stretch {
  if (weigh(text, sentence) <= CONTEXT) return sentence
  let [start, end] = [stretch.start, stretch.end]
  while (start > sentence.start && weigh(text, { start, end: stretch.start }) < AROUND) start--
  while (end < sentence.end && weigh(text, { start: stretch.end, end }) < AROUND) end++
  while (start > sentence.start && /[a-z0-9]/.test(text[start]!) && /[a-z0-9]/.test(text[start - 1]!)) start--
  while (end < sentence.end && /[a-z0-9]/.test(text[end]!) && /[a-z0-9]/.test(text[end - 1]!)) end++
  return { start, end }
}

/**
 * The stretches that are judged on their own: each clause, each two neighbours, and the sentence. A fact often needs two
 * clauses ("said it was fine, then nobody called back"), seldom three.
 */
export function windowsOf(text: string, sentence: Stretch): Stretch[] {
  const clauses = clausesOf(text, sentence)
  if (clauses.length <= 1) return [sentence]
  const pairs = clauses.slice(1).map((clause, i) => ({ start: clauses[i]!.start, end: clause.end }))
  const all = [...clauses, ...pairs, sentence]
  return all.filter((one, i) => all.findIndex((other) => other.start === one.start && other.end === one.end) === i)
}
