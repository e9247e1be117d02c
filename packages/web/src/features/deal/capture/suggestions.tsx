import { ActionIcon, Text } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import { useDealWords } from '../words.ts'
import type { Item } from './items.ts'
import type { Verdict } from './model.ts'
import classes from './capture.module.css'

interface Props {
  items: readonly Item[]
  verdicts: ReadonlyMap<string, Verdict>
  current: string | null
  onCurrent: (key: string | null) => void
  onJudge: (key: string, verdict: Verdict) => void
  onLeave: () => void
  onSave: () => void
  listRef: React.RefObject<HTMLUListElement | null>
}

/** What was found, one line each. Keys: y or Enter confirms, n or x rejects, arrows move, Escape goes back to the text. */
export function Suggestions({ items: found, verdicts, current, onCurrent, onJudge, onLeave, onSave, listRef }: Props) {
  const t = useDealWords()
  const focus = (at: number): void => {
    const items = listRef.current?.querySelectorAll<HTMLElement>('[data-item]')
    items?.[Math.max(0, Math.min(items.length - 1, at))]?.focus()
  }
  const judge = (at: number, verdict: Verdict): void => {
    onJudge(found[at]!.key, verdict)
    // On to the next that waits for an answer.
    const next = found.findIndex(({ key }, i) => i > at && !verdicts.has(key))
    if (next >= 0) focus(next)
  }
  return (
    <ul ref={listRef} className={classes.suggestions} aria-label={t('capture.found')}>
      {found.map(({ key, name, details, quote }, at) => {
        const verdict = verdicts.get(key)
        const active = current === key || (current === null && at === 0)
        return (
          <li
            key={key}
            data-item
            data-verdict={verdict ?? 'open'}
            tabIndex={active ? 0 : -1}
            aria-label={[name, t(`evidenceStatus.${verdict ?? 'suggested'}`), quote].join('. ')}
            onFocus={() => onCurrent(key)}
            onBlur={() => onCurrent(null)}
            onKeyDown={(event) => {
              const { key: pressed } = event
              if (event.metaKey || event.ctrlKey) {
                if (pressed === 'Enter') onSave()
                return
              }
              // Enter on a button is the button's.
              if (event.target !== event.currentTarget && pressed === 'Enter') return
              const done = ['y', 'Y', 'Enter'].includes(pressed)
                ? () => judge(at, 'confirmed')
                : ['n', 'N', 'x', 'X'].includes(pressed)
                  ? () => judge(at, 'rejected')
                  : pressed === 'ArrowDown'
                    ? () => focus(at + 1)
                    : pressed === 'ArrowUp'
                      ? () => (at === 0 ? onLeave() : focus(at - 1))
                      : pressed === 'Escape'
                        ? onLeave
                        : null
              if (!done) return
              event.preventDefault()
              event.stopPropagation()
              done()
            }}
          >
            <span className={classes.what}>
              <strong>{name}</strong>
              <Text span size="xs" c="dimmed">
                {[...details, verdict ? t(`evidenceStatus.${verdict}`) : ''].filter(Boolean).join(' · ')}
              </Text>
            </span>
            <span className={classes.buttons}>
              <ActionIcon
                size="md"
                variant={verdict === 'confirmed' ? 'filled' : 'light'}
                color="tide"
                tabIndex={-1}
                aria-pressed={verdict === 'confirmed'}
                aria-label={t('capture.confirmNamed', { name })}
                onClick={() => judge(at, 'confirmed')}
              >
                <IconCheck size={16} />
              </ActionIcon>
              <ActionIcon
                size="md"
                variant={verdict === 'rejected' ? 'filled' : 'light'}
                color="gray"
                tabIndex={-1}
                aria-pressed={verdict === 'rejected'}
                aria-label={t('capture.rejectNamed', { name })}
                onClick={() => judge(at, 'rejected')}
              >
                <IconX size={16} />
              </ActionIcon>
            </span>
          </li>
        )
      })}
    </ul>
  )
}
