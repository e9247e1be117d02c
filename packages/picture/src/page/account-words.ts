import type { AccountPlan, Lang } from '@sente/engine'

type Status = AccountPlan['grid'][number]['status']

/** What the account plan is called in print and on a terminal. */
export interface AccountWords {
  product: string
  asOf: string
  filled: (percent: string, assumed: string) => string
  ask: string
  goals: string
  ours: string
  theirs: string
  pressures: string
  business: string
  calendar: string
  grid: string
  unit: string
  statuses: Record<Status, string>
  claim: Record<AccountPlan['goals']['theirs'][number]['claim']['state'], string>
  decides: string
  group: string
  nobody: string
  people: string
  person: string
  last: string
  due: string
  met: (times: number, last: string) => string
  never: string
  overdue: string
  unsaid: string
  sponsors: string
  notTogether: string
  noRisk: string
  parity: string
  noParity: string
  rivals: string
  incumbent: string
  risks: string
  promises: string
  us: string
  them: string
  results: string
  growth: string
  team: string
  money: string
  won: string
  open: string
  noRate: string
  deals: string
  from: string
  none: string
  said: (source: string, day: string) => string
  colon: string
  comma: string
}

export const ACCOUNT_WORDS: Record<Lang, AccountWords> = {
  en: {
    product: 'Account plan',
    asOf: 'as of',
    filled: (percent, assumed) =>
      `${percent} filled from the deals${assumed === '0%' ? '' : ` (${assumed} only assumed)`}`,
    ask: 'To ask next',
    goals: 'Goals',
    ours: 'Ours',
    theirs: 'Theirs',
    pressures: 'Pressures',
    business: 'How they earn money',
    calendar: 'Their days ahead',
    grid: 'Units and offers',
    unit: 'Unit',
    statuses: {
      won: 'in use',
      open: 'open',
      lost: 'lost',
      'no-decision': 'not decided',
      rival: 'rival',
      white: 'white space',
    },
    claim: { confirmed: 'confirmed', assumed: 'assumed', stale: 'stale' },
    decides: 'decides',
    group: 'decides for the customer as a whole',
    nobody: 'who decides is not known',
    people: 'Relationships',
    person: 'Person',
    last: 'Last met',
    due: 'See again by',
    met: (times: number, last: string) => (times === 1 ? `(${last})` : `(${times} times, last ${last})`),
    never: 'never',
    overdue: 'overdue',
    unsaid: 'not said who',
    sponsors: 'Sponsors',
    notTogether: 'no meeting of the two is written down',
    noRisk: 'Nothing by the rules that could be judged.',
    parity: 'same level',
    noParity: 'not the same level',
    rivals: 'Rivals',
    incumbent: 'in there',
    risks: 'In danger',
    promises: 'Open promises',
    us: 'We owe',
    them: 'They owe',
    results: 'What it brought',
    growth: 'Next steps',
    team: 'Team',
    money: 'Money',
    won: 'won',
    open: 'open',
    noRate: 'No rate is given: currencies are not added up.',
    deals: 'Deals',
    from: 'opened from',
    none: 'Nothing known.',
    said: (source, day) => `${source}, ${day}`,
    colon: ': ',
    comma: ', ',
  },
  zh: {
    product: '大客户规划',
    asOf: '截至',
    filled: (percent, assumed) => `商机已填好 ${percent}${assumed === '0%' ? '' : `（其中推测 ${assumed}）`}`,
    ask: '接下来要问',
    goals: '目标',
    ours: '我方',
    theirs: '客户',
    pressures: '压力',
    business: '靠什么赚钱',
    calendar: '客户接下来的日子',
    grid: '单位与产品',
    unit: '单位',
    statuses: { won: '在用', open: '在谈', lost: '丢单', 'no-decision': '未决', rival: '对手', white: '空白' },
    claim: { confirmed: '已证实', assumed: '推测', stale: '已过时' },
    decides: '拍板',
    group: '替整个客户拍板',
    nobody: '不知道谁拍板',
    people: '关系',
    person: '人',
    last: '上次见面',
    due: '最迟再见',
    met: (times, last) => (times === 1 ? `（${last}）` : `（${times} 次，最近${last}）`),
    never: '没见过',
    overdue: '已逾期',
    unsaid: '没写谁去的',
    sponsors: '高层对口',
    notTogether: '没有两人见面的记录',
    noRisk: '能判断的规则里没有。',
    parity: '级别对等',
    noParity: '级别不对等',
    rivals: '对手',
    incumbent: '在里面',
    risks: '危险',
    promises: '没兑现的承诺',
    us: '我方欠',
    them: '对方欠',
    results: '成效',
    growth: '下一步',
    team: '团队',
    money: '金额',
    won: '赢下',
    open: '在谈',
    noRate: '没有给汇率，不同币种不相加。',
    deals: '商机',
    from: '来自',
    none: '还不知道。',
    said: (source, day) => `${source}，${day}`,
    colon: '：',
    comma: '、',
  },
}
