import { z } from 'zod'
import { AccountFile } from './account.ts'
import { ConcernsFile } from './concerns.ts'
import { FactsFile } from './facts.ts'
import { MeetingsFile } from './meetings.ts'
import { OutlookFile } from './outlook.ts'
import { PeopleFile } from './people.ts'
import { PhaseId, PhasesFile } from './phases.ts'
import { PlanFile } from './plan.ts'
import { PlaysFile } from './plays.ts'
import { RulesFile } from './rules.ts'
import { SignalsFile } from './signals.ts'
import { TenderFile } from './tender.ts'
import { TopicsFile } from './topics.ts'
import { WargameFile } from './wargame.ts'
import { Id, Text } from './words.ts'

export { Text } from './words.ts'
export type { Lang } from './words.ts'

export { AccountFile } from './account.ts'
export * from './concerns.ts'
export * from './conditions.ts'
export * from './facts.ts'
export { MEETING_SECTIONS, MeetingsFile } from './meetings.ts'
export type { MeetingSays, MeetingSection } from './meetings.ts'
export * from './outlook.ts'
export * from './people.ts'
export * from './phases.ts'
export * from './plan.ts'
export * from './plays.ts'
export * from './rules.ts'
export * from './signals.ts'
export { TenderFile, TenderRegime } from './tender.ts'
export * from './topics.ts'
export * from './wargame.ts'

export const MethodFile = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  name: Text,
  summary: Text,
  /** Where the shapes and the numbers come from, and which of them are estimates. */
  sources: z.array(z.strictObject({ id: Id, what: Text, where: Text })).min(1),
})

export const Preset = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  name: Text,
  summary: Text,
  stages: z.array(z.strictObject({ name: Text, phases: z.array(PhaseId) })),
  roles: z.array(z.strictObject({ name: Text, role: Id.nullable() })),
  /** Its checks or questions, in its own words. */
  checks: z.array(Text),
  /** Whose it is, and where it was found. */
  sources: Text,
})
export type Preset = z.infer<typeof Preset>

/** The files of a methodology folder by name; `presets/*.json` come beside them. */
export const FILES = {
  method: MethodFile,
  phases: PhasesFile,
  concerns: ConcernsFile,
  signals: SignalsFile,
  plays: PlaysFile,
  plan: PlanFile,
  rules: RulesFile,
  facts: FactsFile,
  topics: TopicsFile,
  people: PeopleFile,
  outlook: OutlookFile,
  tender: TenderFile,
  meetings: MeetingsFile,
  wargame: WargameFile,
  account: AccountFile,
} as const
export type FileName = keyof typeof FILES

/** A methodology as loaded and checked: plain data, safe to share between threads. */
export interface Methodology {
  method: z.infer<typeof MethodFile>
  phases: PhasesFile
  concerns: ConcernsFile
  signals: z.infer<typeof SignalsFile>
  plays: z.infer<typeof PlaysFile>
  plan: PlanFile
  rules: z.infer<typeof RulesFile>
  facts: z.infer<typeof FactsFile>
  topics: TopicsFile
  people: PeopleFile
  outlook: OutlookFile
  tender: TenderFile
  meetings: MeetingsFile
  wargame: WargameFile
  account: AccountFile
  presets: Preset[]
}
