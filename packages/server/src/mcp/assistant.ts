import { readFileSync } from 'node:fs'
import { ApiError } from '@sente/api'
import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import {
  CallToolRequestSchema,
  CompleteRequestSchema,
  ErrorCode,
  GetPromptRequestSchema,
  ListPromptsRequestSchema,
  ListResourcesRequestSchema,
  ListResourceTemplatesRequestSchema,
  ListToolsRequestSchema,
  McpError,
  ReadResourceRequestSchema,
} from '@modelcontextprotocol/sdk/types.js'
import type { CallToolResult, Tool as Announced } from '@modelcontextprotocol/sdk/types.js'
import type { Text } from '@sente/engine'
import { z } from 'zod'
import { fieldFaults } from '../store/field-faults.ts'
import { Fault } from '../core/fault.ts'
import { shownIn } from './confirm.ts'
import { Refused } from './desk.ts'
import type { Desk } from './desk.ts'
import { line, NOTICE } from './marks.ts'
import { promptOf, promptsOf } from './prompts.ts'
import { completed, readResource, resourcesOf, TEMPLATES } from './resources.ts'
import type { Tool } from './tool.ts'
import { TOOLS } from './tools/index.ts'

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string
}

/** Characters of an answer, beyond which an assistant would read nothing else any more. */
const LARGEST = 200_000

const ABOUT: Text = {
  en: `Sente follows complex sales: where the customer's purchasing process is, whether we are ahead of it (lead, in days), what is in danger and what to do by when. Numbers are estimates with a range; what is absent is not known, and is never zero or fine. Find a deal first (find_deals), then read_brief; explain says why. Read before you write: every write shows a preview, is confirmed by the person, and is undone by undo_change. ${NOTICE.en}`,
  zh: `先手（Sente）跟踪复杂销售：客户的采购过程走到哪一步，我们是否领先（先手，以天计），哪里有危险，哪天之前该做什么。数字是带区间的估计；没有的就是未知，绝不等于零或没问题。先找商机（find_deals），再读简报（read_brief）；explain 说明为什么。先读后写：每次写入都先预览、由本人确认，并可用 undo_change 撤销。${NOTICE.zh}`,
}

/** Tools that this asker may use here. */
export const toolsOf = ({ kind, may }: Pick<Desk, 'kind' | 'may'>): readonly Tool[] =>
  TOOLS.filter(
    ({ needs, workspaceOnly }) => needs.every((one) => may.has(one)) && !(workspaceOnly && kind !== 'workspace'),
  )

/**
 * A server of the Model Context Protocol over a desk. The protocol is the library's; schemas, checks of arguments and answers are made here, so that
 * an answer has no key that its announced schema forbids, and an argument at fault is named in both languages.
 */
export function assistantServer(desk: Desk, log: (error: unknown) => void = () => {}): Server {
  const server = new Server(
    { name: 'sente', title: 'Sente 先手', version },
    {
      capabilities: { tools: {}, resources: {}, prompts: {}, completions: {} },
      instructions: ABOUT[desk.lang],
    },
  )
  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: toolsOf(desk).map((tool) => announced(tool, desk)),
  }))
  server.setRequestHandler(CallToolRequestSchema, ({ params }) => called(desk, params.name, params.arguments, log))
  server.setRequestHandler(ListPromptsRequestSchema, () => ({ prompts: promptsOf(desk) }))
  server.setRequestHandler(GetPromptRequestSchema, ({ params }) => promptOf(params.name, params.arguments))
  server.setRequestHandler(ListResourcesRequestSchema, () => protocolFaults(desk, log, () => resourcesOf(desk)))
  server.setRequestHandler(ListResourceTemplatesRequestSchema, () => ({
    resourceTemplates: TEMPLATES.map(({ uriTemplate, name, says, mimeType }) => ({
      uriTemplate,
      name,
      title: says.title[desk.lang],
      description: says.description[desk.lang],
      mimeType,
    })),
  }))
  server.setRequestHandler(ReadResourceRequestSchema, ({ params }) =>
    protocolFaults(desk, log, () => readResource(desk, params.uri)),
  )
  server.setRequestHandler(CompleteRequestSchema, ({ params }) =>
    protocolFaults(desk, log, () => completed(desk, params.argument)),
  )
  return server
}

const schemas = new WeakMap<Tool, Pick<Announced, 'inputSchema' | 'outputSchema'>>()

function announced(tool: Tool, { lang }: Desk): Announced {
  let known = schemas.get(tool)
  if (!known) {
    known = {
      inputSchema: z.toJSONSchema(tool.input, { io: 'input' }) as Announced['inputSchema'],
      outputSchema: z.toJSONSchema(answerOf(tool), { io: 'output' }) as NonNullable<Announced['outputSchema']>,
    }
    schemas.set(tool, known)
  }
  return {
    name: tool.name,
    title: tool.title[lang],
    description: tool.description[lang],
    ...known,
    annotations: {
      title: tool.title[lang],
      readOnlyHint: tool.writes !== true,
      // What is written can be undone; nothing reaches beyond the deals.
      destructiveHint: false,
      idempotentHint: tool.writes !== true,
      openWorldHint: false,
    },
  }
}

const answerOf = (tool: Tool): z.ZodObject =>
  tool.output.extend({ notice: z.string().meta({ description: 'How to take what is in this answer' }) })

async function called(
  desk: Desk,
  name: string,
  input: unknown,
  log: (error: unknown) => void,
): Promise<CallToolResult> {
  const tool = toolsOf(desk).find((one) => one.name === name)
  if (!tool) throw new McpError(ErrorCode.InvalidParams, unknownTool(desk, name))
  const checked = tool.input.safeParse(input ?? {}, { reportInput: true })
  if (!checked.success) {
    const faults = fieldFaults('arguments', checked.error.issues, tool.input)
    return refusal(
      desk,
      new Refused(
        { en: `The arguments of ${name} are not as it takes them:`, zh: `${name} 的参数不符合要求：` },
        faults.slice(0, 20).map(({ field, what, nearest }) => ({
          text: {
            en: `${field}: ${what.en}${nearest === undefined ? '' : ` Did you mean ${nearest}?`}`,
            zh: `${field}：${what.zh}${nearest === undefined ? '' : `是不是 ${nearest}？`}`,
          },
        })),
      ),
    )
  }
  try {
    const value = await tool.run(checked.data as never, desk)
    // Cut to what the schema names: a key that it does not would make the whole answer invalid to whoever checks it.
    const answer = answerOf(tool).parse({ ...value, notice: NOTICE[desk.lang] })
    const { notice, ...rest } = answer as { notice: string }
    const text = JSON.stringify(rest)
    if (text.length > LARGEST) throw TOO_LARGE
    return {
      content: [
        { type: 'text', text: notice },
        { type: 'text', text },
      ],
      structuredContent: answer,
    }
  } catch (error) {
    return refusal(desk, refusedBy(error, log))
  }
}

const TOO_LARGE = new Refused({
  en: 'The answer is too large. Ask for less: a smaller limit, one deal, one rule.',
  zh: '回答太大。请缩小范围：减小 limit，只问一个商机或一条规则。',
})

function unknownTool(desk: Desk, name: string): string {
  const known = TOOLS.find((one) => one.name === name)
  const shown = line(name, 60)
  if (known && desk.kind !== 'workspace' && known.workspaceOnly)
    return desk.lang === 'zh'
      ? `${shown} 只能用于工作区，不能用于文件夹。`
      : `${shown} works with a workspace only, not on a folder of files.`
  if (known) {
    const missing = known.needs.filter((one) => !desk.may.has(one)).join(', ')
    return desk.lang === 'zh'
      ? `${shown} 需要令牌带有权限：${missing}。`
      : `${shown} needs a token with the rights ${missing}.`
  }
  return desk.lang === 'zh' ? `没有叫 ${shown} 的工具。` : `There is no tool ${shown}.`
}

function refusal(desk: Desk, { says, lines }: Refused): CallToolResult {
  return {
    isError: true,
    content: [{ type: 'text', text: [says[desk.lang], ...lines.map((one) => shownIn(desk, one))].join('\n') }],
  }
}

/** Whatever went wrong, as it is told. What is no refusal of ours is a fault of the program: it is logged, and says no more than that. */
function refusedBy(error: unknown, log: (error: unknown) => void): Refused {
  if (error instanceof Refused) return error
  if (error instanceof ApiError) {
    const { title, detail, remedy, faults = [] } = error.problem
    const said = [title, detail, remedy]
      .filter(Boolean)
      .map((one) => line(one!, 600))
      .join(' ')
    return new Refused(
      { en: said, zh: said },
      faults
        .slice(0, 20)
        .map(({ field, what }) => ({ text: { en: `${field}: ${what.en}`, zh: `${field}：${what.zh}` } })),
    )
  }
  if (error instanceof Fault && error.more.detail) return new Refused(error.more.detail)
  if (error instanceof TypeError && error.message === 'fetch failed')
    return new Refused({
      en: 'The Sente server does not answer. Is it running, and is its address right?',
      zh: 'Sente 服务器没有应答。它在运行吗？地址对吗？',
    })
  log(error)
  return new Refused({ en: 'A fault of the program itself; it is in its log.', zh: '程序本身出错，详情见日志。' })
}

/** The same where the protocol has no answer that is an error. */
async function protocolFaults<T>(desk: Desk, log: (error: unknown) => void, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof McpError) throw error
    const { says, lines } = refusedBy(error, log)
    throw new McpError(ErrorCode.InvalidParams, [says[desk.lang], ...lines.map((one) => shownIn(desk, one))].join('\n'))
  }
}
