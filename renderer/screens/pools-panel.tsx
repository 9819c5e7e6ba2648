import type { ReactNode } from 'react';
import type { TriggerPrice } from '../../shared/domain/margin-state.ts';
import { movableWords, type PoolView, type ScenarioStrip } from '../../shared/pool-view.ts';
import { faultLine } from '../../shared/result.ts';
import type { AccountRow } from '../../shared/views.ts';
import { StatusPill } from '../design/status-pill.tsx';
import { useAnswer } from '../desk/hooks.ts';
import { openExplain } from '../explain/state.ts';
import { formatFigure, fullFigure, type NumberKind } from '../format/figure.ts';
import { useFirstRows } from './first-rows.tsx';

function Money({ text, kind = 'money' }: { text: string | null | undefined; kind?: NumberKind }): ReactNode {
  if (text === null || text === undefined) return <td className="number faint">none</td>;
  return (
    <td className={`number${text.startsWith('-') ? ' negative' : ''}`} title={fullFigure(text)} data-amount={text}>
      {text === '0' ? '0' : formatFigure(text, kind)}
    </td>
  );
}

const BAR = { width: 7, gap: 1, height: 22 };

/** Gains up and losses down, scenario by scenario; the one that decides is filled. The table beside it says the same in figures. */
function Bars({ strip: { bars, worst } }: { strip: ScenarioStrip }): ReactNode {
  const half = BAR.height / 2;
  const step = BAR.width + BAR.gap;
  return (
    <svg className="scenario-strip" width={bars.length * step} height={BAR.height} aria-hidden="true">
      <line x1={0} x2={bars.length * step} y1={half} y2={half} />
      {bars.map(({ label, amount, length }, at) => {
        const height = (Math.abs(length) * half) / 100;
        return (
          <g key={label}>
            <rect className={at === worst ? 'worst' : length < 0 ? 'loss' : 'gain'} x={at * step} width={BAR.width} y={length < 0 ? half : half - height} height={Math.max(height, length === 0 ? 0 : 1)} />
            {/* The whole height answers to the pointer, so that a small result can be read too. */}
            <rect className="hit" x={at * step} width={step} y={0} height={BAR.height}>
              <title>{`${label}\n${fullFigure(amount)}`}</title>
            </rect>
          </g>
        );
      })}
    </svg>
  );
}

/** Each strip is some sixty marks. */
const STRIPS_FIRST = 12;

function Strips({ strips }: { strips: readonly ScenarioStrip[] }): ReactNode {
  const { shown, more } = useFirstRows(strips, STRIPS_FIRST, 4);
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Scanned together</th>
          <th scope="col">Results by scenario</th>
          <th scope="col" className="number">
            Worst loss
          </th>
          <th scope="col">Scenario that decides</th>
        </tr>
      </thead>
      <tbody>
        {shown.map((strip) => (
          <tr key={strip.title}>
            <td>{strip.title}</td>
            <td>
              <Bars strip={strip} />
              <span className="unseen">{strip.bars.map(({ label, amount }) => `${label} ${amount}`).join('; ')}</span>
            </td>
            <Money text={strip.loss} />
            <td>{strip.worst === null ? <span className="faint">none loses</span> : strip.bars[strip.worst]?.label}</td>
          </tr>
        ))}
        {more}
      </tbody>
    </table>
  );
}

const MODES: Record<PoolView['mode'], string> = { cross: '', isolated: 'isolated', venue: 'venue' };

function PoolLine({ pool, account, levelled }: { pool: PoolView; account: string; levelled: boolean }): ReactNode {
  const { levels } = pool;
  return (
    <tr title={pool.statusReason}>
      <td>
        <button className="link" onClick={() => openExplain({ account, figure: 'maintenance' })} title={pool.packs.join(', ')}>
          {pool.id}
        </button>{' '}
        {MODES[pool.mode] !== '' && <span className="tag">{MODES[pool.mode]}</span>}
      </td>
      <td>{pool.modelWords}</td>
      <td>
        <StatusPill status={pool.status} />
      </td>
      <td>{pool.currency}</td>
      <Money text={pool.equity} />
      <Money text={pool.maintenance} />
      <Money text={pool.excess} />
      <Money text={pool.healthRatio} kind="ratio" />
      <Money text={pool.marginToLiquidation ?? null} kind="percent" />
      {levelled && <td>{levels ? `search ${formatFigure(levels.search, 'money')}, release ${formatFigure(levels.release, 'money')}` : ''}</td>}
    </tr>
  );
}

function Parts({ pool }: { pool: PoolView }): ReactNode {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Pool {pool.id} is asked for</th>
          <th scope="col" className="number">
            Maintenance
          </th>
        </tr>
      </thead>
      <tbody>
        {pool.parts.map(({ label, amount }) => (
          <tr key={label}>
            <td>{label}</td>
            <Money text={amount} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const priceWords = ({ down, up }: TriggerPrice): string => [down === null ? null : `${formatFigure(down, 'price')} down`, up === null ? null : `${formatFigure(up, 'price')} up`].filter(Boolean).join(', ') || 'none';

const PRICES_FIRST = 25;

function Prices({ pool, several }: { pool: PoolView; several: boolean }): ReactNode {
  const { shown, more } = useFirstRows(pool.prices, PRICES_FIRST, 3);
  return (
    <table>
      <thead>
        <tr>
          {[several ? `In pool ${pool.id}` : 'Instrument', 'Liquidation price', 'Bankruptcy price'].map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {shown.map(({ instrument, liquidation, bankruptcy }) => (
          <tr key={instrument}>
            <td>{instrument}</td>
            <td>{priceWords(liquidation)}</td>
            <td>{priceWords(bankruptcy)}</td>
          </tr>
        ))}
        {more}
      </tbody>
    </table>
  );
}

const POOL_HEADS = ['Pool', 'Margined', 'Status', 'Ccy', '>Equity', '>Maintenance', '>Excess', '>Health', '>To liquidation'];
const LEVELS_HEAD = 'Levels';

/** The pools of an account that has several, or one that is not by rule: how each stands, and what decides what it is asked. */
export function PoolsPanel({ row, several }: { row: AccountRow; several: boolean }): ReactNode {
  const isShown = several || row.regime === 'portfolio' || row.regime === 'venue';
  const { value, fault, loading } = useAnswer('account.pools', isShown ? { account: row.account } : null, row, true);
  if (loading || fault) {
    return (
      <section className="side-panel pools" aria-label="Pools">
        <h3>Pools</h3>
        {fault ? <p className="screen-fault">{faultLine(fault)}</p> : <p className="faint">Working out what decides in each pool …</p>}
      </section>
    );
  }
  if (!value || (value.pools.length < 2 && value.pools[0]?.model === 'strategy')) return null;
  const levelled = value.pools.some(({ levels }) => levels !== undefined);
  return (
    <section className="side-panel pools" aria-label="Pools" data-testid="pools-panel">
      <h3>Pools</h3>
      <table>
        <thead>
          <tr>
            {[...POOL_HEADS, ...(levelled ? [LEVELS_HEAD] : [])].map((head) => (
              <th key={head} scope="col" className={head.startsWith('>') ? 'number' : ''}>
                {head.replace('>', '')}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {value.pools.map((pool) => (
            <PoolLine key={pool.id} pool={pool} account={row.account} levelled={levelled} />
          ))}
        </tbody>
      </table>
      {value.pools.map((pool) => [
        pool.parts.length > 1 && pool.strips.length === 0 && <Parts key={`${pool.id} parts`} pool={pool} />,
        pool.strips.length > 0 && <Strips key={`${pool.id} strips`} strips={pool.strips} />,
        pool.prices.length > 0 && <Prices key={`${pool.id} prices`} pool={pool} several={value.pools.length > 1} />,
      ])}
      {value.movable.map((each) => (
        <p key={`${each.from} ${each.to} ${each.arrivesAt}`}>{movableWords(each)}.</p>
      ))}
    </section>
  );
}
