import { nearestOf } from '@sente/engine'
import { Refused } from './desk.ts'
import type { PersonRef } from './desk.ts'
import { line } from './marks.ts'

const plain = (text: string): string => text.normalize('NFKC').trim().toLowerCase()

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
