import type { Sheet, SheetLine } from '@sente/engine'
import { Title } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import classes from './meeting.module.css'

/** The lines of the page, laid out; it adds none. One sheet of paper holds it. */
export function SheetOf({ sheet }: { sheet: Sheet }) {
  return (
    <div className={classes.sheet}>
      <p className={classes.under}>{sheet.under.join(' · ')}</p>
      {sheet.stop !== null && (
        <p className={classes.stop} role="note">
          <IconAlertTriangle size={18} aria-hidden /> {sheet.stop}
        </p>
      )}
      <div className={classes.parts}>
        {sheet.sections.map(({ id, name, lines }) => (
          <section key={id} className={classes.part} data-part={id}>
            <Title order={2}>{name}</Title>
            {lines.map((line, i) => (
              <Line key={i} line={line} />
            ))}
          </section>
        ))}
      </div>
    </div>
  )
}

const Line = ({ line: { label, text, tone } }: { line: SheetLine }) => (
  <p data-tone={tone}>
    {label !== undefined && <span className={classes.label}>{label}</span>}
    {text}
  </p>
)
