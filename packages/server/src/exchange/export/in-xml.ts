/** Characters that no XML may hold, however they are written: a program that reads it refuses the whole file. */
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu

/** The same value without them, wherever it has text: lists and plain objects, however deep. */
export function inXml<T>(value: T): T {
  if (typeof value === 'string') return value.toWellFormed().replaceAll(FORBIDDEN, '') as T
  if (Array.isArray(value)) return value.map(inXml) as T
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, inXml(part)])) as T
}
