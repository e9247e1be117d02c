import { inflateRawSync } from 'node:zlib'
import { MOST } from './bounds.ts'

const END = 0x06054b50
const ENTRY = 0x02014b50
const DEFLATED = 8
const [OPEN, C, SPACE, SLASH, CLOSE] = [0x3c, 0x63, 0x20, 0x2f, 0x3e]

interface Entry {
  name: string
  method: number
  packed: Uint8Array
}

/** The files of an archive by its directory, which is what readers go by. Throws when there is none. */
function entriesOf(bytes: Buffer): Entry[] {
  let end = bytes.length - 22
  while (end >= 0 && bytes.readUInt32LE(end) !== END) end--
  if (end < 0) throw new Error('no archive')
  const entries: Entry[] = []
  let at = bytes.readUInt32LE(end + 16)
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    if (bytes.readUInt32LE(at) !== ENTRY) throw new Error('no archive')
    const [size, name, extra, comment] = [20, 28, 30, 32].map((place) =>
      place === 20 ? bytes.readUInt32LE(at + place) : bytes.readUInt16LE(at + place),
    ) as [number, number, number, number]
    const header = bytes.readUInt32LE(at + 42)
    const data = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28)
    entries.push({
      name: bytes.toString('latin1', at + 46, at + 46 + name),
      method: bytes.readUInt16LE(at + 10),
      packed: bytes.subarray(data, data + size),
    })
    at += 46 + name + extra + comment
  }
  return entries
}

/**
 * What an XLSX file really unpacks to, counted while it is unpacked and kept nowhere: the sizes that its own directory names may be anything.
 * Throws as soon as it is too much, or when it is no archive. `writtenDays`: a sheet may hold days written as text (`t="d"`, the strict form).
 */
export function checkUnpacked(
  bytes: Uint8Array,
  most: Pick<typeof MOST, 'cells' | 'unpacked'> = MOST,
): { cells: number; unpacked: number; writtenDays: boolean } {
  let [cells, unpacked] = [0, 0]
  let writtenDays = false
  for (const { name, method, packed } of entriesOf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))) {
    const left = most.unpacked - unpacked
    // One byte at least, or the limit would be none.
    const whole = method === DEFLATED ? inflateRawSync(packed, { maxOutputLength: Math.max(1, left) }) : packed
    unpacked += whole.length
    if (unpacked > most.unpacked) throw new RangeError(`unpacks to more than ${most.unpacked} bytes`)
    if (/^xl\/worksheets\//i.test(name)) {
      cells += cellsIn(whole)
      // Without `Buffer`, a part that was stored as it is would be asked for numbers, and never have any.
      const text = Buffer.from(whole.buffer, whole.byteOffset, whole.length)
      writtenDays ||= text.includes('"d"') || text.includes("'d'")
    }
    if (cells > most.cells) throw new RangeError(`more than ${most.cells} cells`)
  }
  return { cells, unpacked, writtenDays }
}

/** `<c` and no longer name. */
function cellsIn(sheet: Uint8Array): number {
  let cells = 0
  for (let at = sheet.indexOf(OPEN); at >= 0; at = sheet.indexOf(OPEN, at + 1)) {
    const after = sheet[at + 2]
    if (sheet[at + 1] === C && (after === SPACE || after === SLASH || after === CLOSE)) cells++
  }
  return cells
}
