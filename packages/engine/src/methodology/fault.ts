/** A fault of a methodology: which file, where in it, what is wrong, what would be right. */
export interface MethodFault {
  file: string
  /** Like `signals[3].phases.need`. */
  path: string
  what: string
  allowed?: string
}

export function pathText(path: readonly PropertyKey[]): string {
  return path.map((key, i) => (typeof key === 'number' ? `[${key}]` : `${i === 0 ? '' : '.'}${String(key)}`)).join('')
}
