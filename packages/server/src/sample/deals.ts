import type { StorylineName } from './storylines.ts'
import type { MemberKey } from './team.ts'

/**
 * The deals of the sample besides the stories: whose customer, by whom, which course, begun how many days before today, at which pace
 * (1: as the course says; larger: slower).
 */
export interface SampleDeal {
  account: string
  name: string
  owner: MemberKey
  amount: string
  course: StorylineName
  begun: number
  pace: number
}

const deal = (
  account: string,
  name: string,
  owner: MemberKey,
  amount: string,
  course: StorylineName,
  begun: number,
  pace = 1,
): SampleDeal => ({ account, name, owner, amount, course, begun, pace })

export const DEALS: readonly SampleDeal[] = [
  deal('海泰银行', '运营作业平台', 'song', '6800000', 'ahead', 168),
  deal('海泰银行', '智能对账', 'song', '2400000', 'loved', 118),
  deal('海泰银行', '远程授权二期', 'tang', '1850000.50', 'ahead', 330),
  deal('海泰银行', '网点排队系统更新', 'tang', '960000', 'price', 70),
  deal('海泰银行', '数据中台咨询', 'song', '1200000', 'early', 64),
  deal('云岭省电力公司', '配网抢修指挥', 'tang', '9200000', 'topMissing', 152),
  deal('云岭省电力公司', '变电站巡检', 'tang', '4300000', 'building', 131),
  deal('云岭省电力公司', '物资仓储管理', 'song', '2600000', 'price', 240),
  deal('云岭省电力公司', '安全督查平台', 'tang', '3100000', 'stalled', 175),
  deal('仁济附属第三医院', '护理质控系统', 'song', '1500000', 'building', 104),
  deal('仁济附属第三医院', '手术排程', 'song', '2200000', 'loved', 152),
  deal('仁济附属第三医院', '物资一体化', 'tang', '1750000', 'late', 46),
  deal('仁济附属第三医院', '互联网医院', 'song', '3600000', 'early', 38),
  deal('兴远物流集团', '分拨中心调度', 'tang', '5400000', 'building', 196),
  deal('兴远物流集团', '干线运力平台', 'tang', '7800000', 'ahead', 96),
  deal('兴远物流集团', '司机结算', 'song', '1300000', 'ahead', 420),
  deal('兴远物流集团', '异常件处理', 'song', '680000', 'stalled', 300),
  deal('中瑞机车', '工艺数据管理', 'tang', '4900000', 'topMissing', 118),
  deal('中瑞机车', '总装节拍看板', 'tang', '1100000', 'late', 130),
  deal('中瑞机车', '质量追溯', 'song', '3900000', 'early', 92),
  deal('恒川装备', '二期：四个工厂', 'song', '11200000', 'ahead', 122),
  deal('恒川装备', '备件协同', 'song', '2300000', 'building', 72),
  deal('江城水务集团', '漏损分析', 'tang', '2900000', 'topMissing', 88),
  deal('江城水务集团', '泵站巡检', 'tang', '1400000', 'price', 52),
  deal('北岭矿业', '选厂能耗', 'tang', '3300000', 'late', 71),
  deal('北岭矿业', '矿车调度', 'song', '5100000', 'stalled', 118),
  deal('Belmont Insurance', 'Claims intake', 'noah', '1900000', 'ahead', 148),
  deal('Belmont Insurance', 'Fraud review desk', 'noah', '740000', 'loved', 96),
  deal('Belmont Insurance', 'Broker portal', 'maren', '1250000', 'building', 160),
  deal('Belmont Insurance', 'Archive migration', 'noah', '380000', 'price', 190),
  deal('Kestrel Rail', 'Depot planning', 'noah', '2600000', 'building', 118),
  deal('Kestrel Rail', 'Condition monitoring', 'maren', '3400000', 'topMissing', 168),
  deal('Kestrel Rail', 'Crew rostering', 'noah', '1150000', 'late', 32),
  deal('Northmoor Energy', 'Control room two', 'maren', '2100000', 'ahead', 76),
  deal('Harbour Textiles Group', 'Dye house scheduling', 'noah', '1700000', 'early', 56),
]
