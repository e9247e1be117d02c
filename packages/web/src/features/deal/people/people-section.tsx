import { Alert, Group, SegmentedControl, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useState } from 'react'
import { useFormat } from '../../../shared/format/format.ts'
import { later } from '../../../shared/later/later.tsx'
import { Waiting } from '../../../shared/states/states.tsx'
import { useDealView } from '../context.ts'
import { AddButton, Nothing, Panel } from '../parts/panel.tsx'
import { useDealWords } from '../words.ts'
import { PeopleList } from './people-list.tsx'
import classes from './people.module.css'

const PeopleMap = later(() => import('./people-map.tsx').then((module) => module.PeopleMap), {
  waiting: <Waiting like="block" height={520} />,
})

/** Who they are, who decides, how each stands to us: as a map for the eye, as a list for keys and small screens. */
export function PeopleSection() {
  const t = useDealWords()
  const format = useFormat()
  const { people, brief, whole } = useDealView()
  const narrow = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
  const [chosen, setChosen] = useState<'map' | 'list' | null>(null)
  const shown = chosen ?? (narrow ? 'list' : 'map')
  const { cover, vacuum } = brief.people
  const covers = (['numberOne', 'executives', 'working'] as const).flatMap((group) =>
    cover[group] ? [`${t(`cover.${group}`)} ${format.percent(cover[group].value)}`] : [],
  )
  return (
    <Panel
      title={t('people.title')}
      says={
        covers.length > 0 ? t('namedValue', { name: t('cover.title'), value: covers.join(' · ') }) : t('people.says')
      }
      id="people"
      actions={
        <Group gap="xs">
          <SegmentedControl
            size="xs"
            aria-label={t('people.view')}
            value={shown}
            onChange={(next) => setChosen(next as 'map' | 'list')}
            data={[
              { value: 'map', label: t('people.map') },
              { value: 'list', label: t('people.list') },
            ]}
          />
          <AddButton editing={{ target: 'stakeholder' }}>{t('people.add')}</AddButton>
        </Group>
      }
    >
      {vacuum && (
        <Alert color="red" variant="light" icon={<IconAlertTriangle size={18} />} mb="sm" py="xs">
          {t('people.vacuum')}
        </Alert>
      )}
      {people.length === 0 && (
        <Nothing>{whole.deal.emptyLists?.includes('people') ? t('people.knownNone') : t('people.none')}</Nothing>
      )}
      {shown === 'map' ? <PeopleMap /> : <PeopleList />}
      <Legend />
    </Panel>
  )
}

function Legend() {
  const t = useDealWords()
  return (
    <Text size="xs" c="dimmed" mt="xs" className={classes.legend}>
      {t('people.legend')}
    </Text>
  )
}
