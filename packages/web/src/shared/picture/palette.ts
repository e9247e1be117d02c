import { LIGHT, styleWith } from '@sente/picture'
import type { Palette } from '@sente/picture'

const named = Object.fromEntries(Object.keys(LIGHT).map((name) => [name, `var(--s-${name})`])) as unknown as Palette
/** The picture in the page's own colours, which change with the theme and are those of paper in print. */
const PAGE: Palette = { ...named, phases: LIGHT.phases.map((_, i) => `var(--s-phase-${i})`) }

export const pageStyle = (prefix: string): string => styleWith(prefix, PAGE)
