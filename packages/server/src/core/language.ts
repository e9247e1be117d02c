import type { Lang } from '@sente/engine'

/** The first language of an Accept-Language header that we have; `undefined` when it names none of ours. */
export function acceptedLanguage(header: string | undefined): Lang | undefined {
  if (header === undefined || header === '') return undefined
  let best: Lang | undefined
  let most = 0
  for (const part of header.slice(0, 500).split(',')) {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
    const weight = parameters
      .map((parameter) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/.exec(parameter)?.[1])
      .find((found) => found !== undefined)
    const quality = weight === undefined ? 1 : Number(weight)
    const language = /^zh(-|$)/.test(tag) ? 'zh' : /^en(-|$)/.test(tag) ? 'en' : undefined
    if (language && quality > most) [best, most] = [language, quality]
  }
  return best
}
