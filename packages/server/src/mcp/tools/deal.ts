import { sheetOf } from '@sente/engine'
import { z } from 'zod'
import { clean, line, quoted } from '../marks.ts'
import { BriefTold, briefTold } from '../told/brief.ts'
import { PlanTold, planTold } from '../told/plan.ts'
import { Day, DealNamed, dealNamed, said, says } from '../told/shapes.ts'
import { WHY_ABOUT, WhyTold, whyTold } from '../told/why.ts'
import { tool } from '../tool.ts'
import { peopleMeant } from '../meant.ts'
import type { DealRef, Desk, PlanSeen } from '../desk.ts'
import { AsOf, DayArg, DealArg, PersonArg, PlayArg } from './inputs.ts'

export const readBrief = tool({
  name: 'read_brief',
  title: { en: 'Brief of a deal', zh: '商机简报' },
  description: {
    en: 'Where the customer’s purchasing process is, whether we are ahead, in days, what is in danger, whom they have, what must be begun by when, and what is not known. Numbers are estimates with their range; an absent number is not known, never zero.',
    zh: '客户的采购过程走到哪一步、我们领先或落后几天、哪里有危险、都有谁、什么必须在哪天之前启动、还有什么不知道。数字是带区间的估计；没有的数字就是未知，绝不是零。',
  },
  input: z.strictObject({ deal: DealArg, asOf: AsOf }),
  output: BriefTold,
  needs: ['deals:read'],
  run: async ({ deal: meant, asOf }, desk) => {
    const deal = await desk.find(meant)
    return briefTold(deal, await desk.brief(deal, asOf), await desk.method(), desk.lang)
  },
})

export const explain = tool({
  name: 'explain',
  title: { en: 'Why', zh: '为什么' },
  description: {
    en: 'Why a brief says what it says: the evidence behind the position with its exact weight, what the lead is made of, what moves the win number, the rules and facts behind findings.',
    zh: '简报为什么这样说：位置背后每条依据的确切分量、先手由什么构成、赢率受什么影响、提醒背后的规则和事实。',
  },
  input: z.strictObject({
    deal: DealArg,
    about: z.enum(WHY_ABOUT),
    rule: z.string().max(100).optional().meta({ description: 'With findings: only this rule' }),
    asOf: AsOf,
  }),
  output: WhyTold,
  needs: ['deals:read'],
  run: async ({ deal: meant, about, rule, asOf }, desk) => {
    const deal = await desk.find(meant)
    const method = await desk.method()
    return whyTold(deal, await desk.brief(deal, asOf), { about, rule, method, lang: desk.lang })
  },
})

const STYLE = z
  .enum(['steady', 'swift'])
  .optional()
  .meta({ description: 'How much time a step is given and what waiting costs; default: as the deal says' })

async function told(desk: Desk, deal: DealRef, seen: PlanSeen): Promise<z.input<typeof PlanTold>> {
  return planTold(deal, seen, { people: await desk.people(deal), method: await desk.method(), lang: desk.lang })
}

export const readPlan = tool({
  name: 'read_plan',
  title: { en: 'Plan of a deal', zh: '商机的计划' },
  description: {
    en: 'Whom to see, when, through whom, with what in hand and who of ours goes; what can no longer be done in time; what changed since and why.',
    zh: '见谁、何时、通过谁、带什么、我方谁去；什么已经来不及；与之前相比变了什么、为什么。',
  },
  input: z.strictObject({ deal: DealArg, style: STYLE, asOf: AsOf }),
  output: PlanTold,
  needs: ['deals:read'],
  run: async ({ deal: meant, style, asOf }, desk) => {
    const deal = await desk.find(meant)
    return told(desk, deal, await desk.plan(deal, { style, asOf }))
  },
})

export const whatIf = tool({
  name: 'what_if',
  title: { en: 'What if', zh: '如果这样会怎样' },
  description: {
    en: 'The plan as it would be with steps fixed on a day, plays or people left out, or the other style; `changed` says what that moves. Nothing is kept. It tries plans only: what the customer would do is not simulated.',
    zh: '如果把某些步骤定在某天、不用某种打法、不见某个人，或换一种风格，计划会怎样；changed 列出因此变动的部分。不保存任何内容。只试计划，不模拟客户的反应。',
  },
  input: z.strictObject({
    deal: DealArg,
    style: STYLE,
    fixed: z
      .array(z.strictObject({ play: PlayArg, with: z.array(PersonArg).max(20).default([]), on: DayArg }))
      .max(20)
      .default([])
      .meta({ description: 'Steps that must be on this day' }),
    without: z
      .array(z.strictObject({ play: PlayArg.optional(), person: PersonArg.optional(), until: DayArg.optional() }))
      .max(20)
      .default([])
      .meta({ description: 'What the plan is not to propose: a play, a person, or a play with a person' }),
  }),
  output: PlanTold,
  needs: ['deals:read'],
  run: async ({ deal: meant, style, fixed, without }, desk) => {
    const deal = await desk.find(meant)
    const people = await desk.people(deal)
    const seen = await desk.whatIf(deal, {
      style,
      locks: fixed.map((one) => ({ ...one, with: peopleMeant(people, one.with) })),
      setAside: without.map(({ person, ...one }) => ({
        ...one,
        ...(person === undefined ? {} : { person: peopleMeant(people, [person])[0]! }),
      })),
    })
    return told(desk, deal, seen)
  },
})

export const meetingPage = tool({
  name: 'meeting_page',
  title: { en: 'Meeting page', zh: '会面单' },
  description: {
    en: 'The one page to read before a meeting: aim, people, what happened, promises both ways, three points, one proof, one ask, answers to what they may ask.',
    zh: '会面前读的一页：目的、人、来往、双方的承诺、三点、一份证明、一个请求、对方可能的问题怎么答。',
  },
  input: z.strictObject({
    deal: DealArg,
    with: z.array(PersonArg).min(1).max(20).meta({ description: 'Who is met, the one it is for first' }),
    on: DayArg.optional().meta({ description: 'Day of the meeting; default: as planned with them', format: 'date' }),
    play: PlayArg.optional(),
  }),
  output: z.object({
    deal: DealNamed,
    title: z.string(),
    under: z.array(z.string()),
    stop: z.string().optional().meta({ description: 'Why this meeting must not be' }),
    sections: z.array(z.object({ name: z.string(), lines: z.array(z.string()) })),
  }),
  needs: ['deals:read'],
  run: async ({ deal: meant, with: who, on, play }, desk) => {
    const deal = await desk.find(meant)
    const page = await desk.meeting(deal, { with: peopleMeant(await desk.people(deal), who), on, play })
    const sheet = sheetOf(page, await desk.method(), desk.lang)
    return {
      deal: dealNamed(deal),
      title: line(sheet.title),
      under: sheet.under.map((one) => line(one)),
      ...said({ stop: sheet.stop && line(sheet.stop, 600) }),
      sections: sheet.sections.map(({ name, lines }) => ({
        name,
        // The page lays our words and theirs out together: the whole of it stands between the marks.
        lines: lines
          .slice(0, 30)
          .map(({ label, text }) => `${label === undefined ? '' : `${line(clean(label))}: `}${quoted(text, 800)}`),
      })),
    }
  },
})

export const askQuestion = tool({
  name: 'next_question',
  title: { en: 'The one question', zh: '最该问的一个问题' },
  description: {
    en: 'The one question whose answer would change the plan of this deal most, whom to ask, and what it would change. An answer is kept with capture_note.',
    zh: '答案最能改变这个商机计划的一个问题，问谁，会改变什么。得到答案后用 capture_note 记下。',
  },
  input: z.strictObject({ deal: DealArg }),
  output: z.object({
    deal: DealNamed,
    question: z.string().optional().meta({ description: 'Absent: nothing is open that would change anything' }),
    to: z.string().optional(),
    changes: z.string().optional(),
    from: z
      .enum(['plan', 'rules', 'nothing'])
      .meta({ description: 'plan: it would change the plan; rules: a rule cannot be judged without it' }),
  }),
  needs: ['deals:read'],
  run: async ({ deal: meant }, desk) => {
    const deal = await desk.find(meant)
    const { plan } = await desk.plan(deal, {})
    const [question] = plan.questions
    if (question) {
      const to = (await desk.people(deal)).find(({ key }) => key === question.to)?.name
      return {
        deal: dealNamed(deal),
        question: says(question.text, desk.lang),
        changes: says(question.changes, desk.lang),
        from: 'plan' as const,
        ...said({ to: to && line(to) }),
      }
    }
    const [homework] = (await desk.brief(deal)).homework
    if (!homework) return { deal: dealNamed(deal), from: 'nothing' as const }
    const rules = (await desk.method()).rules.rules.filter(({ id }) => homework.rules.includes(id))
    return {
      deal: dealNamed(deal),
      question: says(homework.question, desk.lang),
      changes: rules
        .slice(0, 4)
        .map(({ name }) => says(name, desk.lang))
        .join(desk.lang === 'zh' ? '；' : '; '),
      from: 'rules' as const,
    }
  },
})

export const readPromises = tool({
  name: 'promises',
  title: { en: 'Promises both ways', zh: '双方的承诺' },
  description: {
    en: 'What was promised, by whom, due when, kept or not. The ids are what record_outcome takes as kept.',
    zh: '答应过什么、谁答应的、何时到期、兑现没有。id 可填入 record_outcome 的 kept。',
  },
  input: z.strictObject({ deal: DealArg }),
  output: z.object({
    deal: DealNamed,
    promises: z.array(
      z.object({
        id: z.string(),
        what: z.string(),
        by: z.enum(['us', 'them']),
        giver: z.string().optional(),
        to: z.string().optional(),
        made: Day,
        due: Day.optional(),
        state: z.enum(['open', 'kept', 'late', 'broken']),
        overdue: z.boolean(),
      }),
    ),
    more: z.int().optional(),
  }),
  needs: ['deals:read'],
  run: async ({ deal: meant }, desk) => {
    const deal = await desk.find(meant)
    const all = (await desk.promises(deal)).toSorted(
      (a, b) => Number(a.state !== 'open') - Number(b.state !== 'open') || (a.due ?? '9').localeCompare(b.due ?? '9'),
    )
    const most = 40
    return {
      deal: dealNamed(deal),
      promises: all.slice(0, most).map(({ id, what, by, giver, to, made, due, state, overdue }) => ({
        id,
        what: quoted(what),
        by,
        ...said({ giver: giver && line(giver), to: to && line(to), due }),
        made,
        state,
        overdue,
      })),
      ...(all.length > most ? { more: all.length - most } : {}),
    }
  },
})
