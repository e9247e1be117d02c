import { findSignals } from '../src/find.ts'
import type { Model } from '../src/model.ts'
import { corpus, KINDS, notes, partOf } from './corpus.ts'
import type { Kind } from './corpus.ts'
import { method } from './train.ts'
import { whoAndWhen } from './who-and-when.ts'

/** A text with what is in it and what only looks so. */
interface Judged {
  lang: 'zh' | 'en'
  text: string
  gold: readonly string[]
  /** Why the text is a trap, and for which signals. */
  kind: Kind | 'note'
  traps: readonly string[]
  apart: boolean
}

interface Tally {
  hits: number
  said: number
  there: number
}

const share = (a: number, b: number): string => (b === 0 ? '–' : (a / b).toFixed(2))
const cells = ({ hits, said, there }: Tally): string =>
  `${share(hits, said)} | ${share(hits, there)} | ${share(2 * hits, said + there)} | ${there}`

/** What the model gets right on a part of the corpus: by language, kind of trap, confidence and signal; and on whole notes. */
export function report(model: Model, part: 'dev' | 'test'): { short: string; full: string } {
  const judge = (list: readonly Judged[]) =>
    list.map((item) => {
      const candidates = findSignals(model, item.text).map(({ signal, confidence, said }) => ({
        id: model.signals[signal]!,
        confidence,
        said,
      }))
      return { ...item, candidates, said: candidates.filter(({ said }) => said) }
    })
  const sentences = judge(
    corpus()
      .filter((line) => partOf(line) === part)
      .map(({ lang, text, gold, kind, about }) => ({
        lang,
        text,
        gold,
        kind,
        traps: kind === 'yes' || about === null ? [] : [about],
        apart: false,
      })),
  )
  const whole = judge(notes(part).map((note) => ({ ...note, kind: 'note' as const })))
  const tally = (list: typeof sentences, only?: string): Tally => {
    const sum: Tally = { hits: 0, said: 0, there: 0 }
    for (const { gold, said } of list) {
      const chosen = only === undefined ? said : said.filter(({ id }) => id === only)
      const there = only === undefined ? gold : gold.filter((id) => id === only)
      sum.said += chosen.length
      sum.there += there.length
      sum.hits += chosen.filter(({ id }) => there.includes(id)).length
    }
    return sum
  }
  const byLanguage = (list: typeof sentences): string[] => [
    '| language | precision | recall | F1 | facts |',
    '|---|---|---|---|---|',
    ...(['zh', 'en'] as const).map(
      (lang) => `| ${lang} | ${cells(tally(list.filter((item) => item.lang === lang)))} |`,
    ),
  ]
  const trapRow = (name: string, list: typeof sentences): string => {
    const traps = list.flatMap(({ traps: ids, said }) => ids.map((id) => said.some((one) => one.id === id)))
    return `| ${name} | ${traps.length} | ${share(traps.filter(Boolean).length, traps.length)} |`
  }
  const short = [
    'Whole notes, every fact in them:',
    '',
    ...byLanguage(whole),
    '',
    'Of these, notes by a hand that wrote nothing else of the corpus:',
    '',
    ...byLanguage(whole.filter(({ apart }) => apart)),
    '',
    'Single sentences of families that training did not see:',
    '',
    ...byLanguage(sentences),
    '',
    '| trap | lines | caught |',
    '|---|---|---|',
    ...KINDS.slice(1).map((kind) =>
      trapRow(
        kind,
        sentences.filter((item) => item.kind === kind),
      ),
    ),
    trapRow('all of these', sentences),
    trapRow('in whole notes', whole),
    '',
    '| said with | in notes | right | in sentences | right |',
    '|---|---|---|---|---|',
    ...[0.1, 0.3, 0.5, 0.7, 0.8, 0.9].map((low, i, all) => {
      const high = all[i + 1] ?? 1.01
      const right = (list: typeof sentences): string => {
        const found = list.flatMap(({ gold, candidates }) =>
          candidates
            .filter(({ confidence }) => confidence >= low && confidence < high)
            .map(({ id }) => gold.includes(id)),
        )
        return `${found.length} | ${share(found.filter(Boolean).length, found.length)}`
      }
      return `| ${low.toFixed(1)}–${Math.min(1, high).toFixed(1)} | ${right(whole)} | ${right(sentences)} |`
    }),
    '',
    'Of what was found in notes by a hand that wrote nothing else, whose it is and when it was:',
    '',
    '| language | found | person right | of those with a person | day right | calibration error |',
    '|---|---|---|---|---|---|',
    ...(['zh', 'en'] as const).map((lang) => {
      const { found, person, named, namedRight, day } = whoAndWhen(model, method, lang, part)
      const error = calibrationError(whole.filter((item) => item.lang === lang))
      return `| ${lang} | ${found} | ${share(person, found)} | ${share(namedRight, named)} | ${share(day, found)} | ${error.toFixed(3)} |`
    }),
  ].join('\n')
  const signals = [
    '| signal | precision | recall | F1 | facts |',
    '|---|---|---|---|---|',
    ...model.signals.map((id) => `| ${id} | ${cells(tally([...sentences, ...whole], id))} |`),
  ].join('\n')
  return { short, full: `${short}\n\nBy signal, sentences and notes together:\n\n${signals}\n` }
}

/** Expected calibration error of what is suggested in whole notes: ten steps of confidence, each weighted by how much is said with it. */
function calibrationError(
  list: readonly { gold: readonly string[]; said: readonly { id: string; confidence: number }[] }[],
): number {
  const steps = Array.from({ length: 10 }, () => ({ n: 0, sure: 0, right: 0 }))
  for (const { gold, said } of list)
    for (const { id, confidence } of said) {
      const step = steps[Math.min(9, Math.floor(confidence * 10))]!
      step.n++
      step.sure += confidence
      if (gold.includes(id)) step.right++
    }
  const all = steps.reduce((sum, { n }) => sum + n, 0)
  return steps.reduce((sum, { sure, right }) => sum + Math.abs(sure - right), 0) / Math.max(1, all)
}
