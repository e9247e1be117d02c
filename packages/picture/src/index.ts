export { explain, spoken } from './explain/explain.ts'
export type { Explanation, ExplainLine } from './explain/explain.ts'
export { placeOf, rowsOf, targetAt } from './explain/target.ts'
export type { Target } from './explain/target.ts'
export { positionSentence } from './layout/headline.ts'
export { layout } from './layout/layout.ts'
export type * from './layout/types.ts'
export { bandWords, concernWords, decidesWords, headlineWords, leadWords, roomsWords, toneOf } from './lead-words.ts'
export type { Tone } from './lead-words.ts'
export type { Mark } from './mark.ts'
export { meetingHtml } from './page/meeting.ts'
export { page } from './page/page.ts'
export type { PageMethod, PageOptions } from './page/options.ts'
export { picture, pictureMarks } from './picture.ts'
export type { LayoutOptions, MethodNames, PictureOptions, Theme } from './options.ts'
export { DARK, LIGHT, styleWith } from './style.ts'
export type { Palette } from './style.ts'
export { dayAt, xOf } from './time.ts'
export type { TimeScale } from './time.ts'
export { WORDS, wordsFrom } from './words.ts'
export type { PictureWords } from './words.ts'
export { accountHtml, accountSections } from './page/account.ts'
export type { AccountSection } from './page/account.ts'
export { ACCOUNT_WORDS } from './page/account-words.ts'
export { MOST_ROWS, slopes, slopesMark } from './review/slopes.ts'
export type { SlopesOptions } from './review/slopes.ts'
export {
  amountWords,
  changeWords,
  claimWords,
  farWords,
  lackWords,
  leadSaid,
  lossWords,
  REVIEW_WORDS,
  voiceWords,
  weekWords,
} from './review/words.ts'
export type { ReviewNames, ReviewWords } from './review/words.ts'
export { reviewHtml } from './review/html.ts'
export { accountSlides } from './slides/account.ts'
export { dealSlides } from './slides/deal.ts'
export { jointSlides, reviewSlides } from './slides/review.ts'
export type { JointStep } from './slides/review.ts'
export { SLIDE } from './slides/types.ts'
export type { Deck, Slide, SlideLine, SlidePart, SlideTone, TablePart } from './slides/types.ts'
