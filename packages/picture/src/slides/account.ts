import { oursColumns, unitRows } from '@sente/engine'
import type { AccountPlan, Lang } from '@sente/engine'
import { fullDate, percent, shortDate } from '../format.ts'
import { accountSections } from '../page/account.ts'
import { ACCOUNT_WORDS } from '../page/account-words.ts'
import { cards } from './draw.ts'
import { AREA, COLORS, deckOf, portions } from './flow.ts'
import type { Block, Chapter } from './flow.ts'
import type { Deck, SlideCell } from './types.ts'
import { SLIDE_WORDS } from './words.ts'

const STATUS: Readonly<Record<AccountPlan['grid'][number]['status'], string>> = {
  won: 'E9F3EC',
  open: 'EAF1FB',
  lost: 'FBECEB',
  rival: 'FBECEB',
  'no-decision': 'F5F1E6',
  white: 'F5F6F8',
}
/** More columns than these make a slide unreadable; the others go on another one. */
const [OFFERS, OURS] = [4, 6] as const

/** The account plan as slides for our own review: it has stances’ consequences, rivals and dangers. The customer’s are `reviewSlides`. */
export function accountSlides(plan: AccountPlan, lang: Lang): Deck {
  const [w, s] = [ACCOUNT_WORDS[lang], SLIDE_WORDS[lang]]
  const day = (on: string): string => shortDate(on, lang, plan.asOf)
  const cell = (text: string | null, rest: Omit<SlideCell, 'text'> = {}): SlideCell => ({ text: text ?? '–', ...rest })
  const sections = new Map(accountSections(plan, lang).map((section) => [section.name, section]))
  const lines = (name: string, alone = false): Block => ({
    kind: 'lines',
    ...(!alone && { head: name }),
    lines: (sections.get(name)?.lines ?? []).map(({ text, red, faint }) => ({
      text,
      bullet: true,
      ...(red && { tone: 'red' as const }),
      ...(faint && { tone: 'faint' as const }),
    })),
  })
  const table = (
    title: string,
    columns: [head: string, share: number][],
    rows: SlideCell[][],
    empty = w.none,
  ): Chapter => ({
    title,
    blocks: [{ kind: 'table', columns: columns.map(([head, share]) => ({ head, share })), rows, empty }],
  })

  const count = (status: AccountPlan['grid'][number]['status']): number =>
    plan.grid.filter((one) => one.status === status).length

  const grid = portions(plan.offers, OFFERS).map((offers) =>
    table(
      w.grid,
      [[w.unit, 1.1], ...offers.map((offer): [string, number] => [offer, 1.4])],
      unitRows(plan).map(({ unit, decider, cells }) => [
        cell(unit, {
          bold: true,
          sub: decider ? `${decider.name} ${decider.group ? w.group : w.decides}` : w.nobody,
        }),
        ...offers.map((offer) => {
          const { status, reason, claim } = cells.find((one) => one.offer === offer)!
          const when = claim.on !== null && claim.state !== 'assumed' ? ` ${day(claim.on)}` : ''
          return cell(w.statuses[status], {
            bold: true,
            fill: STATUS[status],
            sub: `${reason[lang]} (${w.claim[claim.state]}${when})`,
          })
        }),
      ]),
    ),
  )
  const people = portions(oursColumns(plan), OURS).map((columns) =>
    table(
      w.people,
      [[w.person, 2], ...columns.map((ours): [string, number] => [ours ?? w.unsaid, 1]), [w.last, 0.9], [w.due, 1]],
      plan.people.map((person) => [
        cell(person.name, {
          bold: true,
          sub: [person.title, person.units.join(w.comma), person.decides && w.decides].filter(Boolean).join(' · '),
        }),
        ...columns.map((ours) => {
          const met = person.cells.find((one) => one.ours === ours)
          return met ? cell(`${day(met.last)} ×${met.times}`) : cell('', person.red ? { fill: STATUS.rival } : {})
        }),
        cell(person.last === null ? w.never : day(person.last), person.red ? { tone: 'red' } : {}),
        cell(
          person.due === null ? null : `${day(person.due)}${person.overdue ? ` (${w.overdue})` : ''}`,
          person.overdue ? { tone: 'red' } : {},
        ),
      ]),
    ),
  )
  const chapters: Chapter[] = [
    { title: `${w.goals} · ${w.pressures}`, blocks: [lines(w.goals), lines(w.pressures)] },
    ...grid,
    ...people,
    table(
      w.growth,
      [
        [s.on, 0.7],
        [s.what, 3.4],
        [s.owner, 1],
        [w.unit, 1],
      ],
      plan.growth.map(({ on, what, owner, unit }) => [cell(day(on)), cell(what[lang]), cell(owner), cell(unit)]),
    ),
    table(
      w.promises,
      [
        [s.whose, 0.8],
        [s.what, 3],
        [w.person, 1],
        [s.due, 1.1],
        [s.deal, 1.3],
      ],
      plan.promises.map(({ by, what, to, due, overdue, deal }) => [
        cell(by === 'us' ? w.us : w.them),
        cell(what),
        cell(to),
        cell(due === null ? null : `${day(due)}${overdue ? ` (${w.overdue})` : ''}`, overdue ? { tone: 'red' } : {}),
        cell(deal),
      ]),
    ),
    {
      title: `${w.sponsors} · ${w.results}`,
      blocks: [lines(w.sponsors), lines(w.results)],
    },
    table(
      w.risks,
      [
        [s.what, 1.4],
        [s.why, 3],
        [s.deal, 1.3],
      ],
      plan.risks.map(({ severity, name, message, deal }) => [
        cell(name[lang], { bold: true, tone: severity === 'warn' ? 'ink' : 'red' }),
        cell(message[lang]),
        cell(deal),
      ]),
      w.noRisk,
    ),
    { title: `${w.rivals} · ${w.calendar}`, blocks: [lines(w.rivals), lines(w.calendar)] },
    moneyChapter(plan, lang, lines(w.money, true)),
    { title: w.deals, blocks: [lines(w.deals, true)] },
    {
      title: s.filledChart,
      blocks: [
        {
          kind: 'chart',
          height: Math.min(AREA.h, 60 + 22 * plan.filled.fields.length),
          says: s.filledChart,
          // The first category of a bar chart stands at the bottom.
          categories: plan.filled.fields.map(({ name }) => name[lang]).reverse(),
          series: [
            {
              name: s.filledSays,
              values: plan.filled.fields.map(({ share }) => share).reverse(),
              color: COLORS.good,
            },
          ],
          format: 'percent',
          stacked: false,
        },
      ],
    },
    {
      title: `${w.team} · ${w.ask}`,
      blocks: [lines(w.team), ...(plan.filled.fields.some(({ question }) => question !== null) ? [lines(w.ask)] : [])],
    },
  ]
  const under = [plan.industry, plan.region, `${w.asOf} ${fullDate(plan.asOf, lang)}`].filter((part) => part !== null)
  return deckOf(
    lang,
    s.ourOwn,
    {
      title: plan.name,
      under: [
        { text: w.product, bold: true, tone: 'good' },
        { text: under.join(' · '), tone: 'faint' },
        { text: w.filled(percent(plan.filled.share), percent(plan.filled.assumed)), tone: 'faint' },
      ],
      blocks: [
        cards([
          { name: w.statuses.won, value: String(count('won')), tone: 'good', under: s.cells },
          { name: w.statuses.open, value: String(count('open')), under: s.cells },
          { name: w.statuses.white, value: String(count('white')), under: s.cells },
          { name: w.statuses.rival, value: String(count('rival')), tone: 'red', under: s.cells },
          {
            name: s.unmet,
            value: String(plan.people.filter(({ red }) => red).length),
            tone: 'red',
            under: s.ofDeciders(plan.people.filter(({ decides }) => decides).length),
          },
        ]),
      ],
    },
    chapters,
  )
}

/** Won and open of each currency for itself: nothing is added up across currencies. The first is drawn, all are said. */
function moneyChapter({ money }: AccountPlan, lang: Lang, said: Block): Chapter {
  const [w, s] = [ACCOUNT_WORDS[lang], SLIDE_WORDS[lang]]
  const drawn = money.slice(0, 1).flatMap(({ currency, won, open }): Block[] => [
    { kind: 'lines', lines: [{ text: s.moneyChart(currency), bold: true, tone: 'good' }] },
    {
      kind: 'chart',
      height: 160,
      says: s.moneyChart(currency),
      categories: [w.open, w.won],
      series: [{ name: s.moneyChart(currency), values: [Number(open), Number(won)], color: COLORS.good }],
      format: 'number',
      stacked: false,
    },
  ])
  return { title: w.money, blocks: [...drawn, said] }
}
