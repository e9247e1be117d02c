// `npm start` until the server exists: the brief of an example deal, and how to run it on one's own file.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const sente = join(import.meta.dirname, '..', 'packages', 'server', 'bin', 'sente.mjs')
const example = 'examples/1-loved-early-killed-late.yaml'
const day = '2025-04-15'
const zh = /^zh/i.test(process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '')

const { status } = spawnSync(process.execPath, [sente, 'brief', example, '--as-of', day], { cwd: join(import.meta.dirname, '..'), stdio: 'inherit' })
console.log(
  zh
    ? `
这是示例商机 ${example} 在 ${day} 的简报。
看看接下来会怎样：npm run -s sente -- replay ${example} --lang zh
为自己的商机写第一个文件：npm run -s sente -- new
看自己的商机：npm run -s sente -- brief 我的商机.yaml
看整个 CRM 导出：npm run -s sente -- portfolio 商机.csv 活动.csv
全部命令：npm run -s sente -- --help`
    : `
This is the brief of ${example} on ${day}.
See what came of it:               npm run -s sente -- replay ${example}
Write a first file of your own:    npm run -s sente -- new
Brief your own deal:               npm run -s sente -- brief my-deal.yaml
Rank a whole CRM export:           npm run -s sente -- portfolio opportunities.csv activities.csv
In Chinese:                        add --lang zh
All commands:                      npm run -s sente -- --help`,
)
process.exitCode = status ?? 3
