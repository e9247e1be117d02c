import { OUTCOMES } from '../../methodology/schema.ts'
import {
  choice,
  concern,
  day,
  inFile,
  line,
  lines,
  method,
  needed,
  number,
  people,
  person,
  phase,
  share,
  standing,
  time,
  words,
  yesno,
} from './field.ts'
import { carriedFrom, kind, on, plannedOn, RECORDED_FIRST, recordedOn, shortName } from './kind.ts'

/** What we do. */
export const ourSide = {
  touch: kind({
    name: { en: 'Touch', zh: '接触' },
    table: 'touch',
    path: 'touches',
    lists: ['touches'],
    fields: {
      key: inFile(shortName, 'id'),
      on: needed(on),
      play: method('play', 'Play', '打法'),
      /** Free words when it was no play. */
      what: line('What', '内容'),
      with: standing(people('With', '与谁'), []),
      /** Who of ours was there; several with commas between them. */
      ours: line('Who of ours', '我方谁去'),
      concern: concern('Concern', '关注点'),
      hours: number('Hours', '小时', { min: 0, max: 10_000 }),
      paid: yesno('Paid', '收费'),
      /** How it went; `failed` is an older word for declined, `cancelled` did not take place. */
      outcome: standing(choice([...OUTCOMES, 'failed', 'cancelled'], 'Outcome', '结果'), 'done'),
      /** Something that could not be described in public; it blocks. */
      flag: choice(['gift', 'side-payment', 'forbidden-contact'], 'Not fit to be public', '不宜公开'),
      note: words('Remark', '备注'),
      externalId: inFile(line('Id in the CRM', 'CRM 编号'), false),
      carriedFrom,
      recordedOn,
    },
    same: ['on', 'play', 'what'],
    order: [['on', 'recordedOn', RECORDED_FIRST]],
    found: { title: 'what', body: 'note' },
  }),
  ourStep: kind({
    name: { en: 'Our step', zh: '销售步骤' },
    table: 'our_step',
    path: 'our-steps',
    lists: ['steps'],
    fields: {
      phase: needed(phase('Phase', '采购阶段')),
      status: standing(choice(['done', 'skipped'], 'Status', '状态'), 'done'),
      on,
      evidence: words('What shows it', '凭什么说完成了'),
      reason: words('Reason', '原因'),
      recordedOn,
    },
    same: ['phase'],
  }),
  planStep: kind({
    name: { en: 'Planned step', zh: '计划步骤' },
    table: 'plan_step',
    path: 'plan-steps',
    lists: ['plan'],
    fields: {
      key: inFile(shortName, 'id'),
      play: method('play', 'Play', '打法'),
      what: line('What', '内容'),
      on: plannedOn,
      with: people('With', '与谁'),
      phase: phase('Phase', '采购阶段'),
      /** `held`: a proposal of the plan that stays on its day with who goes, and is not taken up yet. */
      status: standing(choice(['open', 'done', 'dropped', 'skipped', 'held'], 'Status', '状态'), 'open'),
      /** It leaves the order the method recommends; `reason` says why. */
      deviates: yesno('Leaves the usual order', '偏离通常顺序'),
      reason: words('Reason', '原因'),
      owner: line('Owner', '负责人'),
      /** Without it the step takes no particular time of its day. */
      time: time('Time', '时刻', {
        description: 'Begins at this time of its day, in the time zone of the workspace; absent: all day',
      }),
      minutes: number('Minutes', '分钟', { min: 5, max: 1440 }),
      where: line('Place', '地点'),
      /** Who takes us there. */
      through: person('Through', '通过谁'),
      snoozedUntil: day('Not shown before', '推后到', {
        description: 'The list of today leaves it out before this day; its own day stays',
      }),
      recordedOn,
    },
    same: ['play', 'what'],
    settles: { field: 'status', value: 'done', before: 'open' },
  }),
  setAside: kind({
    name: { en: 'Set aside', zh: '搁置' },
    table: 'set_aside',
    path: 'set-aside',
    lists: ['setAside'],
    description:
      'What the plan is not to propose: a play with somebody, any play with somebody, or a play with anybody; until a day, or for good',
    fields: {
      play: method('play', 'Play', '打法'),
      personId: inFile(person('Person', '人'), 'person'),
      /** Absent: for good. */
      until: day('Until', '到哪天为止'),
      reason: words('Reason', '原因'),
      on,
      recordedOn,
    },
    same: ['play', 'personId'],
  }),
  estimate: kind({
    name: { en: 'Estimate', zh: '估计' },
    table: 'estimate',
    path: 'estimates',
    lists: ['sellerEstimate', 'managerEstimate'],
    fields: {
      side: inFile(needed(choice(['seller', 'manager'], 'Whose estimate', '谁的估计')), false),
      /** Of winning, 0..1. */
      value: needed(share('Value', '数值')),
      on,
      by: line('By', '由谁'),
      /** Known tags are `exec-support`, `advisory`, `excitement`, `price`, `relationship`, `product`. */
      because: lines('Because of', '理由'),
      recordedOn,
    },
    same: ['side', 'on'],
    history: 'side',
  }),
  discount: kind({
    name: { en: 'Discount', zh: '折扣' },
    table: 'discount',
    path: 'discounts',
    lists: ['discounts'],
    fields: { on: needed(on), percent: number('Percent', '百分比', { min: 0, max: 100 }), recordedOn },
    same: ['on'],
  }),
} as const

/** What the customer does. */
export const theirSide = {
  processStep: kind({
    name: { en: 'Step of the customer', zh: '客户的步骤' },
    table: 'process_step',
    path: 'process-steps',
    lists: ['process'],
    fields: {
      /** A milestone of the methodology, or a name of their own with `phase`. */
      step: needed(method('milestone', 'Step', '步骤')),
      phase: phase('Phase', '采购阶段'),
      on: plannedOn,
      owner: line('Owner', '负责人'),
      done: yesno('Done', '已完成'),
      /** False: this customer does not have this step. */
      applies: yesno('Applies to this customer', '这家客户有这一步'),
      /** Who said the date: from this follows how far it is taken. */
      toldBy: inFile(
        choice(['published', 'contract', 'executive', 'project-leader', 'coach', 'guess'], 'Told by', '谁说的'),
        'source',
      ),
      recordedOn,
    },
    // A date that moves is another record: how often it slipped says how far it is to be taken.
    same: ['step', 'on'],
    settles: { field: 'done', value: true, before: false },
  }),
  commitment: kind({
    name: { en: 'Commitment', zh: '承诺' },
    table: 'commitment',
    path: 'commitments',
    lists: ['commitments'],
    fields: {
      what: needed(words('What', '内容')),
      /** Who gave it: one of theirs, or of ours. */
      who: line('Who', '谁'),
      /** The person at the customer to whom ours was given. */
      to: person('Promised to', '答应了谁'),
      promisedOn: needed(day('Promised on', '承诺日期', { when: 'begins' })),
      dueOn: day('Due on', '到期日'),
      doneOn: day('Done on', '完成日期', { when: 'ends' }),
      /** The day it was said, or plain, that it will not be kept. */
      brokenOn: day('Broken on', '失约日期', { when: 'ends' }),
      where: line('Where it was said', '在哪里说的'),
      carriedFrom,
      recordedOn,
    },
    same: ['what'],
    order: [
      ['promisedOn', 'doneOn', { en: 'Done before it was promised.', zh: '完成早于承诺。' }],
      ['promisedOn', 'brokenOn', { en: 'Broken before it was promised.', zh: '失约早于承诺。' }],
      ['promisedOn', 'dueOn', { en: 'Due before it was promised.', zh: '到期早于承诺。' }],
    ],
  }),
} as const
