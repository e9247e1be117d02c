import { actWords } from '@sente/engine'
import { roomsWords } from '@sente/picture'
import type { PictureWords } from '@sente/picture'
import type { Brief } from '@sente/engine'
import { useLang } from '../i18n/use-lang.ts'
import classes from './picture.module.css'

/** The two rooms of which the headline is the mean, and what the lead asks for first, by when. Nothing where there is no lead. */
export function Rooms({ brief, words }: { brief: Brief; words: PictureWords }) {
  const lang = useLang()
  const { lead } = brief
  const rooms = roomsWords(lead, words)
  const act = actWords(brief)
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
