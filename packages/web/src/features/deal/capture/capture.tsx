import { Button, Checkbox, Group, Kbd, Text, TextInput } from '@mantine/core'
import { headlineWords, WORDS } from '@sente/picture'
import { useRouterState } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useMe } from '../../../shared/api/me.ts'
import { isComposing } from '../../../shared/shortcuts/composing.ts'
import { isMac } from '../../../shared/shortcuts/shortcuts.ts'
import { useFieldName } from '../../../shared/api/words.ts'
import { useFormat } from '../../../shared/format/format.ts'
import { useLang, useText } from '../../../shared/i18n/use-lang.ts'
import { useDealView } from '../context.ts'
import { Panel } from '../parts/panel.tsx'
import { useDealWords } from '../words.ts'
import { MarkedText } from './marked-text.tsx'
import { useItems } from './items.ts'
import { Split } from './split.tsx'
import { Suggestions } from './suggestions.tsx'
import { useCapture } from './use-capture.ts'
import classes from './capture.module.css'

/** Write or paste a note; what it says of the deal is found while one writes, and one key each confirms or rejects it. */
export function Capture() {
  const t = useDealWords()
  const fieldName = useFieldName()
  const { asOf } = useDealView()
  const me = useMe()
  const capture = useCapture({ text: '', on: asOf, author: me?.member.name ?? '', isPrivate: null, asOne: false })
  const {
    note,
    isPrivate,
    change,
    wake,
    state,
    parts,
    found,
    offers,
    verdicts,
    judge,
    judgeAll,
    undoAll,
    save,
    sending,
  } = capture
  const items = useItems(found, offers)
  const [current, setCurrent] = useState<string | null>(null)
  const input = useRef<HTMLTextAreaElement>(null)
  const list = useRef<HTMLUListElement>(null)
  // The key for a new note leads here from anywhere in the deal.
  const asked = useRouterState({
    select: ({ location }) => (location.hash === 'capture' ? location.state.key : undefined),
  })
  useEffect(() => {
    if (asked !== undefined) input.current?.focus()
  }, [asked])

  const toList = (): void => list.current?.querySelector<HTMLElement>('[data-item]')?.focus()
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey) || isComposing(event.nativeEvent)) return
    event.preventDefault()
    if (found.some(({ key }) => !verdicts.has(key))) toList()
    else void save()
  }
  const open = found.filter(({ key }) => !verdicts.has(key)).length

  return (
    <Panel title={t('capture.title')} says={t('capture.says')} id="capture">
      <MarkedText
        text={note.text}
        found={found}
        verdicts={verdicts}
        current={current}
        label={t('capture.title')}
        placeholder={t('capture.placeholder')}
        inputRef={input}
        onChange={(text) => change({ text })}
        onFocus={wake}
        onKeyDown={onKeyDown}
      />
      <div className={classes.about}>
        <TextInput
          type="date"
          size="xs"
          aria-label={fieldName('on')}
          value={note.on}
          onChange={(event) => change({ on: event.currentTarget.value || asOf })}
        />
        <TextInput
          size="xs"
          aria-label={fieldName('author')}
          placeholder={fieldName('author')}
          value={note.author}
          onChange={(event) => change({ author: event.currentTarget.value })}
        />
        <Checkbox
          size="xs"
          label={t('capture.private')}
          checked={isPrivate}
          onChange={(event) => change({ isPrivate: event.currentTarget.checked })}
        />
        <Text size="xs" c="dimmed" role="status" className={classes.state}>
          {note.text.trim() === ''
            ? ''
            : state === 'opening'
              ? t('capture.opening')
              : state === 'failed'
                ? t('capture.failed')
                : items.length === 0
                  ? t('capture.nothing')
                  : found.length === 0
                    ? t('capture.offered', { count: offers.length })
                    : t('capture.count', { count: found.length, open })}
        </Text>
      </div>
      {note.text.trim() !== '' && (parts.length > 1 || parts.some(({ on }) => on !== note.on) || note.asOne) && (
        <Split parts={parts} asOne={note.asOne} onAsOne={(asOne) => change({ asOne })} />
      )}
      {items.length > 1 && (
        <Group gap="xs" mt="xs" justify="flex-end">
          {undoAll && (
            <Button size="compact-xs" variant="subtle" onClick={undoAll}>
              {t('capture.undoAll')}
            </Button>
          )}
          <Button size="compact-xs" variant="default" onClick={() => judgeAll('rejected')}>
            {t('capture.rejectAll')}
          </Button>
          <Button size="compact-xs" variant="light" onClick={() => judgeAll('confirmed')}>
            {t('capture.confirmAll')}
          </Button>
        </Group>
      )}
      {items.length > 0 && (
        <Suggestions
          items={items}
          verdicts={verdicts}
          current={current}
          onCurrent={setCurrent}
          onJudge={judge}
          onLeave={() => input.current?.focus()}
          onSave={() => void save()}
          listRef={list}
        />
      )}
      <Effect />
      {note.text.trim() !== '' && (
        <Group justify="space-between" mt="sm" gap="xs">
          <Text size="xs" c="dimmed" visibleFrom="sm">
            <Kbd size="xs">{isMac ? '⌘' : 'Ctrl'}</Kbd> <Kbd size="xs">Enter</Kbd>{' '}
            {open > 0 ? t('capture.keysJudge') : t('capture.keysSave')}
          </Text>
          <Group gap="xs" ml="auto">
            <Button size="sm" variant="default" onClick={capture.clear}>
              {t('capture.discard')}
            </Button>
            <Button size="sm" loading={sending} onClick={() => void save()}>
              {t('capture.save')}
            </Button>
          </Group>
        </Group>
      )}
    </Panel>
  )
}

/** What the note changes, said where one writes: the picture may be out of sight. */
function Effect() {
  const t = useDealWords()
  const lang = useLang()
  const text = useText()
  const format = useFormat()
  const {
    brief,
    known: { brief: settled },
    index,
  } = useDealView()
  if (brief === settled) return null
  const lead = (of: typeof brief): string => headlineWords(of, WORDS[lang])
  const phase = (of: typeof brief): string =>
    !of.position.known
      ? t('position.notJudged')
      : `${text(index.phases.get(of.position.leading)!.name)} ${format.percent(of.position.phases[of.position.leading])}`
  const change = (before: string, after: string): string => (before === after ? after : `${before} → ${after}`)
  return (
    <Text size="xs" mt="xs" role="status" className={classes.effect}>
      <strong>{t('capture.effect')}</strong>{' '}
      {t('namedValue', { name: t('lead'), value: change(lead(settled), lead(brief)) })} ·{' '}
      {t('namedValue', { name: t('phase'), value: change(phase(settled), phase(brief)) })}
    </Text>
  )
}
