import type { Lang, Text } from '@sente/engine'
import { ErrorCode, McpError } from '@modelcontextprotocol/sdk/types.js'
import type { GetPromptResult, Prompt } from '@modelcontextprotocol/sdk/types.js'
import type { Desk } from './desk.ts'
import { line, quoted } from './marks.ts'

interface Asked {
  name: string
  title: Text
  description: Text
  takes: { name: string; description: Text; required: boolean; most: number }[]
  /** What is asked, with the arguments in braces. */
  text: Text
}

const DEAL = {
  name: 'deal',
  description: { en: 'Name or id of the deal', zh: '商机名称或 id' },
  required: true,
  most: 300,
}

const PROMPTS: readonly Asked[] = [
  {
    name: 'start_of_day',
    title: { en: 'Start of the day', zh: '一天的开始' },
    description: { en: 'What to do today, and why', zh: '今天该做什么，为什么' },
    takes: [],
    text: {
      en: 'Call today. Tell me in at most seven lines whom to see or call, by when and with what in hand, the most pressing first; then the one question. For anything late, say how late. Say what is not known; do not fill gaps.',
      zh: '调用 today。用最多七行告诉我今天见谁、打给谁、何时之前、带什么，最急的在前；最后是那一个问题。已经迟了的，说迟了几天。不知道的就说不知道，不要补全。',
    },
  },
  {
    name: 'look_at_deal',
    title: { en: 'Look at a deal', zh: '看一个商机' },
    description: {
      en: 'Where the customer is, what is in danger, what to do, with reasons',
      zh: '客户在哪一步、哪里危险、该做什么，附理由',
    },
    takes: [DEAL],
    text: {
      en: 'Call read_brief and read_plan for the deal {deal}. Tell me first the next act with its day, then where the customer is, whether we are ahead and by how many days, the gravest findings with their reasons (explain), and what we do not know. Keep the numbers as they are, with their ranges; what is absent is unknown.',
      zh: '对商机 {deal} 调用 read_brief 和 read_plan。先说下一步做什么、哪天之前，再说客户在哪一步、我们领先还是落后几天、最重的提醒及理由（用 explain），以及我们还不知道什么。数字照原样，带区间；没有的就是未知。',
    },
  },
  {
    name: 'prepare_meeting',
    title: { en: 'Prepare a meeting', zh: '准备会面' },
    description: { en: 'The one page before a meeting', zh: '会面前的一页纸' },
    takes: [DEAL, { name: 'person', description: { en: 'Who is met', zh: '见谁' }, required: true, most: 200 }],
    text: {
      en: 'Call meeting_page for the deal {deal} with {person}. Show the page in its order. If it says the meeting must not be, say so first and stop. Then name the one ask and the answer I must have ready for the hardest question. Add nothing that is not on the page.',
      zh: '对商机 {deal} 调用 meeting_page，会见 {person}。按原有顺序展示。若写明不能见，先说清楚并停下。再指出唯一的请求，以及最难的问题该怎么答。页面上没有的不要添加。',
    },
  },
  {
    name: 'after_meeting',
    title: { en: 'After a meeting', zh: '会面之后' },
    description: {
      en: 'Keeps what was said and how it went, with confirmation',
      zh: '记下说了什么、结果如何，逐项确认',
    },
    takes: [
      DEAL,
      {
        name: 'notes',
        description: { en: 'What was said, in your words', zh: '说了什么，用你的话' },
        required: true,
        most: 20_000,
      },
    ],
    text: {
      en: 'These are my notes of a meeting about the deal {deal}: {notes} First call capture_note with these words unchanged and without confirm; show me the numbered findings and ask which are right and which wrong. Confirm only on my yes. Then ask how the step went, what was promised by whom until when, and the next date; call record_outcome, show the preview, and confirm only on my yes. Tell me how to undo each.',
      zh: '这是我关于商机 {deal} 的会面记录：{notes} 先用原话、不带 confirm 调用 capture_note；把编号的发现给我看，问我哪些对、哪些错，我同意后才确认。再问我这一步结果如何、谁答应了什么、到哪天、下次什么时候；调用 record_outcome，给我看预览，我同意后才确认。最后告诉我各自怎样撤销。',
    },
  },
  {
    name: 'weekly_review',
    title: { en: 'Weekly review', zh: '每周评审' },
    description: { en: 'The most endangered deals, with what to ask the seller', zh: '最危险的商机，以及该问销售什么' },
    takes: [],
    text: {
      en: 'Call review_list. For the first five deals, call read_brief and say in two lines each: what endangers it and by when something must be begun; where the seller’s own number and the model’s differ by more than 20 points, say so and ask why. End with next_question of the first deal. Rank by danger, not by amount.',
      zh: '调用 review_list。对前五个商机调用 read_brief，每个用两行说明：危险在哪里、哪天之前必须启动什么；销售自评与模型相差超过 20 个百分点的，指出来并问为什么。最后对第一个商机调用 next_question。按危险排序，不按金额。',
    },
  },
  {
    name: 'what_if_delayed',
    title: { en: 'What if a step waits', zh: '如果某一步推后' },
    description: { en: 'What moves when a step is fixed on a later day', zh: '把某一步定在更晚的一天，会牵动什么' },
    takes: [
      DEAL,
      { name: 'step', description: { en: 'Which step', zh: '哪一步' }, required: true, most: 200 },
      { name: 'day', description: { en: 'The day, YYYY-MM-DD', zh: '日期，YYYY-MM-DD' }, required: true, most: 20 },
    ],
    text: {
      en: 'Call read_plan for the deal {deal} and find the step {step}. Then call what_if with that step fixed on {day}. Say what moved, what fell out and what can no longer be done, with the reasons given. Nothing is to be written.',
      zh: '对商机 {deal} 调用 read_plan，找到步骤 {step}；再用 what_if 把这一步定在 {day}。说明什么被移动、什么被取消、什么来不及了，以及给出的理由。不要写入任何内容。',
    },
  },
]

const LANGS: readonly Lang[] = ['en', 'zh']

/** Every prompt in both languages, those of the asker's first; the name says which. */
export function promptsOf({ lang }: Pick<Desk, 'lang'>): Prompt[] {
  const order = lang === 'zh' ? LANGS.toReversed() : LANGS
  return order.flatMap((each) =>
    PROMPTS.map(({ name, title, description, takes }) => ({
      name: `${name}_${each}`,
      title: title[each],
      description: description[each],
      arguments: takes.map((one) => ({ name: one.name, description: one.description[each], required: one.required })),
    })),
  )
}

export function promptOf(name: string, given: Record<string, string> = {}): GetPromptResult {
  const lang = LANGS.find((each) => name.endsWith(`_${each}`))
  const prompt = PROMPTS.find((one) => `${one.name}_${lang}` === name)
  if (!prompt || !lang)
    throw new McpError(ErrorCode.InvalidParams, `There is no prompt ${line(name, 60)}. 没有这个提示。`)
  const values = new Map(
    prompt.takes.map(({ name: key, required, most }) => {
      const value = given[key]?.trim() ?? ''
      if (value === '' && required)
        throw new McpError(ErrorCode.InvalidParams, lang === 'zh' ? `缺少参数 ${key}。` : `It needs ${key}.`)
      if (value.length > most)
        throw new McpError(
          ErrorCode.InvalidParams,
          lang === 'zh' ? `${key} 最多 ${most} 个字符。` : `${key}: at most ${most} characters.`,
        )
      return [key, quoted(value, most)]
    }),
  )
  const text = prompt.text[lang].replaceAll(/\{(\w+)\}/g, (_, key: string) => values.get(key) ?? '')
  return {
    description: prompt.description[lang],
    messages: [{ role: 'user', content: { type: 'text', text } }],
  }
}
