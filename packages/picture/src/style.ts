import { PHASES } from '@sente/engine'
import type { Theme } from './options.ts'

/** One accent for us and what is well, one red for where the deal is lost, and ink. Contrast of text: at least 4.5. */
export interface Palette {
  paper: string
  ink: string
  mute: string
  hair: string
  accent: string
  tint: string
  red: string
  wash: string
  /** From the first phase to the last. */
  phases: readonly string[]
}

export const LIGHT: Palette = {
  paper: '#ffffff',
  ink: '#1b2225',
  mute: '#5a666c',
  hair: '#e1e6e8',
  accent: '#10637d',
  tint: '#dcebf0',
  red: '#bf2f1f',
  wash: '#e9512f',
  phases: ['#edf3f5', '#dde9ee', '#c8dde5', '#b0cfda', '#96c0ce', '#7cb0c2', '#64a1b6', '#5093aa'],
}
export const DARK: Palette = {
  paper: '#14191b',
  ink: '#e8edee',
  mute: '#9dabb1',
  hair: '#2b3539',
  accent: '#6fc3dc',
  tint: '#1d333b',
  red: '#ff8672',
  wash: '#e8553c',
  phases: ['#1b2529', '#203037', '#263c46', '#2c4956', '#325667', '#386377', '#3e7088', '#447d98'],
}

export const FONT = `system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Noto Sans SC','Noto Sans CJK SC','PingFang SC','Hiragino Sans GB','Microsoft YaHei','Source Han Sans SC',sans-serif`

/** Rules for everything inside `.prefix`: literal colours only, so that every SVG reader understands them. */
function rules(p: string, c: Palette): string {
  const list: [string, string][] = [
    ['', `background:${c.paper}`],
    ['text', `fill:${c.ink}`],
    ['.strong,.good,.danger,.leading', 'font-weight:600'],
    ['.mute', `fill:${c.mute};font-weight:400`],
    ['.good', `fill:${c.accent}`],
    ['.danger', `fill:${c.red}`],
    ['.paper', `fill:${c.paper}`],
    ['.halo text', `paint-order:stroke;stroke:${c.paper};stroke-width:3px;stroke-linejoin:round`],
    ['path', 'fill:none;stroke-linejoin:round'],
    ['.hair', `stroke:${c.hair};stroke-width:1`],
    ['.axis', `stroke:${c.mute};stroke-width:1`],
    ['.today', `stroke:${c.ink};stroke-width:1.5`],
    ['.ground', `fill:${c.hair};fill-opacity:.35`],
    ...c.phases.map((fill, i): [string, string] => [`.phase${i}`, `fill:${fill};stroke:${c.paper};stroke-width:1`]),
    ['.soft', 'fill-opacity:.62'],
    ['.hatch', `stroke:${c.paper};stroke-width:1.6;stroke-opacity:.75`],
    ['.fallenHatch', `stroke:${c.mute};stroke-width:1;stroke-opacity:.45`],
    ['.savedHatch', `stroke:${c.red};stroke-width:1.3`],
    ['.futureFill', `fill:url(#${p}-future)`],
    ['.fallenFill', `fill:url(#${p}-fallen)`],
    ['.savedFill', `fill:url(#${p}-saved)`],
    ['.spread', `fill:${c.ink};fill-opacity:.09`],
    ['.demand', `stroke:${c.ink};stroke-width:1.6`],
    ['.under', `fill:${c.tint}`],
    ['.ready', `stroke:${c.accent};stroke-width:2.2`],
    ['.plan', `stroke:${c.accent};stroke-width:2;stroke-dasharray:4 3`],
    ['.red', `fill:${c.wash};fill-opacity:.55;stroke:${c.red};stroke-width:.8`],
    ['.pastRed', `fill:${c.wash};fill-opacity:.18`],
    ['.lateAdvice', `fill:${c.paper};stroke:${c.red};stroke-width:1.4;stroke-dasharray:2 1.6`],
    ['.saved', `stroke:${c.red};stroke-width:.8;stroke-dasharray:2 2`],
    ['.whisker', `stroke:${c.ink};stroke-width:1.4`],
    ['.ink', `fill:${c.ink}`],
    ['.touch', `fill:${c.accent};stroke:${c.paper};stroke-width:1.2`],
    ['.planned', `fill:${c.paper};stroke:${c.accent};stroke-width:1.8`],
    ['.advice', `fill:${c.paper};stroke:${c.accent};stroke-width:1.4;stroke-dasharray:2 1.6`],
    ['.rival', `fill:${c.paper};stroke:${c.red};stroke-width:1.7`],
    ['.pole', `stroke:${c.mute};stroke-width:1`],
    ['.latePole', `stroke:${c.red};stroke-width:1.2`],
    ['.flag', `fill:${c.accent}`],
    ['.lateFlag', `fill:${c.red}`],
    ['.fastFlag', `fill:${c.paper};stroke:${c.red};stroke-width:1.5`],
  ]
  return list
    .map(
      ([selector, body]) =>
        `${selector
          .split(',')
          .map((part) => `.${p}${part && ` ${part}`}`)
          .join(',')}{${body}}`,
    )
    .join('')
}

/** For a picture that stands in a page with its own variables and fonts. */
export const styleWith = (prefix: string, palette: Palette): string =>
  `.${prefix} text{font-family:inherit;font-variant-numeric:tabular-nums}.${prefix} .onPhase{font-weight:450}${rules(prefix, palette)}`

export function styleOf(prefix: string, theme: Theme): string {
  const base = `.${prefix} text{font-family:${FONT};font-variant-numeric:tabular-nums}.${prefix} .onPhase{font-weight:450}`
  if (theme === 'auto')
    return `${base}${rules(prefix, LIGHT)}@media screen and (prefers-color-scheme:dark){${rules(prefix, DARK)}}`
  return base + rules(prefix, theme === 'dark' ? DARK : LIGHT)
}

if (LIGHT.phases.length !== PHASES.length || DARK.phases.length !== PHASES.length)
  throw new Error('one shade for each phase')
