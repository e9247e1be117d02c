import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { dateOf, dayNumber } from '@sente/engine'
import type { PlainDate } from '@sente/engine'
import { xOf } from '@sente/picture'
import type { TimeScale } from '@sente/picture'
import { useEffect, useEffectEvent, useState } from 'react'
import type { CSSProperties } from 'react'
import { useFormat } from '../format/format.ts'
import classes from './picture.module.css'
import { usePictureWords } from './words.ts'

/** The whole history passes in about this many pictures. */
const PICTURES = 110
const EVERY = 70

interface Props {
  /** First day anything is known. */
  from: PlainDate
  asOf: PlainDate
  day: PlainDate
  time: TimeScale
  onLook: (day: PlainDate) => void
  hint: string
}

/** Moves the day from which we look: what was known then, not what we know now. It lies under the days of the picture. */
export function Replay({ from, asOf, day, time, onLook, hint }: Props) {
  const t = usePictureWords()
  const format = useFormat()
  const [playing, setPlaying] = useState(false)
  const first = Math.max(dayNumber(from), time.from)
  const last = dayNumber(asOf)
  const at = dayNumber(day)

  const advance = useEffectEvent(() => {
    const next = Math.min(last, at + Math.max(1, Math.round((last - first) / PICTURES)))
    onLook(dateOf(next))
    if (next >= last) setPlaying(false)
  })
  useEffect(() => {
    if (!playing) return
    const timer = setInterval(() => advance(), EVERY)
    return () => clearInterval(timer)
  }, [playing])

  if (last - first < 2) return null
  const [left, right] = [xOf(time, first), xOf(time, last)]
  const past = at < last
  return (
    <div className={`${classes.replay} no-print`}>
      <div className={classes.replayTools} style={{ minWidth: Math.max(0, left - 8) }}>
        <Tooltip label={playing ? t('pause') : t('play')}>
          <ActionIcon
            aria-label={playing ? t('pause') : t('play')}
            onClick={() => {
              if (!playing && !past) onLook(dateOf(first))
              setPlaying(!playing)
            }}
          >
            {playing ? <IconPlayerPause size={16} /> : <IconPlayerPlay size={16} />}
          </ActionIcon>
        </Tooltip>
        <span className={classes.replayDay}>{format.day(day)}</span>
      </div>
      <input
        type="range"
        className={classes.slider}
        style={
          {
            width: Math.max(110, right - left + 16),
            '--at': `${((at - first) / (last - first)) * 100}%`,
          } as CSSProperties
        }
        aria-label={t('replay')}
        aria-valuetext={format.day(day)}
        min={first}
        max={last}
        value={at}
        onChange={(event) => {
          setPlaying(false)
          onLook(dateOf(event.currentTarget.valueAsNumber))
        }}
      />
      {past ? (
        <Button
          size="compact-xs"
          variant="light"
          onClick={() => {
            setPlaying(false)
            onLook(asOf)
          }}
        >
          {t('toToday')}
        </Button>
      ) : (
        <span className={classes.hint}>{hint}</span>
      )}
    </div>
  )
}
