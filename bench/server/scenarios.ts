import { Agent, request } from 'node:http'
import { PHASES, seededRandom } from '@sente/engine'
import { v7 } from 'uuid'
import { endData, loaded, serve, SIZES } from './data.ts'

export interface Figure {
  name: string
  value: string
  goal: string
  met: boolean
}

/** Millions of rows are told apart by their thousands. */
const thousands = (n: number): string => Math.round(n).toLocaleString('en')
const quantile = (values: readonly number[], q: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(q * values.length))]!

export const serverScenarios: Record<'import' | 'api', () => Promise<Figure[]>> = {
  /** A CRM's four lists through the bulk path, references resolved and everything checked, on the embedded database. */
  async import() {
    const { took, cpu } = await loaded()
    const kinds = Object.keys(took) as (keyof typeof took)[]
    const rows = kinds.reduce((sum, kind) => sum + SIZES[kind], 0)
    const rate = rows / kinds.reduce((sum, kind) => sum + took[kind], 0)
    return [
      {
        name: `${thousands(rows)} rows`,
        value: `${thousands(rate)} rows/s`,
        goal: '≥ 20,000 rows/s',
        met: rate >= 20_000,
      },
      {
        name: 'processor time a row',
        value: `${Math.round((cpu.program / rows) * 1e6)} µs program, ${Math.round((cpu.database / rows) * 1e6)} µs database`,
        goal: 'two cores: ≤ 100 µs',
        met: !(((cpu.program + cpu.database) / rows) * 1e6 > 100),
      },
      ...kinds.map((kind) => ({
        name: kind,
        value: `${thousands(SIZES[kind] / took[kind])} rows/s`,
        goal: '–',
        met: true,
      })),
    ]
  },

  /** The API over HTTP on loopback, with the rights of an administrator and of a seller. */
  async api() {
    const { env, tokens, sellerId, database, workspaceId } = await loaded()
    const { address, child } = await serve(env)
    const random = seededRandom(21)
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
    const mine = (
      await database.owner.query<{ id: string }>(
        'select id from deal where workspace_id = $1 and owner_id = $2 limit 2000',
        [workspaceId, sellerId],
      )
    ).rows.map(({ id }) => id)
    const owners = (
      await database.owner.query<{ id: string }>(`select id from member where workspace_id = $1 and role = 'seller'`, [
        workspaceId,
      ])
    ).rows.map(({ id }) => id)
    try {
      const figures: Figure[] = []
      for (const role of ['administrator', 'seller'] as const) {
        const ask = caller(address, tokens[role])
        const works: [name: string, goal: number, send: () => Promise<void>][] = [
          [
            'list',
            6.8,
            () =>
              ask(
                'GET',
                `/deals?ownerId=${role === 'seller' ? sellerId : pick(owners)}&phase=${pick(PHASES)}&status=open&sort=amount&order=desc&limit=50`,
              ),
          ],
          [
            'deal',
            6.8,
            () => ask('GET', `/deals/${pick(mine)}?include=account,people,summary,stakeholder,touch,note&limit=50`),
          ],
          [
            'create',
            3,
            () => ask('POST', `/deals/${pick(mine)}/touches`, { id: v7(), on: '2025-11-30', what: 'Visit' }),
          ],
          ['pipeline', 8.6, () => ask('GET', '/pipeline?status=open')],
        ]
        // A program that has just started runs three times as slow as one that has answered a thousand: what is measured is the latter.
        for (const [, , send] of works) for (let i = 0; i < 1000; i++) await send()
        // A request that does next to nothing, through the same client and the same gate: what any request costs on this machine.
        const least = await measure(() => ask('GET', '/me'), 1, 300)
        for (const [name, goal, send] of works) {
          const one = await measure(send, 1, 400)
          const many = await measure(send, 16, 1600)
          figures.push({
            name: `${name}, ${role}`,
            value: `p50 ${one.p50.toFixed(1)} ms, p95 ${one.p95.toFixed(1)}, ${thousands(one.rate)}/s`,
            goal: `p50 ≤ ${goal} ms`,
            met: one.p50 <= goal,
          })
          figures.push({
            name: '… 16 at once',
            value: `p50 ${many.p50.toFixed(1)} ms, p95 ${many.p95.toFixed(1)}, ${thousands(many.rate)}/s`,
            goal: '–',
            met: true,
          })
          figures.push({
            name: '… times GET /me',
            value: `× ${(one.p50 / least.p50).toFixed(1)}`,
            goal: 'machine-independent',
            met: true,
          })
        }
        figures.push({ name: `GET /me, ${role}`, value: `p50 ${least.p50.toFixed(1)} ms`, goal: '–', met: true })
      }
      return figures
    } finally {
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await gone
      await endData()
    }
  },
}

/** Requests over kept connections; anything but success ends the bench, for a fast error is no figure. */
function caller(
  address: string,
  token: string,
): (method: 'GET' | 'POST', path: string, body?: object) => Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 })
  return (method, path, body) =>
    new Promise((resolve, reject) => {
      const text = body === undefined ? undefined : JSON.stringify(body)
      const sent = request(
        `${address}/api/v1${path}`,
        {
          agent,
          method,
          headers: {
            authorization: `Bearer ${token}`,
            ...(text === undefined
              ? {}
              : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
          },
        },
        (answer) => {
          let bytes = ''
          answer.setEncoding('utf8').on('data', (part: string) => (bytes += part))
          answer.on('end', () =>
            answer.statusCode! < 300
              ? resolve()
              : reject(new Error(`${method} ${path}: ${answer.statusCode} ${bytes.slice(0, 500)}`)),
          )
        },
      )
      sent.on('error', reject)
      sent.end(text)
    })
}

interface Measured {
  p50: number
  p95: number
  /** Requests a second. */
  rate: number
}

/** `n` requests, so many at once, after a tenth of them to warm up. At most ten seconds. */
async function measure(send: () => Promise<void>, atOnce: number, n: number): Promise<Measured> {
  for (let i = 0; i < n / 10; i++) await send()
  const times: number[] = []
  let left = n
  const began = performance.now()
  const work = async (): Promise<void> => {
    while (left-- > 0 && performance.now() - began < 10_000) {
      const started = performance.now()
      await send()
      times.push(performance.now() - started)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return {
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    rate: times.length / ((performance.now() - began) / 1000),
  }
}
