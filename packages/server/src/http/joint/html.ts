import type { Lang } from '@sente/engine'
import type { JointPage, JointPageItem, Proposed } from '../../queries/joint-page.ts'
import { documentHtml, escaped } from '../document.ts'
import type { Document } from '../document.ts'
import { STYLE } from './style.ts'
import { WORDS } from './words.ts'
import type { PageWords } from './words.ts'

export interface Shown {
  language: Lang
  nonce: string
  /** Path of the page; undefined: a preview, whose forms send nothing. */
  path: string | undefined
  /** To be printed or sent as a file: without forms, and without what is said of them. */
  paper?: boolean
  /** Something was sent just now, or could not be. */
  notice?: { good: boolean; text: string; itemId?: string; name?: string } | undefined
}

/** The page of a joint plan: HTML and style, no script, nothing from elsewhere. */
export function jointHtml(page: JointPage, shown: Shown): string {
  const { language, path, notice } = shown
  const w = WORDS[language]
  const other = language === 'zh' ? 'en' : 'zh'
  const top = notice && notice.itemId === undefined ? noticeHtml(w, notice) : ''
  return document(
    { language, nonce: shown.nonce, title: page.title },
    `<header>
<p class="kind">${w.plan}</p>
${path === undefined ? '' : `<a class="lang" lang="${other === 'zh' ? 'zh-CN' : 'en'}" href="${escaped(path)}?lang=${other}">${w.other}</a>`}
<h1>${escaped(page.title)}</h1>
${page.intro === undefined ? '' : `<p class="intro">${lines(page.intro)}</p>`}
${path === undefined && !shown.paper ? `<p class="notice">${w.preview}</p>` : ''}
${top}</header>
<main>
${page.items.length === 0 ? `<p class="quiet">${w.empty}</p>` : `<ol>${page.items.map((item) => itemHtml(item, page, shown, w)).join('\n')}</ol>`}
${shown.paper ? '' : `${proposedHtml(page, shown, w)}\n<p class="quiet no-print">${w.print}</p>`}
</main>`,
  )
}

/** A page that says, calmly, that there is nothing to see. */
export function closedHtml(language: Lang, nonce: string, which: 'over' | 'none' | 'tooMany' | 'tooLarge'): string {
  const w = WORDS[language]
  const title = which === 'over' ? w.over : which === 'none' ? w.none : w.plan
  const says = which === 'over' ? w.overSays : which === 'none' ? w.noneSays : w[which]
  return document({ language, nonce, title }, `<main class="closed"><h1>${title}</h1><p>${says}</p></main>`)
}

const document = (of: Omit<Document, 'robots' | 'metas' | 'style'>, body: string): string =>
  documentHtml({ ...of, robots: 'noindex, nofollow, noarchive', metas: METAS, style: STYLE }, body)

const METAS = `
<meta name="referrer" content="no-referrer">
<meta name="format-detection" content="telephone=no">`

const noticeHtml = (w: PageWords, { good, text }: NonNullable<Shown['notice']>): string =>
  `<p class="notice" role="${good ? 'status' : 'alert'}">${good ? '' : `${w.wrong}: `}${escaped(text)}</p>\n`

const lines = (text: string): string => escaped(text).replaceAll(/\r?\n/g, '<br>')

function itemHtml(item: JointPageItem, page: JointPage, shown: Shown, w: PageWords): string {
  const { language, path, notice } = shown
  const done = item.doneOn !== null
  const late = !done && item.on !== null && item.on < page.today
  const day =
    item.doneOn !== null
      ? `${w.done} ${dayHtml(item.doneOn, language)}`
      : item.on === null
        ? w.noDay
        : `${late ? `${w.late} ` : ''}${dayHtml(item.on, language)}`
  const mine = notice?.itemId === item.id ? notice : undefined
  return `<li id="s-${item.id}"${done ? ' class="done"' : ''}>
<div class="row"><span class="tick" aria-hidden="true">${done ? '✓' : ''}</span>
<div class="what"><h2>${escaped(item.what)}</h2>
<p class="meta"><span class="side side-${item.whose}">${w[item.whose]}</span>${item.owner === null ? '' : ` ${escaped(item.owner)}`}</p></div>
<p class="day">${day}</p></div>
${item.said.length === 0 ? '' : `<ul class="said">${item.said.map((one) => saidHtml(one, language, w)).join('')}</ul>`}
${mine ? noticeHtml(w, mine) : ''}${shown.paper ? '' : formHtml(item, page, { path, open: mine !== undefined && !mine.good, name: mine?.name, language }, w)}
</li>`
}

function saidHtml(
  { kind, on, text, author, day, decision }: JointPageItem['said'][number],
  language: Lang,
  w: PageWords,
): string {
  const says = { done: w.saidDone, undone: w.saidUndone, move: w.saidMove, comment: w.saidComment }[kind]
  const when = on === null || kind === 'comment' || kind === 'undone' ? '' : ` ${dayHtml(on, language)}`
  return `<li><span class="who">${escaped(author ?? w.somebody)}</span> ${says}${when}${text === null ? '' : `${language === 'zh' ? '：' : ': '}<q>${lines(text)}</q>`} <span class="quiet">(${dayHtml(day, language)}${language === 'zh' ? '，' : ', '}${w[decision]})</span></li>`
}

function formHtml(
  item: JointPageItem,
  page: JointPage,
  { path, open, name, language }: { path: string | undefined; open: boolean; name: string | undefined; language: Lang },
  w: PageWords,
): string {
  const id = item.id
  const dead = path === undefined ? ' disabled' : ''
  const kinds = item.doneOn === null ? (['done', 'move', 'comment'] as const) : (['comment', 'undone'] as const)
  const label = { done: w.doneOn, undone: w.undone, move: w.newDay, comment: w.comments }
  const choices = kinds
    .map(
      (kind, i) =>
        `<label class="choice"><input type="radio" name="kind" value="${kind}"${i === 0 ? ' checked' : ''}${dead}> ${label[kind]}${kind === 'done' || kind === 'move' ? ` <input type="date" name="${kind}On" aria-label="${label[kind]}" value="${escaped(kind === 'done' ? page.today : (item.on ?? ''))}" max="${kind === 'done' ? page.today : '2199-12-31'}"${dead}>` : ''}</label>`,
    )
    .join('\n')
  return `<details class="no-print"${open ? ' open' : ''}><summary>${w.say}</summary>
<form method="post" action="${escaped(path ?? '')}?lang=${language}" autocomplete="off">
<input type="hidden" name="item" value="${id}">
<fieldset>
${choices}
</fieldset>
<label>${w.words}<textarea name="text" rows="2" maxlength="2000"${dead}></textarea></label>
<label>${w.by}<input name="author" required maxlength="100" autocomplete="name" value="${escaped(name ?? page.forWhom ?? '')}"${dead}></label>
<button${dead}>${w.send}</button>
</form></details>`
}

/** Steps that they would like on it, and the form in which to say one. */
function proposedHtml(page: JointPage, { language, path, notice }: Shown, w: PageWords): string {
  const dead = path === undefined ? ' disabled' : ''
  const one = ({ on, text, author, day, decision }: Proposed): string =>
    `<li><span class="who">${escaped(author ?? w.somebody)}</span> ${w.proposes}${on === null ? '' : ` ${dayHtml(on, language)}`}${language === 'zh' ? '：' : ': '}<q>${lines(text ?? '')}</q> <span class="quiet">(${dayHtml(day, language)}${language === 'zh' ? '，' : ', '}${w[decision]})</span></li>`
  return `<section id="proposed">
${page.proposed.length === 0 ? '' : `<h2>${w.proposed}</h2>\n<ul class="said">${page.proposed.map(one).join('')}</ul>`}
<details class="no-print propose"><summary>${w.propose}</summary>
<form method="post" action="${escaped(path ?? '')}?lang=${language}" autocomplete="off">
<input type="hidden" name="kind" value="propose">
<label>${w.step}<input name="text" required maxlength="200"${dead}></label>
<label>${w.stepDay}<input type="date" name="proposeOn" max="2199-12-31"${dead}></label>
<label>${w.by}<input name="author" required maxlength="100" autocomplete="name" value="${escaped(notice?.name ?? page.forWhom ?? '')}"${dead}></label>
<button${dead}>${w.send}</button>
</form></details>
</section>`
}

const formats = new Map<Lang, Intl.DateTimeFormat>()
function dayHtml(day: string, language: Lang): string {
  let format = formats.get(language)
  if (!format)
    formats.set(
      language,
      (format = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
        timeZone: 'UTC',
        year: 'numeric',
        month: language === 'zh' ? 'long' : 'short',
        day: 'numeric',
        weekday: 'short',
      })),
    )
  return `<time datetime="${escaped(day)}">${escaped(format.format(new Date(`${day}T00:00:00Z`)))}</time>`
}
