import { strict as assert } from 'node:assert'
import type { Lang, Text } from '@sente/engine'
import type { Assistant, Written } from './support.ts'

/** What a seller asks an assistant for, done by calls alone; each says by an assertion that the seller got it. */
export interface Task {
  asks: Text
  run: (assistant: Assistant, lang: Lang) => Promise<void>
}

export const DEAL = '1-loved-early-killed-late.yaml'
/** A note, with words of it that are evidence and words that are not meant so. */
const NOTES: Record<Lang, { text: string; right: string; wrong: string }> = {
  en: {
    text: 'Qin Bo asked who comes on Sunday night and whether we have people in the city. The CFO wants audited accounts for three years.',
    right: 'Sunday night',
    wrong: 'audited accounts',
  },
  zh: {
    text: '秦波问你们在本地有没有办事处，半夜出了问题谁来。财务总监要看近三年的审计报告。',
    right: '办事处',
    wrong: '审计报告',
  },
}

interface Line {
  id: string
  lead?: { state: string; days?: number }
}
interface Brief {
  lead: { state: string; days?: number; act?: { what: string; on: string } }
  win?: { value: number; low: number; high: number }
  findings: { items: { rule: string; severity: string }[] }
}
interface PlanTold {
  steps: { step: string; what: string; with: string[]; on: string; inDeal?: string }[]
  changed: { kind: string; why: string }[]
}

/** Ten tasks on a copy of the examples, as of 15 April 2025, in their order: a later one may rest on an earlier one. */
export const TASKS: readonly Task[] = [
  {
    asks: { en: 'What do I do today?', zh: '我今天该做什么？' },
    async run(assistant) {
      const { lines, question } = await assistant.call<{
        lines: { with: string[]; on: string; why?: string }[]
        question?: object
      }>('today')
      assert(lines.length > 0 && lines.length <= 7)
      assert(lines.every(({ on }) => /^\d{4}-\d{2}-\d{2}$/.test(on)))
      assert(question)
    },
  },
  {
    asks: {
      en: 'Where does the planning platform stand? Are we ahead?',
      zh: '规划平台这个商机到哪一步了？我们领先吗？',
    },
    async run(assistant) {
      const { deals } = await assistant.call<{ deals: Line[] }>('find_deals', { words: 'planning' })
      assert.deepEqual(
        deals.map(({ id }) => id),
        [DEAL],
      )
      const { lead, win } = await assistant.call<Brief>('read_brief', { deal: DEAL })
      assert.deepEqual([lead.state, lead.days], [deals[0]!.lead!.state, deals[0]!.lead!.days])
      assert(win && win.low <= win.value && win.value <= win.high)
    },
  },
  {
    asks: { en: 'Why do you say it is in danger?', zh: '为什么说它有危险？' },
    async run(assistant) {
      const { findings } = await assistant.call<Brief>('read_brief', { deal: DEAL })
      const [{ rule } = { rule: '' }] = findings.items
      const { reasons } = await assistant.call<{ reasons: { because?: string[] }[] }>('explain', {
        deal: DEAL,
        about: 'findings',
        rule,
      })
      assert(reasons[0]!.because!.some((one) => one.startsWith(rule)))
      const { reasons: evidence } = await assistant.call<{ reasons: { effect?: number; on?: string }[] }>('explain', {
        deal: DEAL,
        about: 'position',
      })
      assert(evidence.every(({ effect, on }) => effect !== undefined && on !== undefined))
    },
  },
  {
    asks: { en: 'Whom do I have to see, when, and with what?', zh: '我要见谁、什么时候、带什么？' },
    async run(assistant) {
      const { steps } = await assistant.call<PlanTold>('read_plan', { deal: DEAL })
      assert(steps.some(({ with: people }) => people.includes('Shen Guowei')))
    },
  },
  {
    asks: { en: 'Prepare my meeting with the chairman.', zh: '帮我准备与董事长的会面。' },
    async run(assistant) {
      const { sections } = await assistant.call<{ sections: { lines: string[] }[] }>('meeting_page', {
        deal: DEAL,
        with: ['Shen Guowei'],
      })
      assert(sections.length >= 5 && sections.every(({ lines }) => lines.length > 0))
    },
  },
  {
    asks: { en: 'What if I see the chairman only on 3 June?', zh: '如果 6 月 3 日才见董事长，会怎样？' },
    async run(assistant) {
      const { steps } = await assistant.call<PlanTold>('read_plan', { deal: DEAL })
      const first = steps.find(({ with: people }) => people[0] === 'Shen Guowei')!
      const play = first.step.split('~')[0]
      const { steps: then, changed } = await assistant.call<PlanTold>('what_if', {
        deal: DEAL,
        fixed: [{ play, with: ['Shen Guowei'], on: '2025-06-03' }],
      })
      assert(then.some(({ step, on }) => step === first.step && on === '2025-06-03'))
      assert(changed.length > 0 && changed.every(({ why }) => why !== ''))
      // Nothing was kept.
      const again = await assistant.call<PlanTold>('read_plan', { deal: DEAL })
      assert.equal(again.steps.find(({ step }) => step === first.step)!.on, first.on)
    },
  },
  {
    asks: {
      en: 'I come from a visit; keep this note. The first finding is right, the second is not what he meant.',
      zh: '我刚拜访回来，把这条记下。第一条对，第二条不是他的意思。',
    },
    async run(assistant, lang) {
      const note = { deal: DEAL, on: '2025-04-15', text: NOTES[lang].text }
      const preview = await assistant.call<Written>('capture_note', note)
      assert(!preview.written && preview.lines.length >= 3)
      const done = await assistant.call<Written>('capture_note', {
        ...note,
        keep: [1],
        reject: [2],
        confirm: preview.confirm,
      })
      assert(done.written)
      const { reasons } = await assistant.call<{ reasons: { quote?: string }[] }>('explain', {
        deal: DEAL,
        about: 'position',
      })
      assert(reasons.some(({ quote }) => quote?.includes(NOTES[lang].right)))
      assert(!reasons.some(({ quote }) => quote?.includes(NOTES[lang].wrong)))
    },
  },
  {
    asks: {
      en: 'Put today’s call with Qin Bo down: he names the committee by Friday; next talk on 22 April.',
      zh: '记下今天与秦波的通话：他周五前告知评审小组名单；下次 4 月 22 日再谈。',
    },
    async run(assistant) {
      const call = {
        deal: DEAL,
        what: 'Call on who decides',
        with: ['Qin Bo'],
        outcome: 'done',
        promises: [{ by: 'them', what: 'Names the members of the committee', dueOn: '2025-04-18', person: 'Qin Bo' }],
        next: { on: '2025-04-22', what: 'Go through the committee', with: ['Qin Bo'] },
      }
      const preview = await assistant.call<Written>('record_outcome', call)
      assert(!preview.written && preview.lines.length === 3)
      const done = await assistant.call<Written>('record_outcome', { ...call, confirm: preview.confirm })
      assert(done.written && done.change !== undefined)
      const { promises } = await assistant.call<{ promises: { what: string; state: string; by: string }[] }>(
        'promises',
        { deal: DEAL },
      )
      assert(promises.some(({ what, state, by }) => what.includes('committee') && state === 'open' && by === 'them'))
    },
  },
  {
    asks: {
      en: 'No, take the last step back: I meant another deal.',
      zh: '不对，刚才采纳的那一步撤销，我说的是另一个商机。',
    },
    async run(assistant) {
      const { steps } = await assistant.call<PlanTold>('read_plan', { deal: DEAL })
      const proposed = steps.find(({ inDeal }) => inDeal === undefined)!
      const step = { deal: DEAL, step: proposed.step }
      const preview = await assistant.call<Written>('accept_step', step)
      const { change } = await assistant.call<Written>('accept_step', { ...step, confirm: preview.confirm })
      const taken = await assistant.call<PlanTold>('read_plan', { deal: DEAL })
      assert(taken.steps.find((one) => one.step === proposed.step)!.inDeal !== undefined)
      await assistant.call('undo_change', { change })
      const back = await assistant.call<PlanTold>('read_plan', { deal: DEAL })
      assert.deepEqual(back.steps, steps)
    },
  },
  {
    asks: {
      en: 'Prepare the weekly review, and tell me the one thing to ask.',
      zh: '准备每周评审，并告诉我最该问的一件事。',
    },
    async run(assistant) {
      const { deals } = await assistant.call<{ deals: (Line & { dangers?: number; win?: number; seller?: number })[] }>(
        'review_list',
      )
      const dangers = deals.map((one) => one.dangers ?? 0)
      assert.deepEqual(
        dangers,
        dangers.toSorted((a, b) => b - a),
      )
      const { question, changes } = await assistant.call<{ question?: string; changes?: string }>('next_question', {
        deal: deals[0]!.id,
      })
      assert(question && changes)
    },
  },
]
