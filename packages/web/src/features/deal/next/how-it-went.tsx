import { Button } from '@mantine/core'
import { useText } from '../../../shared/i18n/use-lang.ts'
import { useFormat } from '../../../shared/format/format.ts'
import { askOutcome, outcomeAhead } from '../../../shared/plan/outcome-host.tsx'
import { useActWords } from '../../../shared/plan/words.ts'
import { useShortcut } from '../../../shared/shortcuts/shortcuts.ts'
import { useDealView } from '../context.ts'
import type { Fact } from '../model/fact.ts'
import { stepName } from '../plan/model.ts'
import { useDealWords } from '../words.ts'

/** Opens the form in which one says how a step of ours went. */
export function HowItWent({ step, keyed = false }: { step: Fact<'planStep'>; keyed?: boolean }) {
  const t = useActWords()
  const text = useText()
  const format = useFormat()
  const { dealId, byPerson, whole, index, asOf } = useDealView()
  const people = (step.with ?? []).flatMap((id) => byPerson.get(id) ?? [])
  const name = text(stepName(step, index))
  // One key opens one form: what has passed comes before what is to come.
  const waits = (whole.planStep ?? []).some(({ status, on }) => (status ?? 'open') === 'open' && on && on < asOf)
  const promises = (whole.commitment ?? []).filter(({ doneOn }) => doneOn === undefined)
  const ask = (): void =>
    askOutcome({
      dealId,
      planStepId: step.id,
      name: [format.list(people.map((one) => one.name)), name].filter(Boolean).join(' · '),
      on: step.on,
      people: people.map((one) => ({ id: one.personId, name: one.name })),
      promises: promises.map(({ id, what }) => ({ id, what })),
    })
  return (
    <>
      {keyed && (step.on! < asOf || !waits) && <Key run={ask} />}
      <Button size="compact-md" variant="light" onPointerEnter={outcomeAhead} onClick={ask}>
        {t('outcome.say')}
      </Button>
    </>
  )
}

function Key({ run }: { run: () => void }) {
  useShortcut({ keys: 'o', says: useActWords()('outcome.say'), area: useDealWords()('title'), run })
  return null
}
