import { nearestOf, stands, stepIdOf } from '@sente/engine'
import { Refused } from './desk.ts'
import type { DealLine, DealRef, PersonRef, PlanSeen, Shown } from './desk.ts'
import { line } from './marks.ts'

// Deals, customers, people, steps and promises as an assistant names them: the same for a workspace and for a folder.

/** As a name is compared. */
export const plain = (text: string): string => text.normalize('NFKC').trim().toLowerCase()
export const holds = (text: string, part: string): boolean => plain(text).includes(plain(part))

/** The one customer that is meant; of several, the one that is called exactly so. Throws a `Refused` that lists what it could be. */
export function chosenAccount<T extends { id: string; name: string }>(
  meant: string,
  accounts: readonly T[],
  fits: (account: T) => boolean,
): T {
  const different = (list: readonly T[]): T[] => [...new Map(list.map((one) => [one.id, one])).values()]
  const exact = different(accounts.filter(({ name }) => plain(name) === plain(meant)))
  const [one, ...others] = exact.length > 0 ? exact : different(accounts.filter(fits))
  if (one && others.length === 0) return one
  const shown = line(meant)
  if (!one)
    throw new Refused({
      en: `No customer of a deal that you may see is meant by "${shown}". find_deals lists deals with their customers; a deal without one has no account plan.`,
      zh: `“${shown}”不是你能看到的任何商机的客户。可用 find_deals 列出商机及其客户；没有写客户的商机没有大客户规划。`,
    })
  throw new Refused(
    { en: `"${shown}" may mean several customers; say the whole name:`, zh: `“${shown}”可能指多个客户，请说全名：` },
    [one, ...others].slice(0, 20).map(({ name }) => ({ text: { en: line(name), zh: line(name) } })),
  )
}

/** The one deal that a name means; of several, the one that is called exactly so. */
export function chosen(meant: string, found: readonly DealLine[], more: boolean): DealRef {
  const exact = found.filter(({ name }) => plain(name) === plain(meant))
  // What has no word in it finds every deal, and so means none.
  const alike = /[\p{L}\p{N}]/u.test(meant) ? found : []
  const open = alike.filter(({ status }) => status === 'open')
  const [one, ...others] = exact.length > 0 ? exact : open.length === 1 ? open : alike
  if (one && others.length === 0 && (exact.length > 0 || !more))
    return { id: one.id, name: one.name, account: one.account }
  const shown = line(meant)
  if (!one)
    throw new Refused({
      en: `No deal that you may see is called "${shown}". find_deals lists them.`,
      zh: `没有你能看到的、名为“${shown}”的商机。可用 find_deals 列出。`,
    })
  throw new Refused(
    { en: `"${shown}" may mean several deals; take the id:`, zh: `“${shown}”可能指多个商机，请用 id：` },
    [one, ...others].slice(0, 20).map(({ id, name, account }) => {
      const text = `${line(id)}  ${line(name)}${account === undefined ? '' : ` (${line(account)})`}`
      return { text: { en: text, zh: text } }
    }),
  )
}

/** Keys of the deal's people that are meant by keys or names. Throws a `Refused` that lists them all. */
export const peopleMeant = (people: readonly PersonRef[], meant: readonly string[]): string[] =>
  meant.map((one) => personMeant(people, one).key)

export function personMeant(people: readonly PersonRef[], meant: string): PersonRef {
  const found =
    people.find(({ key }) => key === meant) ?? only(people.filter(({ name }) => plain(name) === plain(meant)))
  if (found) return found
  const near = nearestOf(
    plain(meant),
    people.flatMap(({ key, name }) => [key, plain(name)]),
  )
  const hint =
    near === undefined ? { en: '', zh: '' } : { en: ` Did you mean ${line(near)}?`, zh: `是不是 ${line(near)}？` }
  throw new Refused(
    {
      en: `Nobody of this deal is meant by "${line(meant)}", or several are.${hint.en} Its people, by key:`,
      zh: `这个商机里没有“${line(meant)}”这个人，或不止一个。${hint.zh}其中的人（按键）：`,
    },
    people.slice(0, 40).map(({ key, name, title }) => {
      const text = `${line(key)}: ${line(name)}${title === undefined ? '' : `, ${line(title)}`}`
      return { text: { en: text, zh: text } }
    }),
  )
}

const only = <T>(found: readonly T[]): T | undefined => (found.length === 1 ? found[0] : undefined)

/** Of a step that the plan does not propose; `there`: it stands in the deal already. */
export function noStep({ plan }: PlanSeen, meant: string, there: boolean): Refused {
  if (there) return new Refused({ en: 'This step stands in the deal already.', zh: '这一步已经在商机里了。' })
  return new Refused(
    {
      en: `The plan has no step ${line(meant)}. It proposes:`,
      zh: `计划里没有步骤 ${line(meant)}。它建议的有：`,
    },
    plan.steps
      .filter((one) => !stands(one))
      .slice(0, 20)
      .map((one) => ({
        text: { en: `${stepIdOf(one)}: ${one.name.en}, ${one.on}`, zh: `${stepIdOf(one)}：${one.name.zh}，${one.on}` },
      })),
  )
}

/** Of a step that is meant and is none of the deal's open ones, which are listed. */
export const noOpenStep = (meant: string, open: readonly Shown[]): Refused =>
  new Refused(
    {
      en: `step: ${line(meant)} is no open step of this deal. A step of the plan must be taken into it first (accept_step), or leave step out and say the play. Its open steps:`,
      zh: `step：${line(meant)} 不是这个商机中未完成的步骤。计划里的步骤要先采纳（accept_step），也可以不填 step 而填 play。未完成的步骤：`,
    },
    [...open],
  )

export const noPromise = (id: string): Refused =>
  new Refused({
    en: `kept: this deal has no promise ${line(id, 64)}. \`promises\` lists them with their ids.`,
    zh: `kept：这个商机没有承诺 ${line(id, 64)}。promises 会列出它们的 id。`,
  })
