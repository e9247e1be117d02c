declare module 'virtual:methodology' {
  /** Where the bundled methodology lies, as JSON. */
  const address: string
  export default address
}
declare module 'virtual:examples' {
  /** Example deals by file name, as their files say. */
  const deals: Readonly<Record<string, unknown>>
  export default deals
}

declare module 'virtual:limits' {
  /** JSON Schema of each field, by kind and name. */
  const limits: Readonly<
    Record<string, Readonly<Record<string, import('./features/deal/forms/allows.ts').Limit>> | undefined>
  >
  export default limits
}
