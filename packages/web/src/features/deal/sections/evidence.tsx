import classes from '../deal.module.css'
import { Capture } from '../capture/capture.tsx'
import { useDealView } from '../context.ts'
import { SuggestedPanel } from './suggested.tsx'
import { TimelinePanel } from './timeline.tsx'

/** A note first, then what waits for an answer, then everything by its day. */
export function EvidenceSection() {
  const { may } = useDealView()
  return (
    <div className={classes.stack}>
      {may.write && <Capture />}
      <SuggestedPanel />
      <TimelinePanel />
    </div>
  )
}
