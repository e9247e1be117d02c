import { useParams } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import type { ComponentType } from 'react'
import { Waiting } from '../../shared/states/states.tsx'
import { sectionOf } from './model/sections.ts'
import type { Section } from './model/sections.ts'
import { BriefSection } from './sections/brief-section.tsx'

/** The first section comes with the page; each other one when it is opened. */
const PARTS: Readonly<Record<Section, ComponentType>> = {
  brief: BriefSection,
  evidence: lazy(() => import('./sections/evidence.tsx').then((module) => ({ default: module.EvidenceSection }))),
  people: lazy(() => import('./people/people-section.tsx').then((module) => ({ default: module.PeopleSection }))),
  proofs: lazy(() => import('./sections/proofs.tsx').then((module) => ({ default: module.ProofsSection }))),
  risks: lazy(() => import('./sections/risks.tsx').then((module) => ({ default: module.RisksSection }))),
  value: lazy(() => import('./sections/value.tsx').then((module) => ({ default: module.ValueSection }))),
  process: lazy(() => import('./sections/process.tsx').then((module) => ({ default: module.ProcessSection }))),
  plan: lazy(() => import('./plan/plan-section.tsx').then((module) => ({ default: module.PlanSection }))),
  outlook: lazy(() => import('./sections/outlook.tsx').then((module) => ({ default: module.OutlookSection }))),
  history: lazy(() => import('./sections/history.tsx').then((module) => ({ default: module.HistorySection }))),
}

export function DealSection() {
  const { section } = useParams({ strict: false }) as { section?: string }
  const Part = PARTS[sectionOf(section)]
  return (
    <Suspense fallback={<Waiting like="rows" count={8} />}>
      <Part />
    </Suspense>
  )
}
