import { hash } from 'node:crypto'
import { Fault } from '../core/fault.ts'

/**
 * ETags begin with the version of the record. Answers to changes carry nothing else; reads put more around the record (summaries, other
 * records) that may change without it, so theirs has a digest of the answer as well. If-Match looks at the version only.
 */
export function etagOf(version: number, body?: string | Uint8Array): string {
  return body === undefined ? `"${version}"` : `"${version}-${hash('sha256', body, 'base64url').slice(0, 16)}"`
}

/** The version that a change rests on; `undefined` when the client does not say, or says "any". */
export function ifMatchOf(header: string | undefined): number | undefined {
  if (header === undefined || header.trim() === '*') return undefined
  const version = /^\s*(?:W\/)?"(\d{1,9})(?:-[\w-]+)?"\s*$/.exec(header)?.[1]
  if (version === undefined) {
    throw new Fault('invalid-input', {
      faults: [
        {
          field: 'header.If-Match',
          what: {
            en: 'Must be one ETag as an answer carried it, such as "3".',
            zh: '必须是某个回答里带过的一个 ETag，例如 "3"。',
          },
        },
      ],
    })
  }
  return Number(version)
}

/** Has the client this very answer already? */
export function isKnown(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false
  return header.trim() === '*' || header.split(',').some((one) => one.trim().replace(/^W\//, '') === etag)
}
