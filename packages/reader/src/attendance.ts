import { FAMILY, LATIN, NOT_A_NAME } from './names.ts'
import type { Name } from './names.ts'
import type { Stretch } from './segments.ts'

const PRESENT =
  /^[\s\-*#>]*(?:参加|参会|与会|出席|到会|参与|对方|客方|甲方|拜访对象|受访)(?:人员?|单位|领导|方)?\s*:|^[\s\-*#>]*(?:present|attendees|attending|attended by|participants|in the room|on the call|their side)\s*:/

/** The lines of minutes that say who was there. */
export function attendance(text: string): Stretch[] {
  const lines: Stretch[] = []
  for (let start = 0; start < text.length; start = text.indexOf('\n', start) + 1 || text.length) {
    const end = text.indexOf('\n', start) < 0 ? text.length : text.indexOf('\n', start)
    if (PRESENT.test(text.slice(start, end))) lines.push({ start, end })
  }
  return lines
}

/** Where a list of who was there goes on with ours. */
const OURS =
  /[;,] ?(?:我方|我司|我们|公司方面|我|us|ours?|self|plus|from us|our side)(?![a-z])|\b(?:plus|and) (?:self|me|us)\b|我方|我司/
const ITEM_EN = new RegExp(`^(${LATIN}|[A-Z]\\.)(?: (?:van |von |de |der |al-)?(?:${LATIN}|[A-Z]\\.)){0,2}$`, 'u')
const ITEM_ZH = new RegExp(`^${FAMILY}[\\u4e00-\\u9fff]{1,4}$`)

/** Whom the lines of minutes that say who was there list; ours, and who stands for an office alone, are left out. */
export function attendees(text: string, written: string, taken: readonly Stretch[]): Name[] {
  return attendance(text).flatMap((line): Name[] => {
    const colon = text.indexOf(':', line.start)
    const ours = OURS.exec(text.slice(colon + 1, line.end))
    const until = ours ? colon + 1 + ours.index : line.end
    const found: Name[] = []
    let from = colon + 1
    for (const part of written.slice(from, until).split(/[,;、，；]| and | & /)) {
      const start = from + part.search(/\S|$/)
      from += part.length
      while (from < until && /[,;、，；]/.test(written[from]!)) from++
      const joint = / and | & /.exec(written.slice(from, from + 5))
      if (joint?.index === 0) from += joint[0].length
      const name = part.replace(/[(（].*$/, '').trim()
      if (!name || (!ITEM_EN.test(name) && !ITEM_ZH.test(name)) || NOT_A_NAME.test(name.split(' ')[0]!)) continue
      const end = start + name.length
      if (written.slice(start, end) !== name || taken.some((one) => one.start < end && one.end > start)) continue
      found.push({ name, start, end })
    }
    return found
  })
}
