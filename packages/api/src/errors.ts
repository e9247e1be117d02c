import type { Text } from '@sente/engine'
/**
 * Every error of the API: code, HTTP status, what happened and how to mend it, in both languages. Answers are `application/problem+json`
 * (RFC 9457) with `code` and, where fields are at fault, `faults`.
 */
interface CatalogueEntry {
  status: number
  what: Text
  remedy: Text
}

export const ERRORS = {
  'invalid-input': {
    status: 422,
    what: { en: 'The request does not have the form this operation takes.', zh: '请求的内容不符合这个操作的要求。' },
    remedy: { en: 'Mend the fields listed in `faults` and send it again.', zh: '请按 `faults` 列出的字段改正后重发。' },
  },
  'not-json': {
    status: 400,
    what: { en: 'The body is not readable.', zh: '请求正文无法读取。' },
    remedy: {
      en: 'Send valid JSON in UTF-8 with `Content-Type: application/json`.',
      zh: '请用 UTF-8 编码的合法 JSON，并带上 `Content-Type: application/json`。',
    },
  },
  'unknown-host': {
    status: 421,
    what: { en: 'This server is not known under the name that was asked for.', zh: '本服务器不使用请求中的这个名称。' },
    remedy: {
      en: 'Use its own address. Who runs it sets SENTE_URL to the address people use, and SENTE_HOSTS to further names.',
      zh: '请使用它自己的地址。管理员可用 SENTE_URL 设置对外地址，用 SENTE_HOSTS 添加其他名称。',
    },
  },
  'bad-request': {
    status: 400,
    what: { en: 'This is no HTTP request that can be read.', zh: '这不是可读的 HTTP 请求。' },
    remedy: {
      en: 'Check the address (percent-encoding), the headers and the program that sends it.',
      zh: '请检查地址（百分号编码）、请求头和发送请求的程序。',
    },
  },
  'headers-too-large': {
    status: 431,
    what: { en: 'The headers of the request are too large.', zh: '请求头过大。' },
    remedy: {
      en: 'Send fewer or shorter headers; a browser may have to clear its cookies for this address.',
      zh: '请减少或缩短请求头；浏览器可清除此网站的 Cookie 后重试。',
    },
  },
  'unsupported-media': {
    status: 415,
    what: { en: 'This operation does not take that kind of body.', zh: '这个操作不接受这种格式的正文。' },
    remedy: {
      en: 'See the operation in the API documentation for what it takes.',
      zh: '请看接口文档中这个操作接受的格式。',
    },
  },
  'too-large': {
    status: 413,
    what: { en: 'The body is larger than this operation takes.', zh: '请求正文超过允许的大小。' },
    remedy: {
      en: 'Send it in smaller parts; large data goes through an import.',
      zh: '请分成小份发送；大量数据请用导入。',
    },
  },
  'not-signed-in': {
    status: 401,
    what: { en: 'You are not signed in, or your session has ended.', zh: '尚未登录，或登录已过期。' },
    remedy: { en: 'Sign in, or send a valid API token.', zh: '请登录，或带上有效的 API 令牌。' },
  },
  'wrong-credentials': {
    status: 401,
    what: { en: 'Address and password do not match.', zh: '邮箱与密码不匹配。' },
    remedy: {
      en: 'Check both; an administrator can send you a link to set a new password.',
      zh: '请检查后重试；管理员可以给你重设密码的链接。',
    },
  },
  'wrong-current-password': {
    status: 422,
    what: { en: 'This is not your current password.', zh: '当前密码不正确。' },
    remedy: {
      en: 'Type it again; if you do not know it, sign out and ask an administrator for a link to set a new one.',
      zh: '请重新输入；若已忘记，请退出登录，并请管理员给你重设密码的链接。',
    },
  },
  'locked-out': {
    status: 429,
    what: { en: 'Too many failed attempts for this address.', zh: '这个邮箱的失败次数过多。' },
    remedy: { en: 'Wait for the time in `Retry-After`, then try again.', zh: '请等待 `Retry-After` 所示时间后再试。' },
  },
  'link-invalid': {
    status: 410,
    what: { en: 'This link has been used, has expired or never existed.', zh: '这个链接已用过、已过期或不存在。' },
    remedy: { en: 'Ask an administrator for a new one.', zh: '请向管理员要一个新的链接。' },
  },
  csrf: {
    status: 403,
    what: { en: 'The request does not carry the token of your session.', zh: '请求没有带上本次登录的校验码。' },
    remedy: {
      en: 'Reload the page and try again; programs should use an API token.',
      zh: '请刷新页面重试；程序请使用 API 令牌。',
    },
  },
  'not-allowed': {
    status: 403,
    what: { en: 'You may not do this.', zh: '你没有权限做这件事。' },
    remedy: {
      en: 'Ask an administrator for the right to do it, or the owner to share it with you.',
      zh: '请向管理员申请权限，或请负责人共享给你。',
    },
  },
  'not-found': {
    status: 404,
    what: { en: 'There is no such thing, or you may not see it.', zh: '不存在，或你无权查看。' },
    remedy: { en: 'Check the id; ask its owner to share it with you.', zh: '请检查编号；也可以请负责人共享给你。' },
  },
  'needs-server': {
    status: 501,
    what: { en: 'This needs a workspace on a server.', zh: '这项功能需要服务器上的工作区。' },
    remedy: {
      en: 'These pages work on deal files only. Start `sente serve` and import the file there; it stays the same deal.',
      zh: '当前页面只读写商机文件。请运行 `sente serve`，并把文件导入其中，仍是同一个商机。',
    },
  },
  'no-such-route': {
    status: 404,
    what: { en: 'There is no such operation.', zh: '没有这个接口。' },
    remedy: { en: 'The API documentation lists every operation.', zh: '所有接口都列在接口文档里。' },
  },
  'changed-since': {
    status: 412,
    what: { en: 'Somebody changed this after you read it.', zh: '在你读取之后，别人修改了它。' },
    remedy: {
      en: 'Compare with `current`, then send your change with its version.',
      zh: '请与 `current` 比较后，带上它的版本号重新提交。',
    },
  },
  conflict: {
    status: 409,
    what: { en: 'This contradicts something that is already there.', zh: '与已有的内容冲突。' },
    remedy: { en: 'See `detail` for what it is.', zh: '请看 `detail` 中的说明。' },
  },
  'in-use': {
    status: 409,
    what: { en: 'Other records still point to this.', zh: '还有其他记录引用它。' },
    remedy: {
      en: 'Remove them first, or mark the person as having left.',
      zh: '请先处理那些记录；如果是人员离开，请填写离开日期。',
    },
  },
  'key-reused': {
    status: 409,
    what: { en: 'This Idempotency-Key was used for another request.', zh: '这个 Idempotency-Key 已用于另一个请求。' },
    remedy: { en: 'Take a new key for a new request.', zh: '新的请求请换一个新的键。' },
  },
  'in-progress': {
    status: 409,
    what: { en: 'The same request is still being worked on.', zh: '同一请求正在处理中。' },
    remedy: { en: 'Wait a moment and repeat it with the same key.', zh: '请稍等，用同一个键再试。' },
  },
  'bad-cursor': {
    status: 400,
    what: {
      en: 'This cursor belongs to another list, sorting or filter.',
      zh: '这个游标不属于当前的列表、排序或筛选。',
    },
    remedy: { en: 'Start again without a cursor.', zh: '请去掉游标，从头开始。' },
  },
  'too-many-requests': {
    status: 429,
    what: { en: 'Too many requests in a short time.', zh: '短时间内请求过多。' },
    remedy: { en: 'Wait for the time in `Retry-After`.', zh: '请等待 `Retry-After` 所示时间。' },
  },
  busy: {
    status: 503,
    what: {
      en: 'The server is busy: more is under way than it takes on at once.',
      zh: '服务正忙：同时进行的工作已达上限。',
    },
    remedy: {
      en: 'Nothing was done. Wait for the time in `Retry-After`, then send it again.',
      zh: '没有做任何改动。请等待 `Retry-After` 所示时间后重发。',
    },
  },
  stalled: {
    status: 408,
    what: {
      en: 'The body stopped coming, so the server stopped waiting for it.',
      zh: '请求正文停止传输，服务不再等待。',
    },
    remedy: {
      en: 'Check the connection and send it again; an import that was under way can be gone on with.',
      zh: '请检查网络后重发；进行中的导入可以从中断处继续。',
    },
  },
  'disk-full': {
    status: 507,
    what: {
      en: 'There is no room left on the disk of the database.',
      zh: '数据库所在的磁盘已满。',
    },
    remedy: {
      en: 'Nothing was changed. Tell your administrator: once there is room, it works again by itself.',
      zh: '没有任何改动。请告知管理员：腾出空间后会自动恢复。',
    },
  },
  'not-ready': {
    status: 503,
    what: {
      en: 'The server is starting, stopping or cannot reach its database.',
      zh: '服务正在启动、停止，或连不上数据库。',
    },
    remedy: {
      en: 'Try again in a few seconds; `sente doctor` says what is wrong.',
      zh: '请几秒后重试；`sente doctor` 会说明原因。',
    },
  },
  'sign-in-unavailable': {
    status: 502,
    what: {
      en: 'The sign-in service of your organisation did not answer as it should.',
      zh: '贵公司的统一登录服务没有正常响应。',
    },
    remedy: {
      en: 'Try again, or sign in with a password; tell your administrator.',
      zh: '请重试，或用密码登录，并告知管理员。',
    },
  },
  internal: {
    status: 500,
    what: { en: 'A fault of the program itself.', zh: '程序自身出了故障。' },
    remedy: {
      en: 'Nothing was changed. Try again; report it with the request id if it stays.',
      zh: '没有任何改动。请重试；若仍出现，请带上请求编号报告。',
    },
  },
} as const satisfies Record<string, CatalogueEntry>

export type ErrorCode = keyof typeof ERRORS

/** A field that is at fault: where, what, how to mend it. */
export interface FieldFault {
  /** Path in the input, such as `body.people[2].name` or `query.sort`. */
  field: string
  what: Text
  allowed?: string[]
  nearest?: string
}

export interface Problem {
  type: string
  title: string
  status: number
  code: ErrorCode
  detail?: string
  remedy: string
  requestId?: string
  faults?: FieldFault[]
  /** With `changed-since`: the record as it is now. */
  current?: unknown
}
