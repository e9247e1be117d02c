// Writes the pages of transcripts and the picture of docs/mcp.md from a real run: node packages/server/test/mcp/transcripts-write.ts
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Lang } from '@sente/engine'
import { NOTICE } from '../../src/mcp/marks.ts'
import { examplesCopy, overStdio } from './support.ts'
import { exchangePicture } from './picture.ts'
import { TASKS } from './tasks.ts'
import { steady } from './transcripts.ts'

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))
/** Characters of an answer that are shown; the whole of it is for a program. */
const SHOWN = 900

const HEADS: Record<Lang, string> = {
  en: `# Ten tasks of a seller, through an assistant

Each was done by calls of the tools alone, on a copy of the examples as of 15 April 2025; a test does them again in both languages and
asserts that the seller got what they asked for (\`packages/server/test/mcp/tasks.test.ts\`). Calls are whole; of long answers the beginning is
shown, without the notice that begins each of them. [About this door](mcp.md) · [中文](mcp-tasks.zh-CN.md)
`,
  zh: `# 通过助手完成的十件销售任务

每件都只靠调用工具完成，数据是示例的副本，日期为 2025 年 4 月 15 日；测试会用中英文重做一遍，并断言销售得到了所要的结果
（\`packages/server/test/mcp/tasks.test.ts\`）。调用完整列出；较长的回答只列开头，省略每个回答开头的提示。[关于这个入口](mcp.zh-CN.md) · [English](mcp-tasks.md)
`,
}

for (const lang of ['en', 'zh'] as const) {
  await using copy = await examplesCopy()
  await using assistant = await overStdio([copy.folder, '--as-of', '2025-04-15', '--lang', lang])
  const parts = [HEADS[lang]]
  for (const [i, task] of TASKS.entries()) {
    const from = assistant.transcript.length
    await task.run(assistant, lang)
    const lines = assistant.transcript.slice(from)
    if (task.asks.en.includes('keep this note'))
      await writeFile(
        join(ROOT, `docs/pictures/mcp-${lang}.svg`),
        exchangePicture(task.asks[lang], lines.map(steady), lang),
      )
    const shown = lines.map((line) => {
      const text = steady(line).replace(`${NOTICE[lang]}\n`, '')
      return text.startsWith('←') && text.length > SHOWN ? `${text.slice(0, SHOWN)} …` : text
    })
    parts.push(`## ${i + 1}. ${task.asks[lang]}\n\n\`\`\`text\n${shown.join('\n')}\n\`\`\`\n`)
  }
  await writeFile(join(ROOT, `docs/mcp-tasks${lang === 'zh' ? '.zh-CN' : ''}.md`), parts.join('\n'))
}
