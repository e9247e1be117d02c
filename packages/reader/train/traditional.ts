// Writes src/traditional.json: traditional characters and what they are in simplified writing, one to one.
import { writeFileSync } from 'node:fs'
import { Converter } from 'opencc-js'

const convert = Converter({ from: 't', to: 'cn' })
let from = ''
let to = ''
for (let code = 0x4e00; code <= 0x9fff; code++) {
  const traditional = String.fromCharCode(code)
  const simplified = convert(traditional)
  if (simplified !== traditional && simplified.length === 1) {
    from += traditional
    to += simplified
  }
}
writeFileSync(new URL('../src/traditional.json', import.meta.url), `${JSON.stringify({ from, to })}\n`)
console.log(`${from.length} characters`)
