import type { Brief, Text } from '@sente/engine'
import { makeBrief } from './fixtures.ts'

const t = (en: string, zh: string): Text => ({ en, zh })
const visit = t('Discovery conversation', '高层访谈')
const workshop = t('Solution workshop', '方案研讨')
const PROOFS = {
  letter: t('Shareholder or parent support letter', '股东/母公司支持函'),
  audit: t('Audited financials', '审计报告与资信证明'),
  reference: t('Reference with five years of use', '使用五年以上的老客户证言'),
  escrow: t('Source code escrow agreement', '源代码托管协议'),
  local: t('Contract with a local service partner', '本地服务伙伴合同'),
  pilot: t('Pilot in one branch', '一家分行试点'),
}

/** Ahead: risk is filed early, the number one has been met. */
export const healthy: Brief = makeBrief({
  name: 'Core banking platform', account: 'Riverbank', past: 230, future: 210, u0: 0.02, u1: 0.44,
  ready: { need: [[-220, 0.2], [-180, 0.55], [-120, 0.85], [-60, 0.92]], cost: [[-150, 0.3], [-40, 0.45], [45, 0.68]], solution: [[-140, 0.25], [-90, 0.5], [-30, 0.78], [-8, 0.86]], risk: [[-100, 0.2], [-20, 0.42], [30, 0.66], [70, 0.82]] },
  people: [
    { id: 'zhou', name: 'Zhou Min', title: 'President', numberOne: true, executive: true, influence: 5, trust: 0.55 },
    { id: 'lin', name: 'Lin Tao', title: 'Chief Information Officer', executive: true, influence: 4, trust: 0.8 },
    { id: 'he', name: 'He Lan', title: 'Head of Architecture', influence: 3, trust: 0.7 },
    { id: 'ma', name: 'Ma Yue', title: 'Procurement', influence: 2, trust: 0.2 },
  ],
  touches: [[-225, 'lin', visit], [-190, 'lin', workshop], [-150, 'zhou', visit], [-132, 'he', workshop], [-95, 'lin', visit], [-92, 'lin', workshop], [-60, 'zhou', visit], [-40, 'he', workshop], [-12, 'lin', visit], [14, 'zhou', visit], [35, 'he', workshop], [60, 'ma', visit]],
  rivals: [{ name: 'Northstar', visits: [[-80, 'he'], [-35, 'zhou']] }],
  proofs: [['risk', 16, PROOFS.letter], ['risk', 19, PROOFS.audit], ['cost', 40, PROOFS.reference], ['risk', 75, PROOFS.escrow]],
})

/** Behind on risk: the rival is at the number one, proofs are too late. */
export const behind: Brief = makeBrief({
  name: '省级医保结算平台', account: '江州市医疗保障局', past: 120, future: 130, u0: 0.2, u1: 0.72,
  ready: { need: [[-110, 0.4], [-80, 0.75]], cost: [[-50, 0.35]], solution: [[-90, 0.3], [-45, 0.6], [-20, 0.72]], risk: [[-60, 0.15], [25, 0.4]] },
  people: [
    { id: 'chen', name: '陈国栋', title: '局长', numberOne: true, executive: true, influence: 5, trust: 0.1, stance: 0 },
    { id: 'liu', name: '刘思远', title: '信息中心主任', executive: true, influence: 4, trust: 0.75, stance: 2 },
    { id: 'wu', name: '吴倩', title: '规划财务处处长', influence: 3, trust: 0.3, stance: -1 },
    { id: 'qian', name: '钱一鸣', title: '系统架构师', influence: 2, trust: 0.6 },
    { id: 'sun', name: '孙桂芳', title: '经办机构负责人', influence: 2 },
    { id: 'zhao', name: '赵启', title: '采购办', influence: 2, trust: 0.05, stance: null },
    { id: 'li', name: '李文博', title: '纪检监察组', influence: 1, trust: 0, stance: null },
    { id: 'yang', name: '杨帆', title: '审计', influence: 1, trust: 0, stance: null },
  ],
  touches: [[-118, 'liu', visit], [-100, 'liu', workshop], [-97, 'qian', workshop], [-70, 'qian', workshop], [-66, 'liu', visit], [-41, 'sun', visit], [-18, 'liu', workshop], [-3, 'wu', visit], [9, 'wu', visit], [21, 'chen', visit], [30, 'li', visit]],
  rivals: [{ name: '北辰软件', visits: [[-75, 'chen'], [-30, 'chen'], [-28, 'wu'], [-6, 'chen']] }, { name: '自建', visits: [] }],
  proofs: [['risk', -14, PROOFS.escrow], ['risk', -9, PROOFS.letter], ['risk', -2, PROOFS.local], ['risk', 5, PROOFS.audit], ['cost', 14, PROOFS.reference], ['solution', 33, PROOFS.pilot]],
  stalled: 0.31,
})

export const closed: Brief = makeBrief({
  name: 'Plant maintenance suite', account: 'Hartmann Werke AG', status: 'lost', past: 300, u0: 0.1, u1: 0.9,
  ready: { need: [[-280, 0.5], [-200, 0.8]], solution: [[-200, 0.4], [-120, 0.8]], cost: [[-90, 0.4]], risk: [[-40, 0.2]] },
  people: [{ id: 'a', name: 'Dr. Annette Hartmann-Schulze', title: 'Chief Executive Officer', numberOne: true, executive: true, influence: 5 }, { id: 'b', name: 'Jens Brandt', title: 'Plant manager', influence: 3 }],
  touches: [[-290, 'b', visit], [-260, 'b', workshop], [-180, 'b', workshop], [-90, 'a', visit], [-88, 'b', visit]],
  rivals: [{ name: 'Southgate', visits: [[-140, 'a'], [-60, 'a'], [-20, 'a']] }],
})

export const won: Brief = makeBrief({ ...{ name: 'Warehouse control', account: 'Nordhafen', status: 'won', past: 400, u0: 0.1, u1: 1.12 }, ready: { need: [[-380, 0.8]], solution: [[-300, 0.8]], cost: [[-200, 0.6]], risk: [[-250, 0.3], [-150, 0.85]] }, people: [{ id: 'a', name: 'Ida Berg', numberOne: true, executive: true }], touches: [[-300, 'a', visit], [-200, 'a', visit]] })

/** Nothing but a name. */
export const bare: Brief = makeBrief({ name: 'New deal', past: 0, future: 420, u0: 0.1, u1: 0.1 })

export const STORIES: Readonly<Record<string, Brief>> = { healthy, behind, closed, won, bare }
