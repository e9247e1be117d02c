import { bare } from './neutral.ts'

/** Features are hashed to this many bits; collisions are rarer than typing errors. */
export const BITS = 18
const MASK = (1 << BITS) - 1

/** FNV-1a with a final mix, to `BITS` bits. */
export function hash(text: string): number {
  let h = 2166136261
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16777619)
  h ^= h >>> 15
  h = Math.imul(h, 0x2c1b3c6d)
  h ^= h >>> 13
  return (h >>> 0) & MASK
}

/** Concepts carry more than single words. */
export function weightOf(feature: string): number {
  return feature.startsWith('c') ? 2 : 1
}

const HAN_RUN = /[\u3400-\u9fff]+/g
const WORD = /[a-z0-9][a-z0-9'&+-]*/g

/** Rough stems: enough that "asked", "asks" and "asking" meet. */
export function stem(word: string): string {
  if (/^\d/.test(word)) return '0'
  if (word.length <= 4)
    return word.endsWith('s') && !word.endsWith('ss') && word.length === 4 ? word.slice(0, -1) : word
  return word
    .replace(/'s$/, '')
    .replace(/(?:sses)$/, 'ss')
    .replace(/ies$/, 'y')
    .replace(/(?:ations?|ating|ated|ates)$/, 'at')
    .replace(/(?:ements?)$/, 'e')
    .replace(/(?:([b-df-hj-np-tv-z])\1)(?:ing|ed|er)$/, '$1')
    .replace(/(?:ing|edly|ed|es|s|er|ers|ly|e)$/, '')
}

/**
 * What a stretch of normalised text is made of: the concepts it speaks of, alone and in pairs (the same in both languages);
 * Chinese characters in runs of 1 to 4; English words alone and in pairs.
 */
export function topicFeatures(text: string, concepts: readonly number[]): string[] {
  const features: string[] = []
  concepts.forEach((a, i) => {
    features.push(`c${a}`)
    for (let j = i + 1; j < concepts.length; j++) features.push(`k${a},${concepts[j]!}`)
  })
  for (const [run] of text.matchAll(HAN_RUN)) {
    for (let i = 0; i < run.length; i++) {
      features.push(`1${run[i]}`)
      if (i + 1 < run.length) features.push(`2${run.slice(i, i + 2)}`)
      if (i + 2 < run.length) features.push(`3${run.slice(i, i + 3)}`)
      if (i + 3 < run.length) features.push(`4${run.slice(i, i + 4)}`)
      // A character between, whatever it is: 没批 and 没有批 are near.
      if (i + 2 < run.length) features.push(`g${run[i]}${run[i + 2]}`)
    }
  }
  // What is counted, whatever the number: percent, months, vendors.
  for (const [, unit] of text.matchAll(HAN_NUMBER)) features.push(`n${unit}`)
  const plain = text.match(WORD) ?? []
  const words = plain.map(stem)
  words.forEach((word, i) => {
    if (i > 0 && NUMBER_WORD.test(plain[i - 1]!)) features.push(`n${word}`)
    features.push(`w${word}`)
    if (word.length > 5) features.push(`p${word.slice(0, 5)}`)
    if (i + 1 < words.length) features.push(`b${word} ${words[i + 1]}`)
    if (i + 2 < words.length) features.push(`s${word} ${words[i + 2]}`)
  })
  return features
}

const HAN_NUMBER =
  /(?:\d[\d,.]*|[一二两三四五六七八九十百千半几数]+)(%|万|亿|成|年|个月|个|天|周|点|家|人|次|小时|分钟|版|条|页|轮|号|月|份|块|元|名|位|台|分|秒|期|遍)/g
const NUMBER_WORD =
  /^(?:\d.*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|ninety|half|hundred|several|few|dozen)$/

/** Marks that tell whether a thing is so, by what they say; each is one feature, and one with every signal. */
const CUES: readonly [name: string, pattern: RegExp][] = [
  ['zh-not', /没有|没|未|不是|不用|不需|无需|并非|别|尚未|还没|从没|取消|否/],
  ['zh-plan', /打算|准备|计划|想要?|希望|争取|下周|下月|下个月|明天|明年|即将|预计|将|要去|拟|约了|安排/],
  ['zh-hearsay', /听说|据说|传|隔壁|别的|另一家|其他(?:客户|公司|厂)|老东家|原来那家|同行|朋友/],
  ['zh-past', /以前|去年|前年|当年|上次|之前|曾|过去|老早|20[01]\d年|几年前|上一/],
  ['zh-if', /如果|要是|万一|一旦|假如|只要|除非|的话|等.{0,8}(?:再|才)/],
  ['zh-ask', /[?]|吗|是否|有没有|会不会|能不能|谁|什么时候|问/],
  ['zh-guess', /我觉得|我猜|估计|应该|可能|感觉|担心|恐怕|大概|八成|我看|好像|相信|肯定/],
  [
    'zh-whether',
    /要不要|是不是|会不会|能不能|有没有|是否|几号|还是.{1,12}[?]|还没(?:想|定|回|有回)|说不清|没人说得清|我问|问了一下/,
  ],
  ['zh-fear', /我(?:怕|担心|觉得|猜|估计|看)|就怕|怕他们|怕客户/],
  ['zh-years', /[一二两三四五六七八九十几\d]+年前|前年|大前年|早年|当年|19\d\d|20[01]\d|202[0-3]/],
  ['zh-other', /隔壁|别的|另一家|兄弟|其他|他们那边|他(?:老东家|原单位|以前)|前东家/],
  ['zh-we', /我们(?:内部|自己|公司)|我方|我司/],
  ['en-not', /\b(?:not|no|never|none|nobody|nothing|without|neither|refus\w*|declin\w*|cancel\w*)\b|n't\b/],
  [
    'en-plan',
    /\b(?:will|plan\w*|intend\w*|going to|want to|would like|hope\w*|next (?:week|month|year|time)|tomorrow|expect\w*|scheduled|should|might|may)\b|'ll\b/,
  ],
  [
    'en-hearsay',
    /\b(?:rumou?r|heard|apparently|another (?:customer|company|vendor|bank|hospital)|at another|elsewhere|former|other (?:customer|client)s?|a colleague)\b/,
  ],
  [
    'en-past',
    /\b(?:last (?:year|time)|years? ago|back in|used to|once|previous\w*|in (?:19|20)[012]\d|formerly|old)\b/,
  ],
  ['en-if', /\b(?:if|once|unless|when they|as soon as|provided|in case|until)\b/],
  ['en-ask', /[?]|\b(?:whether|who|when do|how long|asked)\b/],
  [
    'en-guess',
    /\b(?:i (?:think|guess|believe|suspect|fear|feel|expect|bet|assume|worry|suppose|am sure|am afraid)|maybe|perhaps|probably|surely|presumably|my guess)\b/,
  ],
  [
    'en-years',
    /\b(?:19\d\d|20[01]\d|202[0-3]|years ago|decade|back then|at the time|previous deal|long (?:ago|since))\b/,
  ],
  [
    'en-whether',
    /\b(?:whether|will they|do they|did they|have they|is there|are they|should we|shall we|we do not know|no idea|unclear|not sure|not known|remains to be seen|still have to ask)\b|[?]$/,
  ],
  [
    'en-other',
    /\b(?:their (?:sister|lab|canteen|neighbour)|another|other (?:account|customer|project|vendor)|our (?:own|subcontractor|partner|boss)|my (?:boss|wife|colleague|old))\b/,
  ],
  [
    'zh-notyet',
    /还没|尚未|未(?!来|必|免)|没(?:定|批|签|下来|影|提|谈|说|发|出|报|排)|再议|再定|待定|暂不|暂时不|不(?:组织|安排|打算|考虑)|从未|压根没|根本没|一概没/,
  ],
  ['zh-intend', /拟|计划|打算|准备|争取|预计|下一步|力争|有望|择机|商谈|着手|回头再|到时候/],
  ['zh-which', /哪天|哪一?家|几号|几点|咋|怎么还|了没|呢$|[?]$/],
  [
    'en-notyet',
    /\b(?:yet to|not yet|nothing|nobody|no one|un(?:signed|decided|approved|confirmed|scheduled)|no (?:slot|date|theme|sign|word|talk|plan|mention)|still open|remains open|so far|until now|as yet)\b|\b(?:has|have|is|was|were|did|does|do)n't\b/,
  ],
  [
    'en-intend',
    /\b(?:plans? (?:to|for|on)|planned|planning|intends?|pencil\w*|hopes? to|hoping|going to|aims? to|in q[1-4]|later this year|next (?:quarter|spring|summer|autumn|fall|winter)|to be (?:agreed|fixed|decided|confirmed|scheduled|held)|tbc|tbd|foreseen|envisaged)\b/,
  ],
  ['en-which', /^(?:and |so |but )?(?:did|does|do|is|are|was|were|has|have|can|could|any)\b/],
  ['en-we', /\b(?:our own|we (?:will|should|could|plan|intend|want))\b/],
]

/** Does something in a sentence say that it may not be so? */
export const hasCue = (sentence: string): boolean => CUES.some(([, pattern]) => pattern.test(sentence))

/** A cue says more of it than a word does, and drowns in a long sentence where it counts no more. */
const CUE_WEIGHT = 2.5
export const markWeight = (mark: string): number => (/^[~<|>=]/.test(mark) ? CUE_WEIGHT : 1)

/** What tells whether a sentence means what it says, at a stretch of it: by itself, and the marks that count for each signal its own way. */
export interface RealityMarks {
  features: string[]
  cues: string[]
}

/**
 * Whether it is so: the words of the sentence in short runs, and the cues: before the stretch that speaks of the matter, in it,
 * after it.
 */
export function realityMarks(written: string, from: number, to: number): RealityMarks {
  const [before, within] = [bare(written.slice(0, from)), bare(written.slice(from, to))]
  const sentence = `${before}${within}${bare(written.slice(to))}`
  const [start, end] = [before.length, before.length + within.length]
  const cues: string[] = []
  const places = [
    ['<', sentence.slice(0, start)],
    ['|', sentence.slice(start, end)],
    ['>', sentence.slice(end)],
  ] as const
  for (const [name, pattern] of CUES) {
    if (!pattern.test(sentence)) continue
    cues.push(`~${name}`)
    for (const [place, text] of places) if (pattern.test(text)) cues.push(`${place}${name}`)
  }
  const features = [...cues]
  runs(sentence, 'r', features)
  runs(sentence.slice(start, end), 'i', features)
  // How it begins says much: "If …", "We plan …", "听说…".
  for (const [place, text] of [
    ['^', sentence],
    ['[', sentence.slice(start, end)],
  ] as const) {
    const words = text.match(/[a-z']+|\d+/g)
    if (words) features.push(`${place}${words[0]}`, `${place}${words[0]} ${words[1] ?? ''}`)
    const han = /^[\u3400-\u9fff]{2}/.exec(text)
    if (han) features.push(`${place}${han[0]}`)
  }
  return { features, cues }
}

/** The marks as they count for one signal. */
export function marksOf({ cues }: RealityMarks, signal: string): string[] {
  return [`=${signal}`, ...cues.map((cue) => `${cue}=${signal}`)]
}

function runs(text: string, kind: string, features: string[]): void {
  for (const [run] of text.matchAll(HAN_RUN)) {
    for (let i = 0; i < run.length; i++) {
      features.push(`${kind}${run[i]}`)
      if (i + 1 < run.length) features.push(`${kind}${run.slice(i, i + 2)}`)
      if (i + 2 < run.length) features.push(`${kind}${run.slice(i, i + 3)}`)
    }
  }
  const words = text.match(/[a-z']+|\d+|[?]/g) ?? []
  words.forEach((word, i) => {
    features.push(`${kind}${word}`)
    if (i + 1 < words.length) features.push(`${kind}${word} ${words[i + 1]}`)
  })
}
