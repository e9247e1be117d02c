import type { Lang } from '../methodology/words.ts'
import type { ConstraintId, Text } from '../methodology/schema.ts'
import type { Refusal } from './constraints/candidate.ts'
import type { Need } from './terms/need.ts'
import type { PlanView } from './view.ts'

type Places = Readonly<Record<string, string | Text>>

const both = (of: (lang: Lang) => string): Text => ({ en: of('en'), zh: of('zh') })
const DAY = /^\d{4}-(\d{2})-(\d{2})$/
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/** A word in one language; a day as it is said within a year. */
function pick(value: string | Text, lang: Lang): string {
  if (typeof value !== 'string') return value[lang]
  const day = DAY.exec(value)
  if (!day) return value
  const [month, date] = [Number(day[1]), Number(day[2])]
  return lang === 'zh' ? `${month}月${date}日` : `${date} ${MONTHS[month - 1]}`
}

/** A sentence of the methodology with its places filled in. */
export function fill(template: Text, places: Places): Text {
  return both((lang) =>
    template[lang].replace(/\{(\w+)\}/g, (_, key: string) => {
      const value = places[key]
      return value === undefined ? '' : pick(value, lang)
    }),
  )
}

/** A country as people call it, by its ISO 3166 code; a code that is none stays as it is. */
export const countryName = (code: string): Text =>
  both((lang) => new Intl.DisplayNames(lang, { type: 'region', fallback: 'code' }).of(code) ?? code)

export const reasonOf = (view: PlanView, need: Need): Text =>
  fill(view.method.terms.find(({ id }) => id === need.term)!.reason, need.about)

export function refusalOf(view: PlanView, { constraint, about }: Refusal): Text {
  return fill(view.method.constraints.find(({ id }) => id === (constraint as ConstraintId))!.reason, about)
}

/** 1 day, 6 days · 6天 */
export const daysOf = (n: number): Text => ({ en: n === 1 ? '1 day' : `${n} days`, zh: `${n}天` })

/** What the planner says itself; everything else is the methodology's. */
export const SAYS = {
  sooner: { en: 'not before {day}: {why}', zh: '不早于{day}：{why}' },
  later: { en: 'by {day} at the latest; after that it is worth half', zh: '最晚{day}，再晚价值减半' },
  prepare: { en: 'it takes {days} to prepare', zh: '准备要{days}' },
  wayIn: { en: 'the way in ({path}) takes {days}', zh: '走{path}要{days}' },
  spacing: { en: 'he or she was seen on {day}', zh: '{day}刚见过' },
  leads: { en: 'takes us to {person}', zh: '由此去见{person}' },
  tell: { en: 'tell {person} the same day', zh: '当天告诉{person}' },
  before: { en: 'comes after “{play}” on {day}', zh: '排在{day}的“{play}”之后' },
  otherPath: {
    en: 'try “{path}”: {days} days, about {percent} in 100 answer',
    zh: '改走“{path}”：约{days}天，一百次里约成{percent}次',
  },
  otherPathThrough: {
    en: 'try “{path}” through {person}: {days} days, about {percent} in 100 answer',
    zh: '改走“{path}”，请{person}引荐：约{days}天，一百次里约成{percent}次',
  },
  otherPlay: { en: 'offer “{play}” instead', zh: '换成“{play}”' },
  again: { en: 'ask again after {days} days with a new reason', zh: '{days}天后换一个理由再约' },
  nothing: { en: 'nothing is left that reaches {person} in time', zh: '已经没有来得及见到{person}的办法' },
  sayFirst: {
    en: 'say so first: tell {person} openly what is missing, and ask for a later date',
    zh: '先把话说开：告诉{person}还缺什么，请他把日子往后放',
  },
  sayFirstAny: {
    en: 'say openly what is missing and ask for a later date',
    zh: '先把话说开：还缺什么，请对方把日子往后放',
  },
  holidays: {
    en: 'holidays of {country} are known until {day}; after that only weekends are kept free',
    zh: '{country}的节假日只知道到{day}，之后只避开周末',
  },
  noHolidays: {
    en: 'it is not known in which countries the customer and we are: only weekends are kept free, no holidays',
    zh: '没填客户和我方在哪个国家，只避开周末，没算节假日',
  },
  guessed: {
    en: 'the holidays of {country} are a guess: the country of the customer is not written down',
    zh: '客户在哪个国家没填，先按{country}的节假日算',
  },
  noOurs: {
    en: 'nobody of ours is named: write down who goes to customers, then each step says who',
    zh: '还没填我方谁去见客户，填了每一步才能写明谁去',
  },
  decisionUnknown: { en: 'no date of the decision is known within the plan', zh: '计划期内不知道哪天定' },
  leaveWhy: {
    en: 'the chance to win is {percent} in 100 and nobody who decides can be reached in time',
    zh: '赢率约 {percent}%，拍板的人都来不及见到',
  },
  leaveDecoy: { en: 'there are signs that we are there to make up the numbers', zh: '有迹象显示请我们只是凑数' },
  leaveOne: { en: '{person} receives us in person', zh: '{person}本人见我们一次' },
  leaveTwo: { en: 'the criteria are opened again for what only we can do', zh: '评分标准为“只有我们能做的”重新打开' },
  leaveDecide: {
    en: 'decide among ourselves: we go on only if by {day} two things have happened: {one}; {two}',
    zh: '我们内部先定：到{day}有这两件事才继续投入：{one}；{two}',
  },
  leaveAsk: {
    en: 'until {day} two things must happen, or we leave: {one}; {two}',
    zh: '到{day}要有两件事，否则退出：{one}；{two}',
  },
  unseenAside: { en: 'you set them aside', zh: '您已搁置' },
  unseenAsideUntil: { en: 'you set them aside until {day}', zh: '您已搁置到{day}' },
  unseenLater: { en: 'planned for {day} ({play}): {why}', zh: '排在{day}（{play}）：{why}' },
  unseenLaterOnly: { en: 'planned for {day} ({play})', zh: '排在{day}（{play}）' },
  unseenLeaving: {
    en: 'first it must be clear whether we stay; until then nothing is spent on it',
    zh: '先定还跟不跟，定之前不再投入',
  },
  unseenNoWay: { en: 'nobody and no path is known yet that takes us there', zh: '还没有引路人，也没有可走的路' },
  unseenNoPlay: { en: 'the method has no step that fits them now', zh: '方法里现在没有适合他的一步' },
  unseenMet: { en: 'met on {day}, and nothing is open with them now', zh: '{day}见过，眼下没有未了的事' },
  unseenMetNext: {
    en: 'met on {day}; what they ask next, “{topic}”, is due on {due}',
    zh: '{day}见过；下一个要问的“{topic}”到{due}才该答',
  },
  unseenNext: { en: 'what they ask next, “{topic}”, is due on {due}', zh: '下一个要问的“{topic}”到{due}才该答' },
  unseenNothing: {
    en: 'no question and no date of theirs is known that a meeting would serve',
    zh: '还不知道他问什么、哪天要什么，见面没有由头',
  },
  unseenCosts: {
    en: 'a meeting now would bring less than it costs: what is open is small, or another step answers it',
    zh: '现在去见，得不偿失：未了的事不大，或别的步骤已在办',
  },
  unseenLess: { en: 'other steps are worth more of our time now', zh: '眼下我们的时间用在别的步骤上更值' },
  added: { en: 'new: {why}', zh: '新增：{why}' },
  dropped: { en: 'no longer worth its time', zh: '已不值得花这个时间' },
  doneOn: { en: 'done on {day}', zh: '{day}已经做了' },
  answered: { en: 'what it was for is answered', zh: '它要解决的已经解决' },
  instead: { en: '“{play}” does it instead', zh: '改由“{play}”来做' },
  cannotNow: { en: 'it cannot stand on {day}: {why}', zh: '{day}不行了：{why}' },
  moved: { en: 'moved so that {why}', zh: '改期，因为{why}' },
} as const satisfies Record<string, Text>
