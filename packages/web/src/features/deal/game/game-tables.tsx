import type { WarGame } from '@sente/engine'
import { useFormat } from '../../../shared/format/format.ts'
import { useText } from '../../../shared/i18n/use-lang.ts'
import { Panel } from '../parts/panel.tsx'
import classes from './game.module.css'
import { useGameWords } from './words.ts'

/** Points of a share: whole, one decimal where there is less than one. */
export function usePoints(): (share: number) => string {
  const format = useFormat()
  return (share) => format.number(100 * share, Math.abs(share) < 0.01 ? 1 : 0)
}

/** What comes of each way of playing, over the mix or against one policy. */
export function Outcomes({ game, policy }: { game: WarGame; policy: string | null }) {
  const t = useGameWords()
  const text = useText()
  const format = useFormat()
  const points = usePoints()
  const best = policy !== null && policy === game.tomorrow?.policy ? game.tomorrow.recommended : null
  const range = (low: number, high: number): string => `${format.number(100 * low, 0)}–${format.number(100 * high, 0)}`
  return (
    <div className={classes.scroll}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('strategy')}</th>
            <th scope="col">{t('won')}</th>
            {policy === null && <th scope="col">{t('range')}</th>}
            <th scope="col">{t('lost')}</th>
            <th scope="col">{t('undecided')}</th>
            <th scope="col">{t('worth')}</th>
            <th scope="col">{t('regret')}</th>
            {policy === null && <th scope="col">{t('hours')}</th>}
          </tr>
        </thead>
        <tbody>
          {game.strategies.map((one) => {
            const cell = game.cells.find((other) => other.strategy === one.id && other.policy === policy)
            const shown = cell ?? { won: one.won.value, lost: one.lost, noDecision: one.noDecision }
            const mark =
              policy === null
                ? one.id === game.recommended!.strategy
                  ? t('best')
                  : one.level
                    ? t('level')
                    : null
                : one.id === best
                  ? t('best')
                  : null
            return (
              <tr key={one.id} data-playable={one.playable} data-best={mark !== null}>
                <th scope="row">
                  {text(one.name)}
                  {mark && <span className={classes.mark}>{mark}</span>}
                </th>
                {one.playable ? (
                  <>
                    <td>
                      <strong>{format.percent(shown.won)}</strong>
                    </td>
                    {policy === null && <td className={classes.faint}>{range(one.won.low, one.won.high)}</td>}
                    <td>{format.percent(shown.lost)}</td>
                    <td>{format.percent(shown.noDecision)}</td>
                    <td>{points(cell ? cell.worth : one.worth.value)}</td>
                    <td>{points(cell ? cell.regret : one.regret)}</td>
                    {policy === null && <td>{format.number(one.hours, 0)}</td>}
                  </>
                ) : (
                  <td colSpan={policy === null ? 7 : 5} className={classes.none}>
                    {t('noSteps')}
                  </td>
                )}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

/** Every way of playing against every policy. */
export function Cells({ game }: { game: WarGame }) {
  const t = useGameWords()
  const text = useText()
  const format = useFormat()
  const rows = game.strategies.filter(({ playable, id }) => playable && id !== 'leave')
  const wonOf = (strategy: string, policy: string): number =>
    game.cells.find((cell) => cell.strategy === strategy && cell.policy === policy)?.won ?? 0
  const most = Math.max(0.01, ...game.cells.map(({ won }) => won))
  return (
    <Panel title={t('cells')} says={t('cellsSays')} id="cells">
      <div className={classes.scroll}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('strategy')}</th>
              {game.policies.map(({ id, name, share }) => (
                <th scope="col" key={id}>
                  {text(name)}
                  <span className={classes.faint}>
                    {share > 0 ? t('share', { share: format.percent(share) }) : t('question')}
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, name }) => (
              <tr key={id}>
                <th scope="row">{text(name)}</th>
                {game.policies.map((policy) => {
                  const won = wonOf(id, policy.id)
                  const best = rows.every((other) => wonOf(other.id, policy.id) <= won)
                  return (
                    <td key={policy.id} className={classes.cell}>
                      <span className={classes.shade} style={{ opacity: won / most }} aria-hidden />
                      <span className={classes.over}>
                        {best ? <strong>{format.percent(won)}</strong> : format.percent(won)}
                      </span>
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  )
}
