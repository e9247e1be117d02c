import { convert } from 'html-to-text'

const TAGS =
  /<\/?(?:p|div|br|b|i|u|em|strong|span|a|ul|ol|li|table|tr|td|th|h[1-6]|html|body|img|font|blockquote|pre|hr|style|head|meta)\b[^>]*>/i
const ENTITY = /&(?:nbsp|amp|lt|gt|quot|#\d{2,5}|#x[\da-f]{2,5});/i

/** The words of a note that a program keeps as HTML: no tags, comments, pictures; a line for each paragraph and item. Other text stays as it is. */
export function htmlAsText(text: string): string {
  if (!TAGS.test(text)) return ENTITY.test(text) && !text.includes('<') ? plain(text) : text
  return plain(text)
}

const plain = (text: string): string =>
  convert(text, {
    wordwrap: false,
    // What lies deeper in itself was made to; it would be gone down into until the stack ends.
    limits: { maxDepth: 100 },
    selectors: [
      { selector: 'img', format: 'skip' },
      { selector: 'style', format: 'skip' },
      { selector: 'head', format: 'skip' },
      { selector: 'a', options: { ignoreHref: true } },
      { selector: 'p', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
      {
        selector: 'ul',
        format: 'unorderedList',
        options: { itemPrefix: ' ', leadingLineBreaks: 1, trailingLineBreaks: 1 },
      },
      { selector: 'ol', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({
        selector,
        options: { uppercase: false, leadingLineBreaks: 1, trailingLineBreaks: 1 },
      })),
      { selector: 'blockquote', options: { leadingLineBreaks: 1, trailingLineBreaks: 1, trimEmptyLines: true } },
      { selector: 'table', format: 'dataTable', options: { uppercaseHeaderCells: false } },
    ],
  })
    .replaceAll('\u00a0', ' ')
    .replaceAll(/^ +/gm, '')
    .trim()
