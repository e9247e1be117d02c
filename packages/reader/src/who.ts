import { shortFor } from './given-names.ts'
import { normalise } from './normalise.ts'
import type { Stretch } from './segments.ts'
import type { KnownPerson } from './types.ts'

const HAN_NAME = /^[\u3400-\u9fff]{2,4}$/
/** Offices that people are called by behind their family name. */
const OFFICES =
  '总监|总经理|总工|总助|总(?![体之数量额共包装]|部(?!署))|处长?|局长?|科长?|主任|部长?|院长?|行长|校长|书记|经理|厂长|区长|所长|队长|组长|站长|会长|镇长|县长|市长|主席|主管|秘书长?'
/** What follows a surname when people are spoken of politely. */
const ADDRESS = `(?:副?(?:${OFFICES})|工(?![程作地厂人期业艺会资])|老师|博士|教授|医生|董事?长?|姐(?!妹)|哥(?!们))`
/** A name as people say it, 费总 or 卓副总: a family name and an address; the address alone names nobody. */
const ADDRESSED = new RegExp(`^([\\u3400-\\u9fff]{1,2})(${ADDRESS})$`)
/** Before or instead of a name, in English. */
const HONORIFICS = new Set(
  'mr mrs ms miss mx dr prof professor sir madam herr frau sgt capt director chairman the of von van der de del la al bin cllr lord lady smt shri sh ji sri eng ing rev hon coach sheriff judge pan pani'.split(
    ' ',
  ),
)
/** Words of two letters that are no names. */
const SHORT_WORDS = new Set(
  'he so an do we me to in on it is be by my no or us if go up as at of am oh ok hi it hr pm vp md'.split(' '),
)

interface Form {
  pattern: RegExp
  person: string
  /** Capitals alone, for a name. */
  initials: boolean
  /** One word of a Latin name: written with a capital, or in a text that has none and as no word of the language. */
  capital: boolean
}

/** Characters after which a family name is part of another word: 对于, 对方, 方向. */
const WITHIN: Readonly<Record<string, string>> = {
  于: '对由关鉴基属处位等大小高低多少至终善便利限源在用',
  方: '对双甲乙我官地校院厂买卖各多供需三',
  时: '当同及随暂平按',
  向: '方意倾面走',
  任: '主责信现前负担出',
  高: '最提新',
  常: '经日正非异通',
  程: '工流过日课',
  成: '完形达组',
  何: '任为如',
  万: '千百十几',
  金: '资现基奖',
  安: '平治保公',
  白: '明空',
  路: '线公道铁',
  文: '公发下条',
  关: '有相机',
  管: '主监保尽',
}
const inside = (family: string): string => (WITHIN[family] ? `(?<![${WITHIN[family]}])` : '')
/** Given names that are words as well: only with the family name. */
const WORDS = new Set(
  '建设 和平 胜利 光明 文明 发展 前进 国庆 团结 平安 健康 成功 学习 自强 希望 未来 阳光 明白 高兴 文化 建筑 振兴 解放 进步 先进 红旗 长城 新华 卫生 海洋 江山 智慧 启明 永远'.split(
    ' ',
  ),
)
/** The same in English. */
const EN_WORDS = new Set(
  'will mark bill rose grace may june april hope faith frank rich chase dean drew grant jack art sue pat guy max miles price banks young long short white black green brown king cook baker stone wood hill field west north day page park bush rice ray ward ford lane bond case cross dale gage glen joy penny sky summer robin ivy holly violet amber ruby victor earnest bishop carpenter mason miller porter sharp small strong swift power best good love moon wise little read reed'.split(
    ' ',
  ),
)

/** How each person of the map may be called in a note; a form that fits two people is left out. */
function formsOf(people: readonly KnownPerson[]): Form[] {
  const forms: { key: string; source: string; person: string; capital: boolean; initials: boolean }[] = []
  for (const { id, name, title } of people) {
    const plain = normalise(name).trim()
    const add = (source: string, capital = false, initials = false): void =>
      void forms.push({ key: source, source, person: id, capital, initials })
    const addressed = ADDRESSED.exec(plain)
    if (addressed) {
      // 费总 is not 费工; of deputies people often say no more than 总.
      const [, family = '', address = ''] = addressed
      add(`${inside(family[0]!)}${family}(?:副?${escape(address.replace(/^副/, ''))})`)
    } else if (/^[老小][\u3400-\u9fff]$/.test(plain)) {
      const family = plain[1]!
      add(`[老小]${family}(?![\\u3400-\\u9fff]{0,1}(?:板|师|姐|哥|弟))`)
      add(`${inside(family)}${family}${ADDRESS}`)
    } else if (HAN_NAME.test(plain)) {
      add(plain)
      const given = plain.slice(1)
      // Before what a place or an office is called by, it is the name of that.
      if (plain.length >= 3 && !WORDS.has(given)) add(`${given}(?![局厅部委处科司办院路镇乡县市区村]|集团|公司|银行)`)
      add(`${inside(plain[0]!)}${plain[0]}${ADDRESS}`)
      add(`[老小]${plain[0]}(?![\\u3400-\\u9fff]{0,1}(?:板|师|姐|哥|弟))`)
    } else {
      const words = plain
        .split(/\s+/)
        .filter((word) =>
          /^[a-z][a-z'-]+$/.test(word)
            ? !HONORIFICS.has(word) && !SHORT_WORDS.has(word)
            : /^[\u3400-\u9fff]/.test(word),
        )
      add(`\\b${escape(plain)}${/\w$/.test(plain) ? '\\b' : ''}`)
      for (const word of words)
        if (/^[a-z]/.test(word)) add(`\\b${escape(word)}(?:'s)?\\b`, true)
        else add(`${word}${ADDRESS}?`)
      for (const short of shortFor(words[0] ?? '')) add(`\\b${short}(?:'s)?\\b`, true)
      const letters = initialsOf(plain)
      if (letters) add(`\\b${letters}\\b`, false, true)
    }
    // 王：要名单, at the head of a line of a chat or of minutes.
    const family = /^[\u3400-\u9fff]/.test(plain) && !/^[老小]/.test(plain) ? plain[0]! : undefined
    if (family) add(`(?<=^|\\n *)${family}(?= ?:)`)
    const role = title ? normalise(title).trim() : ''
    if (role.length >= 2)
      add(/[\u3400-\u9fff]/.test(role) ? escape(role) : `(?:\\b(?:the|their) |(?<=^|\\n|[.;:] ))${roleForms(role)}\\b`)
  }
  const owners = new Map<string, Set<string>>()
  for (const { key, person } of forms) owners.set(key, (owners.get(key) ?? new Set()).add(person))
  return forms
    .filter(({ key }) => owners.get(key)!.size === 1)
    .map(({ source, person, capital, initials }) => ({ pattern: new RegExp(source, 'g'), person, capital, initials }))
}

/** The first letters of a Latin name of two or three words, or what stands in brackets behind it. */
function initialsOf(plain: string): string | undefined {
  const told = /\(([a-z]{2,3})\)/.exec(plain)?.[1]
  if (told) return told
  const words = plain
    .replaceAll(/\([^)]*\)/g, ' ')
    .split(/[\s.]+/)
    .filter((word) => /^[a-z]/.test(word) && !HONORIFICS.has(word))
  return words.length === 2 || words.length === 3 ? words.map((word) => word[0]).join('') : undefined
}
/** Capitals that mean something else. */
const ABBREVIATIONS = new Set(
  'it hr pm am us uk eu md vp po qa ai ok id tv pc ceo cfo cio cto coo rfp rfq poc roi sla kpi erp crm nda'.split(' '),
)
/** Capitals at the head of a line, before what somebody says, or in brackets behind a name. */
const isLabelled = (written: string, start: number, end: number): boolean =>
  (/(?:^|\n)[ \t]*(?:[-*•][ \t]*|\(?\d{1,2}[.),][ \t]*)?$/.test(written.slice(Math.max(0, start - 8), start)) &&
    /^ ?(?:[:：]| [-–—] )/.test(written.slice(end, end + 4))) ||
  (written[start - 1] === '(' && written[end] === ')')

/** What a post is called as well. */
const POSTS: readonly (readonly string[])[] = [
  ['ceo', 'chief executive officer', 'chief executive', 'chief exec'],
  ['cfo', 'chief financial officer', 'finance chief'],
  ['cio', 'chief information officer'],
  ['cto', 'chief technology officer'],
  ['coo', 'chief operating officer'],
  ['md', 'managing director'],
  ['fd', 'finance director', 'director of finance'],
  ['chair', 'chairman', 'chairwoman', 'chairperson'],
  ['head of it', 'it head'],
  ['gc', 'general counsel'],
]
function roleForms(role: string): string {
  const same = POSTS.find((forms) => forms.includes(role)) ?? [role]
  return `(?:${same.map(escape).join('|')})`
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

export interface PersonMention extends Stretch {
  person: string
}

/**
 * Where a normalised text speaks of people of the map, in order of place. `written`: the text as it was written, place by place the
 * same, whose capitals tell names from words.
 */
export function peopleIn(text: string, people: readonly KnownPerson[], written = text): PersonMention[] {
  const found: PersonMention[] = []
  const dictated = !/[A-Z]/.test(written)
  for (const { pattern, person, capital, initials } of formsOf(people)) {
    const matches = [...text.matchAll(pattern)]
    if (initials && !isInitialled(matches, written)) continue
    for (const match of matches) {
      if (capital && !isName(match, written, dictated || isSmall(written, match.index))) continue
      if (initials && written.slice(match.index, match.index + match[0].length) !== match[0].toUpperCase()) continue
      const mention = { start: match.index, end: match.index + match[0].length, person }
      // Of two that overlap the longer name is meant.
      const overlap = found.findIndex((other) => mention.start < other.end && mention.end > other.start)
      if (overlap < 0) found.push(mention)
      else if (mention.end - mention.start > found[overlap]!.end - found[overlap]!.start) found[overlap] = mention
    }
  }
  return joined(
    found.sort((a, b) => a.start - b.start),
    text,
  )
}

/** Are capitals used for a name in this text: at the head of a line or in brackets, or such as mean nothing else? */
function isInitialled(matches: readonly RegExpMatchArray[], written: string): boolean {
  return matches.some(({ index = 0, 0: words }) => {
    const [start, end] = [index, index + words.length]
    if (written.slice(start, end) !== words.toUpperCase()) return false
    return isLabelled(written, start, end) || !ABBREVIATIONS.has(words)
  })
}

/** Is a line typed without capitals, but for who speaks in it? There names have none either. */
function isSmall(written: string, at: number): boolean {
  const end = written.indexOf('\n', at)
  const line = written.slice(written.lastIndexOf('\n', at - 1) + 1, end < 0 ? undefined : end)
  const said = line.slice(Math.max(0, line.search(/[:：](?=\s)/) + 1))
  return said.length > 12 && !/[A-Z]/.test(said)
}

/** First and last name are one mention, and what is in brackets behind them. */
function joined(mentions: readonly PersonMention[], text: string): PersonMention[] {
  const list: PersonMention[] = []
  for (const one of mentions) {
    const before = list.at(-1)
    if (before?.person === one.person && /^ ?\(?$/.test(text.slice(before.end, one.start)))
      before.end = text[before.end + 1] === '(' && text[one.end] === ')' ? one.end + 1 : one.end
    else list.push({ ...one })
  }
  return list
}

/** At the beginning of a sentence every word has a capital: there a verb follows a name, and somebody a verb. */
const VERB_BEFORE = /^\s+(?:they|we|you|he|she|it|the|this|that|there|our|their|be|not)\b/i

function isName(match: RegExpMatchArray, written: string, dictated: boolean): boolean {
  const word = match[0].replace(/'s$/, '')
  const [from, to] = [match.index!, match.index! + match[0].length]
  if (dictated) return !EN_WORDS.has(word)
  if (!/[A-Z]/.test(written[from]!)) return false
  return !EN_WORDS.has(word) || !VERB_BEFORE.test(written.slice(to, to + 20))
}
