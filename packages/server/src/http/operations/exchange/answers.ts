import { Fault } from '../../../core/fault.ts'
import { answersFrom } from '../../../exchange/intake/answers.ts'
import type { Answers } from '../../../exchange/intake/doubts.ts'
import { jsonObject } from './json-object.ts'

type Query = Omit<Answers, 'stages' | 'statuses'> & { stages?: string | undefined; statuses?: string | undefined }

/** What a query says about the source. Throws a fault for what makes no sense. */
export function answersOf(query: Query): Answers {
  const {
    currency,
    dateOrder,
    year,
    sheet,
    headingRow,
    owner,
    timeZone,
    deal,
    encoding,
    separator,
    decimal,
    unit,
    probability,
    yes,
  } = query
  const stages = jsonObject(query.stages, 'query.stages', {
    en: 'Expected a JSON object of their stage to a phase of ours.',
    zh: '应为 JSON 对象：他们的阶段对应我们的阶段。',
  })
  const statuses = jsonObject(query.statuses, 'query.statuses', {
    en: 'Expected a JSON object of their status to what it means.',
    zh: '应为 JSON 对象：他们的状态对应的含义。',
  })
  const said = answersFrom({
    currency,
    dateOrder,
    year,
    sheet,
    headingRow,
    owner,
    timeZone,
    deal,
    encoding,
    separator,
    decimal,
    unit,
    probability,
    stages,
    statuses,
    yes,
  })
  if ('answers' in said) return said.answers
  throw new Fault('invalid-input', { faults: [{ field: `query.${said.field}`, what: said.what }] })
}
