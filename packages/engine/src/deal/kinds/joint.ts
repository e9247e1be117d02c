import { choice, day, inFile, line, method, needed, parent, person, standing, words } from './field.ts'
import { kind, plannedOn, recordedOn } from './kind.ts'

/**
 * What we agreed to do together with the customer. Everything of a joint step is shown to whoever has a link to the joint plan of the deal, and
 * nothing else of the deal is: so it says again, in words for the customer, what stands elsewhere in ours.
 */
export const joint = {
  jointItem: kind({
    name: { en: 'Joint step', zh: '共同步骤' },
    table: 'joint_item',
    path: 'joint-items',
    lists: ['joint'],
    description: 'The joint plan: what the customer sees of it under a link',
    fields: {
      what: needed(line('What', '内容')),
      whose: standing(choice(['ours', 'theirs', 'both'], 'Whose', '由谁做'), 'ours'),
      owner: line('Owner', '负责人'),
      on: plannedOn,
      doneOn: day('Done on', '完成日期', { when: 'ends' }),
      /** What the customer agrees to of its day is what they told of theirs. Not shown. */
      step: method('milestone', 'Step', '步骤'),
      /** The planned step of ours that moves with it; one that is gone is no fault. Not shown. */
      planStepId: inFile(line('Planned step', '计划步骤'), false),
      recordedOn,
    },
    same: ['what'],
  }),
  jointSuggestion: kind({
    name: { en: 'Word of the customer', zh: '客户的意见' },
    table: 'joint_suggestion',
    path: 'joint-suggestions',
    lists: ['jointSuggestions'],
    description: 'What the customer said on the page of the joint plan; it changes nothing before we accept it',
    fields: {
      itemId: inFile(parent('jointItem', 'Joint step', '共同步骤'), false),
      /** The joint step as it was called when it was said. */
      item: line('Joint step', '共同步骤'),
      kind: needed(choice(['done', 'undone', 'move', 'comment', 'propose'], 'Kind', '类别')),
      /** The day they propose, or on which it was done. A step they propose is the text. */
      on: plannedOn,
      text: words('Text', '内容'),
      author: line('Written by', '记录人'),
      /** To whom the link was given. */
      personId: inFile(person('Person', '人'), 'person'),
      decision: standing(choice(['open', 'accepted', 'rejected'], 'Decision', '处理'), 'open'),
      recordedOn,
    },
    // Two words of one day are two.
    same: [],
  }),
} as const
