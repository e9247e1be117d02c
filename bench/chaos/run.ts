// `npm run chaos [-- --kills N] [-- --only kills|pressure] [-- 'full disk' …] [-- --load MINUTES]`: tries to break a server of our own on this machine. Not part of CI.
import { parseArgs } from 'node:util'
import { kills } from './kills.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { kills: { type: 'string', default: '100' }, only: { type: 'string' }, load: { type: 'string' } },
})

const lines: string[] = []
const failures: string[] = []
async function attempt(name: string, work: () => Promise<string[]>): Promise<void> {
  const began = performance.now()
  try {
    const said = await work()
    lines.push(...said.map((line) => `ok    ${name}: ${line}`))
    console.log(said.map((line) => `ok    ${name}: ${line}`).join('\n'))
  } catch (error) {
    failures.push(name)
    console.log(`FAIL  ${name}: ${(error as Error).message}`)
  }
  console.error(`  (${name}: ${((performance.now() - began) / 1000).toFixed(0)} s)`)
}

if (values.load !== undefined) {
  const { mixedLoad } = await import('./load.ts')
  await attempt('load', () => mixedLoad(Number(values.load)))
} else {
  if (values.only !== 'pressure') {
    const each = Math.ceil(Number(values.kills) / 2)
    for (const kind of ['embedded', 'external'] as const) await attempt(`kills ${kind}`, () => kills(kind, each))
  }
  if (values.only !== 'kills') {
    const { PRESSURE } = await import('./pressure.ts')
    for (const [name, work] of Object.entries(PRESSURE))
      if (positionals.length === 0 || positionals.includes(name)) await attempt(name, work)
  }
}
console.log(
  failures.length === 0
    ? `${lines.length} findings, all as promised`
    : `${failures.length} failed: ${failures.join(', ')}`,
)
process.exit(failures.length === 0 ? 0 : 1)
