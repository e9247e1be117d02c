import type { Operation } from '../../operation.ts'
import { commitments } from './commitments.ts'
import { discounts } from './discounts.ts'
import { estimates } from './estimates.ts'
import { evidence } from './evidence.ts'
import { holds } from './holds.ts'
import { notNeeded } from './not-needed.ts'
import { notes } from './notes.ts'
import { ourSteps } from './our-steps.ts'
import { pins } from './pins.ts'
import { planSteps } from './plan-steps.ts'
import { processSteps } from './process-steps.ts'
import { proofStatuses } from './proof-statuses.ts'
import { proofs } from './proofs.ts'
import { rivalContacts } from './rival-contacts.ts'
import { rivals } from './rivals.ts'
import { stageClaims } from './stage-claims.ts'
import { stakeholders } from './stakeholders.ts'
import { stances } from './stances.ts'
import { touches } from './touches.ts'
import { ucvs } from './ucvs.ts'

export const operations: Operation[] = [
  ...commitments,
  ...discounts,
  ...estimates,
  ...evidence,
  ...holds,
  ...notNeeded,
  ...notes,
  ...ourSteps,
  ...pins,
  ...planSteps,
  ...processSteps,
  ...proofStatuses,
  ...proofs,
  ...rivalContacts,
  ...rivals,
  ...stageClaims,
  ...stakeholders,
  ...stances,
  ...touches,
  ...ucvs,
]
