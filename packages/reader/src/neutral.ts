/**
 * Words that say when or how a thing happened and not what: a fact is the same fact with and without them. Days still to come, deadlines and
 * "years ago" are none of them, because they change what is said.
 */
const DAY_PART = '(?:一早|早上|上午|中午|下午|晚上|晚间|夜里)?'
const HAN_NEUTRAL = new RegExp(
  [
    `(?:今天|今日|今儿|昨天|昨日|昨儿|前天|前几天|前两天|前些天|前阵子|这几天|这两天|近日|最近)${DAY_PART}`,
    '(?:今早|今晚|昨晚|当天|当场|刚刚|刚才|方才)',
    `(?:上|本|这)个?(?:周|星期|礼拜)(?:[一二三四五六日天末](?!前|之前|以前|内))?${DAY_PART}`,
    `(?<![下到至每前])(?:周|星期|礼拜)[一二三四五六](?!前|之前|以前|内|截)${DAY_PART}`,
    '上个?月(?:底|初|末|中旬|\\d{1,2}[日号])?',
    '(?<![到至在于前\\d年])\\d{1,2}月\\d{1,2}[日号](?![前之以截起到至开交上])',
    '(?:已经|已|终于|总算|果然|确实|的确|顺利|居然|竟然)',
  ].join('|'),
  'g',
)
const WEEKDAY = '(?:mon|tues|wednes|thurs|fri|satur|sun)day'
const MONTH = '(?:january|february|march|april|may|june|july|august|september|october|november|december)'
const LATIN_NEUTRAL = new RegExp(
  ` ?\\b(?:${[
    `(?:late |early |earlier )?last (?:week|night|month|${WEEKDAY})(?: (?:morning|afternoon|evening))?`,
    `(?:on |this )${WEEKDAY}(?: (?:morning|afternoon|evening))?`,
    '(?:yesterday|today)(?: (?:morning|afternoon|evening))?',
    'this (?:morning|afternoon|evening|week)',
    '(?:earlier )?(?:the other day|a (?:few|couple of) (?:days|weeks) ago|(?:two|three|four|\\d{1,2}) (?:days|weeks) ago|days ago)',
    `on (?:the )?\\d{1,2}(?:st|nd|rd|th)?(?: of)? ${MONTH}`,
    `on ${MONTH} \\d{1,2}(?:st|nd|rd|th)?`,
    'already|finally|eventually|recently|actually|officially|at last|at long last|in the end|by now|indeed|just now|only just',
  ].join('|')})\\b`,
  'g',
)

/** A normalised text without words of time and manner that leave a fact as it is; positions are not kept. */
export function bare(text: string): string {
  return text.replaceAll(HAN_NEUTRAL, '').replaceAll(LATIN_NEUTRAL, '')
}
