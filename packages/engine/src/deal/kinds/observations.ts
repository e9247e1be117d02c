import {
  choice,
  inFile,
  line,
  method,
  needed,
  number,
  parent,
  person,
  phase,
  span,
  standing,
  subject,
  words,
  yesno,
} from './field.ts'
import { carriedFrom, kind, on, RECORDED_FIRST, recordedOn, shortName } from './kind.ts'

/** What was seen of the customer, and what says where they are. */
export const observations = {
  note: kind({
    name: { en: 'Note', zh: '记录' },
    table: 'note',
    path: 'notes',
    lists: ['notes'],
    fields: {
      on: needed(on),
      author: line('Written by', '记录人'),
      text: needed(words('Text', '内容')),
      private: yesno('Private', '仅自己可见'),
      externalId: inFile(line('Id in the CRM', 'CRM 编号'), false),
      recordedOn,
    },
    // Two notes of one day are two.
    same: [],
    found: { body: 'text', words: ['author'] },
  }),
  evidence: kind({
    name: { en: 'Evidence', zh: '依据' },
    table: 'evidence',
    path: 'evidence',
    lists: ['evidence'],
    fields: {
      key: inFile(shortName, 'id'),
      on: needed(on),
      signal: needed(method('signal', 'Signal', '信号')),
      /** Who said or did it. */
      personId: inFile(person('Person', '人', { fileDescription: 'Id of the person who said or did it' }), 'from'),
      /** Whom it is about: id of a person or a rival, or `us`. Absent: as the signal usually is (`subjectOf`). */
      about: subject('About', '关于谁', {
        description: 'Whom it is about: id of a person of the customer, key of a rival, or us',
        fileDescription: 'Whom it is about: id of a person or a rival, or us',
      }),
      /** (0, 1]. */
      confidence: standing(number('Confidence', '把握', { above: 0, max: 1 }), 1),
      quote: words('In their words', '原话'),
      status: standing(choice(['confirmed', 'suggested', 'rejected'], 'Status', '状态'), 'confirmed'),
      source: line('Source', '来源'),
      noteId: inFile(parent('note', 'From the note', '来自记录'), false),
      span: inFile(span('Words in the note', '记录中的词句'), false),
      carriedFrom,
      recordedOn,
    },
    same: ['on', 'signal', 'personId'],
    order: [['on', 'recordedOn', RECORDED_FIRST]],
    found: { body: 'quote', words: ['source'] },
  }),
  pin: kind({
    name: { en: 'Pin', zh: '钉住的阶段' },
    table: 'pin',
    path: 'pins',
    lists: ['pins'],
    fields: {
      on: needed(on),
      phase: needed(phase('Phase', '采购阶段')),
      by: line('By', '由谁'),
      reason: words('Reason', '原因'),
      recordedOn,
    },
    same: ['on'],
  }),
  stageClaim: kind({
    name: { en: 'Stage in the CRM', zh: 'CRM 阶段' },
    table: 'stage_claim',
    description: 'What the stage in a CRM says of the phase: weak evidence',
    path: 'stage-claims',
    lists: ['stages'],
    fields: {
      on: needed(on),
      phase: needed(phase('Phase', '采购阶段')),
      /** The stage in the CRM's own words. */
      label: line('In the CRM’s words', 'CRM 中的说法'),
      recordedOn,
    },
    same: ['on'],
  }),
} as const
