/** How the server is reached and what it allows. `settingsOf` reads the environment; tests give their own. */
export interface Settings {
  /** Address under which people reach the product, without a path; by default that of each request. */
  baseUrl: string | undefined
  /** Believe X-Forwarded-* of a proxy in front: addresses of proxies, or true. */
  trustProxy: boolean | string
  /** Check answers with the schemas of the contract instead of only writing them by it. For tests: slow. */
  checkAnswers: boolean
  /** Built web application; absent: only the API. */
  webFolder: string | undefined
  /** Bytes of a JSON body. */
  bodyLimit: number
  /** Requests a minute. */
  limits: { member: number; address: number; auth: number }
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
  trustProxy: false,
  checkAnswers: false,
  webFolder: undefined,
  bodyLimit: 6_000_000,
  limits: { member: 3000, address: 6000, auth: 60 },
  metricsToken: undefined,
  oidc: undefined,
}

/** Throws an Error with a sentence for the user when a variable makes no sense. */
export function settingsOf(env: NodeJS.ProcessEnv): Settings {
  const text = (name: string): string | undefined => env[name]?.trim() || undefined
  const issuer = text('SENTE_OIDC_ISSUER')
  const create = text('SENTE_OIDC_CREATE')
  if (create !== undefined && create !== 'viewer' && create !== 'seller') throw new Error(`SENTE_OIDC_CREATE=${create}: viewer or seller, or leave it out.`)
  const clientId = text('SENTE_OIDC_CLIENT_ID')
  if (issuer !== undefined && clientId === undefined) throw new Error('SENTE_OIDC_ISSUER needs SENTE_OIDC_CLIENT_ID.')
  const proxy = text('SENTE_TRUST_PROXY')
  return {
    ...DEFAULTS,
    baseUrl: baseUrlOf(text('SENTE_URL')),
    trustProxy: proxy === undefined || proxy === 'false' ? false : proxy === 'true' ? true : proxy,
    metricsToken: text('SENTE_METRICS_TOKEN'),
    oidc: issuer === undefined ? undefined : { issuer, clientId: clientId!, clientSecret: text('SENTE_OIDC_CLIENT_SECRET'), name: text('SENTE_OIDC_NAME') ?? new URL(issuer).hostname, create },
  }
}

function baseUrlOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search !== '') throw new Error(`SENTE_URL=${text}: an address like https://sente.example.com, without a path.`)
  return url.origin
}
