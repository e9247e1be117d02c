import { useMemo } from 'react'
import type { RefObject } from 'react'
import { segments } from './model.ts'
import type { Found, Verdict } from './model.ts'
import classes from './capture.module.css'

interface Props {
  text: string
  found: readonly Found[]
  verdicts: ReadonlyMap<string, Verdict>
  /** The suggestion one stands on: its words stand out. */
  current: string | null
  label: string
  placeholder: string
  inputRef: RefObject<HTMLTextAreaElement | null>
  onChange: (text: string) => void
  onFocus: () => void
  onKeyDown: (event: React.KeyboardEvent) => void
}

/** A text box whose words are underlined as they are understood: the same text lies behind it, and only its lines show. */
export function MarkedText({
  text,
  found,
  verdicts,
  current,
  label,
  placeholder,
  inputRef,
  onChange,
  onFocus,
  onKeyDown,
}: Props) {
  const pieces = useMemo(() => segments(text, found), [text, found])
  return (
    <div className={classes.box}>
      <div className={classes.behind} aria-hidden>
        {pieces.map(({ text: piece, keys }, i) => {
          const judged = keys.map((key) => verdicts.get(key))
          const mark =
            keys.length === 0
              ? undefined
              : keys.includes(current ?? '')
                ? 'current'
                : judged.includes('confirmed')
                  ? 'confirmed'
                  : judged.every((one) => one === 'rejected')
                    ? 'rejected'
                    : 'open'
          return mark ? (
            <mark key={i} data-mark={mark}>
              {piece}
            </mark>
          ) : (
            <span key={i}>{piece}</span>
          )
        })}
        {/* A last empty line has height only with something in it. */}
        {'\u200b'}
      </div>
      <textarea
        ref={inputRef}
        className={classes.text}
        aria-label={label}
        placeholder={placeholder}
        value={text}
        maxLength={20_000}
        onChange={(event) => onChange(event.currentTarget.value)}
        onFocus={onFocus}
        onKeyDown={onKeyDown}
      />
    </div>
  )
}
