import type { Lang } from '@sente/engine'
import { NOTICE } from '../../src/mcp/marks.ts'

const WIDTH = 980
const MARGIN = 28
const SIZE = 15
const LEADING = 23

const SAYS = {
  en: {
    asks: 'The seller',
    call: 'Call',
    preview: 'Preview: nothing is written',
    written: 'Written, after the seller’s yes',
    undo: 'One call takes it back',
  },
  zh: { asks: '销售', call: '调用', preview: '预览：尚未写入', written: '销售同意后写入', undo: '一次调用即可撤销' },
} as const

interface Card {
  label: string
  lines: string[]
  tone: string
}

/** One write as it goes: what the seller says, the preview, what is written after their yes; from a transcript. */
export function exchangePicture(asks: string, transcript: readonly string[], lang: Lang): string {
  const says = SAYS[lang]
  const [, preview, , done] = transcript.slice(0, 4).map((line) => answerOf(line.replace(`${NOTICE[lang]}\n`, '')))
  const call = transcript[0]!.replace('→ ', '')
  const second = /"keep".*$/.exec(transcript[2]!)?.[0].replace(/\}$/, '') ?? ''
  const cards: Card[] = [
    { label: says.asks, lines: [asks], tone: '#f3f0e8' },
    { label: says.call, lines: [call], tone: '#eef2f7' },
    { label: says.preview, lines: [...(preview?.lines ?? []), `confirm: ${preview?.confirm ?? ''}`], tone: '#fff7e0' },
    { label: says.call, lines: [`capture_note … ${second}`], tone: '#eef2f7' },
    { label: says.written, lines: [...(done?.lines ?? []), `change: ${done?.change ?? ''}`], tone: '#e6f4ea' },
    { label: says.undo, lines: [`undo_change {"change":"${done?.change ?? ''}"}`], tone: '#eef2f7' },
  ]
  let y = MARGIN
  const parts = cards.map((card) => {
    const lines = card.lines.flatMap((line) => wrapped(line, WIDTH - 2 * MARGIN - 40))
    const height = 34 + lines.length * LEADING + 14
    const drawn = [
      `<rect x="${MARGIN}" y="${y}" width="${WIDTH - 2 * MARGIN}" height="${height}" rx="10" fill="${card.tone}" stroke="#d7d3c8"/>`,
      `<text x="${MARGIN + 18}" y="${y + 26}" font-size="13" font-weight="600" fill="#57606a">${escaped(card.label)}</text>`,
      ...lines.map(
        (line, i) =>
          `<text x="${MARGIN + 18}" y="${y + 34 + (i + 1) * LEADING - 6}" font-size="${SIZE}" fill="#1f2328">${escaped(line)}</text>`,
      ),
    ].join('\n')
    y += height + 12
    return drawn
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y + MARGIN - 12}" width="${WIDTH}" height="${y + MARGIN - 12}" font-family="system-ui, 'Segoe UI', 'PingFang SC', 'Noto Sans SC', 'Microsoft YaHei', sans-serif" role="img" aria-label="${escaped(asks)}">
<rect width="100%" height="100%" fill="#ffffff"/>
${parts.join('\n')}
</svg>
`
}

function answerOf(line: string): { lines?: string[]; confirm?: string; change?: string } | undefined {
  const json = line.slice(line.indexOf('{'))
  try {
    return JSON.parse(json) as { lines: string[] }
  } catch {
    return undefined
  }
}

/** Lines that fit, by a plain measure: a Chinese character is twice as wide as a letter. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  let used = 0
  for (const word of text.match(/[\u2e80-\uffef]|[^\s\u2e80-\uffef]+\s*|\s+/gu) ?? []) {
    const wide = [...word].reduce((sum, character) => sum + (/[\u2e80-\uffef]/.test(character) ? SIZE : SIZE * 0.54), 0)
    if (used + wide > width && line !== '') {
      lines.push(line.trimEnd())
      line = ''
      used = 0
    }
    line += word
    used += wide
  }
  return [...lines, line.trimEnd()]
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
