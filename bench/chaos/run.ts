// `npm run chaos [-- --kills N] [--tally FILE] [--only kills|pressure] ['full disk' …] [--load MINUTES]`: tries to break a server of our own on this machine.
// Not part of CI. With a tally, kills are added up over runs: it goes on where the file ends, until that says N.
import { parseArgs } from 'node:util'
import { kills } from './kills.ts'
import { Tally } from './tally.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    kills: { type: 'string', default: '100' },
    tally: { type: 'string' },
    only: { type: 'string' },
    load: { type: 'string' },
  },
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

async function piece(tally: Tally, kind: 'embedded' | 'external', count: number): Promise<void> {
  const began = performance.now()
  let compared: Promise<void> = Promise.resolve()
  try {
    await kills(kind, count, (since) => {
      compared = compared.then(() => tally.add(since))
      console.error(`  ${kind}: ${JSON.stringify(since)}, ${((performance.now() - began) / 1000).toFixed(0)} s`)
    })
  } catch (error) {
    await tally.add({ kind, failed: (error as Error).message })
    throw error
  } finally {
    await compared
  }
}

if (values.load !== undefined) {
  const { mixedLoad } = await import('./load.ts')
  await attempt('load', () => mixedLoad(Number(values.load)))
} else {
  if (values.only !== 'pressure') {
    const each = Math.ceil(Number(values.kills) / 2)
    const tally = await Tally.open(values.tally)
    for (const kind of ['embedded', 'external'] as const)
      await attempt('kills', async () => {
        // In pieces, so that a ledger is never long.
        for (let left = each - tally.kills(kind); left > 0; left = each - tally.kills(kind))
          await piece(tally, kind, Math.min(100, left))
        return tally.says(kind)
      })
    for (const one of tally.failed) await attempt('kills', () => Promise.reject(new Error(one)))
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
