import { Checkbox, Text } from '@mantine/core'
import { useFormat } from '../../../shared/format/format.ts'
import { useDealWords } from '../words.ts'
import type { Part } from './model.ts'
import classes from './capture.module.css'

/** So many letters say which note it is. */
const FIRST = 60

/** How the text was split into notes: the day of each, who wrote, how it begins; or everything stays one note. */
export function Split({
  parts,
  asOne,
  onAsOne,
}: {
  parts: readonly Part[]
  asOne: boolean
  onAsOne: (asOne: boolean) => void
}) {
  const t = useDealWords()
  const format = useFormat()
  return (
    <div className={classes.split}>
      {!asOne && (
        <>
          <Text size="xs" fw={600}>
            {t('capture.parts', { count: parts.length })}
          </Text>
          <ol>
            {parts.map(({ on, author, text, offset }) => (
              <li key={offset}>
                <strong>{format.day(on)}</strong>
                {author ? ` · ${author}` : ''} · {text.slice(0, FIRST).replaceAll(/\s+/g, ' ')}
                {text.length > FIRST ? '…' : ''}
              </li>
            ))}
          </ol>
        </>
      )}
      <Checkbox
        size="xs"
        label={t('capture.asOne')}
        checked={asOne}
        onChange={(event) => onAsOne(event.currentTarget.checked)}
      />
    </div>
  )
}
