import nodeIcal from 'node-ical'
import type { VEvent } from 'node-ical'
import { expect, test } from 'vitest'
import { sente, withFiles } from './run.ts'

const DEAL = `name: Core
people: [{id: zhou, name: 周敏, roles: [number-one]}]
plan:
  - {play: exec_discovery, on: 2026-12-10, with: [zhou], time: "14:30", minutes: 45, where: Tower 2}
  - {what: Lunch, on: 2026-12-12, status: dropped}
`
const entriesOf = (text: string): VEvent[] =>
  Object.values(nodeIcal.sync.parseICS(text)).filter((entry): entry is VEvent => entry?.type === 'VEVENT')

test('the steps of a deal file come as a calendar, in the zone that is named, and what was dropped is cancelled', () =>
  withFiles({ 'deal.yaml': DEAL }, async (_, at) => {
    const { code, out } = await sente([
      'calendar',
      at('deal.yaml'),
      '--as-of',
      '2026-11-30',
      '--time-zone',
      'Asia/Shanghai',
      '--lang',
      'zh',
    ])
    expect(code).toBe(0)
    const [meeting, lunch] = entriesOf(out)
    expect(meeting).toMatchObject({
      status: 'CONFIRMED',
      location: 'Tower 2',
      summary: expect.stringContaining('周敏'),
    })
    expect(meeting!.start.toISOString()).toBe('2026-12-10T06:30:00.000Z')
    expect(lunch).toMatchObject({ status: 'CANCELLED', summary: 'Lunch' })
    const later = await sente(['calendar', at('deal.yaml'), '--as-of', '2026-12-02', '--time-zone', 'Asia/Shanghai'])
    const [moved] = entriesOf(later.out)
    expect([moved!.uid, Number(moved!.sequence) > Number(meeting!.sequence)]).toEqual([meeting!.uid, true])
  }))

test('what the plan proposes is in it only where it is asked for, as tentative', async () => {
  const asked = ['calendar', 'examples/1-loved-early-killed-late.yaml', '--as-of', '2025-03-20']
  const [plain, more] = await Promise.all([sente(asked), sente([...asked, '--proposals'])])
  const tentative = (text: string): number => entriesOf(text).filter(({ status }) => status === 'TENTATIVE').length
  expect(tentative(plain.out)).toBe(0)
  expect(tentative(more.out)).toBeGreaterThan(0)
})

test('a zone that nobody knows is refused', async () => {
  const { code, err } = await sente(['calendar', 'examples/1-loved-early-killed-late.yaml', '--time-zone', 'Mars/Base'])
  expect([code, err]).toEqual([2, expect.stringContaining('Asia/Shanghai')])
})
