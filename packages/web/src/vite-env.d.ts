declare module 'virtual:methodology' {
  /** Where the bundled methodology lies, as JSON. */
  const address: string
  export default address
}
