/** With https the name itself makes browsers refuse a cookie that another host of the domain has set. */
export const sessionCookie = (secure: boolean): string => (secure ? '__Host-sente' : 'sente')
export const oidcCookie = (secure: boolean): string => (secure ? '__Host-sente-oidc' : 'sente-oidc')

/** Lax: links from a mail lead into the session, forms of other sites do not. */
export const cookieOptions = (secure: boolean, maxAgeSeconds: number) =>
  ({ path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge: maxAgeSeconds }) as const
