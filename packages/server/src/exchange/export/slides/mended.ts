import type { Lang } from '@sente/engine'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'

/** Fonts that PowerPoint, WPS and Keynote have or replace by their like; one for Latin letters, one for Chinese ones. */
export const LATIN = 'Calibri'
const CHINESE = 'Microsoft YaHei'
const LOCALES: Readonly<Record<Lang, string>> = { en: 'en-GB', zh: 'zh-CN' }

/**
 * What pptxgenjs writes and should not: the Latin font as the Chinese one, nothing at all in charts and in the theme; tables with numbers of
 * shapes that other shapes have; a third axis of bar charts that is nowhere; rounded frames. See `findings/pptxgenjs-*.sh`.
 */
export function mended(file: Uint8Array, lang: Lang): Buffer {
  const parts = unzipSync(file)
  const written = Object.fromEntries(
    Object.entries(parts).flatMap(([name, bytes]): [string, Uint8Array][] => {
      // A folder is no part of a document.
      if (name.endsWith('/')) return []
      if (!/^ppt\/.*\.xml$/.test(name)) return [[name, bytes]]
      return [[name, strToU8(mend(name, strFromU8(bytes), lang))]]
    }),
  )
  return Buffer.from(zipSync(written))
}

function mend(name: string, xml: string, lang: Lang): string {
  const fonts = xml
    .replaceAll(`<a:ea typeface="${LATIN}"`, `<a:ea typeface="${CHINESE}"`)
    .replaceAll(/\blang="en-US"/g, `lang="${LOCALES[lang]}"`)
  if (name.startsWith('ppt/theme/')) return fonts.replaceAll('<a:ea typeface=""/>', `<a:ea typeface="${CHINESE}"/>`)
  if (name.startsWith('ppt/charts/'))
    return fonts
      .replaceAll(
        /<a:latin typeface="[^"]*"\/>(?!\s*<a:ea)/g,
        `<a:latin typeface="${LATIN}"/><a:ea typeface="${CHINESE}"/>`,
      )
      .replaceAll(/(<c:axId val="\d+"\/>\s*<c:axId val="\d+"\/>)\s*<c:axId val="\d+"\/>/g, '$1')
      .replaceAll('<c:roundedCorners val="1"/>', '<c:roundedCorners val="0"/>')
  if (!/^ppt\/slides\/slide\d+\.xml$/.test(name)) return fonts
  let id = 0
  return fonts.replaceAll(/<p:cNvPr id="\d+"/g, () => `<p:cNvPr id="${++id}"`)
}
