/** What programs and companies add to a mail: no words of its author. */

/** Everything from here on is no text of the mail. */
const ENDS = [
  /^-- ?$/,
  /^(?:get outlook for|sent from (?:my|outlook|mail|yahoo|samsung)|sent via|diese nachricht wurde von meinem|von meinem .* gesendet|envoyé de mon|发自我的|来自我的|从我的.*发送|发送自)/i,
  /^(?:confidentiality notice|disclaimer|legal notice|免责声明|保密声明|保密提示)\b|^(?:免责声明|保密声明|保密提示)/i,
  /^[_*=-]{5,}\s*$/,
]
const LEGAL =
  /(?:this|the)\s+(?:e-?mail|message|communication|transmission)[^\n]{0,80}(?:confidential|intended (?:only|solely)|privileged)|if you (?:are not the intended|have received this)|本(?:邮件|电子邮件|信息)(?:及其?(?:任何)?附件)?[^\n]{0,40}(?:保密|机密|仅限|仅供)|如(?:误收|您不是|非本邮件)[^\n]{0,40}(?:删除|收件人)|diese e-?mail (?:enthält|kann)[^\n]{0,60}vertraulich|ce (?:message|courriel)[^\n]{0,60}confidentiel/i
/** A greeting at the end; what follows it is who writes, with post, address and numbers. */
const SIGN_OFF =
  /^(?:(?:best|kind|warm|many|with)?\s*(?:regards|wishes|thanks)|best|cheers|sincerely|yours\s.*|thanks(?: again| and .*)?|thank you|此致|敬礼|祝好|顺颂商祺|顺祝商祺|商祺|谢谢|mit freundlichen grüßen|viele grüße|mfg|cordialement|bien à vous|saludos)[,，.!！。]*$/i

/** The author's own words: signatures, adverts of programs and legal notices are cut off, whole paragraphs of legal words left out. */
export function withoutFooters(text: string, author?: string): string {
  const lines = text.split('\n')
  const out: string[] = []
  for (const [i, line] of lines.entries()) {
    const trimmed = line.trim()
    if (ENDS.some((pattern) => pattern.test(trimmed))) break
    if (LEGAL.test(trimmed)) continue
    if (SIGN_OFF.test(trimmed) && isSignature(lines.slice(i + 1))) break
    // The author's name with a post behind it, and nothing but a card below.
    if (
      author !== undefined &&
      trimmed.startsWith(author) &&
      /^\s*[-–—|,，/]\s*\S/.test(trimmed.slice(author.length)) &&
      isSignature(lines.slice(i + 1))
    )
      break
    out.push(line)
  }
  return out.join('\n').trim()
}

/** Few short lines without a sentence among them. */
function isSignature(rest: readonly string[]): boolean {
  const lines = rest.map((line) => line.trim()).filter(Boolean)
  return (
    lines.length <= 12 &&
    lines.every(
      (line) =>
        LEGAL.test(line) ||
        ENDS.some((pattern) => pattern.test(line)) ||
        (line.length <= 80 && !/[。！？!?]$|[a-z]{3,}\.$/.test(line)),
    )
  )
}
