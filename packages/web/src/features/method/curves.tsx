import { CONCERNS } from '@sente/engine'
import type { ConcernId } from '@sente/engine'
import { useMemo, useState } from 'react'
import { useFormat } from '../../shared/format/format.ts'
import { useText } from '../../shared/i18n/use-lang.ts'
import { useMethodology } from '../../shared/method/methodology.ts'
import { useWidth } from '../../shared/measure/use-width.ts'
import classes from './curves.module.css'
import { curvesOf } from './model.ts'
import { useMethodWords } from './words.ts'

const TO = 1.6
const HEIGHT = 300
const TOP = 46
const POINTS = 160
/** Told apart by line as well as by colour. */
const DASH: Readonly<Record<ConcernId, string | undefined>> = {
  need: undefined,
  cost: '2 4',
  solution: '9 4',
  risk: undefined,
}
/** Where a curve is alone enough to carry its name. */
const NAMED_AT: Readonly<Record<ConcernId, number>> = { need: 0.2, cost: 0.96, solution: 0.58, risk: 0.84 }

/** The four concern curves over the customer's process; the reader moves a line through it by pointer or keys. */
export function Curves() {
  const t = useMethodWords()
  const text = useText()
  const format = useFormat()
  const method = useMethodology()
  const [frame, width] = useWidth<HTMLDivElement>()
  const [u, setU] = useState<number | null>(null)
  const curves = useMemo(() => curvesOf(method), [method])
  const w = Math.max(300, width ?? 900)
  const x = (at: number): number => (at / TO) * w
  const y = (value: number): number => TOP + (1 - value / 100) * (HEIGHT - TOP - 22)
  const paths = useMemo(
    () =>
      CONCERNS.map((id) =>
        Array.from({ length: POINTS + 1 }, (_, i) => (i / POINTS) * TO)
          .map(
            (at, i) =>
              `${i === 0 ? 'M' : 'L'}${((at / TO) * w).toFixed(1)} ${(TOP + (1 - curves[id](at) / 100) * (HEIGHT - TOP - 22)).toFixed(1)}`,
          )
          .join(''),
      ),
    [curves, w],
  )
  const nameOf = (id: ConcernId): string => text(method.concerns.concerns.find((entry) => entry.id === id)!.name)
  const shown = u ?? null
  const phase =
    method.phases.phases.find(({ window }) => shown !== null && shown < window[1]) ?? method.phases.phases.at(-1)!
  const said =
    shown === null
      ? ''
      : `${t('atShare', { share: format.percent(shown), phase: text(phase.name) })}. ${CONCERNS.map((id) => `${nameOf(id)} ${Math.round(curves[id](shown))}`).join(', ')}`
  const at = (clientX: number, box: DOMRect): number =>
    Math.min(TO, Math.max(0, ((clientX - box.left) / box.width) * TO))
  return (
    <div
      ref={frame}
      className={classes.curves}
      role="slider"
      tabIndex={0}
      aria-label={t('curves')}
      aria-valuemin={0}
      aria-valuemax={TO * 100}
      aria-valuenow={Math.round((shown ?? 0) * 100)}
      aria-valuetext={said || t('curvesSay')}
      onPointerMove={(event) => setU(at(event.clientX, event.currentTarget.getBoundingClientRect()))}
      onPointerLeave={() => setU(null)}
      onKeyDown={(event) => {
        const step = { ArrowLeft: -0.02, ArrowRight: 0.02, PageUp: -0.1, PageDown: 0.1 }[event.key]
        if (step === undefined) return
        event.preventDefault()
        setU(Math.min(TO, Math.max(0, (shown ?? 0) + step)))
      }}
    >
      <svg viewBox={`0 0 ${w} ${HEIGHT}`} width={w} height={HEIGHT} aria-hidden>
        {method.phases.phases.map(({ id, window: [from, to], short }, i) => (
          <g key={id}>
            <rect
              x={x(from)}
              width={Math.max(0, x(Math.min(TO, to)) - x(from) - 1)}
              y={22}
              height={HEIGHT - 44}
              fill={`var(--s-phase-${i})`}
              fillOpacity={0.34}
            />
            <text
              x={x((from + Math.min(TO, to)) / 2)}
              y={i % 2 === 1 && w < 640 ? HEIGHT - 6 : 16}
              textAnchor="middle"
              className={classes.curvePhase}
            >
              {text(short)}
            </text>
          </g>
        ))}
        <line x1={x(1)} x2={x(1)} y1={22} y2={HEIGHT - 22} className={classes.signature} />
        <text x={x(1) + 4} y={HEIGHT - 28} className={classes.curvePhase}>
          {t('signature')}
        </text>
        {CONCERNS.map((id, i) => (
          <path key={id} d={paths[i]} className={classes.curve} data-concern={id} strokeDasharray={DASH[id]} />
        ))}
        {CONCERNS.map((id) => (
          <text
            key={id}
            x={x(NAMED_AT[id])}
            y={y(curves[id](NAMED_AT[id])) - 8}
            textAnchor="middle"
            className={classes.curveName}
            data-concern={id}
          >
            {nameOf(id)}
          </text>
        ))}
        {shown !== null && (
          <g>
            <line x1={x(shown)} x2={x(shown)} y1={22} y2={HEIGHT - 22} className={classes.curveCursor} />
            {CONCERNS.map((id) => (
              <circle
                key={id}
                cx={x(shown)}
                cy={y(curves[id](shown))}
                r={4}
                className={classes.curveDot}
                data-concern={id}
              />
            ))}
          </g>
        )}
      </svg>
      {shown !== null && (
        <div
          className={classes.curveSays}
          style={x(shown) > w / 2 ? { right: w - x(shown) + 14 } : { left: x(shown) + 14 }}
        >
          <b>{`${format.percent(shown)} · ${text(phase.short)}`}</b>
          {[...CONCERNS]
            .sort((a, b) => curves[b](shown) - curves[a](shown))
            .map((id) => (
              <span key={id}>
                {nameOf(id)} <b>{Math.round(curves[id](shown))}</b>
              </span>
            ))}
        </div>
      )}
    </div>
  )
}
