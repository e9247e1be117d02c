import type { PipelineReview } from '@sente/api'
import type { Methodology } from '@sente/engine'
import { LACKS } from '@sente/engine'
import { changeWords, lackWords, lossWords, REVIEW_WORDS, slopesMark } from '@sente/picture'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useRef, useState } from 'react'
import { useLang } from '../../shared/i18n/use-lang.ts'
import { useMethodology } from '../../shared/method/methodology.ts'
import { MarkNode } from '../../shared/picture/marks.tsx'
import { pageStyle } from '../../shared/picture/palette.ts'
import { styleNonce } from '../../shared/providers/nonce.ts'
import { useShortcut } from '../../shared/shortcuts/shortcuts.ts'
import { DealCard } from './card.tsx'
import type { Asking } from './card.tsx'
import { grouped, moved } from './model.ts'
import type { ReviewRow } from './model.ts'
import classes from './review.module.css'
import { useReviewWords } from './words.ts'

/** Deals in their groups, with the picture above and sellers below. `alive`: the keyboard leads through it and decisions are written. */
export function ReviewList({
  review,
  rows,
  alive,
}: {
  review: PipelineReview
  rows: readonly ReviewRow[]
  alive: boolean
}) {
  const lang = useLang()
  const method = useMethodology()
  const w = REVIEW_WORDS[lang]
  const [at, setAt] = useState<string | null>(null)
  const [asking, setAsking] = useState<Asking | null>(null)
  const list = useRef<HTMLDivElement>(null)
  const groups = grouped(review, rows)
  const ids = groups.flatMap((group) => group.rows.map(({ dealId }) => dealId))
  const stand = (dealId: string | null): void => {
    setAt(dealId)
    if (dealId === null) return
    const card = list.current?.querySelector<HTMLElement>(`[data-deal="${dealId}"]`)
    card?.focus({ preventScroll: true })
    card?.scrollIntoView({ block: 'nearest' })
  }
  return (
    <>
      {alive && (
        <Keys
          go={(by) => stand(moved(ids, at, by))}
          at={at}
          ask={(what) => {
            const dealId = at ?? ids[0]
            if (dealId === undefined || !rows.find((row) => row.dealId === dealId)?.write) return
            setAt(dealId)
            setAsking({ dealId, what })
          }}
        />
      )}
      <Slopes review={review} rows={groups.flatMap((group) => group.rows)} method={method} />
      <div ref={list}>
        {groups.map(({ head: { by, currency, loss, deals }, rows: own }) => (
          <section key={`${by} ${currency}`} className={classes.group}>
            <h2>
              {by === 'loss' ? w.groupLoss(currency!) : by === 'no-amount' ? w.groupNoAmount : w.groupNoDrop(currency)}
              <small>
                {[w.deals(deals), loss === null ? null : lossWords(loss, currency, lang)].filter(Boolean).join(' · ')}
              </small>
            </h2>
            {own.map((row) => (
              <DealCard
                key={row.dealId}
                row={row}
                on={review.on}
                since={review.since}
                method={method}
                current={at === row.dealId}
                onStand={() => setAt(row.dealId)}
                asking={asking?.dealId === row.dealId ? asking.what : null}
                onAsk={alive && row.write ? (what) => setAsking(what && { dealId: row.dealId, what }) : undefined}
                onDone={() => {
                  setAsking(null)
                  stand(row.dealId)
                }}
              />
            ))}
          </section>
        ))}
      </div>
      <Gone review={review} method={method} />
      <Sellers review={review} />
    </>
  )
}

function Keys({ go, at, ask }: { go: (by: 1 | -1) => void; at: string | null; ask: (what: Asking['what']) => void }) {
  const t = useReviewWords()
  const navigate = useNavigate()
  const area = t('title')
  useShortcut({ keys: 'j', says: t('keys.next'), area, run: () => go(1) })
  useShortcut({ keys: 'k', says: t('keys.previous'), area, run: () => go(-1) })
  useShortcut({ keys: 'n', says: t('keys.step'), area, run: () => ask('step') })
  useShortcut({ keys: 'c', says: t('keys.comment'), area, run: () => ask('comment') })
  useShortcut({
    keys: 'o',
    says: t('keys.open'),
    area,
    run: () => at !== null && void navigate({ to: '/deals/$dealId', params: { dealId: at } }),
  })
  return null
}

const PREFIX = 'review'
/** A longer picture would push the deals off the first screen; it opens by a click. */
const FEW_ROWS = 12

function Slopes({ review, rows, method }: { review: PipelineReview; rows: readonly ReviewRow[]; method: Methodology }) {
  const t = useReviewWords()
  const lang = useLang()
  const mark = useMemo(
    () =>
      slopesMark(
        rows.map(({ dealId, name, line, before }) => ({ id: dealId, name, line, before })),
        { lang, asOf: review.on, since: review.since, phases: method.phases, prefix: PREFIX, width: 900 },
      ),
    [rows, lang, review.on, review.since, method],
  )
  if (rows.length === 0) return null
  return (
    <details className={classes.picture} open={rows.length <= FEW_ROWS}>
      <summary>{t('picture')}</summary>
      {/* Focusable, so that whoever uses the keyboard can move it sideways. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={classes.wide} role="region" aria-label={t('picture')} tabIndex={0}>
        <style nonce={styleNonce()}>{pageStyle(PREFIX)}</style>
        <MarkNode mark={mark} />
      </div>
    </details>
  )
}

function Gone({ review, method }: { review: PipelineReview; method: Methodology }) {
  const lang = useLang()
  const w = REVIEW_WORDS[lang]
  if (review.gone.length === 0) return null
  const names = { lang, asOf: review.on, phases: method.phases }
  return (
    <section className={classes.group}>
      <h2>{w.gone}</h2>
      <ul className={classes.plain}>
        {review.gone.map(({ dealId, name, owner, changes }) => (
          <li key={dealId}>
            <strong>{name}</strong> · {owner} ·{' '}
            {changes
              .filter(({ kind }) => kind === 'closed')
              .map((change) => changeWords(change, names))
              .join(w.comma)}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Sellers({ review }: { review: PipelineReview }) {
  const t = useReviewWords()
  const lang = useLang()
  const w = REVIEW_WORDS[lang]
  if (review.owners.length < 2) return null
  return (
    <section className={classes.group}>
      <h2>{t('sellers')}</h2>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={classes.wide} role="region" aria-label={t('sellers')} tabIndex={0}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{w.owner}</th>
              <th scope="col">{w.lossHead}</th>
              {LACKS.map((lack) => (
                <th key={lack} scope="col">
                  {lackWords(lack, lang)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {review.owners.map(({ ownerId, owner, deals, loss, unknown, lacks }) => (
              <tr key={ownerId}>
                <th scope="row">
                  {owner}
                  <small>{w.deals(deals)}</small>
                </th>
                <td>
                  {loss.map((one) => (
                    <div key={one.currency}>{lossWords(one.loss, one.currency, lang)}</div>
                  ))}
                  {unknown > 0 && <small>{w.unknownLoss(unknown)}</small>}
                </td>
                {LACKS.map((lack) => (
                  <td key={lack}>{lacks[lack]}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
