import type { Text } from '@sente/engine'
import type { PageMethod } from '../src/index.ts'

const t = (en: string, zh: string): Text => ({ en, zh })

/** As much of a methodology as picture and page read: names. */
export const METHOD: PageMethod = {
  phases: {
    phases: [
      { id: 'frame', name: t('Strategic framing', '战略酝酿'), short: t('Frame', '酝酿') },
      { id: 'need', name: t('Need recognition', '需求确认'), short: t('Need', '需求') },
      { id: 'define', name: t('Definition and approval', '立项与指标设计'), short: t('Define', '立项') },
      { id: 'evaluate', name: t('Evaluation of alternatives', '方案评比'), short: t('Evaluate', '评比') },
      { id: 'risk', name: t('Risk assessment', '风险评估'), short: t('Risk', '风险') },
      { id: 'commit', name: t('Negotiation and signature', '商务谈判与签约'), short: t('Commit', '签约') },
      { id: 'implement', name: t('Implementation', '实施验收'), short: t('Implement', '实施') },
      { id: 'realize', name: t('Value realisation', '价值实现'), short: t('Realize', '实现') },
    ],
  },
  concerns: {
    concerns: [
      { id: 'need', name: t('Need', '需求') },
      { id: 'cost', name: t('Cost', '价格') },
      { id: 'solution', name: t('Solution', '方案') },
      { id: 'risk', name: t('Risk', '风险') },
    ],
  },
  signals: {
    signals: [
      { id: 'asks_reference', name: t('Asks for a reference', '索要客户案例') },
      { id: 'budget_named', name: t('Names a budget', '说出预算') },
      { id: 'goes_quiet', name: t('Goes quiet', '不再联系') },
    ],
  },
  plays: {
    plays: [
      { id: 'exec_meeting', name: t('Meeting of executives', '高层会面') },
      { id: 'risk_filing', name: t('File the risks in advance', '风险备案') },
      { id: 'site_visit', name: t('Visit to a reference', '参观样板客户') },
      { id: 'joint_plan', name: t('Joint plan', '联合推进计划') },
    ],
  },
  people: {
    roles: [
      { id: 'economic_buyer', name: t('Economic buyer', '决策人') },
      { id: 'technical_buyer', name: t('Technical buyer', '技术把关人') },
      { id: 'user_buyer', name: t('User', '使用者') },
      { id: 'procurement', name: t('Procurement', '采购') },
    ],
    rungs: ['unknown', 'known', 'registered', 'access', 'trust', 'sponsor'].map((id, i) => ({ id, name: t(id, ['未知', '认识', '挂号', '可约见', '信任', '支持者'][i]!) })),
    stances: [-2, -1, 0, 1, 2].map((value, i) => ({ value, name: t(['opposes', 'sceptical', 'neutral', 'for us', 'champions us'][i]!, ['反对', '怀疑', '中立', '支持', '力挺'][i]!) })),
    holds: (['none', 'asked', 'given', 'broken'] as const).map((id, i) => ({ id, name: t(id, ['无', '已请求', '已答应', '已破'][i]!) })),
  },
  topics: { owners: [{ id: 'finance', name: t('Finance', '财务') }, { id: 'ceo', name: t('CEO', '总经理') }, { id: 'sales', name: t('Sales', '销售') }, { id: 'legal', name: t('Legal', '法务') }] },
}
