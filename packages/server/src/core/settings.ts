import { isIP } from 'node:net'
import { hostOf } from './hosts.ts'
import { Problem } from './problem.ts'

/** How the server is reached and what it allows. `settingsOf` reads the environment; tests give their own. */
export interface Settings {
  /** Address under which people reach the product, without a path; by default that of each request, which then comes from this machine. */
  baseUrl: string | undefined
  /** Further names under which it may be asked, beside that of `baseUrl` and those of this machine for itself. */
  hosts: readonly string[]
  /** Believe X-Forwarded-* of a proxy in front: addresses of proxies, or true. */
  trustProxy: boolean | string
  /** Check answers with the schemas of the contract instead of only writing them by it. For tests: slow. */
  checkAnswers: boolean
  /** Built web application; absent: only the API. */
  webFolder: string | undefined
  /** Bytes of a JSON body, where the operation does not take a whole file. */
  bodyLimit: number
  /** Requests a minute; `secret`: of one address to what is found by a secret in its path. */
  limits: { member: number; address: number; auth: number; secret: number }
  metricsToken: string | undefined
  oidc: OidcSettings | undefined
}

export interface OidcSettings {
  issuer: string
  clientId: string
  clientSecret: string | undefined
  /** What the button is called. */
  name: string
  /** Role of a member made at the first sign-in; absent: only members who were invited. */
  create: 'viewer' | 'seller' | undefined
}

export const DEFAULTS: Settings = {
  baseUrl: undefined,
  hosts: [],
  trustProxy: false,
  checkAnswers: false,
  webFolder: undefined,
  bodyLimit: 512_000,
  limits: { member: 3000, address: 6000, auth: 60, secret: 120 },
  metricsToken: undefined,
  oidc: undefined,
}

/** A variable that makes no sense; its message is for the user. */
export class SettingsProblem extends Problem {}

/** Throws a `SettingsProblem`. */
export function settingsOf(env: NodeJS.ProcessEnv): Settings {
  const text = (name: string): string | undefined => env[name]?.trim() || undefined
  const issuer = text('SENTE_OIDC_ISSUER')
  const create = text('SENTE_OIDC_CREATE')
  if (create !== undefined && create !== 'viewer' && create !== 'seller')
    throw new SettingsProblem({
      en: `SENTE_OIDC_CREATE=${create}: viewer or seller, or leave it out.`,
      zh: `SENTE_OIDC_CREATE=${create}：应为 viewer 或 seller，或者不设置。`,
    })
  const clientId = text('SENTE_OIDC_CLIENT_ID')
  if (issuer !== undefined && clientId === undefined)
    throw new SettingsProblem({
      en: 'SENTE_OIDC_ISSUER needs SENTE_OIDC_CLIENT_ID.',
      zh: '设置了 SENTE_OIDC_ISSUER，还需要 SENTE_OIDC_CLIENT_ID。',
    })
  if (issuer !== undefined && !isWebAddress(issuer))
    throw new SettingsProblem({
      en: `SENTE_OIDC_ISSUER=${issuer}: an address like https://login.example.com.`,
      zh: `SENTE_OIDC_ISSUER=${issuer}：应为 https://login.example.com 这样的地址。`,
    })
  const proxy = text('SENTE_TRUST_PROXY')
  if (proxy !== undefined && !/^(true|false)$/.test(proxy) && !proxy.split(',').every(isProxy)) {
    throw new SettingsProblem({
      en: `SENTE_TRUST_PROXY=${proxy}: addresses of proxies such as 10.0.0.5 or 10.0.0.0/8, separated by commas, or true.`,
      zh: `SENTE_TRUST_PROXY=${proxy}：应为代理的地址（如 10.0.0.5 或 10.0.0.0/8，用逗号分隔），或 true。`,
    })
  }
  return {
    ...DEFAULTS,
    baseUrl: baseUrlOf(text('SENTE_URL')),
    hosts: hostsOf(text('SENTE_HOSTS')),
    trustProxy: proxy === undefined || proxy === 'false' ? false : proxy === 'true' ? true : proxy,
    metricsToken: text('SENTE_METRICS_TOKEN'),
    oidc:
      issuer === undefined
        ? undefined
        : {
            issuer,
            clientId: clientId!,
            clientSecret: text('SENTE_OIDC_CLIENT_SECRET'),
            name: text('SENTE_OIDC_NAME') ?? new URL(issuer).hostname,
            create,
          },
  }
}

function baseUrlOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const url = isWebAddress(text) ? new URL(text) : undefined
  if (!url || url.pathname !== '/' || url.search !== '')
    throw new SettingsProblem({
      en: `SENTE_URL=${text}: an address like https://sente.example.com, without a path.`,
      zh: `SENTE_URL=${text}：应为 https://sente.example.com 这样的地址，不带路径。`,
    })
  return url.origin
}

function hostsOf(text: string | undefined): string[] {
  const hosts = (text ?? '')
    .split(',')
    .map((host) => host.trim())
    .filter(Boolean)
  const wrong = hosts.find((host) => !hostOf(host))
  if (wrong !== undefined)
    throw new SettingsProblem({
      en: `SENTE_HOSTS=${text}: names such as sente.example.com or 10.0.0.5:8080, separated by commas; ${wrong} is none.`,
      zh: `SENTE_HOSTS=${text}：应为 sente.example.com 或 10.0.0.5:8080 这样的名称，用逗号分隔；${wrong} 不是。`,
    })
  return hosts
}

const isWebAddress = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)

/** As Fastify takes it: an address, a range, or the name of one. */
function isProxy(text: string): boolean {
  const [address = '', range, ...rest] = text.trim().split('/')
  if (range === undefined) return isIP(address) > 0 || /^(loopback|linklocal|uniquelocal)$/.test(address)
  return (
    rest.length === 0 &&
    isIP(address) > 0 &&
    (isIP(range) > 0 ||
      (/^\d{1,3}$/.test(range) && Number(range) >= 1 && Number(range) <= (isIP(address) === 4 ? 32 : 128)))
  )
}
