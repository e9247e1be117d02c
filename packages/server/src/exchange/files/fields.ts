import type { IMPORT_KINDS } from '@sente/api'

export type ImportKind = (typeof IMPORT_KINDS)[number]
export interface Says {
  en: string
  zh: string
}

/** How a value is read; see `values.ts`. */
export type FieldType =
  | 'line'
  | 'words'
  | 'day'
  | 'amount'
  | 'currency'
  | 'count'
  | 'hours'
  | 'share'
  | 'yes-no'
  | 'names'
  | 'play'
  | 'traits'
  | 'status'
  | 'style'
  | 'outcome'
  | 'concern'
  | 'known-words'
  | 'superior'

export interface FieldSpec {
  name: string
  label: Says
  type: FieldType
  required?: true
  example?: string
  /** Headings under which CRMs export it, without case, spaces and marks (`plainHeading`); the likeliest first. */
  headings: readonly string[]
}

const field = (
  name: string,
  type: FieldType,
  en: string,
  zh: string,
  headings: string,
  more: { required?: true; example?: string } = {},
): FieldSpec => ({
  name,
  type,
  label: { en, zh },
  headings: [name.toLowerCase(), ...headings.split(' ').filter(Boolean)],
  ...more,
})
const must = { required: true } as const

/** Salesforce, HubSpot, Dynamics, and the Chinese CRMs that a heading in Chinese comes from. */
const ACCOUNTS: readonly FieldSpec[] = [
  field(
    'externalId',
    'line',
    'Id in the CRM',
    'CRM 中的编号',
    'accountid recordid companyid id 客户编号 客户id 编号 主键id',
    { example: '0015g00000XyZ' },
  ),
  field(
    'name',
    'line',
    'Name',
    '名称',
    'accountname companyname company account 客户名称 公司名称 企业名称 客户 名称 单位名称',
    { ...must, example: 'Riverbank' },
  ),
  field(
    'parentExternalId',
    'line',
    'Id of the parent',
    '上级客户编号',
    'parentaccountid parentid parentcompanyid 上级客户编号 上级客户id 母公司编号',
  ),
  field('parent', 'line', 'Parent', '上级客户', 'parentaccount parentcompany parentaccountname 上级客户 母公司 集团'),
  field(
    'owner',
    'line',
    'Owner',
    '负责人',
    'accountowner companyowner ownername owneremail ownerid 负责人 客户负责人 归属人 所有人 客户经理',
  ),
  field('industry', 'line', 'Industry', '行业', 'industry 行业 所属行业', { example: 'banking' }),
  field(
    'region',
    'line',
    'Region',
    '区域',
    'region territory billingstate billingcity stateregion city 区域 地区 省份 城市 所在地区',
  ),
  field('goal', 'known-words', 'Goal', '目标', 'accountgoal description 目标 客户目标'),
  field('wonProjects', 'count', 'Projects won', '已赢项目数', 'projectswon numberofwondeals 已赢项目数 成交次数'),
  field('nextOpportunities', 'count', 'Next opportunities', '后续机会数', 'numberofopendeals 后续机会数'),
]

const PEOPLE: readonly FieldSpec[] = [
  field('externalId', 'line', 'Id in the CRM', 'CRM 中的编号', 'contactid recordid id 联系人编号 联系人id 编号 主键id'),
  field('name', 'line', 'Name', '姓名', 'fullname contactname contact 姓名 联系人姓名 联系人 名称', {
    ...must,
    example: 'Lin Tao',
  }),
  field(
    'accountExternalId',
    'line',
    'Id of the account',
    '客户编号',
    'accountid companyid associatedcompanyid parentcustomerid 客户编号 客户id 所属客户编号',
  ),
  field(
    'account',
    'line',
    'Account',
    '客户',
    'accountname company companyname associatedcompany 客户 客户名称 所属客户 公司 公司名称 单位',
    { example: 'Riverbank' },
  ),
  field('title', 'line', 'Title', '职务', 'jobtitle position 职务 职位 头衔'),
  field('email', 'line', 'E-mail', '邮箱', 'emailaddress 邮箱 电子邮箱 邮件 电子邮件'),
  field('phone', 'line', 'Phone', '电话', 'phonenumber mobile mobilephone businessphone 电话 手机 手机号 联系电话'),
  field(
    'reportsToExternalId',
    'line',
    'Id of the person above',
    '上级编号',
    'reportstoid managerid 上级编号 直属上级编号',
  ),
  field('reportsTo', 'superior', 'Reports to', '上级', 'manager managername reportstoname 上级 直属上级 汇报对象'),
  field('local', 'yes-no', 'Sits where the project is', '在项目所在地', 'islocal 在项目所在地 本地'),
  field('leftOn', 'day', 'Left on', '离职日期', 'departuredate 离职日期'),
]

const DEALS: readonly FieldSpec[] = [
  field(
    'externalId',
    'line',
    'Id in the CRM',
    'CRM 中的编号',
    'opportunityid dealid recordid id 商机编号 商机id 机会编号 销售机会编号 编号 主键id',
  ),
  field(
    'name',
    'line',
    'Name',
    '名称',
    'opportunityname dealname topic deal opportunity 商机名称 商机 机会名称 销售机会名称 项目名称 名称',
    { ...must, example: 'Core banking platform' },
  ),
  field(
    'accountExternalId',
    'line',
    'Id of the account',
    '客户编号',
    'accountid companyid associatedcompanyid parentaccountid 客户编号 客户id',
  ),
  field(
    'account',
    'line',
    'Account',
    '客户',
    'accountname associatedcompany company companyname customer potentialcustomer 客户 客户名称 公司名称 公司 单位',
    { example: 'Riverbank' },
  ),
  field(
    'owner',
    'line',
    'Owner',
    '负责人',
    'opportunityowner dealowner ownername owneremail ownerid 负责人 商机负责人 销售 所有人 归属人',
  ),
  field(
    'amount',
    'amount',
    'Amount',
    '金额',
    'dealamount value totalvalue expectedrevenue estrevenue estimatedrevenue estimatedvalue 金额 预计金额 商机金额 合同金额 预计成交金额 预计销售金额',
    { example: '4800000' },
  ),
  field(
    'currency',
    'currency',
    'Currency',
    '币种',
    'opportunitycurrency currencyisocode amountcurrency dealcurrency 币种 货币',
    { example: 'CNY' },
  ),
  field(
    'openedOn',
    'day',
    'Opened on',
    '立单日期',
    'createddate createdate created createdon opendate 创建日期 创建时间 立项日期 开始日期',
    { example: '2025-01-10' },
  ),
  field(
    'firstContactOn',
    'day',
    'First contact on',
    '首次接触日期',
    'firstcontact firstactivitydate 首次接触日期 首次拜访日期',
  ),
  field('status', 'status', 'Status', '状态', 'dealstatus statecode 状态 商机状态 结果', { example: 'open' }),
  field(
    'closedOn',
    'day',
    'Closed on',
    '关闭日期',
    'closedate closed actualclosedate estclosedate 结束日期 关闭日期 成交日期 结单日期 预计成交日期 预计签约日期',
  ),
  field(
    'reason',
    'words',
    'Reason',
    '原因',
    'closedlostreason lossreason closedwonreason statusreason 输单原因 丢单原因 赢单原因 关闭原因',
  ),
  field('goal', 'known-words', 'Goal', '目标', 'dealgoal 目标 商机目标'),
  field('style', 'style', 'Style', '打单风格', 'dealstyle 打单风格'),
  field(
    'stage',
    'line',
    'Stage in the CRM',
    'CRM 阶段',
    'stagename dealstage pipelinestage salesstage pipelinephase 阶段 销售阶段 商机阶段',
    { example: 'Proposal' },
  ),
  field(
    'stageSince',
    'day',
    'In this stage since',
    '进入阶段日期',
    'laststagechangedate dateenteredstage stagechangedon lastmodifieddate 阶段变更日期 最近阶段变更 更新日期',
  ),
  field('won', 'yes-no', 'Won', '是否赢单', 'iswon isclosedwon 是否赢单'),
  field(
    'probability',
    'share',
    'Seller’s estimate',
    '销售估计的赢率',
    'probability% dealprobability winprobability sellerestimate 赢率 成功率 可能性 成交概率',
  ),
  field('traits', 'traits', 'Traits', '特征', 'dealtraits 特征'),
]

const ACTIVITIES: readonly FieldSpec[] = [
  field(
    'externalId',
    'line',
    'Id in the CRM',
    'CRM 中的编号',
    'activityid taskid engagementid eventid id 跟进编号 活动编号 记录编号 编号 主键id',
  ),
  field(
    'dealExternalId',
    'line',
    'Id of the deal',
    '商机编号',
    'opportunityid dealid relatedtoid whatid associateddealids regardingid 商机编号 商机id 机会编号 关联商机编号',
  ),
  field(
    'deal',
    'line',
    'Deal',
    '商机',
    'opportunityname associateddeal dealname relatedto regarding opportunity 商机 商机名称 相关商机 关联商机 项目名称',
  ),
  field(
    'on',
    'day',
    'Day',
    '日期',
    'date activitydate duedate activitydatetime completeddate startdate actualend createdate 日期 活动日期 跟进日期 拜访日期 跟进时间 时间 创建时间',
    { ...must, example: '2025-02-11' },
  ),
  field('play', 'play', 'Play of the method', '打法', 'playid 打法'),
  field('type', 'line', 'Type', '类型', 'activitytype tasksubtype 类型 活动类型 跟进方式 跟进类型'),
  field('what', 'line', 'Subject', '主题', 'subject title activity activityname meetingname 主题 标题 事项 拜访主题'),
  field(
    'text',
    'words',
    'Words',
    '内容',
    'description comments fullcomments notes body note notebody 描述 备注 内容 纪要 跟进内容 跟进记录 沟通内容',
  ),
  field(
    'with',
    'names',
    'With',
    '联系人',
    'contact contactname associatedcontact who attendees 联系人 联系人姓名 客户联系人 参与人',
  ),
  field('hours', 'hours', 'Hours', '工时', 'durationhours 工时 时长小时 时长'),
  field('paid', 'yes-no', 'Paid', '收费', 'ispaid 收费'),
  field('outcome', 'outcome', 'Outcome', '结果', 'status taskstatus activitystatus 状态 结果 完成状态'),
  field('concern', 'concern', 'Concern', '关注点', 'topic 关注点'),
  field(
    'author',
    'line',
    'Written by',
    '记录人',
    'owner ownername assignedto createdby activityassignedto 记录人 创建人 负责人 跟进人',
  ),
]

export const FIELDS: Readonly<Record<'accounts' | 'people' | 'deals' | 'activities', readonly FieldSpec[]>> = {
  accounts: ACCOUNTS,
  people: PEOPLE,
  deals: DEALS,
  activities: ACTIVITIES,
}
export type TableKind = keyof typeof FIELDS
export const isTableKind = (kind: ImportKind): kind is TableKind => kind in FIELDS
