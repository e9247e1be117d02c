/** Reading notes with a language model of the user's choice: off unless configured, and never a reason not to have an answer. */
import type { Lang, Text } from '@sente/engine'
import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { isPlainDate } from '@sente/engine'
import type { KnownPerson, Note, Suggestion } from '@sente/reader'
import { ask, endpointOf, jsonOf, questionOf } from './model-chat.ts'
import type { ModelConfig, Question, SignalName, Why } from './model-chat.ts'
import { nameMasks, openMasks } from './name-masks.ts'
import type { Masks, Sealed } from './name-masks.ts'

export type { ModelConfig, SignalName } from './model-chat.ts'

/** Answers by content. What is stored is the model's answer as it came: with masks on, it holds aliases and no names. */
export interface Cache {
  get: (key: string) => Promise<string | undefined>
  set: (key: string, answer: string) => Promise<void>
}

export interface ReadOptions {
  config: ModelConfig
  signals: readonly SignalName[]
  people: readonly KnownPerson[]
  /** The built-in reader, for whenever the model gives nothing usable. */
  fallback: (note: Note) => Suggestion[]
  cache?: Cache
  /** For each attempt; 20,000 unless told. */
  timeoutMs?: number
  /** Attempts after the first on 429, 5xx and network faults; 2 unless told. */
  retries?: number
  wait?: (ms: number) => Promise<void>
}

export interface Reading {
  suggestions: Suggestion[]
  source: 'model' | 'built-in'
  /** Why the model was not used. */
  notice?: Text
}

/** The configuration, or undefined (the model stays off) unless both SENTE_LLM_URL and SENTE_LLM_MODEL are set. */
export function modelFromEnvironment(env: Readonly<Record<string, string | undefined>>): ModelConfig | undefined {
  const [url, model, key, mask] = ['URL', 'MODEL', 'KEY', 'MASK'].map((name) => env[`SENTE_LLM_${name}`]?.trim() ?? '')
  if (!url || !model) return undefined
  // Whatever is not a clear no masks: who writes "true" or "on" must not find the names sent.
  return { url, model, ...(key ? { key } : {}), mask: !/^(?:|0|false|no|off)$/i.test(mask ?? '') }
}

/** One sentence for whoever is about to read notes with the model: what is sent, and where to. */
export function leavesTheMachine(config: ModelConfig, lang: Lang): string {
  const endpoint = endpointOf(config)
  const host = endpoint?.hostname ?? ''
  const here = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(host)
  const plain = endpoint?.protocol === 'http:' && !here
  const { en, zh } = placeOf(config)
  if (lang === 'zh') {
    const names = config.mask ? '人物图上的姓名换成 P1、P2……（其他姓名照原样）' : '人物图上的姓名照原样'
    return `每条笔记的全文、日期、人物的姓名和职务、信号清单会${plain ? '不加密地' : ''}发送到${here ? '本机上的' : ''}${zh}（模型 ${config.model}），${names}。`
  }
  const names = config.mask
    ? 'names on the people map replaced by P1, P2 … and any other names as written'
    : 'names as written'
  const where = here ? ' on this machine' : plain ? ' without encryption' : ''
  return `Each note's full text and day, the people's names and titles and the list of signals are sent to ${en} (model ${config.model})${where}, ${names}.`
}

/**
 * Suggestions for one note, in reading order. Never rejects because of the model: on any failure the built-in reader's
 * result comes with a notice. The model's confidence is its own and, unlike the built-in reader's, not calibrated.
 */
export async function readWithModel(note: Note, options: ReadOptions): Promise<Reading> {
  const { config, signals, people, fallback, cache, timeoutMs = 20_000, retries = 2, wait } = options
  if (note.text.trim() === '' || signals.length === 0) return { suggestions: fallback(note), source: 'built-in' }

  const masks = config.mask ? nameMasks(people, note.text) : openMasks(people)
  const sealed = masks.seal(note.text)
  const question = questionOf(note, sealed.text, masks, config.mask, signals)
  const accept = (items: Item[]): Reading => ({
    suggestions: suggestionsOf(items, note, sealed, masks, signals),
    source: 'model',
  })
  const give = (why: Why): Reading => ({
    suggestions: fallback(note),
    source: 'built-in',
    notice: noticeOf(why, config, timeoutMs),
  })

  const key = keyOf(config, question)
  // A broken cache costs a call, never the reading.
  const kept = itemsOf(await cache?.get(key).catch(() => undefined))
  if (kept) return accept(kept)

  const reply = await ask(config, question, { timeoutMs, retries, ...(wait ? { wait } : {}) })
  if ('why' in reply) return give(reply.why)
  const items = itemsOf(reply.content)
  if (!items) return give({ kind: 'unreadable' })
  await cache?.set(key, reply.content).catch(() => undefined)
  return accept(items)
}

// ---- the answer ------------------------------------------------------------------------------------------------------

const Item = z.object({
  signal: z.string(),
  quote: z
    .string()
    .trim()
    .regex(/[\p{L}\p{N}]/u),
  confidence: z.number().min(0).max(1),
  person: z.string().trim().nullish(),
  date: z.string().trim().nullish(),
})
type Item = z.infer<typeof Item>

const Answer = z.union([
  z.object({ signals: z.array(z.unknown()) }).transform(({ signals }) => signals),
  z.array(z.unknown()),
])

/** The well-formed items of an answer; undefined when it is no list, or a list of which no item has the agreed form. */
function itemsOf(content: string | undefined): Item[] | undefined {
  if (content === undefined) return undefined
  // Small models think aloud and fence their JSON, whatever the schema says.
  const bare = content.replace(/^[\s\S]*<\/think>/, '').replace(/^\s*```(?:json)?\s*|\s*```\s*$/g, '')
  const answer = Answer.safeParse(jsonOf(bare))
  if (!answer.success) return undefined
  const items = answer.data.flatMap((item) => Item.safeParse(item).data ?? [])
  return items.length === 0 && answer.data.length > 0 ? undefined : items
}

function suggestionsOf(
  items: readonly Item[],
  note: Note,
  sealed: Sealed,
  masks: Masks,
  signals: readonly SignalName[],
): Suggestion[] {
  const known = new Set(signals.map(({ id }) => id))
  const best = new Map<string, Suggestion>()
  for (const { signal, quote, confidence, person, date } of items) {
    // Sellers do not write ids such as contract_signed; words that do are addressed to the model.
    if (!known.has(signal) || (signal.includes('_') && quote.includes(signal))) continue
    const span = sealed.locate(quote)
    if (!span || confidence <= (best.get(signal)?.confidence ?? -1)) continue
    const from = personOf(person, masks)
    const on = date && isPlainDate(date) && date <= note.on ? date : note.on
    best.set(signal, {
      signal,
      confidence,
      span,
      quote: note.text.slice(...span),
      ...(from === undefined ? {} : { from }),
      on,
    })
  }
  return [...best.values()].sort((a, b) => a.span[0] - b.span[0])
}

/** By alias, else by a name that only one person bears. */
function personOf(said: string | null | undefined, { people }: Masks): string | undefined {
  if (!said) return undefined
  const called = people.find(({ alias }) => alias === said)
  if (called) return called.person.id
  const [first, ...others] = people.filter(({ person }) => person.name === said)
  return others.length === 0 ? first?.person.id : undefined
}

// ---- notices ---------------------------------------------------------------------------------------------------------

/** The host alone: an address may carry a password. */
function placeOf(config: ModelConfig): Text {
  const host = endpointOf(config)?.host
  return host ? { en: host, zh: ` ${host}` } : { en: 'the address in SENTE_LLM_URL', zh: ' SENTE_LLM_URL 所设的地址' }
}

function noticeOf(why: Why, config: ModelConfig, timeoutMs: number): Text {
  const place = placeOf(config)
  const said = wordsOf(why, timeoutMs / 1000)
  return {
    en: `The language model at ${place.en} ${said.en}; the built-in reader read this note instead.`,
    zh: `语言模型（${place.zh.trim()}）${said.zh}，这条笔记改由内置阅读器读取。`,
  }
}

function wordsOf(why: Why, seconds: number): Text {
  switch (why.kind) {
    case 'settings':
      return {
        en: 'cannot be asked: check SENTE_LLM_URL and SENTE_LLM_KEY',
        zh: '无法调用，请检查 SENTE_LLM_URL 和 SENTE_LLM_KEY',
      }
    case 'unreachable':
      return { en: 'could not be reached', zh: '连接不上' }
    case 'too-slow':
      return { en: `did not answer within ${seconds} s`, zh: `在 ${seconds} 秒内没有回答` }
    case 'unreadable':
      return { en: 'gave an answer that is not in the agreed form', zh: '的回答不符合约定的格式' }
    case 'status':
      return { en: `answered with HTTP status ${why.status}`, zh: `返回了 HTTP 状态 ${why.status}` }
  }
}

// ---- cache -----------------------------------------------------------------------------------------------------------

/** All that the model sees, hence model, signals and masked text, and the day too: "last Friday" depends on it. */
function keyOf({ model }: ModelConfig, { system, user }: Question): string {
  return createHash('sha256')
    .update(JSON.stringify([model, system, user]))
    .digest('hex')
}

const Kept = z.object({ answer: z.string() })

/** One JSON file per answer, readable by this user only; a file that is missing or broken counts as no answer. */
export function fileCache(folder: string): Cache {
  return {
    get: async (key) => {
      const text = await readFile(join(folder, `${key}.json`), 'utf8').catch(() => '')
      return Kept.safeParse(jsonOf(text)).data?.answer
    },
    set: async (key, answer) => {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const beside = join(folder, `${key}.${randomUUID()}.tmp`)
      try {
        await writeFile(beside, `${JSON.stringify({ answer } satisfies z.infer<typeof Kept>)}\n`, { mode: 0o600 })
        await rename(beside, join(folder, `${key}.json`))
      } catch (fault) {
        await rm(beside, { force: true })
        throw fault
      }
    },
  }
}
