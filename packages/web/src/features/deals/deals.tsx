import { Button, SegmentedControl } from '@mantine/core'
import { IconLayoutKanban, IconPlus, IconTable } from '@tabler/icons-react'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { filesPlace } from '../../shared/files/files.ts'
import { useMay } from '../../shared/api/me.ts'
import { Page } from '../../shared/page/page.tsx'
import { Board } from './board.tsx'
import type { DealsSearch } from './model.ts'
import { Table } from './table.tsx'
import { Toolbar } from './toolbar.tsx'
import { Totals } from './totals.tsx'
import { useDealsWords } from './words.ts'

const route = getRouteApi('/shell/deals')

/** All deals one may see, by where the customer is: a table or a board. */
export function Deals() {
  const t = useDealsWords()
  const search = route.useSearch()
  const navigate = useNavigate()
  const may = useMay('deals:write')
  const set = (part: Partial<DealsSearch>): void =>
    void navigate({ to: '/deals', search: { ...search, ...part }, replace: true })
  const board = search.layout === 'board'
  return (
    <Page
      title={t('title')}
      actions={
        <>
          <SegmentedControl
            aria-label={t('layout')}
            value={board ? 'board' : 'table'}
            onChange={(layout) => set({ layout: layout === 'board' ? 'board' : undefined })}
            data={[
              { value: 'table', label: <Choice icon={<IconTable size={15} aria-hidden />} name={t('table')} /> },
              { value: 'board', label: <Choice icon={<IconLayoutKanban size={15} aria-hidden />} name={t('board')} /> },
            ]}
          />
          {may && filesPlace === undefined && (
            <Button
              renderRoot={(props) => <Link to="/welcome" search={{ deal: 'new' }} {...props} />}
              leftSection={<IconPlus size={16} />}
            >
              {t('new')}
            </Button>
          )}
        </>
      }
    >
      <Toolbar search={search} set={set} />
      <Totals search={search} />
      {board ? <Board search={search} set={set} /> : <Table search={search} set={set} />}
    </Page>
  )
}

const Choice = ({ icon, name }: { icon: React.ReactNode; name: string }) => (
  <span style={{ display: 'inline-flex', gap: 6, alignItems: 'center' }}>
    {icon}
    {name}
  </span>
)
