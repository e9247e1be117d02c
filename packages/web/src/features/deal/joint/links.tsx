import {
  Alert,
  Button,
  Code,
  CopyButton,
  Group,
  NumberInput,
  SegmentedControl,
  Select,
  Stack,
  Text,
  TextInput,
} from '@mantine/core'
import { addressOf, routes } from '@sente/api'
import { useQueryClient } from '@tanstack/react-query'
import type { UseQueryResult } from '@tanstack/react-query'
import { useState } from 'react'
import { change } from '../../../shared/api/client.ts'
import { useFormat } from '../../../shared/format/format.ts'
import { useLang } from '../../../shared/i18n/use-lang.ts'
import { Loaded, Waiting } from '../../../shared/states/states.tsx'
import { say } from '../../../shared/undo/undo.tsx'
import { useDealView } from '../context.ts'
import { useProblemWords } from '../edits.ts'
import { Line, Lines, Nothing, Panel } from '../parts/panel.tsx'
import { jointKey } from './joint-query.ts'
import { visitsOf } from './model.ts'
import type { Joint, JointLink } from './model.ts'
import { useJointWords } from './words.ts'

/** Who can see the joint plan, until when, and who did. */
export function Links({ query }: { query: UseQueryResult<Joint> }) {
  const t = useJointWords()
  const { may, dealId } = useDealView()
  const client = useQueryClient()
  const words = useProblemWords()
  const [url, setUrl] = useState<string>()
  const attempt = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work()
    } catch (error) {
      say(words(error), 'danger')
    }
    await client.invalidateQueries({ queryKey: jointKey(dealId) })
  }
  return (
    <Panel title={t('links')} says={t('linksSay')}>
      <Stack gap="sm">
        {url !== undefined && (
          <Alert title={t('once')} withCloseButton closeButtonLabel={t('close')} onClose={() => setUrl(undefined)}>
            <Text size="sm" mb="xs">
              {t('onceSays')}
            </Text>
            <Group gap="xs">
              <Code style={{ overflowWrap: 'anywhere' }}>{url}</Code>
              <CopyButton value={url}>
                {({ copied, copy }) => (
                  <Button size="compact-sm" variant="default" onClick={copy}>
                    {t(copied ? 'copied' : 'copy')}
                  </Button>
                )}
              </CopyButton>
            </Group>
          </Alert>
        )}
        <Loaded query={query} waiting={<Waiting like="rows" count={1} />}>
          {({ links }) =>
            links.length === 0 ? (
              <Nothing>{t('noLinks')}</Nothing>
            ) : (
              <Lines label={t('links')}>
                {links.map((link) => (
                  <OneLink
                    key={link.id}
                    link={link}
                    onEnd={() =>
                      void attempt(async () => {
                        await change(routes.joint.revoke, { params: { dealId, id: link.id } })
                        say(t('ended'))
                      })
                    }
                  />
                ))}
              </Lines>
            )
          }
        </Loaded>
        {may.share ? (
          <NewLink
            onMake={(body) =>
              attempt(async () => {
                const made = await change(routes.joint.link, { params: { dealId }, body })
                setUrl(made.value.url)
              })
            }
          />
        ) : (
          may.write && (
            <Text size="sm" c="dimmed">
              {t('mayNotShare')}
            </Text>
          )
        )}
      </Stack>
    </Panel>
  )
}

function OneLink({ link, onEnd }: { link: JointLink; onEnd: () => void }) {
  const t = useJointWords()
  const format = useFormat()
  const { may, byPerson } = useDealView()
  const { opened, said, last, authors } = visitsOf(link)
  const who = link.forWhom ?? (link.personId === undefined ? undefined : byPerson.get(link.personId)?.name)
  return (
    <Line
      dim={link.state !== 'open'}
      actions={
        may.write &&
        link.state === 'open' && (
          <Button
            size="compact-xs"
            variant="default"
            aria-label={t('endOf', { name: who ?? link.title })}
            onClick={onEnd}
          >
            {t('end')}
          </Button>
        )
      }
    >
      {who ?? link.title}{' '}
      <Text span size="xs" c="dimmed">
        {[
          who === undefined ? '' : link.title,
          t(`states.${link.state}`),
          link.state === 'open' ? t('until', { day: format.day(link.expiresAt.slice(0, 10)) }) : '',
          opened > 0 ? t('opened', { count: opened }) : said === 0 ? t('neverOpened') : '',
          last === undefined ? '' : t('lastOpened', { moment: format.moment(last) }),
          said === 0 ? '' : t('saidTimes', { count: said }),
          authors.length === 0 ? '' : t('signedAs', { names: format.list(authors) }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </Text>
    </Line>
  )
}

interface LinkFields {
  title: string
  intro?: string
  language: 'en' | 'zh'
  forWhom?: string
  personId?: string
  days: number
}

function NewLink({ onMake }: { onMake: (body: LinkFields) => Promise<void> }) {
  const t = useJointWords()
  const lang = useLang()
  const { dealId, people } = useDealView()
  const [fields, setFields] = useState({
    title: '',
    intro: '',
    language: lang,
    forWhom: '',
    personId: null as string | null,
    days: 60,
  })
  const [busy, setBusy] = useState(false)
  const put = (more: Partial<typeof fields>): void => setFields({ ...fields, ...more })
  const title = fields.title.trim() === '' ? t('items') : fields.title.trim()
  const header = {
    title,
    language: fields.language,
    ...(fields.intro.trim() === '' ? {} : { intro: fields.intro.trim() }),
  }
  const preview = addressOf(routes.joint.preview, { dealId }, header)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        setBusy(true)
        const forWhom = fields.forWhom.trim()
        void onMake({
          ...header,
          days: fields.days,
          ...(forWhom === '' ? {} : { forWhom }),
          ...(fields.personId === null ? {} : { personId: fields.personId }),
        }).finally(() => setBusy(false))
      }}
    >
      <Stack gap="xs">
        <TextInput
          label={t('title')}
          placeholder={t('items')}
          maxLength={200}
          value={fields.title}
          onChange={(event) => put({ title: event.currentTarget.value })}
        />
        <TextInput
          label={t('intro')}
          maxLength={1000}
          value={fields.intro}
          onChange={(event) => put({ intro: event.currentTarget.value })}
        />
        <Group grow align="flex-end">
          <Select
            label={t('person')}
            placeholder={t('nobody')}
            clearable
            searchable
            value={fields.personId}
            data={people.map(({ personId, name }) => ({ value: personId, label: name }))}
            onChange={(personId) =>
              put({ personId, forWhom: people.find((one) => one.personId === personId)?.name ?? fields.forWhom })
            }
          />
          <TextInput
            label={t('forWhom')}
            maxLength={100}
            value={fields.forWhom}
            onChange={(event) => put({ forWhom: event.currentTarget.value })}
          />
        </Group>
        <Group align="flex-end">
          <div>
            <Text size="sm" fw={500} mb={4}>
              {t('language')}
            </Text>
            <SegmentedControl
              aria-label={t('language')}
              value={fields.language}
              onChange={(language) => put({ language: language as 'en' | 'zh' })}
              data={[
                { value: 'en', label: 'English' },
                { value: 'zh', label: '中文' },
              ]}
            />
          </div>
          <NumberInput
            label={t('days')}
            min={1}
            max={365}
            allowDecimal={false}
            w={120}
            value={fields.days}
            onChange={(days) => put({ days: typeof days === 'number' ? Math.min(365, Math.max(1, days)) : 60 })}
          />
        </Group>
        <Group gap="xs">
          <Button component="a" href={preview} target="_blank" rel="noopener" variant="default" size="sm">
            {t('preview')}
          </Button>
          <Button type="submit" size="sm" loading={busy}>
            {t('make')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
