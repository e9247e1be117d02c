import type { Lang } from '@sente/engine'

/** What only slides say. */
export interface SlideWords {
  page: (n: number, of: number) => string
  ourOwn: string
  filledChart: string
  filledSays: string
  moneyChart: (currency: string) => string
  what: string
  on: string
  owner: string
  deal: string
  whose: string
  due: string
  why: string
  todo: string
  joint: string
  cells: string
  unmet: string
  ofDeciders: (n: number) => string
  review: string
  inUse: string
  since: string
  nothingInUse: string
  numbers: string
  noNumbers: string
  steps: string
  noSteps: string
  stepOf: { ours: string; theirs: string; both: string }
  done: (on: string) => string
  late: string
  noDay: string
  today: string
  stepChart: string
  counts: { done: string; ahead: string; late: string; open: string }
}

export const SLIDE_WORDS: Record<Lang, SlideWords> = {
  en: {
    page: (n, of) => `(${n} of ${of})`,
    ourOwn: 'For our own review, not for the customer',
    filledChart: 'How much of the plan the deals fill',
    filledSays: 'Share of each part that is known from the deals',
    moneyChart: (currency) => `Won and open, in ${currency}`,
    what: 'What',
    on: 'On',
    owner: 'Owner',
    deal: 'Deal',
    whose: 'Who',
    due: 'By',
    why: 'Why',
    todo: 'What to do',
    joint: 'Joint plan',
    cells: 'units × offers',
    unmet: 'Not met in time',
    ofDeciders: (n) => `of ${n} who decide`,
    review: 'Review of what we do together',
    inUse: 'In use',
    since: 'Since',
    nothingInUse: 'Nothing is in use yet.',
    numbers: 'What it brought, in your numbers',
    noNumbers: 'No number of yours is confirmed yet.',
    steps: 'Agreed steps',
    noSteps: 'No step is agreed yet.',
    stepOf: { ours: 'We', theirs: 'You', both: 'Together' },
    done: (on) => `done on ${on}`,
    late: 'was due',
    noDay: 'no date yet',
    today: 'today',
    stepChart: 'Agreed steps by unit',
    counts: { done: 'Done', ahead: 'Ahead', late: 'Past their day', open: 'Without a day' },
  },
  zh: {
    page: (n, of) => `（${n}/${of}）`,
    ourOwn: '内部复盘用，不给客户',
    filledChart: '商机填好了规划的多少',
    filledSays: '各部分由商机已知的比例',
    moneyChart: (currency) => `赢下与在谈（${currency}）`,
    what: '内容',
    on: '日期',
    owner: '负责人',
    deal: '商机',
    whose: '谁做',
    due: '最迟',
    why: '为什么',
    todo: '该做什么',
    joint: '联合推进计划',
    cells: '单位 × 产品',
    unmet: '没按时见到',
    ofDeciders: (n) => `共 ${n} 位拍板人`,
    review: '合作回顾',
    inUse: '在用',
    since: '自',
    nothingInUse: '还没有在用的。',
    numbers: '带来了什么（贵方确认的数字）',
    noNumbers: '还没有贵方确认的数字。',
    steps: '共同步骤',
    noSteps: '还没有商定的步骤。',
    stepOf: { ours: '我方', theirs: '贵方', both: '双方' },
    done: (on) => `${on}完成`,
    late: '已过约定日期',
    noDay: '日期未定',
    today: '今天',
    stepChart: '各单位的共同步骤',
    counts: { done: '已完成', ahead: '待办', late: '已过日期', open: '日期未定' },
  },
}
