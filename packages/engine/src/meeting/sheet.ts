import type { Lang } from '../methodology/words.ts'
import type { MeetingSection } from '../methodology/meetings.ts'
import type { Methodology, Text } from '../methodology/schema.ts'
import { dayIn, sentenceOf } from './context.ts'
import type { Places, Sentence } from './context.ts'
import type { MeetingPage, MeetingPerson, MeetingPromise } from './schema.ts'

export interface SheetLine {
  /** Before the text, set apart from it. */
  label?: string
  text: string
  tone?: 'strong' | 'late' | 'faint'
}

/** The page as it is read: every surface (terminal, screen, paper, Word) lays these lines out and adds none. */
export interface Sheet {
  lang: Lang
  title: string
  /** Deal, account, day, who of ours goes. */
  under: string[]
  /** Why the meeting must not be. */
  stop: string | null
  sections: { id: MeetingSection; name: string; lines: SheetLine[] }[]
}

/** The lines of a page in one language. Pure. */
export function sheetOf(page: MeetingPage, methodology: Methodology, lang: Lang): Sheet {
  const { sections } = methodology.meetings
  const day = (on: string): string => dayIn(on, lang, page.on)
  const say = (id: Sentence, places: Places = {}): string =>
    sentenceOf(methodology, id)[lang].replace(/\{(\w+)\}/g, (_, key: string) => {
      const value = places[key]
      return value === undefined ? '' : typeof value === 'string' ? day(value) : value[lang]
    })
  const nameOf = (id: string): string => page.names[id] ?? id
  const one = (text: Text): SheetLine => ({ text: text[lang] })
  const comma = lang === 'zh' ? '，' : ', '
  const topic = (id: string): Text | undefined => methodology.topics.topics.find((entry) => entry.id === id)?.question

  const personLines = (person: MeetingPerson): SheetLine[] => {
    const concern = methodology.concerns.concerns.find(({ id }) => id === person.cares.concern)!.name
    const roles = person.roles.flatMap(
      (id) => methodology.people.roles.find((role) => role.id === id)?.name[lang] ?? [],
    )
    const rung = methodology.people.rungs.find(({ id }) => id === person.rung)?.name[lang] ?? person.rung
    const stance =
      person.stance === null
        ? null
        : (methodology.people.stances.find(({ value }) => value === Math.round(person.stance!))?.name[lang] ?? null)
    const hold = person.hold === null || person.hold === 'none' ? null : say(HOLDS[person.hold])
    const standing = [
      rung,
      say('trust', { percent: String(Math.round(100 * person.trust)) }),
      stance,
      hold,
      person.lastTouch === null ? say('notMet') : say('lastMet', { day: person.lastTouch }),
    ]
    const asked = person.asked ? topic(person.asked.topic) : undefined
    return [
      {
        label: person.name,
        text: [person.title, roles.join(lang === 'zh' ? '、' : ', ')].filter(Boolean).join(' · '),
        tone: 'strong',
      },
      { text: standing.filter(Boolean).join(' · '), tone: 'faint' },
      {
        text: [
          asked && person.asked
            ? say('caresAsked', { concern, question: asked, day: person.asked.on })
            : say('cares', { concern }),
          person.agenda && say('agenda', { what: person.agenda }),
          person.pressures && say('pressures', { what: person.pressures }),
          person.businessModel && say('business', { what: person.businessModel }),
        ]
          .filter(Boolean)
          .join(lang === 'zh' ? '；' : '; '),
      },
    ]
  }

  const promiseLine = (promise: MeetingPromise): SheetLine => {
    const person = promise.person === null ? say('them') : nameOf(promise.person)
    const text = say(promise.by === 'us' ? 'us2them' : 'them2us', { person, what: promise.what })
    const state =
      promise.state === 'overdue'
        ? say('stateOverdue', { day: promise.due! })
        : promise.state === 'open'
          ? promise.due === null
            ? null
            : say('due', { day: promise.due })
          : promise.state === 'broken'
            ? say('stateBroken')
            : say(promise.state === 'kept' ? 'stateKept' : 'stateLate', { day: promise.settled! })
    const late = promise.state === 'overdue' || promise.state === 'broken'
    return { text: state === null ? text : `${text}${comma}${state}`, ...(late && { tone: 'late' as const }) }
  }

  const proofLine = (): SheetLine => {
    const { proof } = page
    if (!proof) return { text: page.proofSays?.[lang] ?? '', tone: 'faint' }
    const places = { proof: proof.name, person: nameOf(proof.for), ...(proof.begin !== null && { day: proof.begin }) }
    if (proof.state === 'ready') return { text: say('proofReady', places) }
    if (proof.state === 'again') return { text: say('proofAgain', { ...places, day: proof.shown! }) }
    if (proof.state === 'in-time') return { text: say('proofNotReady', places) }
    return { text: say('proofLate', { ...places, day: proof.ready! }), tone: 'late' }
  }

  const orSay = (lines: SheetLine[], id: Sentence): SheetLine[] =>
    lines.length > 0 ? lines : [{ text: say(id), tone: 'faint' }]

  const lines: Record<MeetingSection, SheetLine[]> = {
    purpose: [
      ...page.purpose.map((text, i) => (i === 0 ? { label: say('why'), text: text[lang] } : one(text))),
      { label: say('aim'), text: page.aim[lang], tone: 'strong' },
      { label: say('manner'), text: page.manner.text[lang] },
    ],
    people: page.people.flatMap(personLines),
    history: [
      ...page.history.entry.map(one),
      ...page.history.events.map(({ on, text, quote }) => ({
        label: day(on),
        text: quote === null ? text[lang] : `${text[lang]}${lang === 'zh' ? `：“${quote}”` : `: “${quote}”`}`,
      })),
    ],
    promises: orSay(page.promises.map(promiseLine), 'noPromises'),
    rivals:
      page.rivals === null
        ? [{ text: say('rivalsUnknown'), tone: 'faint' }]
        : orSay(
            page.rivals.map(({ rival, person, on, after, differs }) => ({
              text: `${say(after ? 'rivalLast' : 'rivalMet', { rival, person: nameOf(person), day: on })}${differs === null ? '' : `${lang === 'zh' ? '。' : '. '}${say('rivalSays', { rival, says: differs })}`}`,
              ...(after && { tone: 'late' as const }),
            })),
            'noRivals',
          ),
    numbers: orSay(
      page.numbers.map(({ text, about, from }) => ({
        text: [
          about === null ? text : `${about}${lang === 'zh' ? '：' : ': '}${text}`,
          from === null ? '' : lang === 'zh' ? `（${nameOf(from)}）` : ` (${nameOf(from)})`,
        ].join(''),
      })),
      'noNumbers',
    ),
    points: page.points.map(({ text }, i) => ({ label: `${i + 1}`, text: text[lang] })),
    shortcoming: [
      { text: page.shortcoming.text[lang], ...(LATE.has(page.shortcoming.kind) && { tone: 'late' as const }) },
      ...(page.shortcoming.repair ? [{ text: page.shortcoming.repair[lang] }] : []),
    ],
    proof: [proofLine()],
    ask: page.ask ? [{ text: page.ask[lang], tone: 'strong' }] : [],
    answers: page.answers.flatMap(({ question, asked, answer, never }) => [
      {
        text:
          asked === null
            ? question[lang]
            : `${question[lang]}${lang === 'zh' ? '（' : ' ('}${say('asked', { day: asked })}${lang === 'zh' ? '）' : ')'}`,
        tone: 'strong' as const,
      },
      { text: answer[lang] },
      ...(never ? [{ text: never[lang], tone: 'faint' as const }] : []),
    ]),
    takeBack: page.takeBack
      ? (['said', 'kept', 'missed', 'bring'] as const).flatMap((part) =>
          orSay(page.takeBack![part].map(one), EMPTY[part]).map(({ text, tone }, i) => ({
            ...(i === 0 && { label: say(part === 'bring' ? 'brings' : part) }),
            text,
            ...(tone ? { tone } : part === 'missed' && { tone: 'late' as const }),
          })),
        )
      : [],
    after: page.after.map(one),
  }
  // What was said, kept and missed is what such a meeting is about: it comes right after its aim.
  const order = page.takeBack ? ['purpose', 'takeBack', ...sections.map(({ id }) => id)] : sections.map(({ id }) => id)
  return {
    lang,
    title: page.name[lang],
    under: [
      [page.account, page.deal].filter(Boolean).join(' · '),
      day(page.on),
      page.people.map(({ name }) => name).join(lang === 'zh' ? '、' : ', '),
      page.ours === null ? say('goesNobody') : say('goes', { who: page.ours }),
      ...(page.parityMissing ? [say('goesParity')] : []),
    ],
    stop: page.forbidden && `${say('stop')}${lang === 'zh' ? '：' : ': '}${page.forbidden[lang]}`,
    sections: [...new Set(order)].flatMap((id) => {
      const section = sections.find((entry) => entry.id === id)
      return section && lines[section.id].length > 0
        ? [{ id: section.id, name: section.name[lang], lines: lines[section.id] }]
        : []
    }),
  }
}

const EMPTY = { said: 'nothingSaid', kept: 'nothingKept', missed: 'nothingMissed', bring: 'usAsked' } as const
const HOLDS = { asked: 'holdAsked', given: 'holdGiven', broken: 'holdBroken' } as const
const LATE: ReadonlySet<MeetingPage['shortcoming']['kind']> = new Set(['broken', 'overdue', 'late'])
