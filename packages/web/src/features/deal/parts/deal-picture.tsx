import { ActionIcon, Tooltip } from '@mantine/core'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { useSyncExternalStore } from 'react'
import { useQuery } from '@tanstack/react-query'
import { planQuery } from '../../../shared/api/plan.ts'
import { later } from '../../../shared/later/later.tsx'
import { Waiting } from '../../../shared/states/states.tsx'
import type { PictureEdit } from '../../../shared/picture/edits.ts'
import { useDealView } from '../context.ts'
import { useEdits } from '../edits.ts'
import { inOrder } from '../model/order.ts'
import { useDealWords } from '../words.ts'

const Picture = later(() => import('../../../shared/picture/deal-picture.tsx').then((module) => module.DealPicture), {
  waiting: <Waiting like="block" height={640} />,
})

const KEY = 'sente.picture'
const listeners = new Set<() => void>()
function hidden(): boolean {
  try {
    return localStorage.getItem(KEY) === 'hidden'
  } catch {
    return false
  }
}
function hide(value: boolean): void {
  try {
    localStorage.setItem(KEY, value ? 'hidden' : 'shown')
  } catch {
    // Then it comes back with the next page.
  }
  for (const listener of listeners) listener()
}
// It comes while the deal does.
if (!hidden()) Picture.ahead()
/** Whoever works on other things may fold the picture away; all deals then open so. */
export const usePictureHidden = (): boolean =>
  useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }, hidden)

export function DealPicture() {
  const isHidden = usePictureHidden()
  const { deal, dealId, past, brief, methodology, asOf, may } = useDealView()
  // The one that the next act is read from: both say the same.
  const { data } = useQuery(planQuery(dealId, past ? asOf : undefined))
  const keep = useKeep()
  if (isHidden) return null
  return (
    <Picture
      deal={deal}
      brief={brief}
      methodology={methodology}
      steps={data?.plan.steps}
      asOf={asOf}
      {...(may.write && { onChange: keep })}
    />
  )
}

export function FoldPicture() {
  const t = useDealWords()
  const isHidden = usePictureHidden()
  const label = isHidden ? t('picture.show') : t('picture.hide')
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} aria-expanded={!isHidden} onClick={() => hide(!isHidden)}>
        {isHidden ? <IconChevronDown size={17} /> : <IconChevronUp size={17} />}
      </ActionIcon>
    </Tooltip>
  )
}

/** Writes what was changed in the picture as the records it stands for. */
function useKeep(): (edit: PictureEdit) => void {
  const t = useDealWords()
  const run = useEdits()
  const { whole, byKey, asOf } = useDealView()
  const ids = (people: readonly string[]): string[] => people.flatMap((key) => byKey.get(key)?.personId ?? [])
  return (edit) => {
    switch (edit.kind) {
      case 'move-step': {
        const step = inOrder(whole.planStep)[edit.index]
        if (step) run(t('plan.moved'), (batch) => batch.update('planStep', step, { on: edit.on }))
        return
      }
      case 'plan-play':
        return run(
          t('plan.taken'),
          (batch) =>
            void batch.create('planStep', { play: edit.play, on: edit.on, with: ids(edit.with), status: 'open' }),
        )
      case 'proof-ready': {
        const proof = inOrder(whole.proof)[edit.index]
        if (proof) run(t('proof.changed'), (batch) => batch.update('proof', proof, { readyOn: edit.readyOn }))
        return
      }
      case 'proof-status': {
        const proof = inOrder(whole.proof)[edit.index]
        if (!proof) return
        const today = (whole.proofStatus ?? []).find(({ proofId, on }) => proofId === proof.id && on === edit.on)
        return run(
          t('proof.changed'),
          (batch) =>
            void (today
              ? batch.update('proofStatus', today, { status: edit.status })
              : batch.create('proofStatus', { proofId: proof.id, status: edit.status, on: edit.on })),
        )
      }
      case 'start-proof':
        return run(t('proof.started'), (batch) => {
          const people = ids(edit.for)
          const proofId = batch.create('proof', {
            topic: edit.topic,
            proof: edit.proof,
            readyOn: edit.readyOn,
            ...(people.length > 0 && { for: people }),
          })
          batch.create('proofStatus', { proofId, status: 'preparing', on: asOf })
        })
    }
  }
}
