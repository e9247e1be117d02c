import { describe, expect, test } from 'vitest'
import { sente } from './run.ts'

describe('sente explain', () => {
  test.each([
    'asks_local_support',
    'R15',
    'R15_local_support_open',
    'proof_pack',
    'risk',
    'vendor_viability',
    'phase.index',
    'four-letters',
    'unknown_vendor',
    'economic-buyer',
  ])('%s, in both languages', async (id) => {
    for (const lang of ['en', 'zh']) {
      const { code, out } = await sente(['explain', id, '--lang', lang])
      expect(code).toBe(0)
      expect(out).toContain('sente 1.0.0')
      expect(out.split('\n').length).toBeGreaterThan(3)
    }
  })

  test.each([
    ['four-questions', 'en', 'AfterNeilRackham,SPINSelling,1988.'],
    ['four-questions', 'zh', '《销售巨人》'],
    ['frame', 'zh', '（作者的估计）'],
  ])('says where %s comes from (%s)', async (id, lang, says) =>
    expect((await sente(['explain', id, '--lang', lang])).out.replaceAll(/\s+/g, '')).toContain(says),
  )

  test('an id that is none says the nearest', async () => {
    const { code, err } = await sente(['explain', 'proofpack'])
    expect([code, err.includes('did you mean proof_pack?')]).toEqual([2, true])
  })
})
