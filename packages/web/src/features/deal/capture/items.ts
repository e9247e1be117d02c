import type { Offer, Found } from './model.ts'
import { useFormat } from '../../../shared/format/format.ts'
import { useText } from '../../../shared/i18n/use-lang.ts'
import { useDealView } from '../context.ts'
import { useDealWords } from '../words.ts'

/** Something to judge: a signal that was found, or what else the note says. */
export interface Item {
  key: string
  name: string
  details: string[]
  quote: string
}

/** Everything found as people read it, the signals first. */
export function useItems(found: readonly Found[], offers: readonly Offer[]): Item[] {
  const t = useDealWords()
  const text = useText()
  const format = useFormat()
  const { index, byKey, methodology } = useDealView()
  const nameOf = (key: string | undefined): string => (key === undefined ? '' : (byKey.get(key)?.name ?? ''))
  const signals = found.map(({ key, signal, confidence, from, on, quote }) => ({
    key,
    name: text(index.signals.get(signal)?.name ?? { en: signal, zh: signal }),
    details: [t('capture.sure', { share: format.percent(confidence) }), nameOf(from), format.day(on)],
    quote,
  }))
  const others = offers.map((one): Item => {
    const { key, quote } = one
    switch (one.kind) {
      case 'touch':
        return {
          key,
          name: t('capture.offer.touch', { what: t(`capture.meeting.${one.what}`) }),
          details: [format.day(one.on), ...one.with.map(nameOf), ...one.names],
          quote,
        }
      case 'person':
        return { key, name: t('capture.offer.person', { name: one.name }), details: [one.title ?? ''], quote }
      case 'rival':
        return { key, name: t('capture.offer.rival', { name: one.name }), details: [], quote }
      case 'told': {
        const step = methodology.phases.milestones.find(({ id }) => id === one.step)
        return {
          key,
          name: t('capture.offer.told', { step: step ? text(step.name) : one.step, day: format.day(one.on) }),
          details: [one.guess ? t('capture.offer.guess') : '', nameOf(one.from)],
          quote,
        }
      }
      case 'promise':
        return {
          key,
          name: t(one.by === 'us' ? 'capture.offer.ours' : 'capture.offer.theirs', { what: one.what }),
          details: [
            one.dueOn === undefined ? '' : t('capture.offer.due', { day: format.day(one.dueOn) }),
            nameOf(one.from ?? one.to),
          ],
          quote,
        }
    }
  })
  return [...signals, ...others]
}
