import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ROOT, sente } from './run.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sente-review-'))
})
afterAll(() => rm(folder, { recursive: true }))
const FILES = [1, 4].map((n) =>
  join(ROOT, 'examples', n === 1 ? '1-loved-early-killed-late.yaml' : '4-late-but-risk-first.yaml'),
)

describe('sente review', () => {
  test('puts deals of two currencies into two orders and says what changed since the earlier day', async () => {
    const { out: stdout, code } = await sente(['review', ...FILES, '--as-of', '2025-05-05', '--lang', 'en'])
    expect(code).toBe(0)
    expect(stdout).toContain('In CNY, by what can still be prevented this week')
    expect(stdout).toContain('In EUR, by what can still be prevented this week')
    expect(stdout).toContain('compared with 28 Apr 2025')
    expect(stdout).toMatch(/! seller is \d+ points above Sente/)
  })

  test('the same as JSON and as pages to print, in Chinese too', async () => {
    const about = ['review', ...FILES, '--as-of', '2025-05-05']
    const html = join(folder, 'review.html')
    const { out: stdout } = await sente([...about, '--since', '2025-04-05', '--json', '--html', html, '--lang', 'zh'])
    const review = JSON.parse(stdout) as { since: string; groups: { deals: { name: string; loss: number | null }[] }[] }
    expect(review.since).toBe('2025-04-05')
    expect(review.groups.flatMap(({ deals }) => deals)).toHaveLength(2)
    const page = await readFile(html, 'utf8')
    expect(page).toContain('商机例会')
    expect(page).toContain('<svg')
    expect(page).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/)
  })

  test('refuses an earlier day that is not earlier, and says which it was', async () => {
    const { err: stderr, code } = await sente(['review', FILES[0]!, '--as-of', '2025-05-05', '--since', '2025-05-05'])
    expect(code).toBe(2)
    expect(stderr).toContain('--since 2025-05-05')
  })
})
