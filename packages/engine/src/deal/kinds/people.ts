import {
  choice,
  choices,
  given,
  inFile,
  key,
  known,
  method,
  methods,
  needed,
  number,
  standing,
  words,
} from './field.ts'
import { carriedFrom, kind, on, recordedOn, somebody } from './kind.ts'

/** Somebody of the customer in this deal, and how they stand to us. */
export const people = {
  stakeholder: kind({
    name: { en: 'Person in this deal', zh: '干系人' },
    table: 'stakeholder',
    path: 'stakeholders',
    lists: ['people'],
    fields: {
      personId: inFile(needed(somebody), false),
      key: inFile(
        given(
          key('Short name', '简称', {
            description: 'Id of the person in the deal file; made from the name where it is not given',
          }),
        ),
        'id',
      ),
      roles: standing(methods('role', 'Roles', '角色'), []),
      /** 1..5; absent counts as 3. */
      influence: number('Influence', '影响力', { min: 1, max: 5 }),
      /** The way we come to this person. */
      path: method('path', 'Way to this person', '接近的途径'),
      // What they need, what presses them, how their business makes money: the executive's card.
      agenda: known(words('What they want to achieve', '想达成什么')),
      pressures: known(words('What presses them', '面临的压力')),
      businessModel: known(words('How their business makes money', '业务靠什么赚钱')),
      mapX: inFile(number('Place on the map, across', '图上横向位置'), false),
      mapY: inFile(number('Place on the map, down', '图上纵向位置'), false),
      emptyLists: inFile(
        standing(
          choices(['stance', 'hold'], 'Known to be empty', '已知为空', {
            description: 'Histories that are known to be empty',
            silent: true,
          }),
          [],
        ),
        false,
      ),
      carriedFrom,
      recordedOn,
    },
    sensitive: ['agenda', 'pressures', 'businessModel'],
    same: ['personId'],
  }),
  stance: kind({
    name: { en: 'Stance', zh: '立场' },
    table: 'stance',
    path: 'stances',
    lists: ['people'],
    within: { kind: 'stakeholder', parent: 'personId', list: 'stance' },
    fields: {
      personId: inFile(needed(somebody), false),
      /** −2 against us … 2 for us. */
      value: needed(number('Value', '数值', { min: -2, max: 2 })),
      on,
      recordedOn,
    },
    sensitive: true,
    same: ['personId', 'on'],
    history: 'personId',
  }),
  hold: kind({
    name: { en: 'Hold', zh: '不轻易承诺' },
    table: 'hold',
    path: 'holds',
    lists: ['people'],
    within: { kind: 'stakeholder', parent: 'personId', list: 'hold' },
    fields: {
      personId: inFile(needed(somebody), false),
      state: needed(choice(['none', 'asked', 'given', 'broken'], 'State', '状态')),
      on,
      recordedOn,
    },
    same: ['personId', 'on'],
    history: 'personId',
  }),
} as const
