import type { Brief } from '@sente/engine'
import { findings, homework, missing, plan, proofs } from './advice.ts'
import { contextOf } from './context.ts'
import { concerns, position } from './customer.ts'
import { html, Html } from './html.ts'
import type { PageOptions } from './options.ts'
import { outlook, people } from './people.ts'
import { SHEET } from './style.ts'
import { top } from './top.ts'

/**
 * A brief as one HTML page to be mailed or printed: no script, no request to anywhere; light and dark, telephone to A4.
 * The same brief gives the same bytes.
 */
export function page(brief: Brief, options: PageOptions): string {
  const c = contextOf(brief, options)
  const { w, say, lang } = c
  const { id, version, name } = brief.methodology
  return html`<!doctype html>
    <html lang="${lang === 'zh' ? 'zh-CN' : 'en'}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${brief.deal.name} · ${w.product}</title>
        <style>
          ${new Html(SHEET)}
        </style>
      </head>
      <body>
        <main>
          ${top(c, options)} ${findings(c)} ${plan(c)} ${proofs(c)} ${position(c)} ${concerns(c)} ${people(c)}
          ${outlook(c)} ${homework(c)} ${missing(c)}
        </main>
        <footer>
          <p>
            ${w.madeBy(`${say(name)} (${id} ${version})`)}
            ${w.asOf(c.fullDate(brief.asOf))}${lang === 'zh' ? '。' : '.'}
          </p>
        </footer>
      </body>
    </html> `.text
}
