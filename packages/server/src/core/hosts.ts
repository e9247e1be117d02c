import { isIP } from 'node:net'

/** Name and port of a Host header; `undefined`: it is none. Names are compared in small letters and without the dot of the root. */
export function hostOf(text: string | undefined): { name: string; port: string } | undefined {
  const found = /^(\[[\da-f:.]+\]|[^\s:@/?#[\]\\]+)(?::(\d{1,5}))?$/i.exec(text ?? '')
  if (!found) return undefined
  return { name: found[1]!.toLowerCase().replace(/\.$/, ''), port: found[2] ?? '' }
}

/** Names of this machine for itself: no page from elsewhere can be opened under them on another one. */
export const isLoopback = (name: string): boolean =>
  name === 'localhost' ||
  name.endsWith('.localhost') ||
  name === '[::1]' ||
  (isIP(name) === 4 && name.startsWith('127.'))

/**
 * Is it a name under which this server is meant to be reached? Without the check a page of another site whose name is pointed at this machine could
 * ask it (DNS rebinding), and a link could be made of any name that somebody sends. An allowed name without a port stands for all of its ports.
 */
export function isKnownHost(
  text: string | undefined,
  { baseUrl, hosts }: { baseUrl: string | undefined; hosts: readonly string[] },
): boolean {
  const asked = hostOf(text)
  if (!asked) return false
  if (isLoopback(asked.name)) return true
  if (baseUrl !== undefined && hostOf(new URL(baseUrl).host)?.name === asked.name) return true
  return hosts.some((host) => {
    const known = hostOf(host)
    return known?.name === asked.name && (known.port === '' || known.port === asked.port)
  })
}
