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
