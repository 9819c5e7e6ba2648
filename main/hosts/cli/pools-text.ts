import { formatAmount, formatPrice, formatRatio } from '../../../shared/format.ts';
import type { TriggerPrice } from '../../../shared/domain/margin-state.ts';
import { movableWords, type AccountPools, type PoolView, type ScenarioStrip } from '../../../shared/pool-view.ts';
import { painted, statusPaint, statusText } from './paint.ts';
import { printTable, type Column } from './table.ts';
import { marked } from './unverified-text.ts';
import type { Terminal } from './terminal.ts';

/** Groups whose scenarios are listed; the rest are counted. */
const STRIPS_MAX = 6;

/** What the headline figures don't say: pools by model, levels and lines, what each is made of, its worst scenarios. Nothing for one pool by rule. */
export function printPools(terminal: Terminal, { account, pools, movable }: AccountPools): void {
  const plain = pools.length === 1 && pools[0]?.model === 'strategy';
  if (plain && movable.length === 0) return;
  terminal.out('');
  for (const pool of pools) printPool(terminal, account, pool);
  for (const row of movable) terminal.out(movableWords(row));
}

function printPool(terminal: Terminal, account: string, pool: PoolView): void {
  const venue = pool.mode === 'venue' ? ' [venue]' : pool.mode === 'isolated' ? ' [isolated]' : '';
  terminal.out(`${painted(terminal, 'bold', `${account} · ${pool.id}`)}${venue} · ${pool.modelWords} · ${painted(terminal, statusPaint(pool.status), statusText(pool.status))} · ${pool.currency} · ${pool.packs.join(', ')}`);
  const facts = [
    `equity ${marked(pool, 'equity', formatAmount(pool.equity))}`,
    `initial ${marked(pool, 'initial', formatAmount(pool.initial))}`,
    `maintenance ${marked(pool, 'maintenance', formatAmount(pool.maintenance))}`,
    ...(pool.levels ? [`search ${formatAmount(pool.levels.search)}`, `release ${formatAmount(pool.levels.release)}`] : []),
    ...(pool.healthRatio === null ? [] : [`${pool.model === 'lending' ? 'health factor' : 'health'} ${marked(pool, 'healthRatio', formatRatio(pool.healthRatio))}`]),
    ...(typeof pool.marginToLiquidation === 'string' ? [`margin to liquidation ${marked(pool, 'marginToLiquidation', formatRatio(pool.marginToLiquidation))}`] : []),
    ...(pool.risk && pool.risk.maintenance !== pool.maintenance ? [`by risk alone ${formatAmount(pool.risk.maintenance)}`] : []),
  ];
  terminal.out(`  ${facts.join(' · ')}`);
  if (pool.parts.length > 1) terminal.out(`  made of: ${pool.parts.map(({ label, amount }) => `${label} ${formatAmount(amount)}`).join(' + ')}`);
  for (const strip of pool.strips.slice(0, STRIPS_MAX)) terminal.out(`  ${stripLine(strip)}`);
  if (pool.strips.length > STRIPS_MAX) terminal.out(`  and ${pool.strips.length - STRIPS_MAX} more underlyings`);
  if (pool.prices.length > 0) printTable(terminal, priceColumns, pool.prices);
}

function stripLine({ title, loss, worst, bars }: ScenarioStrip): string {
  const decided = worst === null ? 'no scenario loses' : `loses ${formatAmount(loss)} in ${bars[worst]?.label ?? ''}`;
  return `${title}: ${decided}; by scenario ${bars.map(({ amount }) => formatAmount(amount)).join(' ')}`;
}

const both = ({ down, up }: TriggerPrice): string => [down === null ? null : `${formatPrice(down)} down`, up === null ? null : `${formatPrice(up)} up`].filter((text) => text !== null).join(', ') || 'none';

const priceColumns: Column<PoolView['prices'][number]>[] = [
  { header: 'Instrument', align: 'left', cell: ({ instrument }) => instrument },
  { header: 'Liquidation price', align: 'right', cell: ({ liquidation }) => both(liquidation) },
  { header: 'Bankruptcy price', align: 'right', cell: ({ bankruptcy }) => both(bankruptcy) },
];
