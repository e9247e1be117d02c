import { AfterPanel } from '../after/after-panel.tsx'
import classes from '../deal.module.css'
import { FindingsPanel } from './findings.tsx'
import { HomeworkPanel } from './homework.tsx'
import { PositionPanel } from './position.tsx'
import { StartByPanel } from './start-by.tsx'

/** What is in danger, what must be started and what to find out; beside it, where they are and why we think so. */
export function BriefSection() {
  return (
    <div className={classes.columns}>
      <div className={classes.stack}>
        <AfterPanel />
        <FindingsPanel />
        <HomeworkPanel />
      </div>
      <div className={classes.stack}>
        <StartByPanel />
        <PositionPanel />
      </div>
    </div>
  )
}
