import { Button } from '@mantine/core'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { useParams } from '@tanstack/react-router'
import { useSyncExternalStore } from 'react'
import type { PlanAnswer } from '../../../shared/api/plan.ts'
import { later } from '../../../shared/later/later.tsx'
import { Waiting } from '../../../shared/states/states.tsx'
import { usePlanWords } from './words.ts'

const Picture = later(() => import('./plan-picture.tsx').then((module) => module.PlanPicture), {
  waiting: <Waiting like="block" height={320} />,
})

const KEY = 'sente.plan'
const listeners = new Set<() => void>()
function shown(): boolean {
  try {
    return localStorage.getItem(KEY) === 'shown'
  } catch {
    return false
  }
}
function show(value: boolean): void {
  try {
    localStorage.setItem(KEY, value ? 'shown' : 'folded')
  } catch {
    // Then it is folded again on the next page.
  }
  for (const listener of listeners) listener()
}
const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** The picture of the plan under the next act; folded or not as the reader left it. On the plan's own page it stands there. */
export function FoldedPlan({ answer }: { answer: PlanAnswer }) {
  const t = usePlanWords()
  const open = useSyncExternalStore(subscribe, shown)
  const { section } = useParams({ strict: false }) as { section?: string }
  if (section === 'plan') return null
  return (
    <div className="no-print">
      <Button
        size="compact-sm"
        variant="subtle"
        mt="xs"
        ml="-0.5rem"
        aria-expanded={open}
        rightSection={open ? <IconChevronUp size={15} aria-hidden /> : <IconChevronDown size={15} aria-hidden />}
        onClick={() => show(!open)}
        onPointerEnter={Picture.ahead}
      >
        {t(open ? 'picture.fold' : 'picture.show')}
      </Button>
      {open && <Picture answer={answer} />}
    </div>
  )
}
