import { roomsWords } from '@sente/picture'
import type { PictureWords } from '@sente/picture'
import type { Brief } from '@sente/engine'
import { useLang } from '../i18n/use-lang.ts'
import classes from './picture.module.css'

/** The two rooms of which the headline is the mean, and what the lead asks for first, by when. Nothing where there is no lead. */
export function Rooms({ lead, words }: { lead: Brief['lead']; words: PictureWords }) {
  const lang = useLang()
  const rooms = roomsWords(lead, words)
  if (!rooms) return null
  const [topics, executives] = rooms
  return (
    <p className={classes.rooms}>
      <span data-tone={lead.topics.state}>{topics}</span>
      <span data-tone={lead.executives.state}>{executives}</span>
      {lead.act && <b>{lead.act.words[lang]}</b>}
    </p>
  )
}
