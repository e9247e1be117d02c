/**
 * The files or the folder that this page works on (`sente open`), as the program that serves it says; undefined: a workspace on a server. On files there
 * is nobody but the reader: no accounts, no colleagues, and nothing stays in the browser.
 */
export const filesPlace: string | undefined =
  typeof document === 'undefined'
    ? undefined
    : document.querySelector<HTMLMetaElement>('meta[name=sente-files]')?.content || undefined
