import type { Text } from '@sente/engine'
import type { IMPORT_KINDS } from '@sente/api'
import { HEADINGS } from './headings.ts'

export type ImportKind = (typeof IMPORT_KINDS)[number]

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
  | 'concern'
  | 'known-words'
  | 'superior'
  | 'activity-status'

export interface FieldSpec {
  name: string
  label: Text
  type: FieldType
  required?: true
  example?: string
  /** Headings under which CRMs export it, without case, spaces and marks (`plainHeading`); the likeliest first. */
  headings: readonly string[]
}

type Field = [name: string, type: FieldType, en: string, zh: string, more?: { required?: true; example?: string }]
const fieldsOf = (kind: keyof typeof HEADINGS, fields: readonly Field[]): readonly FieldSpec[] =>
  fields.map(([name, type, en, zh, more]) => ({
    name,
    type,
    label: { en, zh },
    headings: HEADINGS[kind][name]!.split(' ').filter(Boolean),
    ...more,
  }))
const must = { required: true } as const

const ACCOUNTS = fieldsOf('accounts', [
  ['externalId', 'line', 'Id in the CRM', 'CRM 中的编号', { example: '0015g00000XyZ' }],
  ['name', 'line', 'Name', '名称', { ...must, example: 'Riverbank' }],
  ['parentExternalId', 'line', 'Id of the parent', '上级客户编号'],
  ['parent', 'line', 'Parent', '上级客户'],
  ['owner', 'line', 'Owner', '负责人'],
  ['industry', 'line', 'Industry', '行业', { example: 'banking' }],
  ['region', 'line', 'Region', '区域'],
  ['goal', 'known-words', 'Goal', '目标'],
  ['wonProjects', 'count', 'Projects won', '已赢项目数'],
  ['nextOpportunities', 'count', 'Next opportunities', '后续机会数'],
  ['deleted', 'yes-no', 'Deleted in the CRM', 'CRM 中已删除'],
])

const PEOPLE = fieldsOf('people', [
  ['externalId', 'line', 'Id in the CRM', 'CRM 中的编号'],
  ['name', 'line', 'Name', '姓名', { ...must, example: 'Lin Tao' }],
  ['accountExternalId', 'line', 'Id of the account', '客户编号'],
  ['account', 'line', 'Account', '客户', { example: 'Riverbank' }],
  ['title', 'line', 'Title', '职务'],
  ['email', 'line', 'E-mail', '邮箱'],
  ['phone', 'line', 'Phone', '电话'],
  ['reportsToExternalId', 'line', 'Id of the person above', '上级编号'],
  ['reportsTo', 'superior', 'Reports to', '上级'],
  ['local', 'yes-no', 'Sits where the project is', '在项目所在地'],
  ['leftOn', 'day', 'Left on', '离职日期'],
  ['firstName', 'line', 'First name', '名'],
  ['middleName', 'line', 'Middle name', '中间名'],
  ['lastName', 'line', 'Last name', '姓'],
  ['department', 'line', 'Department', '部门'],
  ['deleted', 'yes-no', 'Deleted in the CRM', 'CRM 中已删除'],
])

const DEALS = fieldsOf('deals', [
  ['externalId', 'line', 'Id in the CRM', 'CRM 中的编号'],
  ['name', 'line', 'Name', '名称', { ...must, example: 'Core banking platform' }],
  ['accountExternalId', 'line', 'Id of the account', '客户编号'],
  ['account', 'line', 'Account', '客户', { example: 'Riverbank' }],
  ['owner', 'line', 'Owner', '负责人'],
  ['amount', 'amount', 'Amount', '金额', { example: '4800000' }],
  ['currency', 'currency', 'Currency', '币种', { example: 'CNY' }],
  ['openedOn', 'day', 'Opened on', '立单日期', { example: '2025-01-10' }],
  ['firstContactOn', 'day', 'First contact on', '首次接触日期'],
  ['status', 'status', 'Status', '状态', { example: 'open' }],
  ['closedOn', 'day', 'Closed on', '关闭日期'],
  ['reason', 'words', 'Reason', '原因'],
  ['goal', 'known-words', 'Goal', '目标'],
  ['style', 'style', 'Style', '打单风格'],
  ['stage', 'line', 'Stage in the CRM', 'CRM 阶段', { example: 'Proposal' }],
  ['stageSince', 'day', 'In this stage since', '进入阶段日期'],
  ['won', 'yes-no', 'Won', '是否赢单'],
  ['probability', 'share', 'Seller’s estimate', '销售估计的赢率'],
  ['traits', 'traits', 'Traits', '特征'],
  ['industry', 'line', 'Industry of the account', '客户行业'],
  ['expectedRevenue', 'amount', 'Expected revenue', '预期收入'],
  ['weighted', 'amount', 'Weighted amount', '加权金额'],
  ['statusReason', 'line', 'Reason of the status', '状态描述'],
  ['wonOn', 'day', 'Won on', '赢单日期'],
  ['lostOn', 'day', 'Lost on', '输单日期'],
  ['closeDate', 'day', 'Close date of the CRM', 'CRM 结束日期'],
  ['expectedCloseOn', 'day', 'Expected close', '预计成交日期'],
  ['changedOn', 'day', 'Day of the change (history)', '变更日期（历史）'],
  ['closed', 'yes-no', 'Closed', '是否关闭'],
  ['active', 'yes-no', 'Active', '有效'],
  ['nextStep', 'words', 'Next step of the CRM', 'CRM 下一步'],
  ['deleted', 'yes-no', 'Deleted in the CRM', 'CRM 中已删除'],
])

const ACTIVITIES = fieldsOf('activities', [
  ['externalId', 'line', 'Id in the CRM', 'CRM 中的编号'],
  ['dealExternalId', 'line', 'Id of the deal', '商机编号'],
  ['deal', 'line', 'Deal', '商机'],
  ['on', 'day', 'Day', '日期', { ...must, example: '2025-02-11' }],
  ['doneOn', 'day', 'Done on', '完成日期'],
  ['play', 'play', 'Play of the method', '打法'],
  ['type', 'line', 'Type', '类型'],
  ['what', 'line', 'Subject', '主题'],
  ['text', 'words', 'Words', '内容'],
  ['with', 'names', 'With', '联系人'],
  ['hours', 'hours', 'Hours', '工时'],
  ['paid', 'yes-no', 'Paid', '收费'],
  ['outcome', 'activity-status', 'Outcome', '结果'],
  ['concern', 'concern', 'Concern', '关注点'],
  ['author', 'line', 'Written by', '记录人'],
  ['contactTitle', 'line', 'Title of the contact', '联系人职务'],
  ['closed', 'yes-no', 'Closed', '是否完成'],
  ['deleted', 'yes-no', 'Deleted in the CRM', 'CRM 中已删除'],
])

export const FIELDS: Readonly<Record<'accounts' | 'people' | 'deals' | 'activities', readonly FieldSpec[]>> = {
  accounts: ACCOUNTS,
  people: PEOPLE,
  deals: DEALS,
  activities: ACTIVITIES,
}
export type TableKind = keyof typeof FIELDS
export const isTableKind = (kind: ImportKind): kind is TableKind => kind in FIELDS

/** What a field of a list is called, as people say it; one that is none of ours as it is. */
export function fieldLabel(kind: string, field: string): Text {
  const spec = kind in FIELDS ? FIELDS[kind as TableKind].find(({ name }) => name === field) : undefined
  return spec?.label ?? { en: field, zh: field }
}
