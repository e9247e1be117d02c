import { actWords } from '@sente/engine'
import { roomsWords } from '@sente/picture'
import type { PictureWords } from '@sente/picture'
import type { Brief, Step } from '@sente/engine'
import { useLang } from '../i18n/use-lang.ts'
import classes from './picture.module.css'

/** The two rooms of which the headline is the mean, and what the lead asks for first, by when. Nothing where there is no lead. */
export function Rooms({
  brief,
  words,
  steps,
}: {
  brief: Brief
  words: PictureWords
  /** Of the plan that the page shows, where that is not the brief's own. */
  steps?: readonly Step[] | undefined
}) {
  const lang = useLang()
  const { lead } = brief
  const rooms = roomsWords(lead, words)
  const act = actWords(brief, steps)
  if (!rooms) return null
  const [topics, executives] = rooms
  return (
    <p className={classes.rooms}>
      <span data-tone={lead.topics.state}>{topics}</span>
      <span data-tone={lead.executives.state}>{executives}</span>
      {act && <b>{act[lang]}</b>}
    </p>
  )
}
