import { genderOf } from './given-names.ts'
import type { Stretch } from './segments.ts'
import type { PersonMention } from './who.ts'

/** Somebody of theirs whom the map does not know. */
export interface Name extends Stretch {
  name: string
  title?: string
}

const SURNAMES =
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧柯霍裴游柴项景岑单戚臧麦宫阮翁华桑荀佟蓝闵解艾简古席尚储滑伏瞿冀厉滕栾鞠仝路郎柏占巫米鲍甄匡敖辜晏蒲屈沙骆褚楚巩寇冉阳宁荣申屠边卞逄亓厍卫云穆茅裘缪贲郁杭诸钮嵇羊惠曲封芮羿汲邴糜井乌弓牧隗宓蓬郗仰仲伊仇暴甘戎祖符幸韶蓟薄宿怀蒲邰鄂籍蔺池胥闻莘劳姬扶堵宰郦雍郤璩桂濮寿扈燕浦茹习宦鱼慎戈庾暨衡弘阙殳沃蔚夔隆晁勾訾阚饶毋乜巢蒯荆竺权逯盖桓佘佴缑亢况琴墨哈谯笪漆湛滑谌晋佐危展修隋綦戚容虞苗覃冀'
const COMPOUND = '欧阳|司马|上官|诸葛|司徒|夏侯|皇甫|尉迟|公孙|慕容'
export const FAMILY = `(?:${COMPOUND}|[${SURNAMES}])`
/** Longest first: 总监 before 总. */
const ADDRESS =
  '(?:副总监|副总工|副总|总监|总工|总助|董事长|总经理|副经理|副处长|副局长|副院长|副行长|副校长|副主任|副部长|副科长|副书记|经理|处长|局长|科长|主任|部长|院长|行长|校长|书记|厂长|所长|队长|组长|主管|秘书|老师|博士|教授|会计|工程师|董|总|处|局|工|姐)'
/** Behind an address: the word goes on, and it is none. */
const GOES_ON = '(?![体之数量额共包装结则算部署面长理办司级地报程资厂具业会钱价款期艺])'
/** Before a family name it is part of another word. */
const WITHIN =
  '(?<![分对由关鉴基属位等大小低多少至终善限源在用双甲乙我官校院买卖各供当同及随暂平按方意倾主责信现前负担最提新经日正非工流过课完形达组任为如资奖政公发下条有相机监保尽线道铁产集中本这那贵该全总])'
const OFFICE = '(?:[\\u4e00-\\u9fff]{2,6}(?:部|处|科|中心|室|办|局|院|公司|集团|所|厂|组))'
/** Words that look like a name with an address. */
const NO_NAME =
  /^(?:[马]上|方总|安全|高工|高级|时总|文书|管理|管工|施工|任务|白领|金总额|万总|常委|关总|余总|前任|现任|时任|主任|工程|程总|成总|老总|单总|段总|项总|古董|解总算|主席|名单|订单|清单|简单|高尚|时尚|古工|解工|路局|文局|石局|向导|方处|易处)/

export const LATIN = "[A-ZÀ-ÞŁŚŽØ][\\p{L}-]*(?:['’](?!s\\b)\\p{L}+)?"
const TITLES =
  'CEO|CFO|CIO|CTO|COO|CISO|CPO|MD|VP|chief \\w+(?: \\w+)? officer|managing director|(?:finance|it|technical|purchasing|procurement|operations|plant|project|sales|quality|hr|commercial|medical|head) (?:director|manager|lead|buyer|head)|(?:deputy )?(?:director|head|vp|vice president|manager|chief) of [\\w &-]{2,30}?|plant manager|(?:ops|site safety|safety|works|branch|section|energy|facility|supply chain) (?:director|manager|head|lead)|chief engineer|section head|client PM|(?:QA|IT|HR|PM|maintenance|energy) (?:head|lead|manager|boss|director)|(?:IT|QA|purchasing|finance|procurement|legal|compliance|engineering)(?=\\))|treasurer|controller|head buyer|buyer|chair(?:man|woman)?|secretary|bursar|registrar|dean|provost|mayor'
const EN_TITLED = new RegExp(
  `\\b(Mr|Mrs|Ms|Miss|Dr|Prof|Herr|Frau|Madame|Monsieur|Sir)\\.?\\s+(${LATIN}(?: ${LATIN})?)`,
  'gu',
)
const EN_ROLE_FIRST = new RegExp(
  `\\b((?:their|the|our contact,? the|new)\\s+)?(${TITLES}),?\\s+(${LATIN}(?: (?:van |von |de |der |al-)?${LATIN})?)`,
  'giu',
)
const EN_NAME_FIRST = new RegExp(
  `(${LATIN}(?: (?:van |von |de |der |al-)?${LATIN})?)(?:,\\s*|\\s*\\(|\\s+-\\s+|\\s+(?=the\\s))(?:(?:their|the|a|his|her|who (?:runs|heads|leads|manages)(?: the)?)\\s+)?(?:new\\s+)?(${TITLES})\\b`,
  'gu',
)
const DEPARTMENTS =
  'procurement|purchasing|IT|engineering|finance|legal|operations|production|compliance|QA|quality|HR|security|energy|maintenance|logistics|accounts|stores|planning|metering'
/** Rob in procurement, Jenny from engineering. */
const EN_OF = new RegExp(`(?<!\\p{L})(${LATIN}(?: ${LATIN})?) (?:in|from|over in|down in) (${DEPARTMENTS})\\b`, 'gu')
/** What only somebody of theirs does to us: Dana Mills walked me out. */
const EN_ACTS = new RegExp(
  `(?<!\\p{L})(${LATIN} ${LATIN}) (?:walked (?:me|us)|showed (?:me|us)|told (?:me|us)|received us|met (?:me|us) at|rang (?:me|us)|called (?:me|us))\\b`,
  'gu',
)
const OURS = /\b(?:our|my)\s+(?:\w+\s+){0,2}$|(?:我们|我司|我方|咱们?|本公司)的?$/i
export const NOT_A_NAME =
  /^(?:The|Their|Our|We|They|He|She|It|This|That|There|When|And|But|Then|Also|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September|October|November|December|Board|Said|Says|Asked|Wants|Has|Is|Was|New|Will|To|In|On|At|For|Of|From|By|With|CEO|CFO|CIO|CTO|COO|Told|Came|Called|Met|Two|Three|Four|Five|Six|Some|Someone|Somebody|Everyone|Everybody|People|Nobody|Both|Another|One|News|Word|Feedback|Approval|Input|Help|Back|Pressure|Head|Questions|Went|Lunch|Coffee|Just|Only|Not|All|Half|Then|Asked|Spoke|Good|Bad)$/

/** Behind a name that is known to be one: what only people do. */
const EN_SAID = new RegExp(
  `(?<![\\p{L}.'’] ?)(${LATIN})( ${LATIN})?(?=(?:'s|’s)? (?:also |then |just |had |has |again )?(?:says?|said|told|mention(?:s|ed)|ask(?:s|ed|ing)|wants?|wanted|reckon(?:s|ed)|explained|confirmed|admitted|agreed|insist(?:s|ed)|rang|called|phoned|emailed|forwarded|texted|joined|introduced|pulled|walked|promised|thinks|wondered|raised|demanded)\\b)`,
  'gu',
)

/** Chinese names with an address or an office, English ones with a form of address or a title; known people and our own are left out. */
export function namesIn(text: string, written: string, known: readonly PersonMention[]): Name[] {
  const found: Name[] = []
  const ours = new Set<string>()
  const add = (name: Name): void => {
    if (known.some((one) => one.start < name.end && one.end > name.start)) return
    if (found.some((one) => one.start < name.end && one.end > name.start)) return
    if (OURS.test(written.slice(Math.max(0, name.start - 16), name.start)) || isAddressed(written, name))
      ours.add(name.name)
    else found.push(name)
  }
  // 采购部李经理, 王总: the address is part of the name, because it is all we know of it.
  const short = new RegExp(`(?:(${OFFICE})的?)?${WITHIN}(${FAMILY}${ADDRESS})${GOES_ON}`, 'g')
  for (const match of text.matchAll(short)) {
    const start = match.index + match[0].length - match[2]!.length
    if (NO_NAME.test(match[2]!)) continue
    add({
      name: written.slice(start, start + match[2]!.length),
      ...(match[1] ? { title: office(match[1]) } : {}),
      start,
      end: start + match[2]!.length,
    })
  }
  // 采购小申, 办公室的小田, 代理的小阮: behind an office young and old ones are called so.
  const nick = new RegExp(
    `(${OFFICE}|采购|财务|信息|代理|生产|设备|商务|法务|技术|客户)(?:那边|这边)?的?([小老]${FAMILY})(?=[说问讲告跟来给也都在,.;:!?\\s]|$|透露|电话)`,
    'g',
  )
  for (const match of text.matchAll(nick)) {
    const start = match.index + match[0].length - match[2]!.length
    add({ name: written.slice(start, start + 2), title: office(match[1]!), start, end: start + 2 })
  }
  // 运营的闵莉: a department and a whole name before what cannot go on a name.
  const plainName = new RegExp(
    `(?:运营|采购|财务|信息|技术|生产|安环|质量|法务|合规|设备|人事|行政|物流|工程|市场|研发)(?:部|处|科)?的(${FAMILY}[\\u4e00-\\u9fff]{1,2}?)(?=[说问讲告带出给也都在,.;:!?\\s]|$|接待|表示|提出|认为)`,
    'g',
  )
  for (const match of text.matchAll(plainName)) {
    const start = match.index + match[0].length - match[1]!.length
    if (!NO_NAME.test(match[1]!))
      add({ name: written.slice(start, start + match[1]!.length), start, end: start + match[1]!.length })
  }
  // 信息中心主任周明: an office, a post, and a whole name before what cannot go on a name.
  const post = new RegExp(
    `((?:${OFFICE}|(?<![\\u4e00-\\u9fff]))(?:副?(?:总经理|董事长|主任|处长|局长|科长|部长|院长|行长|校长|书记|经理|总监|厂长|所长)|cio|cfo|ceo|cto))(${FAMILY}[\\u4e00-\\u9fff]{1,2}?)(?=[说问要让把给也都在,.;:!?\\s]|$|告诉|表示|提出|认为|希望|同意|答应)`,
    'g',
  )
  for (const match of text.matchAll(post)) {
    const start = match.index + match[1]!.length
    add({
      name: written.slice(start, start + match[2]!.length),
      title: written.slice(match.index, start),
      start,
      end: start + match[2]!.length,
    })
  }
  for (const match of written.matchAll(EN_TITLED))
    add({ name: match[0], start: match.index, end: match.index + match[0].length })
  for (const match of written.matchAll(EN_ROLE_FIRST)) {
    const name = match[3]!
    if (!/^[A-ZÀ-Þ]/.test(name) || NOT_A_NAME.test(name.split(' ')[0]!)) continue
    const start = match.index + match[0].length - name.length
    add({ name: shorn(name), title: match[2]!, start, end: start + shorn(name).length })
  }
  for (const match of written.matchAll(EN_NAME_FIRST)) {
    const name = match[1]!
    if (NOT_A_NAME.test(name.split(' ')[0]!)) continue
    add({ name: shorn(name), title: match[2]!, start: match.index, end: match.index + shorn(name).length })
  }
  for (const pattern of [EN_OF, EN_ACTS])
    for (const match of written.matchAll(pattern)) {
      const name = match[1]!
      if (NOT_A_NAME.test(name.split(' ')[0]!)) continue
      add({
        name: shorn(name),
        ...(pattern === EN_OF ? { title: match[2]! } : {}),
        start: match.index,
        end: match.index + shorn(name).length,
      })
    }
  for (const match of written.matchAll(EN_SAID)) {
    if (!genderOf(match[1]!) || NOT_A_NAME.test(match[1]!)) continue
    const name = shorn(match[1]! + (match[2] ?? ''))
    add({ name, start: match.index, end: match.index + name.length })
  }
  return found.filter(({ name }) => !ours.has(name)).sort((a, b) => a.start - b.start)
}

/** At the head of a mail stands who it is written to: one of ours. */
function isAddressed(written: string, { start, end }: Stretch): boolean {
  const line = written.slice(written.lastIndexOf('\n', start - 1) + 1, start)
  if (/(?:收件人|抄送|发给|^\s*(?:to|cc))\s*[:：]/i.test(line)) return true
  return line.trim() === '' && /^(?:您?你?好)?\s*[:：,，!！]?\s*(?:\n|$)/.test(written.slice(end, end + 6))
}

/** The office without the words before it: 见了明德教育集团. */
const office = (title: string): string => title.replace(/^.*[见了访找约给跟和与去到在让请问叫让的讲说听](?=.{3})/, '')

/** A word with a capital behind a name that is none: "Keller Said". */
function shorn(name: string): string {
  const words = name.split(' ')
  return words.length > 1 && NOT_A_NAME.test(words.at(-1)!) ? words.slice(0, -1).join(' ') : name
}
