/**
 * Bytes of a text file as text, whatever program wrote it: UTF-8 and UTF-16 with or without their mark, and GB18030 as Chinese
 * Windows programs save it. Undefined for what is no text (pictures, archives, spreadsheets).
 */
export function decode(bytes: Uint8Array): string | undefined {
  const [a, b] = bytes
  if (a === 0xff && b === 0xfe) return read('utf-16le', bytes)
  if (a === 0xfe && b === 0xff) return read('utf-16be', bytes)
  return read('utf-8', bytes) ?? read(zerosAt(bytes), bytes) ?? read('gb18030', bytes)
}

/** UTF-16 without a mark gives itself away: in Latin text every second byte is zero. */
export function zerosAt(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const end = Math.min(bytes.length, 2000)
  const zeros = [0, 0]
  for (let i = 0; i < end; i++) if (bytes[i] === 0) zeros[i % 2]!++
  if (zeros[0]! + zeros[1]! < end / 8) return undefined
  return zeros[1]! > zeros[0]! ? 'utf-16le' : 'utf-16be'
}

function read(encoding: string | undefined, bytes: Uint8Array): string | undefined {
  if (encoding === undefined) return undefined
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    return CONTROL.test(text) ? undefined : text
  } catch {
    return undefined
  }
}

// No text file holds these: their presence says that the bytes were something else.
// eslint-disable-next-line no-control-regex -- it is control characters that we look for
const CONTROL = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f\ufffe\uffff]/

const KINDS: readonly { begins: readonly number[]; is: { en: string; zh: string } }[] = [
  { begins: [0x25, 0x50, 0x44, 0x46], is: { en: 'a PDF', zh: 'PDF 文件' } },
  { begins: [0x89, 0x50, 0x4e, 0x47], is: { en: 'a picture', zh: '图片' } },
  { begins: [0xff, 0xd8, 0xff], is: { en: 'a picture', zh: '图片' } },
  { begins: [0x47, 0x49, 0x46, 0x38], is: { en: 'a picture', zh: '图片' } },
  { begins: [0x52, 0x61, 0x72, 0x21], is: { en: 'an archive (RAR)', zh: '压缩包（RAR）' } },
  { begins: [0x37, 0x7a, 0xbc, 0xaf], is: { en: 'an archive (7z)', zh: '压缩包（7z）' } },
  { begins: [0x1f, 0x8b], is: { en: 'an archive (gzip)', zh: '压缩包（gzip）' } },
  { begins: [0x49, 0x44, 0x33], is: { en: 'a sound', zh: '音频' } },
]

/** What a file is that is none of ours, by how it begins: what cannot be read, whatever its name says. */
export function foreignKind(bytes: Uint8Array): { en: string; zh: string } | undefined {
  return KINDS.find(({ begins }) => begins.every((byte, i) => bytes[i] === byte))?.is
}
