import type { PersonMention } from './who.ts'

export const PRONOUN = /他(?!们)|她(?!们)|\b(?:he|she|his|her|him|he'd|she'd|he's|she's)\b/
export const HE = /\b(?:he|his|him|himself)\b/
export const SHE = /\b(?:she|her|hers|herself)\b/

/** Before a name: something is done to or with them, or they are only where it happens. */
const OBJECT =
  /(?:给|跟|向|和|与|对|找|见了?|请了?|约了?|陪|答应|告诉|回|问|催|送|等|抄送|收件人:|通过|(?<!转)达|当着)\s*$|\b(?:to|with|from|for|told|asked|rang|called|phoned|met|saw|gave|of|thank|thanks|dear|hi|hello|about|without|than|by|cc:?|to:)\s+(?:(?:the|their|old|our|new|his|her|mr|mrs|ms|dr)\.?\s+){0,2}$/

/** Before a name: they are led to them, who then speak. */
const INTRODUCED =
  /(?:带我们?(?:去)?见了?|引见了?|介绍了?)\s*$|\b(?:introduced (?:me|us) to|put (?:me|us) (?:through|on) to|passed (?:me|us) (?:on )?to|handed (?:me|us) (?:over )?to) (?:(?:mr|mrs|ms|dr)\.? )?$/

/** What a mention is in its sentence. */
export interface Roles {
  isObject: (one: PersonMention) => boolean
  /** Somebody does something to them, or they only own what is spoken of. */
  isPassive: (one: PersonMention) => boolean
  /** They say or ask something themselves. */
  speaks: (one: PersonMention) => boolean
  tells: (one: PersonMention) => boolean
}
const PASSIVE =
  /^的?(?:助理|秘书|司机|夫人|爱人|手下|下属|同事|团队)|^(?:已经|刚)?被|^(?:'s| has| had| have)? (?:been|being)\b|^ (?:was|is|got|gets) (?:told|made|given|moved|replaced|sent|promoted|asked|named)\b/
const ADVERBS = '(?: (?:also|then|just|had|has|later|again|now|still|already|only|once|twice|,))*'
const SAYS_EN =
  'says?|said|told|tells|mention(?:ed|s)|let slip|reckon(?:s|ed)|explained|report(?:s|ed)|noted|admit(?:s|ted)|confirm(?:s|ed)|warned|adds|added|wrote|writes|texted|e-?mail(?:s|ed)|mail(?:s|ed)|confided|hint(?:s|ed)|claim(?:s|ed)|informed|intimated|clarified|opin(?:ed|es)|goes|went on|opened by saying|pulled (?:me|us) aside|thinks|thought|feels|felt|believes'
const ASKS_EN =
  "(?:'s|is|was|keeps|kept)? ?(?:ask(?:s|ed|ing)?|wants?|wanted|wanting|needs?|needed|demand(?:s|ed|ing)?|insist(?:s|ed|ing)?|quer(?:ied|ies|ying)|enquired|raised|request(?:s|ed|ing)?|would (?:like|want)|'d (?:like|want)|wonder(?:s|ed|ing)?|grilled|pushed|worries|worried)"
const ADVERBS_ZH =
  '(?:跟我|对我|和我|给我|同我|悄悄|私下|当面|当场|又|还|也|先|就|都|才|后来|今天|昨天|昨晚|今早|刚才|刚|直接|微信里?|电话里?|饭桌上|会上|倒|主动|自己|本人|最后|随后|顺便|一直|再次|明确|在(?:会上|电话里|微信里|内部会上))'
const SAYS_ZH =
  '说|讲|透露|透了|告诉|提到|提了|反映|补充|通报|表示|介绍|强调|指出|抱怨|认为|证实|转述|来电|觉得|回复|提醒|宣布|诉苦'
const ASKS_ZH = '问|追问|提出|要求|要(?!是|不|走|退|调|离|来|去|换)|让(?!.{0,3}来)|想|希望|关心|担心|怕|催|坚持|点名'
/** Behind a name: they tell of somebody or something. */
const TELLS = new RegExp(
  `^(?: ?\\([^)]*\\))?(?:,? who)?,?${ADVERBS} (?:${SAYS_EN})\\b|^${ADVERBS_ZH}{0,4}(?:${SAYS_ZH})`,
)
const SPEAKS = new RegExp(
  `^(?: ?\\([^)]*\\))?(?:,? who)?,?${ADVERBS} ?(?:${SAYS_EN}|${ASKS_EN})\\b|^${ADVERBS_ZH}{0,4}(?:${SAYS_ZH}|${ASKS_ZH})|^的(?:意思|看法|原话|态度|想法|意见|说法)`,
)
/** The same of a pronoun, before or behind what is told. */
export const PRONOUN_TELLS = new RegExp(
  `(?:\\b(?:he|she)${ADVERBS} (?:${SAYS_EN})\\b|[他她](?!们)${ADVERBS_ZH}{0,4}(?:${SAYS_ZH}))`,
)
/** Before a name: what is told comes from them. */
const SOURCE =
  /(?:\bper|\baccording to|听|据|\bheard (?:it |that )?from|\bsays|\bsaid)\s+(?:(?:mr|mrs|ms|dr)\.? )?$|(?:听|据)$/

export const rolesIn = (text: string): Roles => ({
  // "To Tom, who asked for names": done to, and doing.
  isObject: ({ start, end }) =>
    OBJECT.test(text.slice(Math.max(0, start - 24), start)) &&
    !INTRODUCED.test(text.slice(Math.max(0, start - 24), start)) &&
    !/^,? who\b/.test(text.slice(end, end + 6)),
  isPassive: ({ start, end }) =>
    PASSIVE.test(text.slice(end, end + 24)) ||
    (text.slice(start, end).endsWith("'s") &&
      /^ (?!(?:also |just |now |still |still not )?(?:\w+ing|happy|nervous|worried|keen|been through|all|sold|fine|ok|good|asked|told)\b)/.test(
        text.slice(end, end + 20),
      )),
  speaks: ({ end }) => SPEAKS.test(text.slice(end, end + 40)),
  tells: ({ start, end }) =>
    TELLS.test(text.slice(end, end + 40)) || SOURCE.test(text.slice(Math.max(0, start - 20), start)),
})

/** Behind a name: it is they who do for the house what is told. */
export const DECIDES =
  /^[\u4e00-\u9fff]{0,4}(?:点头|点了头|批了|批准|签了|签字|盖章|拍板|拍了板|同意|定了|定的)|^(?: has| just| also| finally)? (?:signed|approved|agreed|countersigned|gave the go-?ahead)\b/
/** Between a name and what they say: "Mo, quieter: …", "a note from Mo: …". */
export const LEADS = /^[^.,;:]{0,14}(?:, [^.,;:]{1,16})?: *["']?$/
/** Before whoever sent somebody else. */
export const INSTEAD =
  /(?:代替?|替|代表)$|\b(?:(?:stood|sat|standing|sitting|filling|filled|covering|covered|came|was there|deputis\w+) (?:in )?for|instead of|in place of|on behalf of) (?:(?:mr|mrs|ms|dr)\.? )?$/

/** Between who tells and who is told of. */
export const REPORTS = new RegExp(
  `^${ADVERBS} (?:${SAYS_EN}|asked (?:me|us) to (?:say|tell you))\\b|^${ADVERBS_ZH}{0,4}(?:${SAYS_ZH})`,
)
/** A sentence that leaves out who tells. */
export const OMITTED_TELLS = new RegExp(
  `^["' ]*(?:${SAYS_EN})\\b|^["' ]*${ADVERBS_ZH}{0,3}(?:${SAYS_ZH})(?!白了|实话|起来|到|真)`,
)

export const VERB_OF_SPEECH = new RegExp(`\\b(?:${SAYS_EN}|asked|asks|began|quoted)\\b|说|讲|问|原话`)
