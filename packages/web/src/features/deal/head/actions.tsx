import { ActionIcon, Button, Menu } from '@mantine/core'
import { addressOf, routes } from '@sente/api'
import {
  IconChevronDown,
  IconDotsVertical,
  IconDownload,
  IconPencil,
  IconPresentation,
  IconPrinter,
  IconShare2,
  IconTrash,
} from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { change } from '../../../shared/api/client.ts'
import { keys } from '../../../shared/api/keys.ts'
import { useMay } from '../../../shared/api/me.ts'
import { useLang } from '../../../shared/i18n/use-lang.ts'
import { later } from '../../../shared/later/later.tsx'
import { queryClient } from '../../../shared/api/query-client.ts'
import { undoChange } from '../../../shared/api/undo-change.ts'
import { offerUndo, say } from '../../../shared/undo/undo.tsx'
import { useDealView } from '../context.ts'
import { useEdits, useProblemWords } from '../edits.ts'
import { useDealWords } from '../words.ts'

const CloseDialog = later(() => import('./close-dialog.tsx').then((module) => module.CloseDialog), { fails: 'over' })
const RenameDialog = later(() => import('./rename-dialog.tsx').then((module) => module.RenameDialog), { fails: 'over' })
const ShareDialog = later(() => import('./share-dialog.tsx').then((module) => module.ShareDialog), { fails: 'over' })

export function DealActions() {
  const t = useDealWords()
  const { whole, may, dealId, asOf } = useDealView()
  const lang = useLang()
  const run = useEdits()
  const words = useProblemWords()
  const navigate = useNavigate()
  const mayExport = useMay('export')
  const [dialog, setDialog] = useState<'won' | 'lost' | 'no-decision' | 'share' | 'rename' | null>(null)
  const { deal } = whole
  const reopen = (): void =>
    run(t('reopened'), (batch) => batch.update('deal', deal, { status: 'open', closedOn: null, reason: null }))

  const remove = async (): Promise<void> => {
    try {
      const { changeSet } = await change(routes.deals.remove, { params: { dealId }, version: deal.version })
      await navigate({ to: '/deals' })
      void queryClient.invalidateQueries({ queryKey: keys.deals })
      offerUndo(t('dealRemoved', { name: deal.name }), async () => {
        await undoChange({ dealId, recordId: dealId, changeSet }).catch((error: unknown) => say(words(error), 'danger'))
        void queryClient.invalidateQueries({ queryKey: keys.deals })
        await navigate({ to: '/deals/$dealId', params: { dealId } })
      })
    } catch (error) {
      say(words(error), 'danger')
    }
  }

  return (
    <div className="no-print" style={{ display: 'flex', gap: '0.5rem' }}>
      {may.write && (
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <Button
              size="sm"
              variant="default"
              rightSection={<IconChevronDown size={15} aria-hidden />}
              aria-label={t('namedValue', { name: t('status'), value: t(`dealStatus.${deal.status}`) })}
            >
              {t(`dealStatus.${deal.status}`)}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {deal.status !== 'open' && <Menu.Item onClick={reopen}>{t('reopen')}</Menu.Item>}
            {(['won', 'lost', 'no-decision'] as const)
              .filter((status) => status !== deal.status)
              .map((status) => (
                <Menu.Item key={status} onClick={() => setDialog(status)}>
                  {t(`closeAs.${status}`)}
                </Menu.Item>
              ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {may.share && (
        <Button
          size="sm"
          variant="default"
          visibleFrom="xs"
          leftSection={<IconShare2 size={16} aria-hidden />}
          onClick={() => setDialog('share')}
        >
          {t('share.title')}
        </Button>
      )}
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon size="input-sm" variant="default" aria-label={t('moreActions')}>
            <IconDotsVertical size={17} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {may.write && (
            <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => setDialog('rename')}>
              {t('rename')}
            </Menu.Item>
          )}
          {may.share && (
            <Menu.Item hiddenFrom="xs" leftSection={<IconShare2 size={16} />} onClick={() => setDialog('share')}>
              {t('share.title')}
            </Menu.Item>
          )}
          {mayExport && (
            <>
              <Menu.Item
                leftSection={<IconDownload size={16} />}
                component="a"
                href={addressOf(routes.deals.file, { dealId }, { format: 'yaml' })}
                download
              >
                {t('exportFile')}
              </Menu.Item>
              {may.sensitive && (
                <Menu.Item
                  leftSection={<IconDownload size={16} />}
                  component="a"
                  href={addressOf(routes.deals.file, { dealId }, { format: 'yaml', private: true })}
                  download
                >
                  {t('exportPrivate')}
                </Menu.Item>
              )}
            </>
          )}
          {(['us', 'customer'] as const).map((audience) => (
            <Menu.Item
              key={audience}
              leftSection={<IconPresentation size={16} />}
              component="a"
              href={addressOf(routes.deals.slides, { dealId }, { audience, language: lang, asOf })}
              download
            >
              {t(audience === 'us' ? 'slides' : 'slidesCustomer')}
            </Menu.Item>
          ))}
          <Menu.Item leftSection={<IconPrinter size={16} />} onClick={() => window.print()}>
            {t('print')}
          </Menu.Item>
          {may.share && (
            <>
              <Menu.Divider />
              <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => void remove()}>
                {t('removeDeal')}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {(dialog === 'won' || dialog === 'lost' || dialog === 'no-decision') && (
        <CloseDialog status={dialog} onClose={() => setDialog(null)} />
      )}
      {dialog === 'rename' && <RenameDialog onClose={() => setDialog(null)} />}
      {dialog === 'share' && <ShareDialog onClose={() => setDialog(null)} />}
    </div>
  )
}
