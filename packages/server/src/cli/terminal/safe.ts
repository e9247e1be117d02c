import { randomBytes } from 'node:crypto'
import { styleText } from 'node:util'
import type { Style } from './text.ts'

/**
 * Everything that goes to a terminal passes `forTerminal`. Names come from files, from a CRM and from other people: a control character in one could
 * move the cursor, set the title, hide a line or type for whoever reads. Such characters are shown as `\uXXXX`, which in JSON means the same. Our own
 * colours are sealed by what nobody else can know, so that they alone come through.
 */
const SEAL = `\u{ffffd}${randomBytes(8).toString('hex')}`
const SEALED = new RegExp(`${SEAL}(\\[[\\d;]*m)`, 'gu')

/** Of a character that commands a terminal or turns the direction of what follows; line ends and tabs are none. */
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const COMMANDS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g

const seal = (code: string): string => code.replaceAll('\u001b', SEAL)

/** The text in a style that only `forTerminal` makes one of. */
export function sealed(style: Style, text: string): string {
  const [open = '', close = ''] = styleText(style, '|', { validateStream: false }).split('|').map(seal)
  // What ends a style within goes on with this one.
  return `${open}${text.replaceAll(close, close + open)}${close}`
}

/** Without styles: what is seen of it. */
export const withoutSeals = (text: string): string => text.replaceAll(SEALED, '')

export function forTerminal(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replaceAll(COMMANDS, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll(SEALED, '\u001b$1')
}
