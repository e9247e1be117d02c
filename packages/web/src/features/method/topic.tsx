import { useText } from '../../shared/i18n/use-lang.ts'
import { useMethodology } from '../../shared/method/methodology.ts'
import { StackingTable } from '../../shared/table/stacking-table.tsx'
import { Part, Phases } from './entry-parts.tsx'
import { EntryHead } from './entry-parts.tsx'
import classes from './method.module.css'
import { namesOf } from './model.ts'
import { useMethodWords } from './words.ts'

export function TopicView({ id }: { id: string }) {
  const t = useMethodWords()
  const text = useText()
  const method = useMethodology()
  const name = namesOf(method)
  const topic = method.topics.topics.find((entry) => entry.id === id)!
  const concern = method.concerns.concerns.find((entry) => entry.id === topic.concern)!
  const traits = Object.entries(topic.weightWith)
  return (
    <>
      <EntryHead name={text(topic.name)} id={id} marks={[text(concern.name), t('weight', { weight: topic.weight })]} />
      <Part title={t('question')}>
        <p className={classes.big}>{text(topic.question)}</p>
        {traits.length > 0 && (
          <p className={classes.mute}>
            {traits
              .map(([trait, factor]) => t('weightWith', { trait: text(name('trait', trait)), factor }))
              .join(' · ')}
          </p>
        )}
      </Part>
      <Part title={t('proofs')}>
        <StackingTable
          columns={[{ name: t('proof') }, { name: t('strength') }, { name: t('lead') }, { name: t('owner') }]}
          rows={topic.proofs.map((proof) => ({
            id: proof.id,
            cells: [
              text(proof.name),
              t(`strengths.${proof.strength}`),
              t('leadDays', { fast: proof.leadDays[0], normal: proof.leadDays[1] }),
              text(name('owner', proof.owner)),
            ],
          }))}
        />
      </Part>
      <div className={classes.pair}>
        <Part title={t('askedBy')}>
          <p>{topic.askedBy.map((role) => text(name('role', role))).join(' · ')}</p>
        </Part>
        {topic.risesIn.length > 0 && (
          <Part title={t('risesIn')}>
            <Phases ids={topic.risesIn} />
          </Part>
        )}
      </div>
      {topic.thought && (
        <Part title={t('thought')}>
          <blockquote className={classes.thought}>{text(topic.thought)}</blockquote>
        </Part>
      )}
    </>
  )
}
