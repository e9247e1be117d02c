import { addDays, plainDate, seededRandom } from '@sente/engine'

/**
 * A company's CRM as it exports it: seeded, the same on every machine. Rows refer to each other by their ids in the CRM; activities come in the
 * order of their days, as a CRM writes them, so that neighbours belong to different deals.
 */
export interface Sizes {
  accounts: number
  people: number
  deals: number
  activities: number
}
export const FULL: Sizes = { accounts: 10_000, people: 50_000, deals: 100_000, activities: 500_000 }
export const SELLERS = 40

const FROM = plainDate('2024-01-01')
const DAYS = 690
const SURNAMES = [
  '王',
  '李',
  '张',
  '刘',
  '陈',
  '杨',
  '赵',
  '黄',
  '周',
  '吴',
  'Weber',
  'Okafor',
  'Silva',
  'Novak',
  'Haddad',
  'Moreau',
  'Larsen',
  'Costa',
]
const GIVEN = [
  '敏',
  '涛',
  '静',
  '磊',
  '娜',
  '强',
  '洋',
  '艳',
  '勇',
  '杰',
  'Anna',
  'Jonas',
  'Priya',
  'Marta',
  'Omar',
  'Elise',
  'Nils',
  'Ines',
]
const TITLES = ['CIO', 'CFO', '总经理', '采购主管', 'Head of IT', 'Plant manager', '业务负责人', 'Controller']
const INDUSTRIES = ['banking', 'manufacturing', '电力', '医疗', 'retail', 'logistics']
const REGIONS = ['华东', '华北', 'North', 'South']
const STAGES = [
  'Prospecting',
  'Qualification',
  'Needs Analysis',
  'Proposal',
  'Negotiation',
  '方案',
  '招标',
  'Closed Won',
  'Closed Lost',
]
const TYPES = ['Call', 'Meeting', 'Email', '拜访', '电话']
const SUBJECTS = [
  'Followed up on the proposal',
  'Visit on site',
  '需求沟通',
  'Reference call',
  '方案讲解',
  'Price talk',
  '与总经理会面',
  'Workshop',
]
const WORDS = [
  'They asked who would come on a Sunday night and whether we have people in the country. The CFO wants audited accounts for three years. We promised a plan by Friday.',
  '客户担心上线后的运维，问本地有没有团队；财务总监要看三年审计报告。答应周五前给出方案，下周二再谈价格。采购说预算还没有批下来。',
]

export function* accounts({ accounts: n }: Sizes): Generator<Record<string, unknown>> {
  const random = seededRandom(11)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  for (let i = 0; i < n; i++) {
    yield {
      externalId: `A${i}`,
      name: `${pick(['Riverbank', '海泰', 'Northmoor', '云岭', 'Kestrel', '恒川'])} ${i}`,
      industry: pick(INDUSTRIES),
      region: pick(REGIONS),
      ...(i > 100 && random() < 0.1 ? { parentExternalId: `A${Math.floor(random() * 100)}` } : {}),
    }
  }
}

export function* people({ accounts: a, people: n }: Sizes): Generator<Record<string, unknown>> {
  const random = seededRandom(12)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  for (let i = 0; i < n; i++) {
    const account = i % a
    // The first of an account leads; the others report to them.
    yield {
      externalId: `P${i}`,
      name: `${pick(SURNAMES)}${pick(GIVEN)} ${i}`,
      accountExternalId: `A${account}`,
      title: pick(TITLES),
      email: `p${i}@example.com`,
      ...(i >= a ? { reportsToExternalId: `P${account}` } : {}),
    }
  }
}

export function* deals({ accounts: a, deals: n }: Sizes, today: string): Generator<Record<string, unknown>> {
  const random = seededRandom(13)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  for (let i = 0; i < n; i++) {
    const stage = pick(STAGES)
    const opened = addDays(FROM, Math.floor(random() * DAYS))
    const closed = addDays(opened, 20 + Math.floor(random() * 200))
    yield {
      externalId: `D${i}`,
      name: `${pick(['Core platform', '运营平台', 'Data hub', '巡检系统', 'Scheduling'])} ${i}`,
      accountExternalId: `A${Math.floor(random() * a)}`,
      owner: `seller${i % SELLERS}@example.com`,
      amount: `${10_000 + Math.floor(random() * 9_000_000)}.${i % 100 < 10 ? '0' : ''}${i % 100}`,
      currency: random() < 0.6 ? 'CNY' : 'EUR',
      openedOn: opened,
      stage,
      ...(stage.startsWith('Closed') ? { closedOn: closed < today ? closed : today } : {}),
      probability: Math.round(random() * 100) / 100,
    }
  }
}

export function* activities({
  accounts: a,
  people: p,
  deals: d,
  activities: n,
}: Sizes): Generator<Record<string, unknown>> {
  const random = seededRandom(14)
  // The deals' accounts once more, so that people met belong to them.
  const ofDeals = accountsOfDeals(d, a)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  const perAccount = Math.max(1, Math.floor(p / a))
  for (let i = 0; i < n; i++) {
    const deal = Math.floor(random() * d)
    const person = ofDeals[deal]! + a * Math.floor(random() * perAccount)
    const long = random() < 0.15
    yield {
      externalId: `T${i}`,
      dealExternalId: `D${deal}`,
      on: addDays(FROM, Math.floor((i / n) * DAYS)),
      type: pick(TYPES),
      what: pick(SUBJECTS),
      ...(random() < 0.5 ? { with: [`P${person}`] } : {}),
      ...(long ? { text: `${pick(WORDS)} ${pick(WORDS)} (${i})` } : random() < 0.3 ? { text: 'Short note' } : {}),
    }
  }
}

/** Repeats the draws of `deals` for the account only. */
function accountsOfDeals(n: number, all: number): Uint32Array {
  const found = new Uint32Array(n)
  let i = 0
  for (const deal of deals({ accounts: all, people: 0, deals: n, activities: 0 }, '9999-12-31'))
    found[i++] = Number(String(deal['accountExternalId']).slice(1))
  return found
}

/** Rows as a stream of NDJSON in pieces of a file's usual size. */
export async function* ndjson(rows: Iterable<Record<string, unknown>>): AsyncGenerator<Uint8Array> {
  let text = ''
  for (const row of rows) {
    text += `${JSON.stringify(row)}\n`
    if (text.length < 64 * 1024) continue
    yield Buffer.from(text)
    text = ''
  }
  if (text !== '') yield Buffer.from(text)
}
