/** An input method is still putting letters together, and its keys are not ours. Safari says so by the code of the key alone. */
export const isComposing = (event: Pick<KeyboardEvent, 'isComposing' | 'keyCode'>): boolean =>
  event.isComposing || event.keyCode === 229
