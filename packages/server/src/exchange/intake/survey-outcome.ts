import { cellText } from './grid.ts'
import { stageReader } from './stages.ts'
import { outcomeOf, statusWords } from './statuses.ts'
import { tally } from './doubts.ts'
import type { Answers } from './doubts.ts'
import type { Survey } from './survey.ts'

const FLAGS = ['won', 'closed', 'active', 'reason', 'status'] as const
const YES = /^(?:true|yes|y|1|是|对|有|won|赢|赢单)$/i
const NO = /^(?:false|no|n|0|否|不|无|lost|输|输单|丢单)$/i

/** Rows whose columns disagree on how the deal stands, and ended ones whose day is only an expected one. Nothing where no column but the stage says it. */
export function outcomeWatch(
  survey: Survey,
  placeOf: (field: string) => number,
  said: Pick<Answers, 'stages' | 'statuses'>,
): ((row: number, cells: readonly unknown[]) => void) | undefined {
  const [stage, probability, expected] = [placeOf('stage'), placeOf('probability'), placeOf('expectedCloseOn')]
  const flags = FLAGS.map(placeOf)
  const days = ['closedOn', 'wonOn', 'lostOn', 'closeDate'].map(placeOf).filter((place) => place >= 0)
  if (flags.every((place) => place < 0) && expected < 0) return undefined
  const meaning = stageReader(said.stages)
  const statuses = statusWords(said.statuses)
  const flag = (text: string): boolean | undefined => (YES.test(text) ? true : NO.test(text) ? false : undefined)
  return (row, cells) => {
    const [won, closed, active, reason, status] = flags.map((place) => (place < 0 ? '' : cellText(cells[place]))) as [
      string,
      string,
      string,
      string,
      string,
    ]
    const staged = stage < 0 ? '' : cellText(cells[stage])
    const chance = probability < 0 ? '' : cellText(cells[probability]).replace(/[%％]\s*$/, '')
    const likely = chance === '' ? undefined : Number(chance) > 1 ? Number(chance) / 100 : Number(chance)
    const found = outcomeOf({
      status: status === '' ? undefined : statuses.deal(status),
      stage: staged === '' ? undefined : meaning(staged),
      won: flag(won),
      closed: flag(closed),
      active: flag(active),
      lostReason: reason !== '',
      probability: likely,
    })
    if (found.conflict !== undefined)
      tally(survey.conflicts, found.conflict).add(
        row,
        [status, staged, reason].filter(Boolean).join(' / '),
        found.status ?? 'open',
      )
    if (
      found.status !== undefined &&
      found.status !== 'open' &&
      expected >= 0 &&
      cellText(cells[expected]) !== '' &&
      days.every((place) => cellText(cells[place]) === '')
    )
      survey.onlyExpected.add(row, cellText(cells[expected]))
  }
}
