/**
 * Characters of a JSON body outside of its strings: brackets, numbers, commas. Reading them costs far more than copying a string of the same length, and the
 * thread that answers reads no more than this.
 */
export const LARGEST_STRUCTURE = 64 * 1024

/** Characters outside of strings; a small text counts whole. Stops counting where it is more than allowed. Linear in the length. */
export function structureOf(text: string): number {
  if (text.length <= LARGEST_STRUCTURE) return text.length
  let outside = 0
  for (let at = 0; outside <= LARGEST_STRUCTURE;) {
    const open = text.indexOf('"', at)
    if (open === -1) return outside + text.length - at
    // A key or a value costs something too, however short it is.
    outside += open - at + 2
    const close = closing(text, open + 1)
    if (close === -1) return outside + text.length - open
    at = close + 1
  }
  return outside
}

/** Where a string ends that begins before `at`; -1 where it does not. */
function closing(text: string, at: number): number {
  for (let quote = text.indexOf('"', at); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let slashes = 0
    while (text[quote - 1 - slashes] === '\\') slashes++
    if (slashes % 2 === 0) return quote
  }
  return -1
}
