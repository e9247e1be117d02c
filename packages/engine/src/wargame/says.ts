import type { GameFact, Text } from '../methodology/schema.ts'
import { fill } from '../plan/words.ts'
import type { Match, Unplayable } from './match.ts'
import { peopleFor } from './steps.ts'

const percent = (share: number): string => `${Math.round(100 * share)}%`
/** Points of a share as a sentence says them, one decimal where it is small: 1 point, 12 points. */
export const points = (share: number): Text => {
  const value = 100 * share
  const said = Math.abs(value) < 0.95 ? String(Number(value.toFixed(1))) : String(Math.round(value))
  return { en: said === '1' ? '1 point' : `${said} points`, zh: `${said} 个点` }
}

export const nameOf = (match: Match, id: string): Text =>
  match.board.model.methodology.wargame.ours.find((one) => one.id === id)!.name

export const WHY: Record<Unplayable, Text> = {
  closed: { en: 'The deal is closed; there is nothing left to play.', zh: '商机已结束，没有可推演的。' },
  'unknown-position': {
    en: 'Nothing was heard of the customer yet, so nobody knows how far they are. Write down one sign or a date of theirs, then play.',
    zh: '还没有客户那边的任何依据，不知道他们走到哪一步。先记一条迹象或一个他们的日期，再推演。',
  },
}

/** The number one and the rival as a sentence names them. */
export function placesOf(match: Match): { top: Text | string; rival: Text | string } {
  const top = peopleFor(match.board, 'top')[0]
  return {
    top: top === undefined ? { en: 'the number one', zh: '一把手' } : match.board.pawns[top]!.name,
    rival: match.board.invented ? { en: 'the rival', zh: '对手' } : match.board.rival.name,
  }
}

export function recommends(match: Match, id: string, level: readonly string[], lead: number, worst: string): Text {
  const places = {
    one: nameOf(match, id),
    points: points(lead),
    worst: nameOf(match, worst),
    others: listed(match, level),
  }
  const head =
    level.length > 0
      ? fill(
          {
            en: '{one} comes out best, but {others} cannot be told apart from it: the difference is within what is assumed.',
            zh: '“{one}”最好，但与{others}分不出高下：差别在假设的误差之内。',
          },
          places,
        )
      : fill({ en: '{one} comes out best, {points} ahead.', zh: '“{one}”最好，领先 {points}。' }, places)
  if (worst === id) return head
  const tail = fill(
    { en: ' If the worst case counts most, {worst} risks least.', zh: '若最怕走错，“{worst}”最不后悔。' },
    places,
  )
  return { en: head.en + tail.en, zh: head.zh + tail.zh }
}

const listed = (match: Match, ids: readonly string[]): Text => ({
  en: ids.map((id) => nameOf(match, id).en).join(', '),
  zh: ids.map((id) => `“${nameOf(match, id).zh}”`).join('、'),
})

export function turnSays(
  match: Match,
  fact: GameFact,
  probability: number,
  at: number | null,
  then: string | null,
): Text {
  const { name } = match.board.model.methodology.wargame.questions[fact]
  const places = { fact: name, now: percent(probability), at: percent(at ?? 0), other: then ? nameOf(match, then) : '' }
  if (at === null || then === null)
    return fill(
      {
        en: 'Whether or not {fact} ({now}), this stays best.',
        zh: '不管“{fact}”成不成立（{now}），都是这个策略最好。',
      },
      places,
    )
  return at > probability
    ? fill(
        {
          en: 'Once it is likelier than {at} that {fact} (now {now}), {other} is better.',
          zh: '“{fact}”的可能一旦超过 {at}（现在 {now}），改用“{other}”更好。',
        },
        places,
      )
    : fill(
        {
          en: 'Once it is less likely than {at} that {fact} (now {now}), {other} is better.',
          zh: '“{fact}”的可能一旦低于 {at}（现在 {now}），改用“{other}”更好。',
        },
        places,
      )
}

export function visitSays(match: Match, worst: string | null, loss: number): Text {
  const places = { ...placesOf(match), day: worst ?? '', points: points(loss) }
  return worst === null
    ? fill(
        {
          en: 'Whenever {rival} goes to {top}, it takes about as much: no day stands out.',
          zh: '{rival}哪天去见{top}，损失都差不多，没有特别要防的一天。',
        },
        places,
      )
    : fill(
        {
          en: 'A visit of {rival} to {top} would hurt most around {day}: it takes {points}.',
          zh: '{rival}若在{day}前后去见{top}，伤害最大：赢率少 {points}。',
        },
        places,
      )
}

export function tomorrowSays(match: Match, loss: number, from: string, to: string): Text {
  const places = {
    ...placesOf(match),
    points: points(Math.abs(loss)),
    one: nameOf(match, from),
    other: nameOf(match, to),
  }
  const head = fill(
    loss >= 0
      ? {
          en: 'If {rival} walks in to {top} tomorrow, {one} wins {points} less.',
          zh: '{rival}明天就去见{top}的话，“{one}”的赢率少 {points}。',
        }
      : {
          en: 'If {rival} walks in to {top} tomorrow, {one} does no worse.',
          zh: '{rival}明天就去见{top}，“{one}”也不会更差。',
        },
    places,
  )
  const tail =
    from === to
      ? fill({ en: ' It stays the best way to play.', zh: '它仍是最好的策略。' }, places)
      : fill({ en: ' Then {other} is better.', zh: '这时改用“{other}”更好。' }, places)
  return { en: head.en + tail.en, zh: head.zh + tail.zh }
}

export function notesOf(match: Match): Text[] {
  const { note, source } = match.board.model.methodology.wargame
  const notes: Text[] = [note, source]
  if (match.board.invented)
    notes.push({
      en: 'The file names no vendor against us: an unnamed one plays. Write down who it is.',
      zh: '商机里没有写明对手厂商，由一家没有名字的来扮演。请写下是谁。',
    })
  if (peopleFor(match.board, 'top').length === 0)
    notes.push({
      en: 'Nobody on the map has the last word: no strategy can go to the top, and no rival is seen there.',
      zh: '人物图上没有能拍板的人：策略去不了高层，对手去没去也看不出。',
    })
  if (match.board.silences.length > 0)
    notes.push({
      en: 'While a tender keeps its silence nobody is met, neither by us nor by a rival.',
      zh: '招标静默期内，我们和对手都不见人。',
    })
  return notes
}
