import { routes } from '@sente/api'
import type { Route } from '@sente/api'

/** What the three steps ask. Everything but the names of deal and customer may stay empty: what is missing becomes homework. */
export interface FirstDealValues {
  deal: string
  account: string
  /** Digits, perhaps with separators, as people write amounts. */
  amount: string
  currency: string
  firstContactOn: string
  decider: string
  deciderTitle: string
  contact: string
  contactTitle: string
  note: string
  noteOn: string
}

/** The amount as the API takes it; undefined when empty or not readable. */
export function decimalOf(text: string): string | undefined {
  const plain = text.normalize('NFKC').replace(/[\s,，']/g, '')
  const scaled = /^(\d+(?:\.\d{1,6})?)(万|亿|k|m)?$/i.exec(plain)
  if (!scaled) return undefined
  const zeros = { 万: 4, 亿: 8, k: 3, m: 6 }[scaled[2]?.toLowerCase() ?? ''] ?? 0
  const [whole, part = ''] = scaled[1]!.split('.')
  const shifted = `${whole}${part.padEnd(zeros, '0').slice(0, zeros)}`.replace(/^0+(?=\d)/, '')
  const rest = part.slice(zeros)
  return shifted.length > 15 ? undefined : rest === '' ? shifted : `${shifted}.${rest}`
}

export function readyFor(step: number, values: FirstDealValues): boolean {
  if (step === 0)
    return (
      values.deal.trim() !== '' &&
      values.account.trim() !== '' &&
      (values.amount.trim() === '' || decimalOf(values.amount) !== undefined)
    )
  return true
}

interface Ids {
  account: string
  deal: string
  decider: string
  contact: string
  note: string
  stakeholders: [string, string]
}

/** The requests that make it, in their order. Each create names its id and its key, so that a repeat finds what is there. */
export function planOf(
  values: FirstDealValues,
  ids: Ids,
  today: string,
  currency: string,
): { contract: Route; input: object }[] {
  const requests: { contract: Route; input: object }[] = []
  const create = (contract: Route, id: string, input: { params?: object; body: object }): void =>
    void requests.push({ contract, input: { ...input, body: { id, ...input.body }, idempotencyKey: id } })
  const amount = decimalOf(values.amount)
  create(routes.accounts.create, ids.account, { body: { name: values.account.trim() } })
  create(routes.deals.create, ids.deal, {
    body: {
      name: values.deal.trim(),
      accountId: ids.account,
      ...(amount === undefined ? {} : { amount: { value: amount, currency: values.currency || currency } }),
      openedOn: today,
      firstContactOn: values.firstContactOn || values.noteOn || today,
    },
  })
  const person = (
    id: string,
    stakeholder: string,
    name: string,
    title: string,
    roles: string[],
    influence: number,
  ): void => {
    if (name.trim() === '') return
    create(routes.people.create, id, {
      body: { accountId: ids.account, name: name.trim(), ...(title.trim() === '' ? {} : { title: title.trim() }) },
    })
    create(routes.facts.stakeholder.create, stakeholder, {
      params: { dealId: ids.deal },
      body: { personId: id, roles, influence },
    })
  }
  person(ids.decider, ids.stakeholders[0], values.decider, values.deciderTitle, ['number_one', 'economic_buyer'], 5)
  person(ids.contact, ids.stakeholders[1], values.contact, values.contactTitle, [], 3)
  if (values.note.trim() !== '') {
    const note = { id: ids.note, on: values.noteOn || today, text: values.note.trim() }
    requests.push({
      contract: routes.deals.capture,
      input: { params: { dealId: ids.deal }, body: { note }, idempotencyKey: ids.note },
    })
  }
  return requests
}
