import { Button, Stack } from '@mantine/core'
import { plainDate } from '@sente/engine'
import type { Deal } from '@sente/engine'
import { useState } from 'react'
import type { ComponentType } from 'react'
import { useMethodology } from '../src/shared/method/methodology.ts'
import { DealPicture } from '../src/shared/picture/deal-picture.tsx'
import { applyEdit } from '../src/shared/picture/edits.ts'
import type { PictureEdit } from '../src/shared/picture/edits.ts'
import { EmptyState, ErrorState, NoPermission, Waiting } from '../src/shared/states/states.tsx'
import { When } from '../src/shared/time/when.tsx'
import { offerUndo } from '../src/shared/undo/undo.tsx'
import { example, largeDeal, openOn, withPlan } from './deals.ts'

interface Asked {
  asked: URLSearchParams
}

/** Keeps what is changed, as a screen would, and writes the last change where a test can read it. */
function Kept({ start, asOf, readOnly }: { start: Deal; asOf: string; readOnly: boolean }) {
  const methodology = useMethodology()
  const [deal, setDeal] = useState(start)
  const [last, setLast] = useState<PictureEdit | null>(null)
  const change = (edit: PictureEdit): void => {
    setDeal(applyEdit(deal, edit))
    setLast(edit)
    offerUndo(edit.kind, () => setDeal(deal))
  }
  return (
    <>
      <DealPicture
        deal={deal}
        methodology={methodology}
        asOf={plainDate(asOf)}
        {...(!readOnly && { onChange: change })}
      />
      <output hidden id="last-edit">
        {last ? JSON.stringify(last) : ''}
      </output>
    </>
  )
}

function Picture({ asked }: Asked) {
  const methodology = useMethodology()
  const asOf = asked.get('on') ?? '2025-04-15'
  const [deal] = useState(() => {
    const found = example(asked.get('deal') ?? '1', methodology)
    return asked.has('plan') ? withPlan(openOn(found), plainDate(asOf)) : found
  })
  return <Kept start={deal} asOf={asOf} readOnly={asked.has('read')} />
}

function Large() {
  const methodology = useMethodology()
  const [{ deal, asOf }] = useState(() => largeDeal(methodology))
  return <Kept start={deal} asOf={asOf} readOnly={false} />
}

const States = () => (
  <Stack>
    <EmptyState action={<Button>+</Button>}>…</EmptyState>
    <ErrorState error={new TypeError('offline')} retry={() => undefined} />
    <ErrorState error={{ status: 500 }} retry={() => undefined} />
    <NoPermission />
    <Waiting like="rows" count={3} />
    <Waiting like="cards" count={3} />
    <Waiting like="text" count={3} />
    <When at="2025-04-15" show="both" />
  </Stack>
)

/** Components with data, for tests and for whoever works on them. */
export const STORIES: Readonly<Record<string, ComponentType<Asked>>> = {
  picture: Picture,
  large: Large,
  states: States,
}
