import { readFile } from 'node:fs/promises'
import { v7 } from 'uuid'
import { ask, makeGround, pick, sleep } from './ground.ts'
import type { Ground } from './ground.ts'

/** Readers, writers, importers, exports and live streams on one server for so many minutes, with its memory. What is made is taken away again. */
export async function mixedLoad(minutes: number): Promise<string[]> {
  const ground = await makeGround('embedded', 60)
  try {
    const server = await ground.start()
    const until = Date.now() + minutes * 60_000
    const seen = { requests: 0, statuses: new Map<number, number>(), broken: 0 }
    const clients = Array.from({ length: 6 }, async () => {
      while (Date.now() < until) {
        try {
          for (const status of await once(ground, server.address)) {
            seen.requests++
            seen.statuses.set(status, (seen.statuses.get(status) ?? 0) + 1)
          }
        } catch {
          seen.broken++
        }
        await sleep(20)
      }
    })
    const end = new AbortController()
    const streams = Array.from({ length: 20 }, () => listen(ground, server.address, end.signal))
    const samples: number[] = []
    while (Date.now() < until) {
      await sleep(Math.min(5_000, Math.max(1, until - Date.now())))
      samples.push(await residentMb(server.child.pid!))
    }
    await Promise.all(clients)
    end.abort()
    await Promise.all(streams)
    await ground.kill(server, 'SIGTERM')
    return report(minutes, seen, samples, ground.ended)
  } finally {
    await ground.close()
  }
}

const ACCOUNTS = Array.from({ length: 200 }, (_, i) =>
  JSON.stringify({ externalId: `acc-${i}`, name: `Account ${i}` }),
).join('\n')

async function once(ground: Ground, address: string): Promise<number[]> {
  const deal = pick(ground.deals)
  const call = async (method: string, path: string, body?: object | string): Promise<number> =>
    (await ask(ground, address, method, path, body)).status
  const choice = Math.random()
  if (choice < 0.25) return [await call('GET', '/deals?limit=50')]
  if (choice < 0.5) return [await call('GET', `/deals/${deal}?include=all`), await call('GET', `/deals/${deal}/brief`)]
  if (choice < 0.6) return [await call('GET', '/search?q=deal'), await call('GET', '/today')]
  if (choice < 0.9) {
    const id = v7()
    const made = await call('POST', `/deals/${deal}/touches`, { id, on: '2025-02-11', what: 'load' })
    return [made, await call('DELETE', `/deals/${deal}/touches/${id}`)]
  }
  if (choice < 0.95)
    return [
      await call('PATCH', `/deals/${deal}`, {
        amount: { value: String(Math.ceil(Math.random() * 1e6)), currency: 'CNY' },
      }),
    ]
  if (choice < 0.98) return [await call('POST', '/imports?kind=accounts&format=ndjson', `${ACCOUNTS}\n`)]
  const { token } = ground
  const all = await fetch(`${address}/api/v1/export`, { headers: { authorization: `Bearer ${token}` } })
  await all.text()
  return [all.status]
}

async function listen({ token }: Ground, address: string, signal: AbortSignal): Promise<void> {
  try {
    const stream = await fetch(`${address}/api/v1/events`, { headers: { authorization: `Bearer ${token}` }, signal })
    for await (const _ of stream.body!) if (signal.aborted) return
  } catch {
    // It is ended with the load.
  }
}

/** Memory that the process really has, MB. */
async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)![1]) / 1024
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!

function report(
  minutes: number,
  { requests, statuses, broken }: { requests: number; statuses: ReadonlyMap<number, number>; broken: number },
  samples: readonly number[],
  ended: readonly string[],
): string[] {
  const fifth = Math.max(1, Math.floor(samples.length / 5))
  const parts = Array.from({ length: 5 }, (_, i) => Math.round(median(samples.slice(i * fifth, (i + 1) * fifth))))
  // The first fifth fills caches and lets the compiler work.
  const growth = (parts[4]! / parts[1]! - 1) * 100
  const faults = [...statuses].filter(([status]) => status >= 500 && status !== 503)
  const says = [
    `${minutes} minutes, ${requests} requests (${[...statuses].map(([status, n]) => `${status} × ${n}`).join(', ')}), ${broken} broken off`,
    `memory of the server, median of each fifth: ${parts.join(', ')} MB; from the second to the last ${growth >= 0 ? '+' : ''}${growth.toFixed(1)} %`,
  ]
  if (faults.length > 0 || ended.length > 0 || Math.abs(growth) > 10) throw new Error([...says, ...ended].join('\n'))
  return says
}
