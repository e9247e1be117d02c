import { Popover, Text, UnstyledButton } from '@mantine/core'
import { IconFileText } from '@tabler/icons-react'
import classes from './shell.module.css'
import { useShellWords } from './words.ts'

/** In the place of the search: which files this page works on, and on asking, what it does with them and what needs a server. */
export function OnFiles({ place }: { place: string }) {
  const t = useShellWords()
  return (
    <Popover width={360} position="bottom-start" withArrow>
      <Popover.Target>
        <UnstyledButton className={classes.search} aria-label={t('files.label', { place })}>
          <IconFileText size={16} stroke={1.8} aria-hidden />
          <span>{place}</span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <Text size="sm">{t('files.says')}</Text>
        <Text size="sm" c="dimmed" mt="xs">
          {t('files.needs')}
        </Text>
      </Popover.Dropdown>
    </Popover>
  )
}
