import type { PhaseId } from '@sente/engine'

/** Our fields of an opportunity list, and the headings under which CRMs export them (compared without case, spaces and marks). */
export const OPPORTUNITY_COLUMNS = {
  id: ['opportunityid', 'dealid', 'recordid', 'id', '商机编号', '商机id', '机会编号', '编号', '机会id'],
  name: [
    'opportunityname',
    'dealname',
    'name',
    'deal',
    'opportunity',
    '商机名称',
    '商机',
    '机会名称',
    '项目名称',
    '名称',
  ],
  account: [
    'accountname',
    'associatedcompany',
    'company',
    'companyname',
    'account',
    'customer',
    '客户名称',
    '客户',
    '公司名称',
    '公司',
    '单位',
  ],
  amount: [
    'amount',
    'dealamount',
    'value',
    'totalvalue',
    'expectedrevenue',
    '金额',
    '预计金额',
    '商机金额',
    '合同金额',
    '预计成交金额',
  ],
  currency: ['currency', 'opportunitycurrency', 'currencyisocode', 'amountcurrency', 'dealcurrency', '币种', '货币'],
  stage: ['stage', 'stagename', 'dealstage', 'pipelinestage', '阶段', '销售阶段', '商机阶段'],
  created: [
    'createddate',
    'createdate',
    'created',
    'createdon',
    'openedon',
    'opendate',
    '创建日期',
    '创建时间',
    '立项日期',
    '开始日期',
  ],
  closed: [
    'closedate',
    'closed',
    'closedon',
    '结束日期',
    '关闭日期',
    '成交日期',
    '预计成交日期',
    '预计签约日期',
    '结单日期',
  ],
  stageSince: [
    'laststagechangedate',
    'dateenteredstage',
    'stagechangedon',
    'lastmodifieddate',
    '阶段变更日期',
    '最近阶段变更',
    '更新日期',
  ],
  probability: [
    'probability',
    'probability%',
    'dealprobability',
    'winprobability',
    'estimate',
    '赢率',
    '成功率',
    '可能性',
  ],
  owner: ['opportunityowner', 'dealowner', 'owner', 'ownername', '负责人', '销售', '所有人', '归属人'],
  won: ['won', 'iswon', 'isclosedwon', '是否赢单'],
  industry: ['industry', '行业'],
} as const

export const ACTIVITY_COLUMNS = {
  deal: ['opportunityid', 'dealid', 'relatedtoid', 'whatid', 'associateddealids', '商机编号', '商机id', '机会编号'],
  dealName: [
    'opportunityname',
    'associateddeal',
    'dealname',
    'relatedto',
    'opportunity',
    'deal',
    '商机名称',
    '商机',
    '相关商机',
    '关联商机',
    '项目名称',
  ],
  date: [
    'date',
    'activitydate',
    'duedate',
    'activitydatetime',
    'completeddate',
    'on',
    '日期',
    '活动日期',
    '跟进日期',
    '拜访日期',
    '跟进时间',
    '时间',
  ],
  subject: ['subject', 'title', 'activity', 'what', 'meetingname', '主题', '标题', '事项', '跟进内容'],
  text: [
    'description',
    'comments',
    'fullcomments',
    'notes',
    'body',
    'note',
    'notebody',
    '描述',
    '备注',
    '内容',
    '纪要',
  ],
  type: ['type', 'activitytype', 'tasksubtype', '类型', '活动类型', '跟进方式'],
  contact: ['name', 'contact', 'contactname', 'associatedcontact', 'with', '联系人', '联系人姓名', '客户联系人'],
  contactTitle: ['contacttitle', 'jobtitle', '职务', '职位', '联系人职务'],
  status: ['status', 'taskstatus', 'outcome', '状态', '结果'],
  hours: ['hours', 'durationhours', '工时', '时长'],
} as const

export type OpportunityField = keyof typeof OPPORTUNITY_COLUMNS
export type ActivityField = keyof typeof ACTIVITY_COLUMNS

/** Stage names of common CRMs and of Chinese sales teams, by what they most often mean for the customer. */
const STAGES: readonly [RegExp, PhaseId | 'won' | 'lost'][] = [
  // Lost before won: “未中标” holds “中标”, “not won” holds “won”.
  [
    /closed ?lost|closedlost|\blost\b|not won|abandon|disqualif|输单|丢单|失败|流失|未中标|未成交|落标|废标|关闭/i,
    'lost',
  ],
  [/closed ?won|closedwon|\bwon\b|赢单|成交|中标|已签约|签约成功/i, 'won'],
  [/negotiat|review|contract|verbal|commit|procurement|谈判|商务|合同|签约|审批/i, 'commit'],
  [/risk|validation|legal|security|风险|法务|考察|复核/i, 'risk'],
  [
    /proposal|quote|perception|evaluat|demo|poc|shortlist|bid|tender|decision ?maker ?bought|presentation|方案|报价|投标|招标|评标|测试|演示|比选/i,
    'evaluate',
  ],
  [/value prop|decision makers|define|scop|design|budget|solution design|立项|预算|指标|可研|论证/i, 'define'],
  [/needs|qualif|discover|requirement|需求|验证|确认|调研/i, 'need'],
  [/prospect|lead|appointment|new|initial|identified|awareness|线索|初步|接触|初访|潜在|意向/i, 'frame'],
]

/** What a stage's name most often means; undefined when nothing is recognised. */
export function phaseOfStage(stage: string): PhaseId | 'won' | 'lost' | undefined {
  return STAGES.find(([pattern]) => pattern.test(stage))?.[1]
}

/** A heading without case, spaces and marks. */
export function plainHeading(heading: string): string {
  return heading.toLowerCase().replace(/[\s_\-.():\uff08\uff09\uff1a/*%]/g, '')
}
