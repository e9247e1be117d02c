import type { Lang } from '@sente/engine'
import { documentHtml, escaped } from '../document.ts'
import type { Document } from '../document.ts'
import { STYLE } from '../joint/style.ts'
import type { Asked, Scope } from './request.ts'

const WORDS = {
  en: {
    title: 'Let a program use Sente in your name?',
    wants: 'asks to read your deals, and what else you allow below.',
    named: 'It gave itself this name; nobody has checked it. What you allow is sent to:',
    onThisMachine: 'a program on this computer',
    as: 'It acts as',
    may: 'It may',
    scopes: {
      'deals:read': 'read the deals that you see (always)',
      'accounts:read': 'read customers and their people',
      'deals:write': 'change deals; an assistant’s tools show each change first, and each can be undone',
      'sensitive:read': 'see what is personal: stance, agendas, private notes',
    },
    days: 'For how long',
    day: (n: number) => (n === 1 ? 'one day' : `${n} days`),
    allow: 'Allow',
    deny: 'Do not allow',
    later: 'You can end it at any time in the settings, under tokens.',
    gone: 'This cannot go on',
    client: 'The program that sent you here is not known in this form. Start again from the program.',
    redirect: 'The program asks for the answer to be sent to an address that is not its own. Nothing was allowed.',
    request:
      'The program asks in a form that is not supported here. Nothing was allowed. If you know the program, you can tell it so:',
    stale: 'This page is too old, or you are signed in as somebody else by now. Start again from the program.',
  },
  zh: {
    title: '允许一个程序以你的名义使用 Sente 吗？',
    wants: '请求读取你的商机，以及你在下面允许的其他内容。',
    named: '这个名称是它自称的，未经核实。你的许可会发送到：',
    onThisMachine: '本机上的一个程序',
    as: '它以此身份行事：',
    may: '它可以',
    scopes: {
      'deals:read': '读取你能看到的商机（必选）',
      'accounts:read': '读取客户及其人员',
      'deals:write': '修改商机；助手的工具会先预览每次改动，每次都可撤销',
      'sensitive:read': '查看个人敏感信息：立场、个人诉求、私密记录',
    },
    days: '有效期',
    day: (n: number) => `${n} 天`,
    allow: '允许',
    deny: '不允许',
    later: '可随时在“设置”的令牌里停用。',
    gone: '无法继续',
    client: '无法识别把你带到这里的程序。请从该程序重新开始。',
    redirect: '该程序要求把许可发送到不属于它的地址。没有给出任何许可。',
    request: '该程序的请求方式不受支持。没有给出任何许可。如果你认识这个程序，可以告知它：',
    stale: '页面已过期，或你现在以另一个身份登录。请从该程序重新开始。',
  },
} as const

export const DAYS = [1, 7, 30, 90] as const

/** The question to the person: who asks, where the answer goes, what it may, for how long. No script. */
export function consentHtml(
  asked: Asked,
  {
    language,
    nonce,
    member,
    offered,
    csrf,
  }: { language: Lang; nonce: string; member: string; offered: readonly Scope[]; csrf: string },
): string {
  const w = WORDS[language]
  const place = placeOf(asked.redirectUri, language)
  const hidden = (name: string, value: string): string =>
    `<input type="hidden" name="${name}" value="${escaped(value)}">`
  const rows = offered.map((scope) => {
    const always = scope === 'deals:read'
    const checked = always || asked.scopes.includes(scope) ? ' checked' : ''
    return `<label class="choice"><input type="checkbox" name="allow" value="${scope}"${checked}${always ? ' disabled' : ''}> <span>${w.scopes[scope]}</span></label>`
  })
  const days = DAYS.map(
    (n) =>
      `<label class="choice"><input type="radio" name="days" value="${n}"${n === 30 ? ' checked' : ''}> <span>${w.day(n)}</span></label>`,
  )
  return document(
    { language, nonce, title: w.title },
    `<header><p class="kind">Sente 先手</p><h1>${w.title}</h1></header>
<main>
<p><strong>${escaped(asked.client.name)}</strong> ${w.wants}</p>
<p>${w.named}<br><strong>${escaped(place)}</strong></p>
<p>${w.as} <strong>${escaped(member)}</strong></p>
<form method="post" action="/oauth/authorize">
${hidden('client_id', asked.clientId)}${hidden('redirect_uri', asked.redirectUri)}${hidden('code_challenge', asked.challenge)}${hidden('code_challenge_method', 'S256')}${hidden('response_type', 'code')}${asked.state === undefined ? '' : hidden('state', asked.state)}${hidden('csrf', csrf)}
<fieldset><legend>${w.may}</legend>${rows.join('\n')}</fieldset>
<fieldset><legend>${w.days}</legend>${days.join('\n')}</fieldset>
<p class="buttons"><button name="decision" value="allow">${w.allow}</button> <button class="plain" name="decision" value="deny">${w.deny}</button></p>
</form>
<p class="quiet">${w.later}</p>
</main>`,
  )
}

/** Where an answer goes, as a person can recognise it. */
function placeOf(redirectUri: string, language: Lang): string {
  const url = new URL(redirectUri)
  if (url.protocol === 'http:') return `${WORDS[language].onThisMachine} (${url.host})`
  return url.host === '' ? url.protocol : `${url.protocol}//${url.host}`
}

export function stoppedHtml(language: Lang, nonce: string, why: 'client' | 'redirect' | 'stale'): string {
  const w = WORDS[language]
  return document({ language, nonce, title: w.gone }, `<main class="closed"><h1>${w.gone}</h1><p>${w[why]}</p></main>`)
}

/** What the program would be told: its address is followed by the person only, who sees where it leads. */
export function toldHtml(language: Lang, nonce: string, address: string): string {
  const w = WORDS[language]
  return document(
    { language, nonce, title: w.gone },
    `<main class="closed"><h1>${w.gone}</h1><p>${w.request}</p><p><a href="${escaped(address)}" rel="noreferrer">${escaped(placeOf(address, language))}</a></p></main>`,
  )
}

const MORE = `
legend { padding: 0; font-weight: 600; }
input[type="checkbox"] { width: 1.15rem; height: 1.15rem; margin: 0; flex: none; accent-color: var(--accent); }
.choice { flex-wrap: nowrap; }
.buttons { display: flex; gap: 0.75rem; flex-wrap: wrap; margin: 0.5rem 0; }
button.plain { background: #fff; color: var(--accent); border: 1px solid var(--accent); }
form { max-width: 34rem; gap: 1rem; }
`

const document = (of: Omit<Document, 'robots' | 'style'>, body: string): string =>
  documentHtml({ ...of, robots: 'noindex, nofollow', style: STYLE + MORE }, body)
