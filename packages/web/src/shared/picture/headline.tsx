import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { IconDownload, IconPhoto, IconPrinter, IconVector } from '@tabler/icons-react'
import { bandWords, decidesWords, headlineWords, positionSentence, toneOf, WORDS, wordsFrom } from '@sente/picture'
import type { Brief, Methodology, Step } from '@sente/engine'
import { useFormat } from '../format/format.ts'
import { useLang } from '../i18n/use-lang.ts'
import { say } from '../undo/undo.tsx'
import classes from './picture.module.css'
import { Rooms } from './rooms.tsx'
import { usePictureWords } from './words.ts'

interface Props {
  brief: Brief
  /** The brief of today, also while an earlier day is shown. */
  today: Brief
  methodology: Methodology
  replaying: boolean
  /** Of the plan that the page shows beside it; absent: the brief's own. */
  steps?: readonly Step[] | undefined
}

/** The one number, what decides it, and where the customer is. */
export function Headline({ brief, today, methodology, replaying, steps }: Props) {
  const t = usePictureWords()
  const lang = useLang()
  const format = useFormat()
  const words = replaying ? wordsFrom(brief.asOf, lang) : WORDS[lang]
  const tone = toneOf(brief.lead)
  const closed =
    brief.lead.state === 'closed' && brief.deal.closedOn ? words.closedOn(format.day(brief.deal.closedOn)) : null
  const concern = methodology.concerns.concerns.find(({ id }) => id === brief.lead.concern)?.name[lang]
  const aside = [bandWords(brief.lead, words) ?? closed, decidesWords(brief.lead, concern ?? null, words)]
    .filter((part) => part !== null)
    .join(words.comma)
  return (
    <header className={classes.headline} data-tone={tone}>
      <div>
        <p className={classes.lead}>
          <strong>{headlineWords(brief, words)}</strong> {aside && <span>{aside}</span>}
        </p>
        <Rooms brief={brief} words={words} steps={steps} />
        <p className={classes.sentence}>
          {replaying && <b>{`${t('asKnown', { date: format.day(brief.asOf) })}${words.colon}`}</b>}
          {positionSentence(brief, { lang, methodology })}
        </p>
      </div>
      <SaveMenu brief={replaying ? brief : today} methodology={methodology} replaying={replaying} />
    </header>
  )
}

function SaveMenu({ brief, methodology, replaying }: { brief: Brief; methodology: Methodology; replaying: boolean }) {
  const t = usePictureWords()
  const lang = useLang()
  // What writes files is fetched when somebody wants one.
  const save = async (kind: 'svg' | 'png'): Promise<void> => {
    try {
      const { savePng, saveSvg } = await import('./save.ts')
      await (kind === 'svg' ? saveSvg : savePng)(brief, { lang, methodology, replayed: replaying })
    } catch {
      say(t('failed'), 'danger')
    }
  }
  return (
    <div className="no-print">
      <Menu position="bottom-end">
        <Menu.Target>
          <Tooltip label={t('export')}>
            <ActionIcon size="lg" aria-label={t('export')}>
              <IconDownload size={18} stroke={1.7} />
            </ActionIcon>
          </Tooltip>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPhoto size={16} />} onClick={() => void save('png')}>
            {t('png')}
          </Menu.Item>
          <Menu.Item leftSection={<IconVector size={16} />} onClick={() => void save('svg')}>
            {t('svg')}
          </Menu.Item>
          <Menu.Item leftSection={<IconPrinter size={16} />} onClick={() => window.print()}>
            {t('print')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  )
}
