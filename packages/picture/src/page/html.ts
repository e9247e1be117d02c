import { escape } from '../text.ts'

/** Markup that is already safe; anything else put into `html` is escaped. */
export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

type Part = Html | string | number | null | false | readonly Part[]

function write(part: Part): string {
  if (part === null || part === false) return ''
  if (part instanceof Html) return part.text
  if (typeof part === 'string') return escape(part)
  if (typeof part === 'number') return String(part)
  return part.map(write).join('')
}

/** Template for markup: what stands between `${}` is text and gets escaped, unless it is markup itself. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(strings.map((text, i) => text + (i < parts.length ? write(parts[i]!) : '')).join(''))
}

/** A bar of 0..100 %, with a band where there is one; the number stands beside it in words. */
export function bar(value: number, band: { low: number; high: number } | null = null, look = ''): Html {
  const at = (share: number): string => `${Math.round(Math.min(1, Math.max(0, share)) * 1000) / 10}%`
  const spread = band && html`<i class="spread" style="left:${at(band.low)};width:${at(band.high - band.low)}"></i>`
  return html`<span class="bar ${look}" aria-hidden="true"><i style="width:${at(value)}"></i>${spread}</span>`
}

export interface Column {
  head: string
  /** A number: right in the column. */
  number?: boolean
}

/** A table that becomes a list of cards where it would be too wide; its first column heads each row. */
export function table(caption: string, columns: readonly Column[], rows: readonly (readonly Part[])[]): Html {
  const look = ({ number }: Column): string => (number ? 'n' : '')
  return html`<table>
    <caption class="unseen">
      ${caption}
    </caption>
    <thead>
      <tr>
        ${columns.map((column) => html`<th scope="col" class="${look(column)}">${column.head}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (row) =>
          html`<tr>
            ${row.map((cell, i) => (i === 0 ? html`<th scope="row">${cell}</th>` : html`<td class="${look(columns[i]!)}" data-head="${columns[i]!.head}"><div>${cell}</div></td>`))}
          </tr>`,
      )}
    </tbody>
  </table>`
}

export function section(id: string, title: string, ...body: Part[]): Html {
  return html`<section aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    ${body}
  </section>`
}
