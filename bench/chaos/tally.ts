import { appendFile, readFile } from 'node:fs/promises'
import type { Kind } from './ground.ts'

/** What one comparison of the ledger with the database has shown, since the one before it. */
export interface Proved {
  kind: Kind
  /** By who was killed. */
  kills: Record<string, number>
  /** Acknowledged and found again. */
  facts: number
  deals: number
  imports: number
  rows: number
  /** Answers that refused a write, by status. */
  refused: Record<string, number>
  /** Kills after which it took more than ten seconds until somebody was acknowledged again; and the longest of all, milliseconds. */
  pauses: number
  longestMs: number
}
/** A comparison that failed: what it says. */
interface Failed {
  kind: Kind
  failed: string
}

/** Lines of a file, each one comparison: what is in it stays proved, however the run ends that wrote it. */
export class Tally {
  readonly #path: string | undefined
  readonly lines: (Proved | Failed)[]

  private constructor(path: string | undefined, lines: (Proved | Failed)[]) {
    this.#path = path
    this.lines = lines
  }

  static async open(path: string | undefined): Promise<Tally> {
    const text = path === undefined ? '' : await readFile(path, 'utf8').catch(() => '')
    return new Tally(
      path,
      text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Proved | Failed])),
    )
  }

  async add(line: Proved | Failed): Promise<void> {
    this.lines.push(line)
    if (this.#path !== undefined) await appendFile(this.#path, `${JSON.stringify(line)}\n`)
  }

  proved(kind: Kind): Proved[] {
    return this.lines.filter((line): line is Proved => line.kind === kind && 'kills' in line)
  }

  get failed(): string[] {
    return this.lines.flatMap((line) => ('failed' in line ? [`${line.kind}: ${line.failed}`] : []))
  }

  kills(kind: Kind): number {
    return this.proved(kind).reduce((sum, line) => sum + count(line.kills), 0)
  }

  /** What all comparisons together have shown. */
  says(kind: Kind): string[] {
    const lines = this.proved(kind)
    const sum = (key: 'facts' | 'deals' | 'imports' | 'rows' | 'pauses'): number =>
      lines.reduce((all, line) => all + line[key], 0)
    const by = (key: 'kills' | 'refused'): string =>
      [
        ...Map.groupBy(
          lines.flatMap((line) => Object.entries(line[key])),
          ([name]) => name,
        ),
      ]
        .map(([name, all]) => `${name} ${all.reduce((n, [, more]) => n + more, 0)}`)
        .toSorted()
        .join(', ') || 'none'
    return [
      `${kind}: ${this.kills(kind)} kills (${by('kills')}), compared ${lines.length} times`,
      `${sum('facts')} facts, ${sum('deals')} deals and ${sum('imports')} imports of ${sum('rows')} rows acknowledged, none lost; totals exact; no process ended that was not killed`,
      `answers that refused, by status: ${by('refused')}; ${sum('pauses')} pauses of more than 10 s, the longest ${(Math.max(0, ...lines.map(({ longestMs }) => longestMs)) / 1000).toFixed(1)} s`,
    ]
  }
}

const count = (kills: Record<string, number>): number => Object.values(kills).reduce((sum, n) => sum + n, 0)
