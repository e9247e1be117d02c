/** Asked for by public/boot.js while the program was on its way. */
interface Asked {
  answer: Promise<Response>
  stop: AbortController
  language: string
  /** As `performance.now()` says. */
  at: number
}
declare global {
  interface Window {
    sentePrefetch?: Map<string, Asked>
  }
}

/** An answer that lay here longer may have been overtaken by a change nobody told us of. */
const FRESH_MS = 15_000

/** The answer to a request that is under way already, once; `undefined` if it has to be asked. */
export function takePrefetched(
  address: string,
  { method, headers, signal }: RequestInit = {},
): Promise<Response> | undefined {
  const asked = method === 'GET' ? window.sentePrefetch?.get(address) : undefined
  if (!asked) return undefined
  window.sentePrefetch?.delete(address)
  if (performance.now() - asked.at > FRESH_MS || new Headers(headers).get('accept-language') !== asked.language) {
    asked.stop.abort()
    return undefined
  }
  if (signal?.aborted) asked.stop.abort(signal.reason)
  signal?.addEventListener('abort', () => asked.stop.abort(signal.reason), { once: true })
  return asked.answer
}

/** Somebody came or left: what was asked before is not for whoever is here now. */
export function dropPrefetched(): void {
  for (const { stop } of window.sentePrefetch?.values() ?? []) stop.abort()
  delete window.sentePrefetch
}
