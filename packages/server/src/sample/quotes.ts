/** What customers say in the sample workspace: for each signal who says it and in which words. Invented for it. */

export type Seat = 'top' | 'deputy' | 'tech' | 'user' | 'buyer'

interface Voice {
  by: Seat
  zh: readonly string[]
  en: readonly string[]
}

export const QUOTES = {
  just_learning: {
    by: 'tech',
    zh: ['先了解一下，今年没有计划', '就是想看看外面都做到什么程度了'],
    en: ['We are only looking around this year', 'Tell us what is out there, nothing is planned'],
  },
  exec_strategy_announced: {
    by: 'deputy',
    zh: ['年初工作会上定了，三年内要全面数字化', '集团的十五五规划里有这一条'],
    en: ['It is in the three-year plan the board published', 'The strategy day put it among the first five goals'],
  },
  performance_miss_disclosed: {
    by: 'deputy',
    zh: ['上半年指标没完成，会上点了名'],
    en: ['We missed the half-year figures and were named in the meeting'],
  },
  incident_triggered: {
    by: 'user',
    zh: ['上个月停了六个小时，局里来问了', '出了那次事故以后，谁都不敢再拖'],
    en: ['After the outage in spring nobody wants to wait any longer', 'Six hours down, and the regulator called'],
  },
  pain_admitted: {
    by: 'user',
    zh: ['现在全靠人盯，月底根本顾不过来', '三套系统对不上，每天下班前手工抄一遍'],
    en: ['At month end we simply cannot keep up', 'Three systems, and every evening we copy by hand'],
  },
  pain_quantified: {
    by: 'user',
    zh: ['算过，一年光返工就是四百多万', '每停一小时损失三十万，去年停了十七个小时'],
    en: ['We worked it out: rework alone is 400,000 a year', 'An hour of downtime is 30,000, and we had seventeen'],
  },
  excited_first_meeting: {
    by: 'tech',
    zh: ['第一次就聊了三个小时，还让我们周五再去', '说这正是他们一直想找的'],
    en: ['Three hours in the first meeting, and again on Friday', 'This is what we have been looking for, she said'],
  },
  problem_owner_named: { by: 'deputy', zh: ['这件事由我来牵头'], en: ['I will own this myself'] },
  workgroup_formed: {
    by: 'tech',
    zh: ['工作组成立了，五个部门各出一个人'],
    en: ['The working group is set up, one from each of five departments'],
  },
  top_priority_with_date: {
    by: 'deputy',
    zh: ['这是今年的一号工程，国庆前要见效'],
    en: ['Number one on this year’s list, results by autumn'],
  },
  business_case_requested: {
    by: 'deputy',
    zh: ['给我一份投入产出，我要拿上会'],
    en: ['I need a business case for the committee'],
  },
  budget_requested: { by: 'buyer', zh: ['预算报上去了，一千万以内'], en: ['The budget request went in last week'] },
  budget_approved: { by: 'buyer', zh: ['预算批下来了'], en: ['The money has been released'] },
  project_approved: { by: 'deputy', zh: ['立项会过了，可以往下走'], en: ['The project is approved, we can go on'] },
  requirements_shared: {
    by: 'tech',
    zh: ['需求书发过来了，一百二十条'],
    en: ['They sent us the requirements, 120 of them'],
  },
  criteria_weights_set: {
    by: 'tech',
    zh: ['技术六十，价格三十，服务十分'],
    en: ['Sixty for technology, thirty for price, ten for service'],
  },
  decision_process_explained: {
    by: 'tech',
    zh: ['先技术评审，再过总办会，最后老总签字'],
    en: ['Technical panel, then the board committee, then the chief signs'],
  },
  rfp_issued: { by: 'buyer', zh: ['标书今天挂网了'], en: ['The tender is out'] },
  bid_clarification: {
    by: 'buyer',
    zh: ['来了十四条澄清问题，周三前回'],
    en: ['Fourteen clarification questions, due Wednesday'],
  },
  shortlisted: { by: 'buyer', zh: ['入围三家，我们在里面'], en: ['Three are left, we are one of them'] },
  formal_demo_requested: {
    by: 'tech',
    zh: ['要我们下周按他们的流程正式演示'],
    en: ['They want a formal demonstration along their own process'],
  },
  poc_requested: { by: 'tech', zh: ['拿他们的数据跑一个月看看'], en: ['A month of proof with their own data'] },
  deep_technical_questions: {
    by: 'tech',
    zh: ['问到了并发和容灾切换的细节'],
    en: ['Detailed questions on failover and load'],
  },
  integration_questions: {
    by: 'tech',
    zh: ['跟老的财务系统怎么接，谁改接口'],
    en: ['How do you connect to the old ledger, and who changes the interface'],
  },
  competitor_named: { by: 'tech', zh: ['也在跟另外一家谈'], en: ['They are talking to another vendor too'] },
  comparison_matrix: { by: 'tech', zh: ['做了一张四家的对比表'], en: ['He has a comparison of four vendors'] },
  user_trial_feedback: {
    by: 'user',
    zh: ['试用的人都说比现在的顺手'],
    en: ['The people who tried it like it better than what they have'],
  },
  scoring_done: { by: 'tech', zh: ['打分出来了，我们技术第一'], en: ['The scores are in, we lead on technology'] },
  asks_references: {
    by: 'deputy',
    zh: ['同行里谁用过，能不能去看看'],
    en: ['Who in our trade uses it, can we see them'],
  },
  reference_site_visit: {
    by: 'deputy',
    zh: ['去看了用户现场，回来路上问了一路实施的事'],
    en: ['They visited the reference and asked about the rollout all the way home'],
  },
  asks_local_support: { by: 'user', zh: ['半夜坏了谁来，多久能到'], en: ['Who comes at night, and how soon'] },
  asks_vendor_viability: {
    by: 'buyer',
    zh: ['你们公司才几年，三年以后还在不在'],
    en: ['Your company is young; will it be there in three years'],
  },
  asks_financial_statements: {
    by: 'buyer',
    zh: ['财务要近三年的审计报告'],
    en: ['Finance wants audited accounts for three years'],
  },
  what_if_questions: { by: 'deputy', zh: ['万一上线那天切不过去怎么办'], en: ['What if the cutover fails on the day'] },
  career_fear: { by: 'tech', zh: ['这事要是砸了，我在这里就干不下去了'], en: ['If this fails it is my head'] },
  security_questionnaire: { by: 'tech', zh: ['安全部发来一百八十道题'], en: ['Security sent 180 questions'] },
  asks_migration_cutover: {
    by: 'user',
    zh: ['老数据怎么迁，要停几天'],
    en: ['How is the old data moved, and how long do we stand still'],
  },
  unexplained_hesitation: {
    by: 'deputy',
    zh: ['说领导那边还要再看看'],
    en: ['Upstairs they want to think it over, no reason given'],
  },
  competitor_met_top: {
    by: 'user',
    zh: ['听说对方老总上周见了我们一把手'],
    en: ['Their chief met our number one last week'],
  },
  verbal_yes: { by: 'deputy', zh: ['基本就定你们了，走流程吧'], en: ['It is you, let the papers run'] },
  discount_demanded: { by: 'buyer', zh: ['再降八个点，今天就能定'], en: ['Eight points off and we can close today'] },
  legal_redlines: {
    by: 'buyer',
    zh: ['法务改了三十处，主要是违约责任'],
    en: ['Legal marked thirty places, mostly liability'],
  },
  payment_terms_discussed: { by: 'buyer', zh: ['希望按三三三一付款'], en: ['They want to pay in four parts'] },
  signature_workflow: {
    by: 'buyer',
    zh: ['合同在走审批，还差两个签字'],
    en: ['The contract is in approval, two signatures missing'],
  },
  cfo_enters: {
    by: 'buyer',
    zh: ['财务总监第一次来开会，问了谁负责运维'],
    en: ['The CFO came for the first time and asked who runs it later'],
  },
  procurement_contact_new: { by: 'buyer', zh: ['采购部新派了一个人对接'], en: ['A new buyer has taken over'] },
  only_price_talk: { by: 'buyer', zh: ['除了价格什么都不谈'], en: ['They speak of nothing but price'] },
  decision_delayed: { by: 'buyer', zh: ['说要推到下个季度再议'], en: ['Put off to next quarter'] },
  calls_unreturned: { by: 'tech', zh: ['电话三天没回了'], en: ['No call back for a week'] },
  meeting_cancelled: {
    by: 'deputy',
    zh: ['周五的会取消了，没说改到哪天'],
    en: ['Friday’s meeting was cancelled without a new date'],
  },
  budget_cut_or_frozen: { by: 'buyer', zh: ['集团把今年的费用都冻结了'], en: ['The group froze all spending'] },
  project_paused: { by: 'deputy', zh: ['项目先放一放'], en: ['The project is on hold'] },
  no_urgency: { by: 'tech', zh: ['不急，明年再说也行'], en: ['No hurry, next year would do'] },
  exec_meeting_accepted: { by: 'top', zh: ['老总同意见，二十分钟'], en: ['The chief agreed to twenty minutes'] },
  exec_holds_commitment: {
    by: 'top',
    zh: ['我先不答应别人，等你们的方案'],
    en: ['I will promise nobody before I have seen your proposal'],
  },
  exec_asks_business_value: {
    by: 'top',
    zh: ['能让我多挣多少，少担什么'],
    en: ['What does it earn me, and what does it take off my shoulders'],
  },
  exec_intro_offered: { by: 'deputy', zh: ['我带你们去见一下老总'], en: ['I will take you to our chief'] },
  champion_sells_inside: {
    by: 'tech',
    zh: ['他在内部会上替我们讲了半个小时'],
    en: ['He spoke for us for half an hour in their own meeting'],
  },
  coach_inside_info: {
    by: 'user',
    zh: ['私下告诉我，评标组里有两票还没定'],
    en: ['Told me in private that two votes are open'],
  },
  deputy_won_over: { by: 'deputy', zh: ['就用你们的，上面我去说'], en: ['We take yours, I will tell them upstairs'] },
  top_not_met: {
    by: 'deputy',
    zh: ['老总那边你们还没去过吧'],
    en: ['You have not been to see the chief yet, have you'],
  },
  remote_top_leader: {
    by: 'user',
    zh: ['一把手在总部，一个月来一次'],
    en: ['The number one sits in another city and comes once a month'],
  },
  incumbent_contract_expiring: { by: 'buyer', zh: ['老合同明年三月到期'], en: ['The old contract ends next March'] },
  contract_signed: { by: 'buyer', zh: ['合同盖章了'], en: ['Signed'] },
  kickoff_held: { by: 'tech', zh: ['启动会开了，老总也来讲了话'], en: ['Kick-off held, the chief said a few words'] },
  gone_live: { by: 'user', zh: ['第一批上线了，很平稳'], en: ['The first site is live and quiet'] },
  expansion_inquiry: { by: 'deputy', zh: ['另外两个厂也想上'], en: ['Two more sites want it as well'] },
} as const satisfies Record<string, Voice>

export type Said = keyof typeof QUOTES
