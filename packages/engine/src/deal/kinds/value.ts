import { choice, concern, day, differs, inFile, line, method, needed, parent, people, person, words } from './field.ts'
import { carriedFrom, kind, on, recordedOn } from './kind.ts'

/** What we prove, what only we give, and what needs no proof. */
export const value = {
  proof: kind({
    name: { en: 'Proof', zh: '证明' },
    table: 'proof',
    path: 'proofs',
    lists: ['proofs'],
    fields: {
      topic: needed(method('topic', 'Topic', '议题')),
      proof: needed(method('proof', 'Proof', '证明')),
      /** People it serves; absent: everyone, but then at most as prepared. */
      for: people('For', '给谁'),
      /** The day we expect it to be ready. */
      readyOn: day('Ready on', '备好日期'),
      expiresOn: day('Valid until', '有效期至'),
      owner: line('Owner', '负责人'),
      note: words('Remark', '备注'),
      carriedFrom,
      recordedOn,
    },
    same: ['topic', 'proof'],
    order: [['readyOn', 'expiresOn', { en: 'Expires before it is ready.', zh: '失效早于就绪。' }]],
  }),
  proofStatus: kind({
    name: { en: 'Status of a proof', zh: '证明的状态' },
    table: 'proof_status',
    path: 'proof-statuses',
    lists: ['proofs'],
    within: { kind: 'proof', parent: 'proofId', list: 'history' },
    fields: {
      proofId: inFile(needed(parent('proof', 'Proof', '证明')), false),
      status: needed(choice(['missing', 'preparing', 'prepared', 'presented', 'accepted'], 'Status', '状态')),
      on,
      recordedOn,
    },
    same: ['proofId', 'status'],
    history: 'proofId',
  }),
  ucv: kind({
    name: { en: 'Unique customer value', zh: '独到价值' },
    table: 'ucv',
    path: 'ucvs',
    lists: ['ucv'],
    fields: {
      on: needed(on),
      goal: words('Goal', '目标'),
      onlyUs: needed(words('What only we give', '只有我们能给的')),
      number: line('In their numbers', '用客户的数字说'),
      differsFrom: differs('Difference to rivals', '与对手的不同', {
        description: 'Difference to each rival, by the key of the rival',
      }),
      concern: concern('Concern', '关注点'),
      confirmedBy: person('Confirmed by', '由谁确认'),
      recordedOn,
    },
    same: ['on', 'onlyUs'],
  }),
  notNeeded: kind({
    name: { en: 'Topic not needed', zh: '不需要的议题' },
    table: 'not_needed',
    path: 'not-needed',
    lists: ['notNeeded'],
    fields: {
      topic: needed(method('topic', 'Topic', '议题')),
      reason: needed(words('Reason', '原因')),
      on,
      recordedOn,
    },
    same: ['topic'],
  }),
} as const
