// The static checks, each with the sentence that says what it is for. All run, two at a time; the first failure does not hide the next.
import { spawn } from 'node:child_process'

/** Types are checked anew only for what a change reaches: what was found is kept beside the libraries. */
const types = (project, name) => [
  'node_modules/typescript/bin/tsc',
  '-p',
  project,
  '--incremental',
  '--tsBuildInfoFile',
  `node_modules/.cache/types-${name}.tsbuildinfo`,
]

const checks = [
  ['types', 'every file type-checks in strict mode', types('.', 'all')],
  ['types of the web', 'the same for what runs in a browser', types('packages/web', 'web')],
  [
    'types of the service worker',
    'the same for what keeps the application on a device',
    types('packages/web/worker', 'worker'),
  ],
  [
    'layout',
    'every file is laid out by the formatter (npm run format mends it)',
    ['node_modules/oxfmt/bin/oxfmt', '--check', '.'],
  ],
  [
    'lint',
    'no suspicious code; the engine stays pure; imports run one way',
    ['node_modules/oxlint/bin/oxlint', '--deny-warnings'],
  ],
  ['imports', 'folders import only what their layer allows', ['scripts/check-imports.ts']],
  ['migrations', 'migrations are numbered without gaps', ['scripts/check-migrations.ts']],
  ['sql', 'a wide line of SQL holds one clause', ['scripts/check-sql.ts']],
  ['length', 'no file of code is longer than 400 lines', ['scripts/check-length.ts']],
  ['dead code', 'no unused file, export or dependency', ['node_modules/knip/bin/knip.js', '--no-progress']],
]

const AT_ONCE = 2

/** What a check says comes out as a whole, when it has ended. */
function run([name, why, args]) {
  const started = performance.now()
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args)
    const said = []
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => said.push(bytes))
    child.on('error', (error) => said.push(Buffer.from(`${error}\n`)))
    child.on('close', (code) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(1)
      process.stdout.write(Buffer.concat(said))
      console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s): ${why}`)
      resolve(code === 0)
    })
  })
}

const left = [...checks]
let failed = 0
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    for (let next = left.shift(); next; next = left.shift()) if (!(await run(next))) failed++
  }),
)
process.exitCode = failed ? 1 : 0
