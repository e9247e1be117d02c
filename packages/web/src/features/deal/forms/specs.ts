import { CONCERNS, KINDS, PHASES } from '@sente/engine'
import type { Text } from '@sente/engine'
import type { Target } from '../../../shared/api/edits-model.ts'
import type { Say } from '../../../shared/i18n/words.ts'
import type { DealView } from '../context.ts'
import type en from '../words/en.json'
import type { FieldSpec, Option, Values } from './spec.ts'

export type DealSay = Say<typeof en>

interface Around {
  view: DealView
  t: DealSay
  text: (text: Text) => string
  isNew: boolean
}

type Build = (around: Around, values: Values) => FieldSpec[]

const peopleOptions = ({ view }: Around): Option[] =>
  view.people.map(({ personId, name, person }) => ({
    value: personId,
    label: person?.title ? `${name} · ${person.title}` : name,
  }))
const phaseOptions = ({ view, text }: Around): Option[] =>
  PHASES.map((id) => ({ value: id, label: text(view.index.phases.get(id)!.name) }))
const concernOptions = ({ view, text }: Around): Option[] =>
  CONCERNS.map((id) => ({ value: id, label: text(view.index.concerns.get(id)!.name) }))
const named = (items: Iterable<{ id: string; name: Text }>, { text }: Around): Option[] =>
  [...items].map(({ id, name }) => ({ value: id, label: text(name) }))
/** Plays by what they are for, topics by their concern: long lists need headings. */
const playOptions = (around: Around): Option[] =>
  [...around.view.index.plays.values()].map(({ id, name, kind }) => ({
    value: id,
    label: around.text(name),
    group: around.t(`playKind.${kind}` as 'playKind.prove'),
  }))
const topicOptions = (around: Around): Option[] =>
  [...around.view.index.topics.values()].map(({ id, name, concern }) => ({
    value: id,
    label: around.text(name),
    group: around.text(around.view.index.concerns.get(concern)!.name),
  }))
const signalOptions = (around: Around): Option[] =>
  [...around.view.index.signals.values()].map(({ id, name, concern }) => ({
    value: id,
    label: around.text(name),
    group: concern ? around.text(around.view.index.concerns.get(concern)!.name) : around.t('procedural'),
  }))
const words = <K extends string>(t: DealSay, under: string, ids: readonly K[]): Option[] =>
  ids.map((id) => ({ value: id, label: t(`${under}.${id}` as 'proofStatus.missing') }))

const person = (around: Around, more: Partial<FieldSpec> = {}): FieldSpec => ({
  name: 'personId',
  as: 'choice',
  options: peopleOptions(around),
  ...more,
})
const on = (more: Partial<FieldSpec> = {}): FieldSpec => ({ name: 'on', as: 'day', half: true, ...more })

/** Proofs of the chosen topic, and whatever own one is there already. */
function proofOptions({ view, text, t }: Around, values: Values): Option[] {
  const topic = view.index.topics.get(String(values['topic']))
  const own = typeof values['proof'] === 'string' ? values['proof'] : undefined
  const known = (topic?.proofs ?? []).map(({ id, name, strength }) => ({
    value: id,
    label: `${text(name)} · ${t(`strength.${strength}`)}`,
  }))
  return own !== undefined && own !== '' && !known.some(({ value }) => value === own)
    ? [...known, { value: own, label: own }]
    : known
}

const SENSITIVE = new Set(['stance', 'agenda', 'pressures', 'businessModel'])

/** The forms of everything a deal's page edits. Kinds that have none are changed in place. */
export const SPECS: Readonly<Partial<Record<Target, Build>>> = {
  stakeholder: (around) => {
    const { view, t, text, isNew } = around
    const fields: FieldSpec[] = [
      { name: 'name', as: isNew ? 'newPerson' : 'line', label: t('people.name'), required: true },
      { name: 'title', as: 'line' },
      { name: 'roles', as: 'choices', options: named(view.index.roles.values(), around) },
      {
        name: 'reportsTo',
        as: 'choice',
        half: true,
        options: [{ value: 'none', label: t('reportsToNobody') }, ...peopleOptions(around)],
      },
      { name: 'influence', as: 'influence', half: true, min: 1, max: 5, hint: t('hint.influence') },
      {
        name: 'stance',
        as: 'choice',
        label: t('stance'),
        half: true,
        options: [...view.index.stances.values()].map(({ value, name }) => ({
          value: String(value),
          label: `${value > 0 ? '+' : value < 0 ? '−' : ''}${Math.abs(value)} · ${text(name)}`,
        })),
      },
      { name: 'hold', as: 'choice', label: t('hold'), half: true, options: named(view.index.holds.values(), around) },
      { name: 'path', as: 'choice', half: true, options: named(view.index.paths.values(), around) },
      { name: 'local', as: 'yesno', half: true },
      { name: 'agenda', as: 'known' },
      { name: 'pressures', as: 'known' },
      { name: 'businessModel', as: 'known' },
      { name: 'email', as: 'line', half: true },
      { name: 'phone', as: 'line', half: true },
      { name: 'leftOn', as: 'day', half: true },
    ]
    return view.may.sensitive ? fields : fields.filter(({ name }) => !SENSITIVE.has(name))
  },
  touch: (around) => [
    on({ required: true }),
    {
      name: 'outcome',
      as: 'choice',
      half: true,
      options: words(around.t, 'outcome', KINDS.touch.fields.outcome.values as readonly string[]),
    },
    {
      name: 'play',
      as: 'choice',
      options: playOptions(around),
      unless: { others: ['what', 'note'], says: around.t('form.playOrWords') },
    },
    { name: 'what', as: 'line' },
    { name: 'with', as: 'choices', options: peopleOptions(around) },
    { name: 'concern', as: 'choice', half: true, options: concernOptions(around) },
    { name: 'hours', as: 'number', half: true, step: 0.5, min: 0 },
    { name: 'paid', as: 'yesno', half: true },
    {
      name: 'flag',
      as: 'choice',
      half: true,
      options: words(around.t, 'flag', ['gift', 'side-payment', 'forbidden-contact']),
    },
    { name: 'note', as: 'words' },
  ],
  evidence: (around) => [
    on({ required: true }),
    person(around, { half: true }),
    { name: 'signal', as: 'choice', required: true, options: signalOptions(around) },
    { name: 'quote', as: 'words' },
    { name: 'confidence', as: 'share', half: true },
    {
      name: 'status',
      as: 'choice',
      half: true,
      options: words(around.t, 'evidenceStatus', ['confirmed', 'suggested', 'rejected']),
    },
  ],
  proof: (around, values) => [
    { name: 'topic', as: 'choice', required: true, options: topicOptions(around) },
    { name: 'proof', as: 'choice', required: true, options: proofOptions(around, values) },
    { name: 'for', as: 'choices', options: peopleOptions(around), hint: around.t('hint.proofFor') },
    {
      name: 'status',
      as: 'choice',
      half: true,
      options: words(around.t, 'proofStatus', ['missing', 'preparing', 'prepared', 'presented', 'accepted']),
    },
    { name: 'statusOn', as: 'day', half: true, label: around.t('statusSince') },
    { name: 'readyOn', as: 'day', half: true },
    { name: 'expiresOn', as: 'day', half: true },
    { name: 'owner', as: 'line' },
    { name: 'note', as: 'words' },
  ],
  notNeeded: (around) => [
    { name: 'topic', as: 'choice', required: true, options: topicOptions(around) },
    { name: 'reason', as: 'words', required: true },
    on(),
  ],
  ucv: (around) => [
    on({ required: true }),
    { name: 'concern', as: 'choice', half: true, options: concernOptions(around) },
    { name: 'goal', as: 'words', label: around.t('ucv.goal') },
    { name: 'onlyUs', as: 'words', required: true },
    { name: 'number', as: 'line' },
    { name: 'confirmedBy', as: 'choice', options: peopleOptions(around) },
    { name: 'differsFrom', as: 'differs' },
  ],
  rival: (around) => [
    { name: 'name', as: 'line', required: true },
    { name: 'kind', as: 'choice', options: words(around.t, 'rivalKind', ['vendor', 'status-quo', 'in-house']) },
    { name: 'incumbent', as: 'yesno', half: true },
    { name: 'leading', as: 'yesno', half: true },
    { name: 'strengths', as: 'strengths', label: around.t('strengths') },
    { name: 'noContacts', as: 'yesno' },
  ],
  rivalContact: (around) => [
    {
      name: 'rivalId',
      as: 'choice',
      required: true,
      options: (around.view.whole.rival ?? []).map(({ id, name }) => ({ value: id, label: name })),
    },
    person(around, { required: true }),
    on({ required: true }),
    { name: 'play', as: 'line', label: around.t('rivalPlay'), half: true },
  ],
  processStep: (around) => [
    {
      name: 'step',
      as: 'choice',
      required: true,
      options: around.isNew ? named(around.view.index.milestones.values(), around) : ownStep(around),
    },
    { name: 'phase', as: 'choice', options: phaseOptions(around) },
    on(),
    { name: 'owner', as: 'line', half: true, label: around.t('theirOwner') },
    { name: 'done', as: 'yesno', half: true },
    { name: 'applies', as: 'yesno', half: true },
  ],
  ourStep: (around) => [
    {
      name: 'phase',
      as: 'choice',
      required: true,
      options: PHASES.map((id) => ({ value: id, label: around.text(around.view.index.phases.get(id)!.ourStep.name) })),
    },
    { name: 'status', as: 'choice', half: true, options: words(around.t, 'ourStepStatus', ['done', 'skipped']) },
    on(),
    { name: 'evidence', as: 'words' },
    { name: 'reason', as: 'words' },
  ],
  planStep: (around) => [
    {
      name: 'play',
      as: 'choice',
      options: playOptions(around),
      unless: { others: ['what'], says: around.t('form.playOrWords') },
    },
    { name: 'what', as: 'line' },
    on(),
    {
      name: 'status',
      as: 'choice',
      half: true,
      options: words(around.t, 'planStatus', ['open', 'held', 'done', 'dropped', 'skipped']),
    },
    { name: 'with', as: 'choices', options: peopleOptions(around) },
    { name: 'owner', as: 'line', half: true },
    person(around, { name: 'through', half: true }),
    { name: 'phase', as: 'choice', half: true, options: phaseOptions(around) },
    { name: 'deviates', as: 'yesno', half: true },
    { name: 'reason', as: 'words' },
  ],
  estimate: (around) => [
    { name: 'side', as: 'choice', required: true, half: true, options: words(around.t, 'side', ['seller', 'manager']) },
    { name: 'value', as: 'share', required: true, half: true, label: around.t('estimateValue') },
    on(),
    { name: 'by', as: 'line', half: true },
    {
      name: 'because',
      as: 'choices',
      options: words(around.t, 'because', [
        'exec-support',
        'advisory',
        'excitement',
        'price',
        'relationship',
        'product',
      ]),
    },
  ],
  pin: (around) => [
    { name: 'phase', as: 'choice', required: true, options: phaseOptions(around) },
    on({ required: true }),
    { name: 'reason', as: 'words', required: true, hint: around.t('hint.pin') },
  ],
  commitment: () => [
    { name: 'what', as: 'words', required: true },
    { name: 'who', as: 'line' },
    { name: 'promisedOn', as: 'day', required: true, half: true },
    { name: 'dueOn', as: 'day', half: true },
    { name: 'doneOn', as: 'day', half: true },
  ],
  discount: () => [on({ required: true }), { name: 'percent', as: 'number', half: true, min: 0, max: 100 }],
  note: () => [
    on({ required: true }),
    { name: 'author', as: 'line', half: true },
    { name: 'text', as: 'words', required: true },
    { name: 'private', as: 'yesno' },
  ],
}

/** A step under a name of the customer's own stays choosable. */
function ownStep(around: Around): Option[] {
  const known = named(around.view.index.milestones.values(), around)
  const own = (around.view.whole.processStep ?? [])
    .map(({ step }) => step)
    .filter((step) => !around.view.index.milestones.has(step))
  return [...known, ...[...new Set(own)].map((step) => ({ value: step, label: step }))]
}
