import type { Seat } from './quotes.ts'

/** The sample team and its customers, invented. A person's seat says which part they play in a deal's course. */

export const TEAM = {
  name: { en: 'Lanhe Software (sample)', zh: '澜合软件（示例）' },
  teams: ['East', '华北与西部'],
  members: [
    { key: 'gu', name: '顾明远', email: 'gu.mingyuan@lanhe.example', role: 'manager', teams: ['East', '华北与西部'] },
    { key: 'maren', name: 'Maren Vogt', email: 'maren.vogt@lanhe.example', role: 'manager', teams: ['East'] },
    { key: 'song', name: '宋佳', email: 'song.jia@lanhe.example', role: 'seller', teams: ['华北与西部'] },
    { key: 'tang', name: '唐一鸣', email: 'tang.yiming@lanhe.example', role: 'seller', teams: ['华北与西部'] },
    { key: 'noah', name: 'Noah Lindqvist', email: 'noah.lindqvist@lanhe.example', role: 'seller', teams: ['East'] },
    { key: 'yu', name: '于晓岚', email: 'yu.xiaolan@lanhe.example', role: 'viewer', teams: ['East', '华北与西部'] },
  ],
} as const

export type MemberKey = (typeof TEAM.members)[number]['key']

export interface SamplePerson {
  id: string
  name: string
  title: string
  seat: Seat
}

export interface SampleAccount {
  key: string
  name: string
  lang: 'zh' | 'en'
  industry: string
  region: string
  parent?: string
  currency: 'CNY' | 'EUR'
  goal?: string
  people: readonly SamplePerson[]
}

const crew = (...people: [id: string, name: string, title: string, seat: Seat][]): SamplePerson[] =>
  people.map(([id, name, title, seat]) => ({ id, name, title, seat }))

/** Seven customers besides the five of the stories. */
export const ACCOUNTS: readonly SampleAccount[] = [
  {
    key: 'haitai',
    name: '海泰银行',
    lang: 'zh',
    industry: '银行',
    region: '华东',
    currency: 'CNY',
    goal: '成为全行运营平台的供应商',
    people: crew(
      ['fang', '方志衡', '行长', 'top'],
      ['shen', '沈怡', '分管副行长', 'deputy'],
      ['liao', '廖凯', '科技部总经理', 'tech'],
      ['jin', '金晓燕', '运营管理部总经理', 'user'],
      ['qiu', '邱波', '集中采购中心主任', 'buyer'],
    ),
  },
  {
    key: 'yunling',
    name: '云岭省电力公司',
    lang: 'zh',
    industry: '电力',
    region: '西南',
    currency: 'CNY',
    people: crew(
      ['dai', '戴建国', '总经理', 'top'],
      ['mu', '穆成', '副总工程师', 'deputy'],
      ['pu', '蒲红兵', '数字化部主任', 'tech'],
      ['long', '龙芳', '调度中心主任', 'user'],
      ['xiang', '向晖', '物资部主任', 'buyer'],
    ),
  },
  {
    key: 'renji',
    name: '仁济附属第三医院',
    lang: 'zh',
    industry: '医院',
    region: '华北',
    currency: 'CNY',
    people: crew(
      ['kang', '康宏', '院长', 'top'],
      ['wei', '魏敏', '分管副院长', 'deputy'],
      ['luo', '罗骏', '信息科主任', 'tech'],
      ['tan', '谭丽', '护理部主任', 'user'],
      ['cai', '蔡勇', '招标办主任', 'buyer'],
    ),
  },
  {
    key: 'xingyuan',
    name: '兴远物流集团',
    lang: 'zh',
    industry: '物流',
    region: '华北',
    currency: 'CNY',
    goal: '从一个分拨中心做到全网',
    people: crew(
      ['hao', '郝振东', '董事长', 'top'],
      ['yan', '阎旭', '运营副总裁', 'deputy'],
      ['bai', '白露', '信息技术总监', 'tech'],
      ['du', '杜强', '分拨中心总经理', 'user'],
      ['xie', '谢婷', '财务总监', 'buyer'],
    ),
  },
  {
    key: 'zhongrui',
    name: '中瑞机车',
    lang: 'zh',
    industry: '轨道交通装备',
    region: '西北',
    parent: '恒川装备',
    currency: 'CNY',
    people: crew(
      ['kong', '孔令军', '总经理', 'top'],
      ['zhai', '翟斌', '生产副总', 'deputy'],
      ['jia', '贾楠', '工艺信息部部长', 'tech'],
      ['lei', '雷鸣', '总装车间主任', 'user'],
      ['shao', '邵静', '采购部部长', 'buyer'],
    ),
  },
  {
    key: 'belmont',
    name: 'Belmont Insurance',
    lang: 'en',
    industry: 'insurance',
    region: 'North',
    currency: 'EUR',
    goal: 'From claims in one country to all five',
    people: crew(
      ['hartley', 'Susan Hartley', 'Chief Executive', 'top'],
      ['okoye', 'Daniel Okoye', 'Chief Operating Officer', 'deputy'],
      ['brandt', 'Ilse Brandt', 'Head of IT', 'tech'],
      ['moreau', 'Claire Moreau', 'Head of Claims', 'user'],
      ['petrov', 'Anton Petrov', 'Head of Procurement', 'buyer'],
    ),
  },
  {
    key: 'kestrel',
    name: 'Kestrel Rail',
    lang: 'en',
    industry: 'rail',
    region: 'North',
    currency: 'EUR',
    people: crew(
      ['lindgren', 'Eva Lindgren', 'Managing Director', 'top'],
      ['byrne', 'Tom Byrne', 'Director of Operations', 'deputy'],
      ['costa', 'Rita Costa', 'Chief Architect', 'tech'],
      ['novak', 'Pavel Novak', 'Depot Manager', 'user'],
      ['quinn', 'Sheila Quinn', 'Commercial Manager', 'buyer'],
    ),
  },
]

/** People of the stories' customers who take part in their further deals. */
export const STORY_CREWS: Readonly<
  Record<string, Pick<SampleAccount, 'lang' | 'industry' | 'region' | 'currency' | 'people'>>
> = {
  'Harbour Textiles Group': {
    lang: 'en',
    industry: 'manufacturing',
    region: 'East',
    currency: 'CNY',
    people: crew(
      ['shen', 'Shen Guowei', 'Chairman', 'top'],
      ['lu', 'Lu Yan', 'Vice president operations', 'deputy'],
      ['mei', 'Mei Ling', 'IT director', 'tech'],
      ['qin', 'Qin Bo', 'Head of planning', 'user'],
      ['tang', 'Tang Hui', 'Finance director', 'buyer'],
    ),
  },
  江城水务集团: {
    lang: 'zh',
    industry: '公用事业',
    region: '华中',
    currency: 'CNY',
    people: crew(
      ['zheng', '郑国梁', '集团董事长（常驻北京）', 'top'],
      ['he', '何建', '集团副总经理', 'deputy'],
      ['lu', '卢敏', '信息中心主任', 'tech'],
      ['ge', '葛涛', '调度处处长', 'user'],
      ['pan', '潘洁', '招标采购部部长', 'buyer'],
    ),
  },
  北岭矿业: {
    lang: 'zh',
    industry: '矿业',
    region: '西北',
    currency: 'CNY',
    people: crew(
      ['ding', '丁永昌', '总经理', 'top'],
      ['yi', '易刚', '生产副总', 'deputy'],
      ['yao', '姚远', '信息化主管', 'tech'],
      ['bai', '白志刚', '机电科科长', 'user'],
      ['xu', '许静', '采购部经理', 'buyer'],
    ),
  },
  恒川装备: {
    lang: 'zh',
    industry: '装备制造',
    region: '华东',
    currency: 'CNY',
    people: crew(
      ['qiao', '乔正平', '董事长', 'top'],
      ['jiang', '江帆', '供应链副总', 'deputy'],
      ['tian', '田雨', '信息部部长', 'tech'],
      ['mao', '毛工', '一厂计划科科长', 'user'],
      ['pan', '潘总', '财务总监', 'buyer'],
    ),
  },
  'Northmoor Energy': {
    lang: 'en',
    industry: 'energy',
    region: 'North',
    currency: 'EUR',
    people: crew(
      ['brandt', 'Helena Brandt', 'Chief executive', 'top'],
      ['osei', 'Kofi Osei', 'Director of operations', 'deputy'],
      ['holm', 'Jonas Holm', 'IT architect', 'tech'],
      ['varga', 'Anna Varga', 'Head of control room', 'user'],
      ['petit', 'Luc Petit', 'Finance director', 'buyer'],
    ),
  },
}
