import { pictureMarks, xOf } from '@sente/picture'
import type { PictureLayout, Target } from '@sente/picture'
import { memo, useMemo } from 'react'
import { styleNonce } from '../providers/nonce.ts'
import { MarkNode } from './marks.tsx'
import { pageStyle } from './palette.ts'
import classes from './picture.module.css'

interface Props {
  layout: PictureLayout
  prefix: string
  target: Target | null
}

/** The marks themselves, and over them the line and ring of whatever is being explained. */
export function Drawing({ layout, prefix, target }: Props) {
  return (
    <>
      <Style prefix={prefix} />
      <Marks layout={layout} prefix={prefix} />
      <svg className={classes.over} viewBox={`0 0 ${layout.width} ${layout.height}`} aria-hidden>
        {target && <Pointed layout={layout} target={target} />}
      </svg>
    </>
  )
}

const Style = memo(function Style({ prefix }: { prefix: string }) {
  return <style nonce={styleNonce()}>{pageStyle(prefix)}</style>
})

const Marks = memo(function Marks({ layout, prefix }: { layout: PictureLayout; prefix: string }) {
  const root = useMemo(() => pictureMarks(layout, { prefix }), [layout, prefix])
  const { width, height, lang } = layout
  return (
    <svg
      className={`${classes.drawing} ${prefix}`}
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      lang={lang === 'zh' ? 'zh-CN' : 'en'}
      aria-labelledby={`${prefix}-title ${prefix}-desc`}
    >
      {root.children!.map((mark, i) => (
        <MarkNode key={i} mark={mark} />
      ))}
    </svg>
  )
})

function Pointed({ layout, target }: { layout: PictureLayout; target: Target }) {
  if (target.kind === 'point') {
    const { x, y, r } = target.point
    return <circle cx={x} cy={y} r={r + 4} className={classes.ring} />
  }
  const x = xOf(layout.time, target.day)
  const box =
    target.kind === 'phases' ? layout.phases.box : layout.strips.find(({ concern }) => concern === target.concern)!.box
  return (
    <>
      <line x1={x} x2={x} y1={layout.phases.box.y} y2={layout.axisY} className={classes.hairline} />
      <line x1={x} x2={x} y1={box.y} y2={box.y + box.height} className={classes.cursor} />
    </>
  )
}
