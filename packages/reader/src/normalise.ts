import traditional from './traditional.json' with { type: 'json' }

const simplified = new Map([...traditional.from].map((character, i) => [character, traditional.to[i]!]))

/** Traditional characters as simplified ones, each in its place; other text as it is. */
export const simplifiedText = (text: string): string =>
  /[\u4e00-\u9fff]/.test(text)
    ? text.replaceAll(/[\u4e00-\u9fff]/g, (character) => simplified.get(character) ?? character)
    : text

/** Forms that mean the same and have the same length, so that positions in the normalised text are those of the original. */
const SAME: Readonly<Record<string, string>> = {
  '\u2018': "'",
  '\u2019': "'",
  '\u201c': '"',
  '\u201d': '"',
  '\u300c': '"',
  '\u300d': '"',
  '\u3000': ' ',
  '\u00a0': ' ',
  '\t': ' ',
  '\u2013': '-',
  '\u2014': '-',
  '\u3001': ',',
  '\u3002': '.',
  '\u2026': '.',
}

/**
 * The text as the reader sees it: lower case, half-width, simplified characters. Every UTF-16 unit stays in its place, so a
 * span found in the result is a span of the original.
 */
export function normalise(text: string): string {
  let out = ''
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!
    const code = text.charCodeAt(i)
    // Full-width forms stand 0xfee0 above their ASCII sisters.
    if (code >= 0xff01 && code <= 0xff5e) out += String.fromCharCode(code - 0xfee0).toLowerCase()
    else if (code >= 0x4e00 && code <= 0x9fff) out += simplified.get(character) ?? character
    else {
      const lower = SAME[character] ?? character.toLowerCase()
      out += lower.length === 1 ? lower : character
    }
  }
  return out
}
