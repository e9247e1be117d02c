import type { Brief } from '@sente/engine'
import { modelOf } from '@sente/engine'
import { WORDS } from '../words.ts'
import { heading, nameOf, personName } from './view.ts'
import type { View } from './view.ts'
import { percent, shortDate } from './format.ts'
import { bar, cut, hang, pad, width } from './text.ts'

/** People, how far we are with each, who covers whom, and where rivals have been. */
export function peopleLines(brief: Brief, view: View): string[] {
  const { lang, columns, paint, methodology } = view
  const words = WORDS[lang]
  const { people, cover, vacuum, rivals } = brief.people
  const lines = heading(words.people, view)
  if (people.length === 0) return [...lines, ...hang('', words.noPeople, columns)]

  const covers = [
    [words.coverTop, cover.numberOne],
    [words.coverExecutives, cover.executives],
    [words.coverWorking, cover.working],
  ] as const
  lines.push(
    `${words.cover}: ${covers.map(([name, value]) => `${name} ${value ? percent(value.value) : words.none}`).join(' · ')}`,
  )
  if (vacuum) lines.push(...hang('', words.vacuum, columns).map((line) => paint('red', line)))

  const model = modelOf(methodology)
  const rungs = methodology.people.rungs
  const order = [...people].sort(
    (a, b) =>
      Number(b.numberOne) - Number(a.numberOne) ||
      Number(b.executive) - Number(a.executive) ||
      b.influence - a.influence,
  )
  const shown = view.all ? order : order.slice(0, 8)
  const nameColumns = Math.min(28, Math.max(...shown.map((person) => width(label(person)))) + 2)
  const rungColumns = Math.max(...rungs.map((rung) => width(rung.name[lang]))) + 2
  for (const person of shown) {
    const rung = rungs.find(({ id }) => id === person.rung)?.name[lang] ?? person.rung
    const stance =
      person.stance === null
        ? words.none
        : person.stance > 0
          ? `+${person.stance}`
          : String(person.stance).replace('-', '−')
    const roles = person.roles
      .map((role) => model.roles.get(role)?.name[lang] ?? role)
      .join(lang === 'zh' ? '、' : ', ')
    const row = `  ${pad(cut(label(person), nameColumns - 1), nameColumns)}${pad(rung, rungColumns)}${pad(bar(person.trust, 8), 9)}${pad(percent(person.trust), 6, 'right')}  ${words.stance} ${pad(stance, 3)} ${words.caresMost} ${nameOf(methodology, person.topConcern, lang)}`
    lines.push(person.numberOne ? paint('bold', cut(row, columns)) : cut(row, columns))
    const details = [roles]
    if (person.hold && person.hold.state !== 'none') {
      const hold = methodology.people.holds.find(({ id }) => id === person.hold?.state)?.name[lang] ?? person.hold.state
      details.push(`${words.hold}: ${hold}${person.hold.fragile ? ` (${words.fragile})` : ''}`)
    }
    lines.push(paint('dim', cut(`    ${details.filter(Boolean).join(' · ')}`, columns)))
  }
  if (shown.length < order.length) lines.push(paint('dim', words.more(order.length - shown.length)))
  for (const rival of rivals) {
    const seen = rival.contacts.map(
      (contact) => `${words.met} ${personName(brief, contact.person)} ${shortDate(contact.on, brief.asOf, lang)}`,
    )
    const parts = [
      rival.incumbent ? words.incumbent : '',
      ...(rival.contacts.length === 0
        ? [words.noContactHeard]
        : [rival.executives ? `${words.coverExecutives} ${percent(rival.executives.value)}` : '', ...seen]),
    ]
    lines.push(...hang(`  ${words.rivals}: `, [rival.name, ...parts.filter(Boolean)].join(' · '), columns))
  }
  return lines
}

function label(person: Brief['people']['people'][number]): string {
  return person.title ? `${person.name}, ${person.title}` : person.name
}
