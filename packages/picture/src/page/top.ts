import { actWords } from '@sente/engine'
import { money } from '../format.ts'
import { positionWords } from '../layout/headline.ts'
import { bandWords, decidesWords, headlineWords, roomsWords, toneOf } from '../lead-words.ts'
import { picture } from '../picture.ts'
import type { Context } from './context.ts'
import { html, Html } from './html.ts'
import type { PageOptions } from './options.ts'

/** Name, lead and the picture: what a reader of ten seconds sees. */
export function top(c: Context, options: PageOptions): Html {
  const { brief, w, words, lang } = c
  const { deal, lead } = brief
  const meta = [deal.account, deal.amount && money(deal.amount, lang), w.asOf(c.fullDate(brief.asOf))].filter(
    (part) => part,
  )
  const band = bandWords(lead, words) ?? (deal.closedOn ? words.closedOn(c.fullDate(deal.closedOn)) : null)
  const aside = [band, decidesWords(lead, lead.concern && c.concern(lead.concern), words)]
    .filter((part) => part)
    .join(w.comma)
  const tone = toneOf(lead)
  const rooms = roomsWords(lead, words)
  const act = actWords(brief)
  return html`<header>
      <p class="eyebrow">${w.product} · ${w.deal}</p>
      <h1>${deal.name}</h1>
      <p class="meta">${meta.join(' · ')}</p>
      <p class="lead"><strong class="${tone}">${headlineWords(brief, words)}</strong> <span>${aside}</span></p>
      ${rooms && html`<p class="rooms">${rooms.join(' · ')}</p>`}${act && html`<p class="act">→ ${act[lang]}</p>`}
      <p class="lede">${positionWords(c)}</p>
    </header>
    <figure>
      ${drawn(c, options, 'wide', 960)}${drawn(c, options, 'middle', 680)}${drawn(c, options, 'slim', 348)}
      <figcaption>${w.howToRead}</figcaption>
    </figure>`
}

/** The same picture for three widths; the sheet shows one. Each has its own prefix, so that no ids collide. */
function drawn(
  { brief, lang }: Context,
  { methodology, replayed = false }: PageOptions,
  name: string,
  width: number,
): Html {
  const svg = picture(brief, {
    lang,
    methodology,
    replayed,
    width,
    theme: 'auto',
    prefix: `p-${name}`,
    headline: false,
  })
  return new Html(svg.replace(`class="p-${name}"`, `class="p-${name} ${name}"`))
}
