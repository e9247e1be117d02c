/** An entry `e` is for those who may see what is personal. The workspace is `ws`. */
export const asPrivate = (ws: string): string =>
  `(e.sensitive or coalesce((select pn.private from note pn where pn.workspace_id = ${ws} and pn.id = e.note), false))`
/** The words of an entry `e`: a deal is found by those of its account as well. */
export const allWords = (ws: string): string =>
  `array_to_tsvector(e.words) || coalesce((select ae.words from search_entry ae where ae.workspace_id = ${ws} and ae.kind = 'account' and ae.id = e.account), '')`
/** What `entryOf` says, as columns. */
export const ENTRY =
  'kind text, "on" date, sensitive boolean, note uuid, account uuid, title text, body text, words text[]'
