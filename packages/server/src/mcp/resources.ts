import type { Text } from '@sente/engine'
import { ErrorCode, McpError } from '@modelcontextprotocol/sdk/types.js'
import type { CompleteResult, ListResourcesResult, ReadResourceResult } from '@modelcontextprotocol/sdk/types.js'
import type { Desk } from './desk.ts'
import { line, NOTICE } from './marks.ts'
import { briefTold } from './told/brief.ts'
import { planTold } from './told/plan.ts'

// What an assistant may be given to read without calling a tool: the same answers, under addresses.

const MIME = 'application/json'
/** Deals that are listed; others are read by their id as well. */
const LISTED = 50

interface Template {
  uriTemplate: string
  name: string
  mimeType: string
  says: { title: Text; description: Text }
}
export const TEMPLATES: readonly Template[] = [
  {
    uriTemplate: 'sente://deals/{deal}/brief',
    name: 'brief',
    mimeType: MIME,
    says: {
      title: { en: 'Brief of a deal', zh: '商机简报' },
      description: {
        en: 'Where the customer is, lead, findings, people, what is not known',
        zh: '客户阶段、先手、提醒、人物和未知之处',
      },
    },
  },
  {
    uriTemplate: 'sente://deals/{deal}/plan',
    name: 'plan',
    mimeType: MIME,
    says: {
      title: { en: 'Plan of a deal', zh: '商机的计划' },
      description: { en: 'Whom to see, when, with what', zh: '见谁、何时、带什么' },
    },
  },
]

const addressOf = (id: string, part: string): string => `sente://deals/${encodeURIComponent(id)}/${part}`

/** The method's words, and briefs of the open deals, the most endangered first. */
export async function resourcesOf(desk: Desk): Promise<ListResourcesResult> {
  const { deals } = await desk.deals({ status: 'open', order: 'danger', limit: LISTED })
  const zh = desk.lang === 'zh'
  return {
    resources: [
      {
        uri: 'sente://method',
        name: 'method',
        title: zh ? '方法：阶段、打法、信号' : 'The method: phases, plays, signals',
        description: zh ? '各 id 的含义' : 'What the ids mean',
        mimeType: MIME,
      },
      ...deals.map(({ id, name, account }) => ({
        uri: addressOf(id, 'brief'),
        name: line(name),
        title: `${line(name)}${account === undefined ? '' : ` · ${line(account)}`}`,
        mimeType: MIME,
      })),
    ],
  }
}

export async function readResource(desk: Desk, uri: string): Promise<ReadResourceResult> {
  return {
    contents: [
      { uri, mimeType: MIME, text: JSON.stringify({ notice: NOTICE[desk.lang], ...(await valueOf(desk, uri)) }) },
    ],
  }
}

async function valueOf(desk: Desk, uri: string): Promise<object> {
  const { lang } = desk
  const method = await desk.method()
  if (uri === 'sente://method') {
    const named = (list: readonly { id: string; name: Text }[]): object =>
      Object.fromEntries(list.map(({ id, name }) => [id, name[lang]]))
    return {
      method: `${method.method.id} ${method.method.version}`,
      phases: named(method.phases.phases),
      plays: named(method.plays.plays),
      signals: named(method.signals.signals),
      rules: named(method.rules.rules),
    }
  }
  const [, id, part] = /^sente:\/\/deals\/([^/]{1,400})\/(brief|plan)$/.exec(uri) ?? []
  if (id === undefined) throw new McpError(RESOURCE_NOT_FOUND, notThere(desk, uri))
  const deal = await desk.find(decoded(id) ?? id)
  if (part === 'brief') return briefTold(deal, await desk.brief(deal), method, lang)
  return planTold(deal, await desk.plan(deal, {}), { people: await desk.people(deal), method, lang })
}

/** As the specification numbers it; the library has no name for it. */
const RESOURCE_NOT_FOUND = -32002

const notThere = ({ lang }: Desk, uri: string): string =>
  lang === 'zh' ? `没有资源 ${line(uri, 120)}。` : `There is no resource ${line(uri, 120)}.`

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** Deals whose names hold what is typed so far. */
export async function completed(desk: Desk, { name, value }: { name: string; value: string }): Promise<CompleteResult> {
  if (name !== 'deal') return { completion: { values: [] } }
  if (value.length > 200) throw new McpError(ErrorCode.InvalidParams, 'value: 200')
  const { deals, next } = await desk.deals({ q: value.trim() || undefined, order: 'name', limit: 20 })
  return {
    completion: { values: deals.map((one) => line(one.name)), ...(next === undefined ? {} : { hasMore: true }) },
  }
}
