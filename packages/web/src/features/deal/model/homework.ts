import type { DealWhole } from '@sente/api'
import type { Editing } from '../context.ts'
import type { FieldSpec, Values } from '../forms/spec.ts'
import type { DealPerson } from './people.ts'
import type { Section } from './sections.ts'

type Where = Extract<NonNullable<DealWhole['deal']['emptyLists']>[number], string>

/** How a question of the homework is answered: in place, in the form of the fact it asks for, or in a section. */
export type Answer =
  | {
      how: 'fields'
      target: 'deal' | 'account'
      specs: FieldSpec[]
      initial: Values
      patch: (values: Values) => Record<string, unknown>
    }
  | { how: 'form'; editing: Editing; none?: Where }
  | { how: 'section'; section: Section; none?: Where }

interface Around {
  whole: DealWhole
  people: readonly DealPerson[]
  asOf: string
  options: { playbook: FieldSpec['options'] }
  labels: {
    reference: string
    execWilling: string
    accountPlan: string
    objective: string
    updatedOn: string
    says: string
  }
}

const orNull = (value: unknown): unknown => (value === undefined || value === '' ? null : value)
const isSaid = (value: unknown): value is string => typeof value === 'string' && value !== ''

/** What a question is asked about, with the ways an answer can be given. */
interface Question extends Around {
  fact: string
}
type Deal = DealWhole['deal']
type As = FieldSpec['as']

const own = (
  { whole: { deal } }: Question,
  name: keyof Deal & string,
  as: As,
  more: Partial<FieldSpec> = {},
): Answer => ({
  how: 'fields',
  target: 'deal',
  specs: [{ name, as, ...more }],
  initial: { [name]: deal[name] },
  patch: (values) => ({ [name]: orNull(values[name]) }),
})

const us = ({ whole: { deal } }: Question, name: keyof NonNullable<Deal['us']> & string, as: As): Answer => ({
  how: 'fields',
  target: 'deal',
  specs: [{ name, as }],
  initial: { [name]: deal.us?.[name] },
  patch: (values) => ({ us: { ...deal.us, [name]: values[name] === '' ? undefined : values[name] } }),
})

const ofAccount = (
  { whole: { account } }: Question,
  name: 'goal' | 'wonProjects' | 'nextOpportunities',
  as: As,
): Answer =>
  account
    ? {
        how: 'fields',
        target: 'account',
        specs: [{ name, as }],
        initial: { [name]: account[name] },
        patch: (values) => ({ [name]: orNull(values[name]) }),
      }
    : { how: 'section', section: 'brief' }

const form = ({ whole }: Question, target: Editing['target'], prefill?: Editing['prefill'], none?: Where): Answer => ({
  how: 'form',
  editing: { target, ...(prefill && { prefill }) },
  ...(none && isEmpty(whole, none) && { none }),
})

const section = ({ whole }: Question, name: Section, none?: Where): Answer => ({
  how: 'section',
  section: name,
  ...(none && isEmpty(whole, none) && { none }),
})

function riskFile({ whole: { deal }, labels, asOf }: Question): Answer {
  return {
    how: 'fields',
    target: 'deal',
    specs: [{ name: 'note', as: 'known', label: labels.says }],
    initial: { note: deal.riskFile === false ? false : deal.riskFile?.note },
    patch: ({ note }) => ({ riskFile: note === false ? false : { on: asOf, ...(isSaid(note) && { note }) } }),
  }
}

function execPlan({ whole: { deal }, labels, asOf }: Question): Answer {
  return {
    how: 'fields',
    target: 'deal',
    specs: [
      { name: 'objective', as: 'known', label: labels.objective },
      { name: 'owner', as: 'line' },
    ],
    initial: deal.execPlan ? { objective: deal.execPlan.objective, owner: deal.execPlan.owner } : {},
    patch: ({ objective, owner }) => ({
      execPlan:
        objective === false
          ? false
          : { ...deal.execPlan, on: asOf, ...(isSaid(objective) && { objective }), ...(isSaid(owner) && { owner }) },
    }),
  }
}

function references({ whole: { deal }, labels }: Question): Answer {
  const [first, ...others] = deal.us?.references ?? []
  return {
    how: 'fields',
    target: 'deal',
    specs: [
      { name: 'name', as: 'line', label: labels.reference, required: true },
      { name: 'execWilling', as: 'yesno', label: labels.execWilling },
    ],
    initial: { name: first?.name, execWilling: first?.execWilling },
    patch: ({ name, execWilling }) => ({
      us: {
        ...deal.us,
        references: [
          { name: String(name).trim(), ...(typeof execWilling === 'boolean' && { execWilling }) },
          ...others,
        ],
      },
    }),
  }
}

function accountPlan(question: Question): Answer {
  const { labels, asOf } = question
  const { account } = question.whole
  if (!account) return section(question, 'brief')
  const before = account.plan ? (account.plan.updatedOn ?? []) : []
  return {
    how: 'fields',
    target: 'account',
    specs: [
      { name: 'exists', as: 'yesno', label: labels.accountPlan },
      { name: 'updatedOn', as: 'day', label: labels.updatedOn },
    ],
    initial: {
      exists: account.plan === undefined ? undefined : account.plan !== false,
      updatedOn: account.plan ? before.at(-1) : undefined,
    },
    patch: ({ exists, updatedOn }) => ({
      plan:
        exists === false
          ? false
          : { updatedOn: [...new Set([...before, isSaid(updatedOn) ? updatedOn : asOf])].sort() },
    }),
  }
}

function roleOf(question: Question): Answer {
  const { fact } = question
  const role = fact.startsWith('coach') ? 'coach' : fact.startsWith('champion') ? 'champion' : 'number_one'
  return form(question, 'stakeholder', { roles: [role] })
}

/** Somebody of the deal whose page lacks what is asked for: the person it is about, or who is to be named first. */
function ofPerson({ fact, people }: Question): Answer {
  const wanted = fact.includes('deputy') ? 'deputy' : 'number_one'
  const who = people.find(({ view }) => view?.roles.some((role) => role.replaceAll('-', '_') === wanted))
  return {
    how: 'form',
    editing: who ? { target: 'stakeholder', id: who.part.id } : { target: 'stakeholder', prefill: { roles: [wanted] } },
  }
}

function touch(question: Question): Answer {
  const top = question.people.find(({ view }) => view?.numberOne)
  const prefill = question.fact.startsWith('execs.top') && top ? { with: [top.personId] } : undefined
  return form(question, 'touch', prefill, 'touches')
}

/** How a question is answered, by the place in the deal file where its answer goes. */
const EXACTLY: Readonly<Record<string, (question: Question) => Answer>> = {
  firstContactOn: (q) => own(q, 'firstContactOn', 'day'),
  playbook: (q) => own(q, 'playbook', 'choice', { options: q.options.playbook ?? [] }),
  timingNote: (q) => own(q, 'timingNote', 'known'),
  exchange: (q) => own(q, 'exchange', 'known'),
  riskMessage: (q) => own(q, 'riskMessage', 'known'),
  goal: (q) => own(q, 'goal', 'known'),
  riskFile,
  execPlan,
  'us.localPresence': (q) => us(q, 'localPresence', 'yesno'),
  'us.foundedOn': (q) => us(q, 'foundedOn', 'day'),
  'us.execSponsor': (q) => us(q, 'execSponsor', 'known'),
  'us.references': references,
  'us.references[].execWilling': references,
  'account.goal': (q) => ofAccount(q, 'goal', 'known'),
  'account.wonProjects': (q) => ofAccount(q, 'wonProjects', 'number'),
  'account.nextOpportunities': (q) => ofAccount(q, 'nextOpportunities', 'number'),
  'account.plan': accountPlan,
  'account.plan.updatedOn': accountPlan,
  'discounts[]': (q) => form(q, 'discount', undefined, 'discounts'),
  sellerEstimate: (q) => form(q, 'estimate', { side: 'seller' }),
  'sellerEstimate[].because': (q) => form(q, 'estimate', { side: 'seller' }),
  'rivals[]': (q) => form(q, 'rival', undefined, 'rivals'),
  'rivals[].contacts': (q) => section(q, 'value', 'rivals'),
  'rivals[].leading': (q) => section(q, 'value', 'rivals'),
  'process[]': (q) => section(q, 'process', 'process'),
  'commitments[]': (q) => form(q, 'commitment', undefined, 'commitments'),
  'people[]': (q) => form(q, 'stakeholder'),
  'people[].roles': roleOf,
}

/** The same for anything in a list. */
const BELOW: Readonly<Record<string, (question: Question) => Answer>> = {
  'people[].': ofPerson,
  'touches[]': touch,
  'ucv[]': (q) => form(q, 'ucv', undefined, 'ucv'),
  'steps[]': (q) => section(q, 'process', 'steps'),
  'plan[]': (q) => section(q, 'plan', 'plan'),
  'proofs[]': (q) => section(q, 'proofs', 'proofs'),
  'evidence[]': (q) => section(q, 'evidence', 'evidence'),
}

/** `field` is where the answer goes in the deal file, as the methodology says it. */
export function answerOf(fact: string, field: string, around: Around): Answer {
  const question = { ...around, fact }
  const exactly = Object.hasOwn(EXACTLY, field) ? EXACTLY[field] : undefined
  const below = Object.entries(BELOW).find(([place]) => field.startsWith(place))?.[1]
  return (exactly ?? below)?.(question) ?? section(question, 'brief')
}

const LIST_OF: Readonly<Partial<Record<Where, keyof DealWhole>>> = {
  rivals: 'rival',
  process: 'processStep',
  evidence: 'evidence',
  touches: 'touch',
  proofs: 'proof',
  ucv: 'ucv',
  steps: 'ourStep',
  plan: 'planStep',
  commitments: 'commitment',
  discounts: 'discount',
}

/** "There is none" can be said of a list that has nothing. */
function isEmpty(whole: DealWhole, name: Where): boolean {
  const key = LIST_OF[name]
  return key !== undefined && ((whole[key] as unknown[] | undefined) ?? []).length === 0
}
