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

/** `field` is where the answer goes in the deal file, as the methodology says it. */
export function answerOf(fact: string, field: string, around: Around): Answer {
  const { whole, asOf, labels } = around
  const { deal, account } = whole
  const own = (name: keyof typeof deal & string, as: FieldSpec['as'], more: Partial<FieldSpec> = {}): Answer => ({
    how: 'fields',
    target: 'deal',
    specs: [{ name, as, ...more }],
    initial: { [name]: deal[name] },
    patch: (values) => ({ [name]: orNull(values[name]) }),
  })
  const us = (name: keyof NonNullable<typeof deal.us> & string, as: FieldSpec['as'], label?: string): Answer => ({
    how: 'fields',
    target: 'deal',
    specs: [{ name, as, ...(label !== undefined && { label }) }],
    initial: { [name]: deal.us?.[name] },
    patch: (values) => ({ us: { ...deal.us, [name]: values[name] === '' ? undefined : values[name] } }),
  })
  const ofAccount = (name: 'goal' | 'wonProjects' | 'nextOpportunities', as: FieldSpec['as']): Answer =>
    account
      ? {
          how: 'fields',
          target: 'account',
          specs: [{ name, as }],
          initial: { [name]: account[name] },
          patch: (values) => ({ [name]: orNull(values[name]) }),
        }
      : { how: 'section', section: 'brief' }
  const form = (target: Editing['target'], prefill?: Editing['prefill'], none?: Where): Answer => ({
    how: 'form',
    editing: { target, ...(prefill && { prefill }) },
    ...(none && isEmpty(whole, none) && { none }),
  })
  const section = (name: Section, none?: Where): Answer => ({
    how: 'section',
    section: name,
    ...(none && isEmpty(whole, none) && { none }),
  })

  switch (field) {
    case 'firstContactOn':
      return own('firstContactOn', 'day')
    case 'playbook':
      return own('playbook', 'choice', { options: around.options.playbook ?? [] })
    case 'timingNote':
    case 'exchange':
    case 'riskMessage':
    case 'goal':
      return own(field, 'known')
    case 'riskFile':
      return {
        how: 'fields',
        target: 'deal',
        specs: [{ name: 'note', as: 'known', label: labels.says }],
        initial: { note: deal.riskFile === false ? false : deal.riskFile?.note },
        patch: ({ note }) => ({
          riskFile: note === false ? false : { on: asOf, ...(typeof note === 'string' && note !== '' && { note }) },
        }),
      }
    case 'execPlan':
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
              : {
                  ...deal.execPlan,
                  on: asOf,
                  ...(typeof objective === 'string' && objective !== '' && { objective }),
                  ...(typeof owner === 'string' && owner !== '' && { owner }),
                },
        }),
      }
    case 'us.localPresence':
      return us('localPresence', 'yesno')
    case 'us.foundedOn':
      return us('foundedOn', 'day')
    case 'us.execSponsor':
      return us('execSponsor', 'known')
    case 'us.references':
    case 'us.references[].execWilling':
      return {
        how: 'fields',
        target: 'deal',
        specs: [
          { name: 'name', as: 'line', label: labels.reference, required: true },
          { name: 'execWilling', as: 'yesno', label: labels.execWilling },
        ],
        initial: { name: deal.us?.references?.[0]?.name, execWilling: deal.us?.references?.[0]?.execWilling },
        patch: ({ name, execWilling }) => ({
          us: {
            ...deal.us,
            references: [
              { name: String(name).trim(), ...(typeof execWilling === 'boolean' && { execWilling }) },
              ...(deal.us?.references ?? []).slice(1),
            ],
          },
        }),
      }
    case 'account.goal':
      return ofAccount('goal', 'known')
    case 'account.wonProjects':
      return ofAccount('wonProjects', 'number')
    case 'account.nextOpportunities':
      return ofAccount('nextOpportunities', 'number')
    case 'account.plan':
    case 'account.plan.updatedOn':
      if (!account) return section('brief')
      return {
        how: 'fields',
        target: 'account',
        specs: [
          { name: 'exists', as: 'yesno', label: labels.accountPlan },
          { name: 'updatedOn', as: 'day', label: labels.updatedOn },
        ],
        initial: {
          exists: account.plan === undefined ? undefined : account.plan !== false,
          updatedOn: account.plan ? account.plan.updatedOn?.at(-1) : undefined,
        },
        patch: ({ exists, updatedOn }) => ({
          plan:
            exists === false
              ? false
              : {
                  updatedOn: [
                    ...new Set([
                      ...(account.plan ? (account.plan.updatedOn ?? []) : []),
                      typeof updatedOn === 'string' && updatedOn !== '' ? updatedOn : asOf,
                    ]),
                  ].sort(),
                },
        }),
      }
    case 'discounts[]':
      return form('discount', undefined, 'discounts')
    case 'sellerEstimate':
    case 'sellerEstimate[].because':
      return form('estimate', { side: 'seller' })
    case 'rivals[]':
      return form('rival', undefined, 'rivals')
    case 'rivals[].contacts':
    case 'rivals[].leading':
      return section('value', 'rivals')
    case 'process[]':
      return section('process', 'process')
    case 'commitments[]':
      return form('commitment', undefined, 'commitments')
    case 'people[]':
      return form('stakeholder')
    case 'people[].roles':
      return form('stakeholder', {
        roles: [fact.startsWith('coach') ? 'coach' : fact.startsWith('champion') ? 'champion' : 'number_one'],
      })
  }
  if (field.startsWith('people[].')) {
    const wanted = fact.includes('deputy') ? 'deputy' : 'number_one'
    const who = around.people.find(({ view }) => view?.roles.some((role) => role.replaceAll('-', '_') === wanted))
    return {
      how: 'form',
      editing: who
        ? { target: 'stakeholder', id: who.part.id }
        : { target: 'stakeholder', prefill: { roles: [wanted] } },
    }
  }
  if (field.startsWith('touches[]')) {
    const top = around.people.find(({ view }) => view?.numberOne)
    return form('touch', fact.startsWith('execs.top') && top ? { with: [top.personId] } : undefined, 'touches')
  }
  if (field.startsWith('ucv[]')) return form('ucv', undefined, 'ucv')
  if (field.startsWith('steps[]')) return section('process', 'steps')
  if (field.startsWith('plan[]')) return section('plan', 'plan')
  if (field.startsWith('proofs[]')) return section('proofs', 'proofs')
  if (field.startsWith('evidence[]')) return section('evidence', 'evidence')
  return section('brief')
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
