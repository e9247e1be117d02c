interface Act {
  who: string
  play: string
  on: string
  ours: string
  through: string
  bring: string
  why: string
}

/** The words of `sente plan`. Both languages have the same keys; the type says so. */
const en = {
  asOf: 'as of',
  styles: { steady: 'steady', swift: 'swift' },
  next: 'NEXT ACT',
  steps: (n: number) => (n === 1 ? 'THE PLAN, 1 STEP' : `THE PLAN, ${n} STEPS, THE MOST PRESSING FIRST`),
  questions: 'QUESTIONS WORTH ASKING',
  cannot: 'WHAT CANNOT BE DONE ANY MORE',
  unseen: 'NOT SEEN IN THE NEXT FOUR WEEKS, AND WHY',
  nothing: 'No step is worth its time now: nobody asks anything that is open, or nobody is on the map yet.',
  closed: 'The deal is closed; nothing is planned.',
  win: (before: string, after: string) =>
    `Chance to win: from ${before} today to ${after} at most, if every step came about as hoped. The plan is not made for this number.`,
  winPrior: (deals: number) =>
    deals === 0
      ? 'An estimate of the method, not drawn from deals of yours.'
      : `An estimate of the method on the base of ${deals} closed deals of yours.`,
  winFitted: 'Fitted to closed deals of yours.',
  winUnknown: 'Chance to win: not known.',
  percent: (value: string, low: string, high: string) => `${value}% (${low}% to ${high}%)`,
  more: (n: number) => `… and ${n} more (--all)`,
  ourselves: 'among ourselves',
  locked: 'yours, stays',
  held: 'held, not taken up yet',
  window: 'when    ',
  between: (from: string, to: string) => (from === to ? `on ${from} only` : `between ${from} and ${to}`),
  begin: (on: string) => `; begin on ${on}`,
  beginNow: '; begin today',
  goes: 'who     ',
  through: (person: string) => `introduced by ${person}`,
  why: 'why     ',
  first: 'before  ',
  bring: 'bring   ',
  proof: (name: string, person: string, startBy: string | null) =>
    startBy ? `${name} for ${person} (begin by ${startBy})` : `${name} for ${person}`,
  ask: 'ask     ',
  declined: 'plan B  ',
  linked: 'and     ',
  comma: ', ',
  semi: '; ',
  colon: ': ',
  dash: ': ',
  act: ({ who, play, on, ours, through, bring, why }: Act) =>
    `${ours ? `${ours} sees` : 'See'} ${who || 'to our own house'} by ${on}${through ? ` through ${through}` : ''} (${play}), with: ${bring}. ${why && `Because ${why}.`}`,
}

const zh: typeof en = {
  asOf: '截至',
  styles: { steady: '稳', swift: '快' },
  next: '下一步',
  steps: (n) => `计划：${n} 步，要紧的在前`,
  questions: '最值得问的问题',
  cannot: '已经来不及做的',
  unseen: '四周内不见谁，为什么',
  nothing: '现在没有值得花时间的一步：没有人在问没答上的问题，或者人还没有画到图上。',
  closed: '商机已结束，没有计划。',
  win: (before, after) => `赢率：今天${before}；每一步都办成，最多到${after}。计划不是照着这个数排的。`,
  winPrior: (deals) =>
    deals === 0 ? '这是方法的估计，不是从您的商机里算出来的。' : `以您已结束的${deals}个商机为底，其余是方法的估计。`,
  winFitted: '按您已结束的商机校准。',
  winUnknown: '赢率：不知道。',
  percent: (value: string, low: string, high: string) => `${value}%（${low}–${high}%）`,
  more: (n) => `… 还有 ${n} 步（--all）`,
  ourselves: '我方内部',
  locked: '您定的，不动',
  held: '日子锁定，还没采纳',
  window: '时间',
  between: (from, to) => (from === to ? `只能在${from}` : `${from}到${to}之间`),
  begin: (on) => `；${on}开始准备`,
  beginNow: '；今天就开始准备',
  goes: '谁去',
  through: (person) => `由${person}引荐`,
  why: '为何',
  first: '先办',
  bring: '带上',
  proof: (name, person, startBy) => (startBy ? `${name}（给${person}，${startBy}前动手）` : `${name}（给${person}）`),
  ask: '请求',
  declined: '不成',
  linked: '同时',
  comma: '、',
  semi: '；',
  colon: '：',
  dash: '：',
  act: ({ who, play, on, ours, through, bring, why }) =>
    `${on}前，${ours ? `${ours}` : ''}${through ? `请${through}引荐，` : ''}${who ? `见${who}` : '先办好自己的事'}（${play}），带上${bring}。${why && `因为${why}。`}`,
}

export const PLAN_WORDS = { en, zh }
