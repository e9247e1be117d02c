import { RUN_GAP } from './layout/types.ts'
import type { Label, XY } from './layout/types.ts'
import { escape } from './text.ts'

/** An SVG element as plain data; `render` is the one place that writes and escapes. */
export interface Mark {
  tag: string
  attrs: Readonly<Record<string, string | number>>
  /** Said by a pointer that rests on it. */
  title?: string
  text?: string
  children?: readonly Mark[]
}

/** A tenth of a pixel is finer than any screen shows. */
const number = (value: number): string => String(Math.round(value * 10) / 10)

export function render({ tag, attrs, title, text, children }: Mark): string {
  const written = Object.entries(attrs).map(
    ([key, value]) => ` ${key}="${typeof value === 'number' ? number(value) : escape(value)}"`,
  )
  const inside = [
    title ? `<title>${escape(title)}</title>` : '',
    text === undefined ? '' : escape(text),
    ...(children ?? []).map(render),
  ].join('')
  return inside ? `<${tag}${written.join('')}>${inside}</${tag}>` : `<${tag}${written.join('')}/>`
}

export const group = (name: string, children: readonly Mark[]): Mark => ({ tag: 'g', attrs: { class: name }, children })

export const line = (x1: number, y1: number, x2: number, y2: number, look: string): Mark => ({
  tag: 'path',
  attrs: {
    d: path([
      [x1, y1],
      [x2, y2],
    ]),
    class: look,
  },
})

export function path(points: readonly XY[], close = false): string {
  return points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${number(x)} ${number(y)}`).join('') + (close ? 'Z' : '')
}

/** Nothing for fewer than two points. */
export function polyline(points: readonly XY[], look: string): Mark[] {
  return points.length < 2 ? [] : [{ tag: 'path', attrs: { d: path(points), class: look } }]
}

export function polygon(points: readonly XY[], look: string, title?: string): Mark[] {
  if (points.length < 3) return []
  return [{ tag: 'path', attrs: { d: path(points, true), class: look }, ...(title && { title }) }]
}

export function label({ x, y, text, size, anchor, look, after = [] }: Label): Mark {
  return {
    tag: 'text',
    attrs: { x, y, 'font-size': size, class: look, ...(anchor !== 'start' && { 'text-anchor': anchor }) },
    text,
    children: after.map((part) => ({
      tag: 'tspan',
      attrs: { dx: RUN_GAP, 'font-size': part.size, class: part.look },
      text: part.text,
    })),
  }
}
