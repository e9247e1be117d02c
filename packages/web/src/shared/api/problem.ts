/** What a screen needs to know of an error, from whatever was thrown. */
export interface SeenProblem {
  kind: 'offline' | 'signed-out' | 'forbidden' | 'not-found' | 'conflict' | 'other'
  /** What happened and how to mend it, in both languages, where the server says so. */
  what?: { en: string; zh: string }
  remedy?: { en: string; zh: string }
}

const KINDS: Readonly<Record<number, SeenProblem['kind']>> = { 401: 'signed-out', 403: 'forbidden', 404: 'not-found', 412: 'conflict' }
const isText = (value: unknown): value is { en: string; zh: string } => typeof value === 'object' && value !== null && 'en' in value && 'zh' in value

/** The API's errors carry `status`, `what` and `remedy`; a fetch that never arrived is a TypeError. */
export function problemOf(error: unknown): SeenProblem {
  if (error instanceof TypeError) return { kind: 'offline' }
  if (typeof error !== 'object' || error === null) return { kind: 'other' }
  const { status, what, remedy } = error as { status?: unknown; what?: unknown; remedy?: unknown }
  return {
    kind: (typeof status === 'number' && KINDS[status]) || 'other',
    ...(isText(what) && { what }),
    ...(isText(remedy) && { remedy }),
  }
}
