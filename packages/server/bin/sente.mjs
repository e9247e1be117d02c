#!/usr/bin/env node
// Starts the command line on Node 24 or newer: on an older one it hands over to the Node that was installed along.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import * as nodeModule from 'node:module'
import { fileURLToPath } from 'node:url'

if (Number(process.versions.node.split('.')[0]) >= 24) {
  // Compiled code is kept between runs: a brief from cold is then mostly its own work.
  nodeModule.enableCompileCache()
  const { main } = await import('../src/cli/main.ts')
  process.exitCode = await main(process.argv.slice(2))
} else {
  const bundled = fileURLToPath(new URL('../../../node_modules/.bin/node', import.meta.url))
  if (!existsSync(bundled)) {
    console.error(
      `sente needs Node 24 or newer, this is ${process.version}. Run it as "npm run -s sente -- …" in the project.`,
    )
    process.exit(3)
  }
  const child = spawn(bundled, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' })
  // A terminal tells both of Ctrl+C; who ends this process alone means the other.
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  child.on('exit', (code) => process.exit(code ?? 3))
}
