/** Says it on standard error in the language of the locale, as the command line does. */
export function say(en, zh) {
  const chinese = /^zh/i.test(process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '')
  console.error(chinese ? `sente：${zh}` : `sente: ${en}`)
}
