import type { Stretch } from './segments.ts'

/** A sentence that ends inside quotation marks ends there, though the mark stands before them. */
const CLOSES = /[.!?]["')]+(?=\s|[\u4e00-\u9fff]|$)/g

/** So much of a quotation says something by itself. */
const LEAST = 12

/** Of a sentence that runs over the end of what is quoted, the part in which a stretch stands; of words that run over it too their beginning. */
export function closed(text: string, sentence: Stretch, stretch: Stretch): Stretch {
  let { start, end } = sentence
  for (const { index, 0: mark } of text.slice(sentence.start, sentence.end).matchAll(CLOSES)) {
    const at = sentence.start + index + mark.length
    // Who said it stands behind: "…," or "…!" said Dana.
    if (/^\s*(?:said|says|asked|[\u4e00-\u9fff]{1,4}(?:说|讲|问|昨|今|上))/.test(text.slice(at, at + 12))) continue
    if (at <= stretch.start + 1) start = at
    else if (at >= stretch.end || at >= stretch.start + LEAST) {
      end = Math.min(end, at)
      break
    }
  }
  return { start, end }
}

/** The sentence behind says no more than when what stands before it was: "That was on Monday.", "这话是大前天说的。" */
export const ONLY_WHEN = /^[ .!?;"',]*(?:(?:that|this|it) was (?:on |back )?|(?:这话|这事|那|这|这是|话)?(?:都)?是?)?$/
export const ONLY_WHEN_BEHIND =
  /^(?:的(?:事|会|话)?|说的|讲的|的事情|前的事|evening|morning|afternoon)?(?:了)?\s*(?:[.!?;\n]|$)/
