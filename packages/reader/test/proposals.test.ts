import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { plainDate } from '@sente/engine'
import { propose } from '../src/index.ts'
import type { Proposal } from '../src/index.ts'

// A Wednesday.
const ON = plainDate('2025-03-19')
const people = [
  { id: 'lin', name: '林涛', title: 'CIO' },
  { id: 'ruth', name: 'Ruth Alvarez' },
]
const rivals = [{ id: 'ferro', name: 'Ferrolux' }]
const all = (text: string): Proposal[] => propose({ on: ON, text }, { people, rivals })
const of = <K extends Proposal['kind']>(kind: K, text: string) =>
  all(text).filter((one): one is Extract<Proposal, { kind: K }> => one.kind === kind)

describe('a note proposes what was done with whom', () => {
  test.each([
    ['上周五拜访了林总，聊了一小时', 'visit', '2025-03-14', ['lin'], []],
    ['下午和林涛通了电话', 'call', '2025-03-19', ['lin'], []],
    ['昨天见了采购部李经理', 'meeting', '2025-03-18', [], ['李经理']],
    ['Met Ruth Alvarez on Monday', 'meeting', '2025-03-17', ['ruth'], []],
    ['Had a long call with Ruth yesterday', 'call', '2025-03-18', ['ruth'], []],
    ['Yesterday I visited Ms Okafor at the plant', 'visit', '2025-03-18', [], ['Ms Okafor']],
    ['Lunch with Ruth, all fine', 'meal', '2025-03-19', ['ruth'], []],
    ['中午请永固水泥的荀部长吃了个饭', 'meal', '2025-03-19', [], ['荀部长']],
    ['会议纪要\n日期：3月11日\n参加：林总、采购部李经理\n1. 无', 'meeting', '2025-03-11', ['lin'], ['李经理']],
    [
      'Minutes, 11 March\nPresent: Ruth Alvarez, Sam Tolley (IT)\n1. None',
      'meeting',
      '2025-03-11',
      ['ruth'],
      ['Sam Tolley'],
    ],
    ['刚从林总办公室出来，他心情不错', 'visit', '2025-03-19', ['lin'], []],
    ['前天林总打电话来问价格', 'call', '2025-03-17', ['lin'], []],
    ['昨天林总请我们吃的饭', 'meal', '2025-03-18', ['lin'], []],
    ['Popped in on Ruth last Thursday', 'visit', '2025-03-13', ['ruth'], []],
    ['Ruth rang this morning to say it is late', 'call', '2025-03-19', ['ruth'], []],
    ['12 March - Ruth: wants a pilot', 'call', '2025-03-12', ['ruth'], []],
    ['As discussed with Ruth on 12 March, a demo follows', 'meeting', '2025-03-12', ['ruth'], []],
    ['Coffee with Pekka Virtanen, nothing new', 'meal', '2025-03-19', [], ['Pekka Virtanen']],
  ])('%s', (text, what, on, known, names) =>
    expect(of('touch', text)).toMatchObject([{ what, on, with: known, names }]),
  )

  test.each([
    '下周准备拜访林总',
    '林总没见到',
    '林总与采购部李经理谈了一小时',
    '听说对手见了林总',
    'Ferrolux met Ruth last week',
    "On Monday Ferrolux's sales director had dinner with Ruth",
    'Last Thursday a competitor had coffee with Ruth',
    "Yesterday Corvian's CEO met Ruth in the lobby",
    'We plan to meet Ruth on Friday',
    'Did not meet Ruth after all',
    'If we met Ruth it would help',
    '林总答应见我们了',
    '12 March - left voicemail for Ruth',
    'Ruth called Ferrolux back',
  ])('nothing where it has not been: %s', (text) => expect(of('touch', text)).toEqual([]))
})

describe('rivals the deal does not know', () => {
  test.each([
    ['另一家厂商恒锐软件也报了价', ['恒锐软件']],
    ['听说另一家城商行去年就上了', []],
    ['另两家是华能科和利德', ['华能科', '利德']],
    ['第一名是康元，我们第二', ['康元']],
    ['第一名是我们，差一分', []],
    ['The other two are Vantor and Lidd', ['Vantor', 'Lidd']],
    ['They waved Eastbay’s offer at us', ['Eastbay']],
    ['另一家三甲医院已经在用', []],
  ])('%s', (text, names) => expect(of('rival', text).map(({ name }) => name)).toEqual(names))
})

describe('people the map does not know', () => {
  test.each([
    ['今天王总也在，采购部李经理没说话', ['王总', '李经理']],
    ['信息中心主任周明说要看案例', ['周明']],
    ['运营的闵莉出来接我', ['闵莉']],
    ['他们采购小申说凑个数', ['小申']],
    ['Rob in procurement wants a discount', ['Rob']],
    ['Two from purchasing were there', []],
    ['Ms Okafor asked for references', ['Ms Okafor']],
    ['Leanne says the budget is gone', ['Leanne']],
    ['Attendees: Graham Otley (GO), Nisha Rao; us: Tom Bell', ['Graham Otley', 'Nisha Rao']],
    ['参会：沈建平局长、虞主任；我司：老钱', ['沈建平局长', '虞主任']],
    ['Their CFO, Maria Keller, joined late', ['Maria Keller']],
    ['Maria Keller (head of procurement) was silent', ['Maria Keller']],
  ])('%s', (text, names) => expect(of('person', text).map(({ name }) => name)).toEqual(names))

  test.each([
    '对于总体方案没意见',
    '林总同意了',
    '马上处理',
    'our CFO Tom Brandt will call',
    'Ruth said it is fine',
    '方总体上可行',
  ])('nobody in: %s', (text) => expect(of('person', text)).toEqual([]))
})

describe('rivals the deal does not know', () => {
  test.each([
    ['他们也在看竞争对手用友的方案', ['用友']],
    ['东方软件也来投标了', ['东方软件']],
    ['They are also talking to Corrisande', ['Corrisande']],
    ['Vantage Systems has quoted already', ['Vantage Systems']],
    ['The incumbent, Northgate, is nervous', ['Northgate']],
  ])('%s', (text, names) => expect(of('rival', text).map(({ name }) => name)).toEqual(names))

  test.each(['Ferrolux has quoted already', 'They quoted a rule', '对手还没动作', 'Finance has also asked'])(
    'none in: %s',
    (text) => expect(of('rival', text)).toEqual([]),
  )
})

describe('days the customer told for a step', () => {
  test.each([
    ['3月28日开标', 'bid-opening', '2025-03-28', false],
    ['投标文件4月2日递交', 'bids-due', '2025-04-02', false],
    ['下周三上会', 'board-approval', '2025-03-26', false],
    ['大概月底签合同', 'signature', '2025-03-31', true],
    ['Kick off by the end of next month', 'kickoff', '2025-04-30', false],
    ['The board meets on 2 April', 'board-approval', '2025-04-02', false],
    ['Bids are due by Friday', 'bids-due', '2025-03-21', false],
    ['Go-live is set for the end of June', 'go-live', '2025-06-30', false],
  ])('%s', (text, step, on, guess) => expect(of('told', text)).toMatchObject([{ step, on, guess }]))

  test.each([
    'Ruth forwarded the shortlist Monday',
    '上周三开标了',
    '没定哪天上会',
    'They signed on 5 March',
    'The board does not meet on 2 April',
  ])('none in: %s', (text) => expect(of('told', text)).toEqual([]))
})

describe('promises both ways', () => {
  test.each([
    ['林总答应下周三前给反馈', { by: 'them', from: 'lin', dueOn: '2025-03-26' }],
    ['我们承诺周五前交方案', { by: 'us', dueOn: '2025-03-21' }],
    ['Ruth promised to send the list by Friday', { by: 'them', from: 'ruth', dueOn: '2025-03-21' }],
    ['Ruth will send the list by Friday', { by: 'them', from: 'ruth', dueOn: '2025-03-21' }],
    ["I'll get you the terms tomorrow", { by: 'us', dueOn: '2025-03-20' }],
    ['周五前给您方案', { by: 'us', dueOn: '2025-03-21' }],
    ['待办：3月28日前我方提交报价', { by: 'us', dueOn: '2025-03-28' }],
    ['I promised Ruth a draft by 28 March', { by: 'us', to: 'ruth', dueOn: '2025-03-28' }],
  ])('%s', (text, promise) => expect(of('promise', text)).toMatchObject([promise]))

  test.each([
    '林总没有答应',
    'Ruth has not promised anything',
    '要是他们答应就好了',
    '林总答应见我们了',
    'Ruth agreed to see us',
    'Ruth promised the business to Ferrolux',
  ])('none in: %s', (text) => expect(of('promise', text)).toEqual([]))
})

test('words of a proposal are those of the note, whatever is written', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '见了',
      '王总',
      'met',
      'Ruth',
      '，',
      '. ',
      '承诺',
      '3月28日',
      '开标',
      'Friday',
      '\n',
      'Ms Okafor',
      '投标',
    ),
    fc.string({ maxLength: 6 }),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (parts) => {
      const text = parts.join('')
      for (const { span, quote } of propose({ on: ON, text }, { people, rivals }))
        expect(text.slice(...span)).toBe(quote)
    }),
  )
})
