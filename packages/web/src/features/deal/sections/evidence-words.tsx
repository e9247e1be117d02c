import { Text } from '@mantine/core'
import { useFormat } from '../../../shared/format/format.ts'
import { useText } from '../../../shared/i18n/use-lang.ts'
import { useDealView } from '../context.ts'
import { useDealWords } from '../words.ts'
import type { Fact } from '../model/fact.ts'
import classes from './timeline.module.css'

/** A piece of evidence in words: the signal, from whom, how sure, in their words. */
export function EvidenceWords({ piece }: { piece: Fact<'evidence'> }) {
  const t = useDealWords()
  const text = useText()
  const format = useFormat()
  const { index, byPerson } = useDealView()
  const who = piece.personId ? byPerson.get(piece.personId)?.name : undefined
  const sure =
    piece.confidence !== undefined && piece.confidence < 1
      ? t('capture.sure', { share: format.percent(piece.confidence) })
      : ''
  return (
    <>
      <span className={piece.status === 'rejected' ? classes.struck : undefined}>
        {text(index.signals.get(piece.signal)?.name ?? { en: piece.signal, zh: piece.signal })}
      </span>
      <Text span size="xs" c="dimmed" ml={6}>
        {[who, sure, piece.status && piece.status !== 'confirmed' ? t(`evidenceStatus.${piece.status}`) : '']
          .filter(Boolean)
          .join(' · ')}
      </Text>
      {piece.quote && <q className={classes.quote}>{piece.quote}</q>}
    </>
  )
}
