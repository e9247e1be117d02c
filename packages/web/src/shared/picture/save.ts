import { picture } from '@sente/picture'
import type { LayoutOptions } from '@sente/picture'
import type { Brief } from '@sente/engine'

/** Pixels of an exported picture before scaling; wide enough for a slide. */
const WIDTH = 1200
const SCALE = 2

type SaveOptions = Pick<LayoutOptions, 'lang' | 'methodology' | 'replayed'>

function download(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}

const fileName = (brief: Brief, ending: string): string =>
  `${
    brief.deal.name
      .replace(/[\\/:*?"<>|]+/g, ' ')
      .trim()
      .slice(0, 80) || 'sente'
  } ${brief.asOf}.${ending}`

/** A drawing: one self-contained file in light colours, whose letters are those of the machine that shows it. */
export function saveSvg(brief: Brief, options: SaveOptions): void {
  download(new Blob([picture(brief, { ...options, width: WIDTH })], { type: 'image/svg+xml' }), fileName(brief, 'svg'))
}

/** An image with the page's own fonts in it, so that Chinese is drawn on a machine without Chinese fonts. */
export async function savePng(brief: Brief, options: SaveOptions): Promise<void> {
  const svg = picture(brief, { ...options, width: WIDTH })
  const fonts = await fontsFor(svg)
  const style = `${fonts.join('')}.sente text{font-family:'Inter Figures','Inter Variable','Noto Sans SC Variable',sans-serif}`
  const address = URL.createObjectURL(
    new Blob([svg.replace('</style>', `${style}</style>`)], { type: 'image/svg+xml' }),
  )
  try {
    const image = new Image()
    image.src = address
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = image.naturalWidth * SCALE
    canvas.height = image.naturalHeight * SCALE
    const context = canvas.getContext('2d')!
    context.scale(SCALE, SCALE)
    context.drawImage(image, 0, 0)
    const blob = await new Promise<Blob | null>((done) => void canvas.toBlob(done, 'image/png'))
    if (!blob) throw new Error('the browser made no image')
    download(blob, fileName(brief, 'png'))
  } finally {
    URL.revokeObjectURL(address)
  }
}

/** The font faces of the page that hold a letter of the text, with their files written into them. */
async function fontsFor(text: string): Promise<string[]> {
  const codes = [...new Set(Array.from(text, (letter) => letter.codePointAt(0)!))]
  const faces = [...document.styleSheets]
    .flatMap((sheet) => (sheet.href && !sheet.href.startsWith(location.origin) ? [] : [...sheet.cssRules]))
    .filter((rule) => rule instanceof CSSFontFaceRule)
  const wanted = faces.filter((face) =>
    rangesOf(face).some(([from, to]) => codes.some((code) => code >= from && code <= to)),
  )
  return Promise.all(
    wanted.map(async (face) => {
      const address = /url\("?([^")]+)"?\)/.exec(face.style.getPropertyValue('src'))?.[1]
      if (!address) return ''
      const base = face.parentStyleSheet?.href ?? location.href
      const bytes = new Uint8Array(await (await fetch(new URL(address, base))).arrayBuffer())
      const family = face.style.getPropertyValue('font-family')
      const range = face.style.getPropertyValue('unicode-range')
      return `@font-face{font-family:${family};font-weight:100 900;src:url(data:font/woff2;base64,${base64(bytes)});unicode-range:${range}}`
    }),
  )
}

function rangesOf(face: CSSFontFaceRule): [number, number][] {
  return face.style
    .getPropertyValue('unicode-range')
    .split(',')
    .map((part) => {
      const [from = '0', to] = part.trim().replace(/^U\+/i, '').split('-')
      return [Number.parseInt(from, 16), Number.parseInt(to ?? from, 16)]
    })
}

function base64(bytes: Uint8Array): string {
  let text = ''
  // In pieces: one call with all bytes as arguments would overflow.
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return btoa(text)
}
