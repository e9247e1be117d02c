import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { lend, loadMethodology } from '@sente/engine'
import { files as shipped } from '@sente/methodology'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ROOT, sente } from './run.ts'

/** The method folder as the first release had it: before the war game, the account plan, and sources in both languages. */
const packed = async (): Promise<Record<string, Record<string, unknown>>> =>
  JSON.parse(
    gunzipSync(await readFile(join(ROOT, 'packages/server/test/methods/first-release.json.gz'))).toString(),
  ) as Record<string, Record<string, unknown>>

const DEAL = 'examples/1-loved-early-killed-late.yaml'

describe('a method folder of the first release', () => {
  let folder: string
  let first: Record<string, Record<string, unknown>>
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sente-method-'))
    first = await packed()
    await mkdir(join(folder, 'presets'))
    for (const [name, value] of Object.entries(first)) await writeFile(join(folder, name), JSON.stringify(value))
  })
  afterAll(() => rm(folder, { recursive: true }))

  const unpacked = () =>
    Object.fromEntries(Object.entries(first).map(([name, value]) => [name.replace(/\.json$/, ''), value]))

  test('has no fault, and the check names in both languages what the product lends it', async () => {
    expect('faults' in loadMethodology(unpacked())).toBe(true)
    const { code, out } = await sente(['method', 'check', folder])
    expect([code, out.includes('174 signals')]).toEqual([0, true])
    expect(out).toContain('The folder is of an earlier release')
    expect(out).toMatch(/wargame\.json \(the whole file\)\n +account\.json \(the whole file\)/)
    expect(out).toMatch(/outlook\.json: .*topMissing\.met.*features\.far/)
    expect((await sente(['method', 'check', folder, '--lang', 'zh'])).out).toMatch(
      /较早版本[^]*wargame\.json（整个文件）/,
    )
    const { lent } = JSON.parse((await sente(['method', 'check', folder, '--json'])).out) as { lent: object[] }
    expect(lent).toContainEqual({ file: 'plan.json', path: 'limits' })
    const own = await sente(['method', 'check', 'methodology'])
    expect(own.out).not.toContain('earlier release')
  })

  test('is what a deal is read by: the brief, the plan, the war game and the account plan', async () => {
    for (const command of ['brief', 'plan', 'wargame', 'account']) {
      const { code, err } = await sente([command, DEAL, '--method', folder, '--as-of', '2025-03-20'])
      expect([command, code, err]).toEqual([command, 0, ''])
    }
  })

  test('keeps every word and number of its own', () => {
    const { files } = lend(unpacked(), shipped)
    const SAID_ONCE = new Set(['where', 'source', 'sources', 'leadSource'])
    const changed: string[] = []
    const walk = (was: unknown, is: unknown, path: string): void => {
      if (Array.isArray(was)) {
        const list = is as { id?: string }[]
        was.forEach((item: { id?: string }, i) =>
          walk(item, item?.id === undefined ? list[i] : list.find(({ id }) => id === item.id), `${path}[${i}]`),
        )
      } else if (was !== null && typeof was === 'object')
        for (const [key, inner] of Object.entries(was)) {
          const now = (is as Record<string, unknown>)[key]
          if (SAID_ONCE.has(key) && typeof inner === 'string' && typeof now === 'object')
            walk({ en: inner, zh: inner }, now, `${path}.${key}`)
          else walk(inner, now, `${path}.${key}`)
        }
      else if (was !== is) changed.push(path)
    }
    for (const [name, value] of Object.entries(unpacked())) walk(value, files[name], name)
    expect(changed).toEqual([])
  })

  test('with mistakes in it has them still, and a method without the plays and signals of the product gets a war game it can play', () => {
    const spoilt = structuredClone(unpacked()) as never as { outlook: { unknownSpread?: number } }
    delete spoilt.outlook.unknownSpread
    const faults = loadMethodology(lend(spoilt as never, shipped).files)
    expect(faults).toMatchObject({ faults: [{ file: 'outlook.json', path: 'unknownSpread' }] })
    const { files } = lend({ ...unpacked(), signals: { signals: [] }, plays: { plays: [] } }, shipped)
    const game = files['wargame'] as {
      theirs: { moves: { signals: string[] }[]; signs: { when: string }[] }[]
      ours: { steps: unknown[] }[]
    }
    expect(game.ours.flatMap(({ steps }) => steps)).toEqual([])
    expect(game.theirs.flatMap(({ moves }) => moves.flatMap(({ signals }) => signals))).toEqual([])
    expect(game.theirs.flatMap(({ signs }) => signs.filter(({ when }) => when === 'signal'))).toEqual([])
    expect(game.theirs.length).toBeGreaterThan(1)
  })
})
