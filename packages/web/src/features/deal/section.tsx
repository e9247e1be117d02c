import { useParams } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { later } from '../../shared/later/later.tsx'
import { Waiting } from '../../shared/states/states.tsx'
import { sectionOf } from './model/sections.ts'
import type { Section } from './model/sections.ts'
import { BriefSection } from './sections/brief-section.tsx'

const waiting = { waiting: <Waiting like="rows" count={8} /> }
/** The first section comes with the page; each other one when it is opened. */
const PARTS: Readonly<Record<Section, ComponentType>> = {
  brief: BriefSection,
  evidence: later(() => import('./sections/evidence.tsx').then((module) => module.EvidenceSection), waiting),
  people: later(() => import('./people/people-section.tsx').then((module) => module.PeopleSection), waiting),
  proofs: later(() => import('./sections/proofs.tsx').then((module) => module.ProofsSection), waiting),
  risks: later(() => import('./sections/risks.tsx').then((module) => module.RisksSection), waiting),
  value: later(() => import('./sections/value.tsx').then((module) => module.ValueSection), waiting),
  process: later(() => import('./sections/process.tsx').then((module) => module.ProcessSection), waiting),
  plan: later(() => import('./plan/plan-section.tsx').then((module) => module.PlanSection), waiting),
  game: later(() => import('./game/game-section.tsx').then((module) => module.GameSection), waiting),
  joint: later(() => import('./joint/joint-section.tsx').then((module) => module.JointSection), waiting),
  outlook: later(() => import('./sections/outlook.tsx').then((module) => module.OutlookSection), waiting),
  history: later(() => import('./sections/history.tsx').then((module) => module.HistorySection), waiting),
}

export function DealSection() {
  const { section } = useParams({ strict: false }) as { section?: string }
  const Part = PARTS[sectionOf(section)]
  return <Part />
}
