import type { Lang, Methodology } from '@sente/engine'
import type { KnownPerson, Proposal } from '@sente/reader'
import { date } from '../terminal/format.ts'

const MEETINGS = {
  visit: { en: 'visit', zh: '拜访' },
  call: { en: 'call', zh: '电话' },
  meeting: { en: 'meeting', zh: '会面' },
  demo: { en: 'demo', zh: '演示' },
  meal: { en: 'meal', zh: '餐叙' },
  workshop: { en: 'workshop', zh: '研讨' },
} as const

/** What a note says besides signals, a line each: to be written into the deal by hand, or taken on the screen. */
export function proposalLines(
  proposals: readonly Proposal[],
  people: readonly KnownPerson[],
  methodology: Methodology,
  lang: Lang,
): string[] {
  const zh = lang === 'zh'
  const nameOf = (id: string): string => people.find((one) => one.id === id)?.name ?? id
  const stepOf = (id: string): string => methodology.phases.milestones.find((one) => one.id === id)?.name[lang] ?? id
  return proposals.map((one) => {
    switch (one.kind) {
      case 'touch':
        return `${zh ? '接触' : 'Touch'}: ${[MEETINGS[one.what][lang], date(one.on, lang), ...one.with.map(nameOf), ...one.names].join(' · ')}`
      case 'person':
        return `${zh ? '图上没有的人' : 'Not on the map'}: ${[one.name, one.title].filter(Boolean).join(' · ')}`
      case 'rival':
        return `${zh ? '还没记的对手' : 'Rival not listed'}: ${one.name}`
      case 'told':
        return `${zh ? '对方说的日子' : 'Told day'}: ${[stepOf(one.step), date(one.on, lang), one.guess ? (zh ? '说法不确定' : 'in doubt') : ''].filter(Boolean).join(' · ')}`
      case 'promise': {
        const who = one.by === 'us' ? (zh ? '我们答应' : 'We promised') : zh ? '对方答应' : 'They promised'
        const due = one.dueOn === undefined ? '' : `${zh ? '到期' : 'due'} ${date(one.dueOn, lang)}`
        return `${who}: ${[one.what, due].filter(Boolean).join(' · ')}`
      }
    }
  })
}
