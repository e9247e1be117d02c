import { readdirSync, readFileSync } from 'node:fs'
import { actWords, addDays, brief, loadMethodology, plainDate } from '@sente/engine'
import type { Deal, PlainDate } from '@sente/engine'
import { readDeal } from '../src/exchange/files/deal-file.ts'
import { files } from '@sente/methodology'
import { expect, test } from 'vitest'
import { calendarsOf } from '../src/core/calendars/calendars.ts'
import { sampleDeals } from '../src/sample/build.ts'

const loaded = loadMethodology(files)
if (!('methodology' in loaded)) throw new Error('the methodology has faults')
const { methodology } = loaded
const EXAMPLES = new URL('../../../examples/', import.meta.url)

/** Of whom the headline speaks, and with whom the plan begins, where these are not the same; what the sentence adds about the second. */
function apart(deal: Deal, asOf: PlainDate): { name: string; en: string; zh: string } | undefined {
  const whole = brief(deal, methodology, asOf, { calendars: calendarsOf(deal, asOf) })
  const { act } = whole.lead
  if (!act || act.person === null) return undefined
  const begins = [...whole.standing, ...whole.plan]
    .sort((a, b) => a.order - b.order)
    .find(({ with: people }) => people.length > 0)
  if (!begins || begins.with.includes(act.person)) return undefined
  const name = whole.people.people.find(({ id }) => id === begins.with[0])!.name
  const words = actWords(whole)!
  return { name, en: words.en.slice(act.words.en.length), zh: words.zh.slice(act.words.zh.length) }
}

test('of no sample deal do headline and next act name different people without saying how the two belong together', () => {
  const today = plainDate('2026-11-30')
  const found = sampleDeals(methodology, today)
    .filter(({ deal }) => deal.status === 'open')
    .flatMap(({ deal }) => apart(deal, today) ?? [])
  expect(found.length).toBeGreaterThan(0)
  for (const { name, en, zh } of found) {
    expect(en).toContain(name)
    expect(zh).toContain(name)
  }
})

test('nor do they in the example deals, in any phase from the first contact on', () => {
  for (const file of readdirSync(EXAMPLES).filter((name) => name.endsWith('.yaml'))) {
    const read = readDeal(readFileSync(new URL(file, EXAMPLES), 'utf8'), methodology)
    if (!('deal' in read)) throw new Error(`${file} is no deal file`)
    const { deal } = read
    for (let day = 30; day <= 330; day += 75) {
      const asOf = addDays((deal.firstContactOn ?? deal.openedOn) as PlainDate, day)
      const found = apart(deal, asOf)
      if (!found) continue
      expect(found.en, `${file} on ${asOf}`).toContain(found.name)
      expect(found.zh, `${file} on ${asOf}`).toContain(found.name)
    }
  }
})
