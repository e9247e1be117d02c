import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { ReactNode } from 'react'
import { useCommonWords } from '../words/common.ts'

/** How long one may change one's mind. */
const SECONDS = 8

interface Done {
  id: string
  undo: () => void | Promise<void>
}
/** Newest last; ⌘Z takes the last. */
const done: Done[] = []
let count = 0

function Offer({ message, action, onAction }: { message: ReactNode; action: ReactNode; onAction: () => void }) {
  return (
    <Group justify="space-between" wrap="nowrap" gap="sm">
      <Text size="sm">{message}</Text>
      <Button size="compact-sm" variant="light" flex="none" onClick={onAction}>
        {action}
      </Button>
    </Group>
  )
}
const Words = ({ of }: { of: 'undo' | 'reload' | 'newVersion' | 'retry' }) => useCommonWords()(of)

/**
 * Says what was just done and offers to take it back: instead of asking "are you sure?" before. `undo` restores; when it
 * fails the caller says so.
 */
export function offerUndo(message: string, undo: Done['undo']): void {
  const id = `undo-${++count}`
  done.push({ id, undo })
  const forget = (): void => {
    const at = done.findIndex((entry) => entry.id === id)
    if (at >= 0) done.splice(at, 1)
  }
  const takeBack = (): void => {
    forget()
    notifications.hide(id)
    void undo()
  }
  notifications.show({
    id,
    message: <Offer message={message} action={<Words of="undo" />} onAction={takeBack} />,
    autoClose: SECONDS * 1000,
    withCloseButton: true,
    onClose: forget,
  })
}

/** Takes back the newest thing that still can be; false when there is none. */
export function undoLast(): boolean {
  const last = done.pop()
  if (!last) return false
  notifications.hide(last.id)
  void last.undo()
  return true
}

/** A plain word of what happened, without anything to take back. */
export function say(message: string, tone: 'plain' | 'danger' = 'plain'): void {
  notifications.show({ message, color: tone === 'danger' ? 'red' : 'tide', withCloseButton: true })
}

/** Something could not be kept: says why, and holds on to it until it has been tried again or given up. */
export function offerAgain(message: string, again: () => void): void {
  const id = `again-${++count}`
  const act = (): void => {
    notifications.hide(id)
    again()
  }
  notifications.show({
    id,
    color: 'red',
    message: <Offer message={message} action={<Words of="retry" />} onAction={act} />,
    autoClose: false,
    withCloseButton: true,
  })
}

/** The server has a newer version than this page: said once, and it stays until somebody answers. */
export function offerReload(): void {
  notifications.show({
    id: 'new-version',
    message: (
      <Offer message={<Words of="newVersion" />} action={<Words of="reload" />} onAction={() => location.reload()} />
    ),
    autoClose: false,
    withCloseButton: true,
  })
}
