import { hash, hkdfSync, randomBytes } from 'node:crypto'

/** Secrets that are handed out: 256 bits, of which the database keeps a hash only. They need no salt: nobody can guess them. */
export const newSecret = (): string => randomBytes(32).toString('base64url')
export const hashOf = (secret: string): Buffer => hash('sha256', secret, 'buffer')

/** Begins every API token, so that scanners of public code find one that slipped out. */
export const TOKEN_PREFIX = 'sente_'
export const newApiToken = (): string => TOKEN_PREFIX + newSecret()

/**
 * Token of a session against forged requests. It follows from the session's own secret, so that every page of the session can be told
 * it again although only hashes are stored; the secret does not follow from it.
 */
export const csrfOf = (sessionSecret: string): string =>
  Buffer.from(hkdfSync('sha256', sessionSecret, '', 'sente csrf', 24)).toString('base64url')
