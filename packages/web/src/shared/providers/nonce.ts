const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''

/** What the server's Content-Security-Policy asks of every style element; empty where there is no policy. */
export const styleNonce = (): string => nonce

// The library that keeps the page from scrolling under a dialog adds a style element too, and looks here for its nonce.
if (nonce) Object.assign(globalThis, { __webpack_nonce__: nonce })
