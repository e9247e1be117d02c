/// <reference lib="dom" />
import { describe, expect, test } from 'vitest'
import { withPage } from '../../../scripts/test-browser.ts'
import { dayAt, layout, page, picture, xOf } from '../src/index.ts'
import { dayOf } from '../src/time.ts'
import { BRIEFS, METHOD } from './stories.ts'

const LANGS = ['en', 'zh'] as const
const WIDTHS = [360, 640, 960, 1440] as const

describe('the picture', () => {
  test('is the same bytes for the same brief, and holds no script, no link and no number that is none', () => {
    for (const [, brief] of BRIEFS) {
      for (const lang of LANGS) {
        const svg = picture(brief, { lang, methodology: METHOD })
        expect(picture(structuredClone(brief), { lang, methodology: METHOD }) === svg).toBe(true)
        expect(svg).not.toMatch(/NaN|Infinity|undefined|<script|href=|\[object/)
      }
    }
  })

  test('names what it shows for those who cannot see it', () => {
    for (const [, brief] of BRIEFS) {
      const svg = picture(brief, { lang: 'en', methodology: METHOD })
      const escaped = brief.deal.name.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
      expect(svg).toMatch(/role="img"/)
      expect(svg).toContain(escaped)
      expect(/<desc[^>]*>([^<]{20,})<\/desc>/.exec(svg)).not.toBeNull()
    }
  })

  test('is drawn well by a real browser at every width and in both languages: well-formed, and no text leaves the frame', async () => {
    await withPage(async (tab) => {
      const outside: string[] = []
      for (const [name, brief] of BRIEFS) {
        for (const lang of LANGS) {
          for (const width of WIDTHS) {
            const svg = picture(brief, { lang, methodology: METHOD, width })
            const found = await tab.evaluate((text) => {
              const parsed = new DOMParser().parseFromString(text, 'image/svg+xml')
              if (parsed.querySelector('parsererror')) return ['not well-formed']
              document.body.innerHTML = text
              const frame = document.querySelector('svg')!.getBoundingClientRect()
              // Widths are measured for the widest of the usual fonts, and each machine has another: a few pixels are for the oddest.
              return [...document.querySelectorAll('svg text')].flatMap((node) => {
                const { left, right, top, bottom } = node.getBoundingClientRect()
                const out =
                  left < frame.left - 8 || right > frame.right + 8 || top < frame.top - 8 || bottom > frame.bottom + 8
                const said = [...node.childNodes]
                  .map((child) => (child.nodeName === 'title' ? '' : child.textContent))
                  .join('')
                return out
                  ? [
                      `${said} (${Math.round(left - frame.left)}..${Math.round(right - frame.left)} of ${Math.round(frame.width)})`,
                    ]
                  : []
              })
            }, svg)
            outside.push(...found.map((text) => `${name}, ${lang}, ${width}: ${text}`))
          }
        }
      }
      expect(outside).toEqual([])
    })
  })

  test('is red today wherever the brief says that something is due and cannot be ready', () => {
    for (const [name, brief] of BRIEFS) {
      const { strips, time } = layout(brief, { lang: 'en', methodology: METHOD })
      const today = xOf(time, dayOf(brief.asOf))
      const stands = (area: readonly (readonly [number, number])[]): boolean =>
        Math.min(...area.map(([x]) => x)) <= today + 0.5 && Math.max(...area.map(([x]) => x)) >= today
      const red = strips.flatMap(({ uncovered }, i) => (uncovered.some(({ area }) => stands(area)) ? [i] : []))
      if (brief.lead.concerns === null) continue
      const should = Object.values(brief.lead.concerns).flatMap((concern, i) => (concern.red ? [i] : []))
      for (const i of should) expect([name, red.includes(i)]).toEqual([name, true])
    }
  })

  test('a place on the time line is its day and back again', () => {
    const { time } = layout(BRIEFS[1]![1], { lang: 'en', methodology: METHOD })
    for (const x of [time.x0, (time.x0 + time.x1) / 2, time.x1]) expect(xOf(time, dayAt(time, x))).toBeCloseTo(x, -1)
  })
})

describe('the page', () => {
  test('is one file: no script, nothing fetched, the same bytes each time, the deal’s own words escaped', () => {
    for (const [, brief] of BRIEFS) {
      for (const lang of LANGS) {
        const html = page(brief, { lang, methodology: METHOD })
        expect(page(structuredClone(brief), { lang, methodology: METHOD }) === html).toBe(true)
        expect(html).not.toMatch(/<script|<link|src=|url\((?!#)|@import|NaN|undefined|\[object/)
        expect(html).not.toContain('<more>')
      }
    }
  })

  test('fits a telephone, a screen and a sheet of paper without scrolling sideways, in both themes', async () => {
    await withPage(async (tab) => {
      for (const [name, brief] of BRIEFS.filter((_, i) => i % 3 === 1 || i > BRIEFS.length - 3)) {
        for (const lang of LANGS) {
          for (const [width, scheme, media] of [
            [360, 'light', 'screen'],
            [390, 'dark', 'screen'],
            [1100, 'light', 'screen'],
            [794, 'light', 'print'],
          ] as const) {
            await tab.setViewportSize({ width, height: 900 })
            await tab.emulateMedia({ colorScheme: scheme, media })
            await tab.setContent(page(brief, { lang, methodology: METHOD }))
            const wide = await tab.evaluate(
              () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
            )
            expect([name, lang, width, wide <= 1]).toEqual([name, lang, width, true])
            const shown = await tab.evaluate(
              () =>
                [...document.querySelectorAll('figure svg')].filter((svg) => getComputedStyle(svg).display !== 'none')
                  .length,
            )
            expect(shown).toBe(1)
          }
        }
      }
    })
  })
})
