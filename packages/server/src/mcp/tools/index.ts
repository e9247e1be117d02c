import type { Tool } from '../tool.ts'
import { askQuestion, explain, meetingPage, readBrief, readPlan, readPromises, whatIf } from './deal.ts'
import { findDeals, reviewList, searchRecords, today } from './lists.ts'
import { pipelineReview, playWarGame, readAccountPlan } from './strategy.ts'
import { acceptStep, captureNote, recordOutcome, undoChange } from './writes.ts'

/** Every tool of an assistant: reading first. */
export const TOOLS: readonly Tool[] = [
  findDeals,
  today,
  reviewList,
  pipelineReview,
  { ...searchRecords, workspaceOnly: true },
  readBrief,
  explain,
  readPlan,
  whatIf,
  playWarGame,
  readAccountPlan,
  meetingPage,
  askQuestion,
  readPromises,
  captureNote,
  recordOutcome,
  acceptStep,
  undoChange,
]
