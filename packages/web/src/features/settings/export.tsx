import { Checkbox, Stack } from '@mantine/core'
import { addressOf, routes } from '@sente/api'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { useMay } from '../../shared/api/me.ts'
import { Panel } from './panel.tsx'
import classes from './settings.module.css'
import { useSettingsWords } from './words.ts'

/** The whole workspace, or what one may see of it, as a file that an import takes back exactly. */
export function Export() {
  const t = useSettingsWords()
  const sensitive = useMay('sensitive:read')
  const [personal, setPersonal] = useState(false)
  return (
    <Panel title={t('sections.export')} says={t('exportSays')}>
      <Stack align="flex-start">
        {sensitive && (
          <Checkbox
            checked={personal}
            onChange={(event) => setPersonal(event.currentTarget.checked)}
            label={t('exportPersonal')}
            description={t('exportPersonalSays')}
          />
        )}
        <a
          className={classes.download}
          href={addressOf(routes.exchange.export, {}, personal ? { private: 'true' } : {})}
          download="sente.ndjson"
        >
          <IconDownload size={16} aria-hidden /> {t('download')}
        </a>
      </Stack>
    </Panel>
  )
}
