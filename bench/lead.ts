/**
 * What the lead says over the days of histories whose truth is known. `node bench/lead.ts [DEALS] [SEED]`.
 *
 * A hidden customer goes through the phases at a pace of its own (log-normal stays, not the engine's Erlang ones) and does what
 * customers do there (signals drawn by the methodology's weights for the phase, a tenth of them from any phase). Half of the
 * deals are prepared: each critical topic's proof is ready up to 30 days before the customer comes to the middle of the phase
 * in which it rises. A quarter is late: three fifths of the proofs are ready 20 to 60 days after that, of the rest the file says
 * nothing. A quarter has none and says so. Nothing of the hidden phases is in the file.
 * Shown: how well the room of the topics tells prepared deals from the others (AUC over deal-days from the hidden *define* on), how
 * many days each is behind, on how many the days behind equal the deal's age, and on how many two concerns tie.
 */
import { addDays, brief, CONCERNS, loadMethodology, parseDeal, plainDate, seededRandom } from '@sente/engine'
import type { PlainDate } from '@sente/engine'
import { files } from '@sente/methodology'
import { CRITICAL } from '../packages/engine/src/lead/topics.ts'

const loaded = loadMethodology(files)
if (!('methodology' in loaded)) throw new Error(JSON.stringify(loaded.faults))
const { methodology } = loaded
const DEALS = Number(process.argv[2] ?? 60)
const SEED = Number(process.argv[3] ?? 1)
const START = plainDate('2025-01-06')
const STEP = 10
const OPEN = ['frame', 'need', 'define', 'evaluate', 'risk', 'commit'] as const
const WEIGHT: Readonly<Record<string, number>> = { high: 6, med: 3, low: 1 }

type Random = () => number
const normal = (random: Random): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

function drawn<T>(items: readonly T[], weight: (item: T) => number, random: Random): T {
  let left = random() * items.reduce((sum, item) => sum + weight(item), 0)
  return items.find((item) => (left -= weight(item)) <= 0) ?? items.at(-1)!
}

type Kind = 'prepared' | 'late' | 'none'

interface History {
  deal: unknown
  starts: number[]
  end: number
}

function history(random: Random, kind: Kind): History {
  const prepared = kind === 'prepared'
  const pace = 2 ** normal(random)
  const starts = [0]
  for (const id of OPEN) {
    const mean = methodology.phases.phases.find((phase) => phase.id === id)!.meanDays
    starts.push(starts.at(-1)! + Math.max(4, Math.round(mean * pace * Math.exp(0.5 * normal(random) - 0.125))))
  }
  const end = starts.at(-1)!
  const people = [
    { id: 'top', name: 'Top', roles: ['number_one', 'economic_buyer'], reportsTo: null },
    { id: 'tech', name: 'Tech', roles: ['technical_buyer'], reportsTo: 'top' },
    { id: 'user', name: 'User', roles: ['user_buyer'], reportsTo: 'top' },
  ]
  const evidence: object[] = []
  for (let day = 2; day < end; day += 1 + Math.floor(-9 * Math.log(1 - random()))) {
    const phase =
      random() < 0.1 ? OPEN[Math.floor(random() * OPEN.length)]! : OPEN[starts.findLastIndex((s) => s <= day)]!
    const signal = drawn(methodology.signals.signals, ({ phases }) => WEIGHT[phases[phase] ?? ''] ?? 0, random)
    evidence.push({ on: addDays(START, day), signal: signal.id, confidence: 0.9, status: 'confirmed' })
  }
  const proofs = methodology.topics.topics.flatMap((topic) => {
    if (topic.weight < CRITICAL || topic.saidByCustomer) return []
    const at = OPEN.indexOf((topic.risesIn[0] ?? 'risk') as (typeof OPEN)[number])
    const due = at < 0 ? end : (starts[at]! + starts[at + 1]!) / 2
    if (kind === 'none' || (kind === 'late' && random() < 0.4)) return []
    const ready = Math.max(1, Math.round(prepared ? due - 30 * random() : due + 20 + 40 * random()))
    return [
      { topic: topic.id, proof: topic.proofs[0]!.id, history: [{ status: 'prepared', on: addDays(START, ready) }] },
    ]
  })
  const deal = { sente: 1, name: 'x', firstContactOn: START, people, touches: [], evidence, proofs }
  return { deal, starts, end }
}

const random = seededRandom(SEED)
const scores: Record<Kind, number[]> = { prepared: [], late: [], none: [] }
let days = 0
let behind = 0
let asOld = 0
let rated = 0
let tied = 0
for (let n = 0; n < DEALS; n++) {
  const kind: Kind = n % 2 === 0 ? 'prepared' : n % 4 === 1 ? 'late' : 'none'
  const { deal: file, starts, end } = history(random, kind)
  const read = parseDeal(file, methodology)
  if (!('deal' in read)) throw new Error(JSON.stringify(read.faults))
  for (let age = STEP; age < end; age += STEP) {
    const { lead } = brief(read.deal, methodology, addDays(START, age) as PlainDate)
    days++
    if (lead.state === 'behind') {
      behind++
      if (lead.days === -age) asOld++
    }
    const rooms = CONCERNS.flatMap((concern) => lead.concerns?.[concern].days ?? []).sort((a, b) => a - b)
    if (rooms.length > 1) {
      rated++
      if (rooms[0] === rooms[1] && rooms[0]! < 45) tied++
    }
    if (lead.topics.state === 'unknown') continue
    if (age >= starts[OPEN.indexOf('define')]!) scores[kind].push(lead.topics.days ?? 46)
  }
}

/** Probability that a prepared day has more room than an unprepared one, ties by half. */
function auc(more: readonly number[], less: readonly number[]): number {
  let wins = 0
  for (const a of more) for (const b of less) wins += a > b ? 1 : a === b ? 0.5 : 0
  return wins / (more.length * less.length)
}
const share = (n: number, of: number): string => `${((100 * n) / Math.max(1, of)).toFixed(1)} %`
const behindDays = (kind: Kind): string => share(scores[kind].filter((room) => room < 0).length, scores[kind].length)
const apart = (...others: Kind[]): string =>
  auc(
    scores.prepared,
    others.flatMap((kind) => scores[kind]),
  ).toFixed(3)
const { method } = methodology
console.log(`${method.id} ${method.version}, ${DEALS} deals, seed ${SEED}, ${days} deal-days (every ${STEP})`)
console.log(
  `prepared against none: AUC ${apart('none')} (goal .95); against late: ${apart('late')}; both: ${apart('late', 'none')}`,
)
console.log(
  `behind from define on: prepared ${behindDays('prepared')}, late ${behindDays('late')}, none ${behindDays('none')}`,
)
console.log(`behind by the age of the deal: ${share(asOld, behind)} of ${behind} days behind (goal under 5 %)`)
console.log(`the two concerns with the least room tie: ${share(tied, rated)} of ${rated} days (goal under 20 %)`)
