import { CloseButton } from '@mantine/core'
import { Component, lazy, Suspense, useEffect, useReducer } from 'react'
import type { ComponentType, ReactNode } from 'react'
import { ErrorState } from '../states/states.tsx'
import { useCommonWords } from '../words/common.ts'
import classes from './later.module.css'

interface Options<P> {
  /** Stands there until it came. */
  waiting?: ReactNode
  /**
   * Where it says that it could not come: `here`, in its place; `over` the page, for a dialog, whose `onClose` then closes it as well;
   * `nowhere`, for what nobody asked for.
   */
  fails?: 'here' | 'over' | 'nowhere'
  /** A dialog that stays when it was closed: whether it is open. */
  open?: (props: P) => boolean
}

/** `ahead` fetches it before it is shown. */
type Later<P> = ComponentType<P> & { ahead: () => void }

/**
 * A part of the page that is fetched when it is first shown. Where it cannot be had (no connection), or throws, the page around it stands:
 * it says so, offers to try again, and does by itself once the connection is back.
 */
export function later<P extends object>(
  load: () => Promise<ComponentType<P>>,
  { waiting = null, fails = 'here', open = () => true }: Options<P> = {},
): Later<P> {
  // A lazy component never tries twice.
  let waits = false
  const attempt = () =>
    lazy(async () => {
      waits = true
      return { default: await reach(load) }
    })
  let Part: ComponentType<P> = attempt()
  // React shows what had to wait 300 ms later at the earliest; what came before it was wanted does not wait.
  const ahead = (): void =>
    void reach(load)
      .then((part) => !waits && (Part = part))
      .catch(() => {})
  function Later(props: P) {
    const [, again] = useReducer((count: number) => count + 1, 0)
    const retry = (): void => {
      Part = attempt()
      again()
    }
    const dialog = fails === 'over' && open(props)
    useEffect(() => (dialog ? focusBack() : undefined), [dialog])
    return (
      <Boundary
        fails={open(props) ? fails : 'nowhere'}
        retry={retry}
        close={(props as { onClose?: () => void }).onClose}
      >
        <Suspense fallback={waiting}>
          <Part {...props} />
        </Suspense>
      </Boundary>
    )
  }
  return Object.assign(Later, { ahead })
}

/**
 * Keeps in mind what has the focus; returns what gives it back there, unless somebody has taken it since. A dialog that is drawn open from the
 * start does not know where its reader came from; who came from a menu goes back to what opened the menu.
 */
function focusBack(): () => void {
  const from = document.activeElement
  const opener = from?.closest('[role=menu]')?.getAttribute('aria-labelledby')
  const place = opener ? document.getElementById(opener) : from
  return () =>
    void setTimeout(
      () =>
        document.activeElement === document.body &&
        place instanceof HTMLElement &&
        place.focus({ preventScroll: true }),
      AFTER_CLOSING,
    )
}
/** Milliseconds in which a dialog goes, and gives the focus back by itself where it can. */
const AFTER_CLOSING = 200

/**
 * Chromium remembers for as long as a page lives that a script did not come. So without a connection it is only asked for where the device
 * keeps the application, and what then fails was out of reach, in whatever words the browser says it.
 */
export async function reach<T>(load: () => Promise<T>): Promise<T> {
  if (!navigator.onLine && !(navigator as Partial<Navigator>).serviceWorker?.controller)
    throw new TypeError('out of reach')
  try {
    return await load()
  } catch (error) {
    throw navigator.onLine ? error : new TypeError('out of reach', { cause: error })
  }
}

function Fault({
  error,
  over,
  retry,
  tried,
  close,
}: {
  error: unknown
  over: boolean
  retry: () => void
  tried: boolean
  close: (() => void) | undefined
}) {
  const t = useCommonWords()
  // What did not come when it was asked for again comes with a new page.
  const state = tried ? (
    <ErrorState error={error} retry={() => location.reload()} retryLabel={t('reload')} />
  ) : (
    <ErrorState error={error} retry={retry} />
  )
  if (!over) return state
  return (
    <div className={classes.over}>
      {close && <CloseButton aria-label={t('close')} pos="absolute" top={8} right={8} onClick={close} />}
      {state}
    </div>
  )
}

interface BoundaryProps {
  fails: 'here' | 'over' | 'nowhere'
  retry: () => void
  close: (() => void) | undefined
  children: ReactNode
}
class Boundary extends Component<BoundaryProps, { error: unknown; failed: boolean; tried: boolean }> {
  override state = { error: undefined as unknown, failed: false, tried: false }
  static getDerivedStateFromError = (error: unknown) => ({ error, failed: true })
  private readonly again = (): void => {
    if (!this.state.failed) return
    this.props.retry()
    this.setState({ error: undefined, failed: false, tried: navigator.onLine })
  }
  override componentDidMount(): void {
    addEventListener('online', this.again)
  }
  override componentWillUnmount(): void {
    removeEventListener('online', this.again)
  }
  override render(): ReactNode {
    const { fails, close, children } = this.props
    if (!this.state.failed) return children
    return (
      fails !== 'nowhere' && (
        <Fault
          error={this.state.error}
          over={fails === 'over'}
          retry={this.again}
          tried={this.state.tried && navigator.onLine}
          close={close}
        />
      )
    )
  }
}
