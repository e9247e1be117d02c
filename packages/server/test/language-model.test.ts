import type { ServerResponse } from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import { leavesTheMachine, modelFromEnvironment } from '../src/notes/language-model.ts'
import {
  closeAll,
  KEY,
  NOTE,
  BUILT_IN,
  answering,
  endpoint,
  failing,
  noteIn,
  read,
  say,
  waits,
} from './support/chat-endpoint.ts'

afterEach(closeAll)

describe('the configuration', () => {
  test('is off unless both address and model are given', () => {
    expect(modelFromEnvironment({})).toBeUndefined()
    expect(modelFromEnvironment({ SENTE_LLM_URL: 'http://host/v1' })).toBeUndefined()
    expect(modelFromEnvironment({ SENTE_LLM_MODEL: 'm', SENTE_LLM_URL: ' ' })).toBeUndefined()
    expect(modelFromEnvironment({ SENTE_LLM_URL: 'http://host/v1', SENTE_LLM_MODEL: 'm' })).toEqual({
      url: 'http://host/v1',
      model: 'm',
      mask: false,
    })
    expect(
      modelFromEnvironment({
        SENTE_LLM_URL: 'http://host/v1',
        SENTE_LLM_MODEL: 'm',
        SENTE_LLM_KEY: 'k\n',
        SENTE_LLM_MASK: '1',
      }),
    ).toEqual({ url: 'http://host/v1', model: 'm', key: 'k', mask: true })
  })

  test('masks on any value but a clear no', () => {
    const masks = (SENTE_LLM_MASK: string): boolean =>
      modelFromEnvironment({ SENTE_LLM_URL: 'http://h', SENTE_LLM_MODEL: 'm', SENTE_LLM_MASK })!.mask
    expect(['1', 'true', 'on'].map(masks)).toEqual([true, true, true])
    expect(['', '0', 'false', 'No', 'off'].map(masks)).toEqual([false, false, false, false, false])
  })

  test('says in both languages what is sent where, without key or password', () => {
    const config = { url: 'http://me:pass@llm.example.com/v1', model: 'm7', key: KEY, mask: true }
    for (const lang of ['en', 'zh'] as const) {
      const sentence = leavesTheMachine(config, lang)
      expect(sentence).toContain('llm.example.com')
      expect(sentence).toContain('m7')
      expect(sentence).toContain('P1')
      expect(sentence).not.toMatch(/pass|4711|\n/)
      expect(leavesTheMachine({ ...config, mask: false }, lang)).not.toContain('P1')
    }
    expect(leavesTheMachine(config, 'en')).toContain('without encryption')
    expect(leavesTheMachine({ ...config, url: 'http://127.0.0.1:1/v1' }, 'en')).toContain('on this machine')
    expect(leavesTheMachine({ ...config, url: 'nonsense' }, 'zh')).toContain('SENTE_LLM_URL')
  })
})

describe('a good answer', () => {
  test('becomes suggestions with span, person and day, in reading order', async () => {
    const { url, sent } = await answering(
      {
        signal: 'asks_references',
        quote: 'asked who else runs it',
        confidence: 0.7,
        person: 'John Smith',
        date: '2025-03-18',
      },
      { signal: 'budget_approved', quote: '预算已经批了', confidence: 0.9, person: 'wei-zhang', date: null },
    )
    const { suggestions, source, notice } = await read(`${url}/`)
    expect([source, notice]).toEqual(['model', undefined])
    const [start, asked] = [NOTE.text.indexOf('预算'), NOTE.text.indexOf('asked')]
    expect(suggestions).toEqual([
      {
        signal: 'budget_approved',
        confidence: 0.9,
        span: [start, start + 6],
        quote: '预算已经批了',
        from: 'wei-zhang',
        on: '2025-03-20',
      },
      {
        signal: 'asks_references',
        confidence: 0.7,
        span: [asked, asked + 22],
        quote: 'asked who else runs it',
        from: 'john-smith',
        on: '2025-03-18',
      },
    ])
    expect(sent).toHaveLength(1)
    expect(sent[0]!.url).toBe('/v1/chat/completions')
    expect(sent[0]!.headers.authorization).toBe(`Bearer ${KEY}`)
    expect(sent[0]!.raw).not.toContain(KEY)
    expect(sent[0]!.body.model).toBe('test-model')
    expect(sent[0]!.body.response_format).toMatchObject({
      type: 'json_schema',
      json_schema: { strict: true, schema: { type: 'object', additionalProperties: false, required: ['signals'] } },
    })
    expect(noteIn(sent[0]!)).toBe(NOTE.text)
  })

  test('loses unknown signals, quotes that are not in the note, quotes without words and ill-formed items', async () => {
    const { url } = await answering(
      { signal: 'moon_landing', quote: 'Met', confidence: 0.9 },
      { signal: 'contract_signed', quote: 'they signed today', confidence: 1 },
      { signal: 'contract_signed', quote: ': ', confidence: 1 },
      { signal: 'budget_approved', quote: '预算已经批了', confidence: 90 },
      { signal: 'asks_references', quote: ' who else runs it ', confidence: 0.6 },
    )
    const { suggestions, source } = await read(url)
    expect(source).toBe('model')
    expect(suggestions.map(({ signal, quote }) => [signal, quote])).toEqual([['asks_references', 'who else runs it']])
  })

  test('keeps a signal once, with the highest confidence', async () => {
    const { url } = await answering(
      ...[0.3, 0.8, 0.5].map((confidence) => ({ signal: 'budget_approved', quote: '预算', confidence })),
    )
    expect((await read(url)).suggestions.map(({ confidence }) => confidence)).toEqual([0.8])
  })

  test('loses a person who is not on the map and a day that does not exist or lies after the note', async () => {
    for (const date of ['2025-02-30', '2025-03-21', 'last Friday']) {
      const { url } = await answering({
        signal: 'budget_approved',
        quote: '预算',
        confidence: 0.5,
        person: 'Elvis',
        date,
      })
      const [only] = (await read(url)).suggestions
      expect(only).toEqual({ signal: 'budget_approved', confidence: 0.5, span: [8, 10], quote: '预算', on: NOTE.on })
    }
  })

  test('may be fenced, thought aloud, or empty', async () => {
    const item = { signal: 'budget_approved', quote: '预算', confidence: 0.5 }
    const contents = [`<think>{hm}</think>\n\`\`\`json\n${JSON.stringify([item])}\n\`\`\``, '{"signals":[]}']
    const { url } = await endpoint((response, nth) => say(response, contents[nth]!))
    expect((await read(url)).suggestions).toHaveLength(1)
    expect(await read(url)).toEqual({ suggestions: [], source: 'model' })
  })

  test('is not asked for when the note is empty', async () => {
    const { url, sent } = await answering()
    expect(await read(url, { note: { ...NOTE, text: ' \n' } })).toEqual({ suggestions: BUILT_IN, source: 'built-in' })
    expect(sent).toEqual([])
  })
})

describe('any failure', () => {
  const expectFallback = ({ suggestions, source, notice }: Awaited<ReturnType<typeof read>>, en: RegExp): void => {
    expect(suggestions).toBe(BUILT_IN)
    expect(source).toBe('built-in')
    expect(notice!.en).toMatch(en)
    expect(notice!.en).toContain('built-in reader')
    expect(notice!.zh).toContain('内置阅读器')
    expect(JSON.stringify(notice)).not.toContain(KEY)
  }

  test('of form gives the built-in reading: no JSON, no completion, another list, a list of nothing well-formed', async () => {
    const answers = [
      (r: ServerResponse) => r.end('<html>'),
      (r: ServerResponse) => r.end('{"choices":[]}'),
      (r: ServerResponse) => say(r, '{"signals": [{'),
      (r: ServerResponse) => say(r, '{"result":[]}'),
      (r: ServerResponse) => say(r, '[{"signal":1}]'),
    ]
    const { url, sent } = await endpoint((response, nth) => answers[nth]!(response))
    for (const _ of answers) expectFallback(await read(url), /not in the agreed form/)
    expect(sent).toHaveLength(answers.length)
  })

  test('of time gives the built-in reading, head or body late, without another attempt', async () => {
    const { url, sent } = await endpoint((response, nth) => {
      if (nth === 1) response.write('{"choices":')
    })
    expectFallback(await read(url, { timeoutMs: 60 }), /within 0\.06 s/)
    expectFallback(await read(url, { timeoutMs: 60 }), /within 0\.06 s/)
    expect(sent).toHaveLength(2)
  })

  test('that passes is tried again, each time after a longer wait', async () => {
    const item = { signal: 'budget_approved', quote: '预算', confidence: 0.5 }
    const { url, sent } = await endpoint((response, nth) => {
      if (nth === 2) return say(response, JSON.stringify({ signals: [item] }))
      response.statusCode = nth === 0 ? 500 : 429
      response.end()
    })
    expect(await read(url)).toMatchObject({ source: 'model', suggestions: [{ signal: 'budget_approved' }] })
    expect(sent).toHaveLength(3)
    expect(waits).toEqual([500, 2000])
  })

  test('that stays gives the built-in reading after the retries', async () => {
    const { url, sent } = await failing(503)
    expectFallback(await read(url, { retries: 1 }), /HTTP status 503/)
    expect(sent).toHaveLength(2)
  })

  test('of permission is not tried again, and no key is in the notice', async () => {
    const { url, sent } = await failing(401)
    expectFallback(await read(url), /HTTP status 401/)
    expect([sent.length, waits.length]).toEqual([1, 0])
  })

  test('of the network is tried again: a closed port, a connection cut off', async () => {
    const { url, sent } = await endpoint((response) => response.destroy())
    expectFallback(await read(url), /could not be reached/)
    expect([sent.length, waits.length]).toEqual([3, 2])
    await closeAll()
    expectFallback(await read(url), /could not be reached/)
    expect(waits).toHaveLength(2)
  })

  test('of the settings is told without the address or the key', async () => {
    for (const url of ['nonsense', 'ftp://host/v1', 'http://me:pass@127.0.0.1:1/v1']) {
      const reading = await read(url)
      expectFallback(reading, /check SENTE_LLM_URL/)
      expect(reading.notice!.en).not.toMatch(/pass|nonsense/)
    }
    expectFallback(
      await read('', { config: { url: 'http://127.0.0.1:1', model: 'm', key: `${KEY}密`, mask: false } }),
      /SENTE_LLM_KEY/,
    )
  })

  test('of honesty: a redirect does not carry the note elsewhere', async () => {
    const elsewhere = await answering()
    const { url } = await endpoint((response) =>
      response.writeHead(307, { location: `${elsewhere.url}/chat/completions` }).end(),
    )
    expectFallback(await read(url), /HTTP status 307/)
    expect(elsewhere.sent).toEqual([])
  })
})
