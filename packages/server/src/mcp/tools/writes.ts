import { OUTCOMES } from '@sente/engine'
import { z } from 'zod'
import { CONFIRM, previewed, WRITTEN } from '../confirm.ts'
import { tool } from '../tool.ts'
import { DayArg, DealArg, LineArg, PersonArg, PlayArg, StepArg } from './inputs.ts'

/** What every tool has in common that changes a deal. */
const CHANGES = { output: WRITTEN, needs: ['deals:read', 'deals:write'], writes: true } as const

const NUMBERS = z.array(z.int().min(1).max(100)).max(100).default([])

export const captureNote = tool({
  name: 'capture_note',
  title: { en: 'Keep a note', zh: '记一条记录' },
  description: {
    en: 'Keeps a note in a deal with what it says of the customer. First call: a preview with numbered findings of the reader, nothing is kept. Ask the person which are right. Second call, with confirm: `keep` are confirmed, `reject` rejected, all others stay suggestions that count less until the person confirms them. Give the words as they were said; do not improve them.',
    zh: '把一条记录存入商机，并找出其中关于客户的事实。第一次调用只预览（编号列出所找到的），不保存；请本人判断对错。第二次带 confirm：keep 为确认，reject 为否定，其余保留为建议，确认前分量较轻。请用原话，不要润色。',
  },
  input: z.strictObject({
    deal: DealArg,
    on: DayArg.meta({ description: 'The day it was said or seen, YYYY-MM-DD', format: 'date' }),
    text: z.string().trim().min(1).max(20_000),
    author: LineArg.optional().meta({ description: 'Who wrote it; default: you' }),
    keep: NUMBERS.meta({ description: 'Numbers of the preview that the person confirms' }),
    reject: NUMBERS.meta({ description: 'Numbers of the preview that the person says are wrong' }),
    confirm: CONFIRM,
  }),
  ...CHANGES,
  run: ({ deal, confirm, ...note }, desk) => {
    // What is confirmed or rejected is said of a preview that has been seen: it is not part of what the word stands for.
    const { keep: _, reject: __, ...asked } = note
    return previewed(desk, { tool: 'capture_note', deal, asked, confirm }, { kind: 'note', ...note })
  },
})

export const recordOutcome = tool({
  name: 'record_outcome',
  title: { en: 'Record an outcome', zh: '记一次结果' },
  description: {
    en: 'Says how a step or a meeting went: a touch, promises of both sides, and the next date. First call previews, second call with confirm writes; undo_change takes all of it back.',
    zh: '记下一步或一次会面的结果：接触、双方的承诺、下次的日期。第一次调用预览，带 confirm 再次调用才写入；undo_change 可全部撤销。',
  },
  input: z.strictObject({
    deal: DealArg,
    step: StepArg.optional().meta({ description: 'The step it was: inDeal of read_plan, or step of today' }),
    play: PlayArg.optional().meta({ description: 'Where it was no step of the deal: the play' }),
    what: LineArg.optional().meta({ description: 'Or what was done, in words' }),
    with: z.array(PersonArg).max(20).optional().meta({ description: 'Who came; absent: who was to come' }),
    on: DayArg.optional().meta({ description: 'Absent: today', format: 'date' }),
    outcome: z.enum(OUTCOMES).meta({
      description:
        'done; met_cold: met but cold; declined; postponed; delegated_down: sent to somebody below; no_answer. 办成、见了但冷淡、婉拒、改期、推给下属、没有回音',
    }),
    note: z.string().trim().min(1).max(5000).optional(),
    promises: z
      .array(
        z.strictObject({
          by: z.enum(['us', 'them']),
          what: LineArg,
          dueOn: DayArg.optional(),
          person: PersonArg.optional(),
        }),
      )
      .max(10)
      .default([])
      .meta({
        description: 'person: to whom ours was given, or who gave theirs; absent: the first one of the meeting',
      }),
    kept: z
      .array(z.string().min(1).max(64))
      .max(20)
      .default([])
      .meta({ description: 'Ids of promises that were kept on this day' }),
    next: z
      .strictObject({
        on: DayArg,
        play: PlayArg.optional(),
        what: LineArg.optional(),
        with: z.array(PersonArg).max(20).optional(),
      })
      .optional()
      .meta({ description: 'The next date that was agreed; of a postponed step, its new day' }),
    confirm: CONFIRM,
  }),
  ...CHANGES,
  run: ({ deal, confirm, ...asked }, desk) =>
    previewed(desk, { tool: 'record_outcome', deal, asked, confirm }, { kind: 'outcome', ...asked }),
})

export const acceptStep = tool({
  name: 'accept_step',
  title: { en: 'Take a step of the plan', zh: '采纳计划中的一步' },
  description: {
    en: 'Takes a proposed step of the plan into the deal: it keeps its day, and the plan is made around it. First call previews, second call with confirm writes.',
    zh: '把计划建议的一步放进商机：日期固定下来，其余计划围绕它重排。第一次调用预览，带 confirm 再次调用才写入。',
  },
  input: z.strictObject({
    deal: DealArg,
    step: StepArg.meta({ description: 'step of read_plan' }),
    on: DayArg.optional().meta({ description: 'Absent: the day of the plan', format: 'date' }),
    what: LineArg.optional().meta({ description: 'A remark of ours' }),
    confirm: CONFIRM,
  }),
  ...CHANGES,
  run: ({ deal, confirm, ...asked }, desk) =>
    previewed(desk, { tool: 'accept_step', deal, asked, confirm }, { kind: 'step', ...asked }),
})

export const undoChange = tool({
  name: 'undo_change',
  title: { en: 'Undo a change', zh: '撤销一次改动' },
  description: {
    en: 'Takes back everything that one write did, if nothing of it was changed since.',
    zh: '撤销一次写入所做的全部改动；若之后又被改过则不撤销。',
  },
  input: z.strictObject({ change: z.string().min(1).max(64).meta({ description: 'change of the answer that wrote' }) }),
  output: z.object({ undone: z.int().meta({ description: 'Records that are as they were before' }) }),
  needs: ['deals:write'],
  writes: true,
  run: ({ change }, desk) => desk.undo(change),
})
