// The static checks, each with the sentence that says what it is for. All run; the first failure does not hide the next.
import { spawnSync } from 'node:child_process'

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

let failed = 0
for (const [name, why, args] of checks) {
  const started = performance.now()
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s): ${why}`)
  if (status !== 0) failed++
}
process.exit(failed ? 1 : 0)
