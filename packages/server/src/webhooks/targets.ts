import { lookup as resolve } from 'node:dns'
import type { LookupAddress } from 'node:dns'
import { BlockList, isIP } from 'node:net'
import type { LookupFunction } from 'node:net'
import { hostOf } from '../core/hosts.ts'

/** Addresses that are nobody's on the public net: of this machine, of inner networks, of documentation, of many at once. IANA special-purpose registries. */
const INNER = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  INNER.addSubnet(net, bits, 'ipv4')
/** Of the sixth version only what is given out to the public is let through (2000::/3), and of that not what stands for others. */
const PUBLIC_6 = new BlockList()
PUBLIC_6.addSubnet('2000::', 3, 'ipv6')
const NOT_6 = new BlockList()
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  NOT_6.addSubnet(net, bits, 'ipv6')

/** Is it an address of the public net? */
export function isPublic(address: string): boolean {
  const version = isIP(address)
  if (version === 4) return !INNER.check(address, 'ipv4')
  return version === 6 && PUBLIC_6.check(address, 'ipv6') && !NOT_6.check(address, 'ipv6')
}

/** Why something may not be told to an address. */
export class Refused extends Error {
  readonly code: 'not-allowed' | 'not-https' | 'inner-address'
  constructor(code: Refused['code']) {
    super(code)
    this.code = code
  }
}

/** Where messages may go: without names anywhere on the public net by https; with them nowhere else, and there also by http and to inner addresses. */
export interface Targets {
  /** Names as the operator wrote them: `hooks.example.com`, `*.example.com`, `10.0.0.5:8080`. */
  hosts: readonly string[]
}

/** `SENTE_WEBHOOK_HOSTS`, separated by commas. */
export const targetsOf = (text: string | undefined): Targets => ({
  hosts: (text ?? '')
    .split(',')
    .map((host) => host.trim().toLowerCase())
    .filter(Boolean),
})

const bare = (hostname: string): string => hostname.replace(/^\[|\]$/g, '')

/** Did the operator allow it by name? A name without a port stands for all of its ports. */
function isNamed(url: URL, { hosts }: Targets): boolean {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  return hosts.some((host) => {
    const sub = host.startsWith('*.')
    const known = hostOf(sub ? host.slice(2) : host)
    if (!known || (known.port !== '' && known.port !== port)) return false
    return sub ? url.hostname.endsWith(`.${known.name}`) : known.name === url.hostname
  })
}

/** Checks an address before anything is sent; throws `Refused`. Answers whether its host may be an inner one. */
export function checkTarget(url: URL, targets: Targets): { inner: boolean } {
  const named = isNamed(url, targets)
  if (targets.hosts.length > 0 && !named) throw new Refused('not-allowed')
  if (named) return { inner: true }
  if (url.protocol !== 'https:') throw new Refused('not-https')
  const address = bare(url.hostname)
  if (isIP(address) > 0 && !isPublic(address)) throw new Refused('inner-address')
  return { inner: false }
}

/**
 * Resolves a name and gives out public addresses only; one inner address among them refuses all. The connection is made to what was checked: a name that is
 * pointed elsewhere between a look and the connection (DNS rebinding) gains nothing.
 */
export const publicLookup: LookupFunction = (hostname, options, done) => {
  resolve(hostname, { ...options, all: true }, (error, found) => {
    const addresses = found as LookupAddress[] | undefined
    if (error) return done(error, '')
    if (!addresses?.length || addresses.some(({ address }) => !isPublic(address)))
      return done(new Refused('inner-address') as NodeJS.ErrnoException, '')
    if (options.all) return done(null, addresses)
    return done(null, addresses[0]!.address, addresses[0]!.family)
  })
}
