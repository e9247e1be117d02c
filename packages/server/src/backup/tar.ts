/**
 * The container of a backup: a plain tar file (POSIX ustar), so that any tar program can look into it. We write each header in exactly
 * one way, and when reading accept nothing else: a flipped byte anywhere in a header is noticed without a checksum of its own.
 */
export const BLOCK = 512

/** Zeros after an entry's content, up to a whole block. */
export const padding = (size: number): number => (BLOCK - (size % BLOCK)) % BLOCK

/** Two blocks of zeros end a tar file. */
export const END = new Uint8Array(2 * BLOCK)

/** ustar holds sizes below 8 GiB; entries are cut long before. */
export function tarHeader(name: string, size: number): Uint8Array {
  const header = new Uint8Array(BLOCK)
  const put = (text: string, at: number): void => void header.set(Buffer.from(text, 'latin1'), at)
  const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, '0')
  put(name, 0)
  put('0000600\0', 100)
  put('0000000\0', 108)
  put('0000000\0', 116)
  put(`${octal(size, 11)}\0`, 124)
  // No time in it: the manifest says when the backup was taken.
  put(`${octal(0, 11)}\0`, 136)
  put('        ', 148)
  put('0', 156)
  put('ustar\u000000', 257)
  const sum = header.reduce((a, b) => a + b, 0)
  put(`${octal(sum, 6)}\0 `, 148)
  return header
}

/** Name and size of a header that we have written; undefined for every other block. */
export function readHeader(block: Uint8Array): { name: string; size: number } | undefined {
  const text = (from: number, to: number): string => Buffer.from(block.subarray(from, to)).toString('latin1')
  const name = text(0, 100).replace(/\0+$/, '')
  const digits = text(124, 135)
  if (!/^[a-z0-9_./-]{1,99}$/.test(name) || !/^[0-7]{11}$/.test(digits)) return undefined
  const size = Number.parseInt(digits, 8)
  return Buffer.compare(tarHeader(name, size), block) === 0 ? { name, size } : undefined
}
