import type { Sheet, SheetLine } from '@sente/engine'
import { FONT } from '../style.ts'
import { html, Html } from './html.ts'

/** Two columns on paper, so that one sheet of A4 or Letter holds it; one column where the screen is narrow. */
export const MEETING_STYLE = `
.meeting{--late:#b3261e;--faint:#5b6470;--hair:#cfd5dc;font:13px/1.42 ${FONT};color:#14181d;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
.meeting h1{margin:0 0 2px;font-size:20px;line-height:1.25;font-weight:680}
.meeting .under{margin:0 0 10px;color:var(--faint)}
.meeting .stop{margin:0 0 10px;padding:6px 10px;border:2px solid var(--late);color:var(--late);font-weight:650}
.meeting .parts{columns:2;column-gap:22px}
.meeting section{margin:0 0 9px}
.meeting h2{margin:0 0 3px;padding-top:3px;border-top:1.5px solid currentColor;font-size:12px;line-height:1.35;font-weight:680;break-after:avoid}
.meeting p{margin:0 0 2px;break-inside:avoid}
.meeting .label{font-weight:650;margin-right:6px}
.meeting .strong{font-weight:650}.meeting .late{color:var(--late)}.meeting .faint{color:var(--faint)}
.meeting .ask{border:1.5px solid currentColor;padding:0 8px 4px;break-inside:avoid}.meeting .ask h2{border:0}
@media screen and (max-width:640px){.meeting .parts{columns:1}}
@media print{.meeting{font-size:8.4pt;line-height:1.32}.meeting h1{font-size:13pt}.meeting h2{font-size:8pt}.meeting section{margin-bottom:5pt}.meeting p{margin-bottom:1pt}.meeting .under{margin-bottom:5pt}.meeting .parts{column-gap:14pt}}
`

const line = ({ label, text, tone }: SheetLine): Html =>
  html`<p class="${tone ?? ''}">${label !== undefined && html`<span class="label">${label}</span>`}${text}</p>`

/** The page of a meeting as one HTML file to print or mail: no script, no request to anywhere. */
export function meetingHtml(sheet: Sheet): string {
  return html`<!doctype html>
    <html lang="${sheet.lang === 'zh' ? 'zh-CN' : 'en'}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${sheet.title} · ${sheet.under[0] ?? ''}</title>
        <style>
          ${new Html(`@page{margin:11mm 12mm}body{margin:0;background:#fff}main{max-width:980px;margin:0 auto;padding:24px 20px}@media print{main{max-width:none;padding:0}}${MEETING_STYLE}`)}
        </style>
      </head>
      <body>
        <main class="meeting">
          <h1>${sheet.title}</h1>
          <p class="under">${sheet.under.join(' · ')}</p>
          ${sheet.stop !== null && html`<p class="stop">${sheet.stop}</p>`}
          <div class="parts">
            ${sheet.sections.map(
              ({ id, name, lines }) =>
                html`<section class="${id === 'ask' ? 'ask' : ''}">
                  <h2>${name}</h2>
                  ${lines.map(line)}
                </section>`,
            )}
          </div>
        </main>
      </body>
    </html> `.text
}
