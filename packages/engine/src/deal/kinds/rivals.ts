import { choice, given, inFile, line, needed, parent, shares, standing, yesno } from './field.ts'
import { kind, on, recordedOn, shortName, somebody } from './kind.ts'

export const rivals = {
  rival: kind({
    name: { en: 'Rival', zh: '对手' },
    table: 'rival',
    path: 'rivals',
    lists: ['rivals'],
    fields: {
      key: inFile(given(shortName), 'id'),
      name: needed(line('Name', '名称')),
      /** `status-quo` is the rival "do nothing", `in-house` "build it ourselves". */
      kind: choice(['vendor', 'status-quo', 'in-house'], 'Kind', '类别'),
      incumbent: yesno('Incumbent', '现有供应商'),
      /** Ahead on the current criteria. */
      leading: yesno('Leads on present criteria', '按现有标准领先'),
      /** How well they answer a concern, 0..1. */
      strengths: shares('Strengths', '强项'),
      noContacts: inFile(
        standing(
          yesno('Has met nobody', '未接触任何人', { description: 'We looked: they have met nobody', silent: true }),
          false,
        ),
        false,
      ),
      recordedOn,
    },
    same: ['key'],
  }),
  rivalContact: kind({
    name: { en: 'Rival’s contact', zh: '对手的接触' },
    table: 'rival_contact',
    path: 'rival-contacts',
    lists: ['rivals'],
    within: { kind: 'rival', parent: 'rivalId', list: 'contacts', none: 'noContacts' },
    fields: {
      rivalId: inFile(needed(parent('rival', 'Rival', '对手')), false),
      personId: inFile(needed(somebody), 'person'),
      on: needed(on),
      play: line('Play', '打法'),
      recordedOn,
    },
    same: ['rivalId', 'personId', 'on'],
  }),
} as const
