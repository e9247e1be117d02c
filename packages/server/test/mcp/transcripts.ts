/** Words that are another each time: of a confirmation, of a change. */
export const steady = (text: string): string =>
  text.replaceAll(/ok-[\w-]{22}/g, 'ok-…').replaceAll(/[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[\da-f]{4}-[\da-f]{12}/g, '…')

/** The calls of a transcript, without what is another each time or follows from numbers of the method: which step, play and rule. */
export const callsOf = (transcript: string): string[] =>
  steady(transcript)
    .split('\n')
    .filter((line) => line.startsWith('→ '))
    .map((line) => line.replaceAll(/"(step|play|rule)":"[^"]*"/g, '"$1":"…"'))
