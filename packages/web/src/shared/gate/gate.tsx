import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { problemOf } from '../api/problem.ts'
import { setLang } from '../i18n/i18n.ts'
import { useLang } from '../i18n/use-lang.ts'
import { useCommonWords } from '../words/common.ts'
import classes from './gate.module.css'
import { useGateWords } from './words.ts'

/** The frame of what stands before the application: signing in, setting a password, the first start. */
export function Gate({
  title,
  says,
  mark,
  children,
}: {
  title: string
  says?: ReactNode
  mark: ReactNode
  children: ReactNode
}) {
  const common = useCommonWords()
  const t = useGateWords()
  const lang = useLang()
  return (
    <main className={classes.gate} id="content">
      <title>{`${title} · ${common('brand')}`}</title>
      <Paper className={classes.card} p="xl" shadow="sm">
        <Group justify="space-between" mb="lg">
          <Group gap="xs">
            {mark}
            <Text fw={650} size="lg">
              {common('brand')} {lang === 'zh' ? <span lang="en">Sente</span> : <span lang="zh-CN">先手</span>}
            </Text>
          </Group>
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            lang={lang === 'zh' ? 'en' : 'zh-CN'}
            onClick={() => void setLang(lang === 'zh' ? 'en' : 'zh')}
          >
            {t('otherLanguage')}
          </Button>
        </Group>
        <Stack gap="md">
          <div>
            <Title order={1} size="h1">
              {title}
            </Title>
            {says && (
              <Text c="dimmed" size="sm" mt={4}>
                {says}
              </Text>
            )}
          </div>
          {children}
        </Stack>
      </Paper>
      <Text c="dimmed" size="xs" mt="md" ta="center" maw={420}>
        {t('motto')}
      </Text>
    </main>
  )
}

/** What went wrong, at the place where one is looking; read out when it appears. */
export function Fault({ error }: { error: unknown }) {
  const lang = useLang()
  const t = useCommonWords()
  if (!error) return null
  const problem = problemOf(error)
  const what = problem.kind === 'offline' ? t('error.offline') : (problem.what?.[lang] ?? t('error.title'))
  return (
    <div role="alert" className={classes.fault}>
      <Text size="sm" fw={600}>
        {what}
      </Text>
      <Text size="sm">
        {problem.faults?.map((fault) => fault.what[lang]).join(' ') || problem.detail || problem.remedy?.[lang]}
      </Text>
    </div>
  )
}
