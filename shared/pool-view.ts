import { z } from 'zod';
import { accountState, poolState, triggerPrice, type AccountState, type PoolState, type TriggerPrice } from './domain/margin-state.ts';
import type { ExplainNode } from './explain.ts';
import { formatAmount } from './format.ts';
import { Decimal, decimalText, toDecimalText } from './money.ts';

/** A margin model in the words of a desk. */
const MODEL_WORDS: Record<string, string> = {
  strategy: 'by rule and strategy',
  scan: 'by risk scenarios',
  fixed: 'an amount per contract',
  bracket: 'by the venue’s tiers',
  lending: 'as a loan against collateral',
  delta: 'by net delta',
};

/** One result of a scenario, and the length of its bar: −100 to 100, of the largest result either way. */
const scenarioBar = z.strictObject({ label: z.string(), amount: decimalText, length: z.int().min(-100).max(100) });

/** What positions scanned together gain and lose by scenario; `worst` is the index of the one that decides, null where none loses. */
const scenarioStrip = z.strictObject({ title: z.string(), loss: decimalText, worst: z.int().nonnegative().nullable(), bars: z.array(scenarioBar) });
export type ScenarioStrip = z.infer<typeof scenarioStrip>;

/** Prices of one instrument at which its pool is liquidated, and at which nothing is left. */
const troublePrices = z.strictObject({ instrument: z.string(), liquidation: triggerPrice, bankruptcy: triggerPrice });

/** One pool as a person looks at it: under what, how it stands, and what its requirement is made of. */
export const poolView = z.strictObject({
  ...poolState.pick({ id: true, mode: true, model: true, currency: true, packs: true, status: true, statusReason: true, equity: true, initial: true, maintenance: true, excess: true, healthRatio: true, marginToLiquidation: true, callAmount: true, levels: true, unverified: true }).shape,
  modelWords: z.string(),
  /** Shown apart from what exchange and house ask, where the model is by risk. */
  risk: z.strictObject({ initial: decimalText, maintenance: decimalText }).nullable(),
  /** What maintenance adds up from, as far as its tree says so at the top. */
  parts: z.array(z.strictObject({ label: z.string(), amount: decimalText })),
  strips: z.array(scenarioStrip),
  prices: z.array(troublePrices),
});
export type PoolView = z.infer<typeof poolView>;

/** The pools of an account, and what could move between them. */
export const accountPools = z.strictObject({ account: z.string(), pools: z.array(poolView), movable: z.array(accountState.shape.movable.unwrap().element) });
export type AccountPools = z.infer<typeof accountPools>;
export type MovableRow = AccountPools['movable'][number];

export function accountPoolsOf({ id, pools, movable = [] }: AccountState): AccountPools {
  return { account: id, pools: pools.map(poolViewOf), movable };
}

const NOWHERE: TriggerPrice = { down: null, up: null };

export function poolViewOf(pool: PoolState): PoolView {
  const { id, mode, model, currency, packs, status, statusReason, equity, initial, maintenance, excess, healthRatio, marginToLiquidation, callAmount, levels, unverified, stacks, positions, explain } = pool;
  return {
    id,
    mode,
    model,
    currency,
    packs,
    status,
    statusReason,
    equity,
    initial,
    maintenance,
    excess,
    healthRatio,
    ...(marginToLiquidation === undefined ? {} : { marginToLiquidation }),
    ...(callAmount === undefined ? {} : { callAmount }),
    ...(levels ? { levels } : {}),
    ...(unverified ? { unverified } : {}),
    modelWords: MODEL_WORDS[model] ?? model,
    risk: stacks.risk,
    parts: partsOf(explain),
    strips: model === 'scan' ? stripsIn(explain) : [],
    // A loan is liquidated at a price, yet states none at which nothing is left.
    prices: positions.flatMap(({ instrument, liquidationPrice: liquidation = NOWHERE, bankruptcyPrice: bankruptcy = NOWHERE }) => ([liquidation, bankruptcy].some(({ down, up }) => down !== null || up !== null) ? [{ instrument, liquidation, bankruptcy }] : [])),
  };
}

/** A sum of one line says nothing by itself, so the line itself is opened. */
function partsOf(node: ExplainNode): PoolView['parts'] {
  const [only, ...more] = node.children;
  if (node.op !== 'sum' && node.op !== 'choice') return [];
  if (only && more.length === 0) return partsOf(only);
  return node.children.flatMap(({ label, amount }) => (amount === null || amount === '0' ? [] : [{ label, amount }]));
}

const WORST = /^Worst|^No scenario loses/;

/** A commodity's part of a requirement is labelled with its name and a formula; the scan below it only says what it is. */
const NAMED_PART = /^(.+?): /;
const UNNAMED_SCAN = 'Scan risk';

function stripsIn(node: ExplainNode, within: string | null = null): ScenarioStrip[] {
  if (node.op === 'difference' && node.children[1]?.op === 'least' && WORST.test(node.children[1].label)) return [stripOf(node, node.children[1], within)];
  const name = NAMED_PART.exec(node.label)?.[1] ?? within;
  return node.children.flatMap((child) => stripsIn(child, name));
}

const LENGTH = 100;

/** The first child of the least is "nothing happens"; the others are the scenarios in their order. */
function stripOf({ label, amount }: ExplainNode, { children, chosen }: ExplainNode, within: string | null): ScenarioStrip {
  const results = children.slice(1).map((child) => ({ label: child.label, amount: new Decimal(child.amount ?? '0') }));
  const largest = results.reduce((most, { amount: each }) => Decimal.max(most, each.abs()), new Decimal(0));
  return {
    title: label === UNNAMED_SCAN && within !== null ? within : label.replace(/, loss in the worst scenario$/, ''),
    loss: amount ?? '0',
    worst: chosen === undefined || chosen === 0 ? null : chosen - 1,
    bars: results.map((result) => ({ label: result.label, amount: toDecimalText(result.amount), length: largest.isZero() ? 0 : result.amount.div(largest).times(LENGTH).round().toNumber() })),
  };
}

/** `Of what pool a has free, 12,000.00 USD could arrive in pool b by …; not counted before`. */
export function movableWords({ from, to, amount, currency, arrivesAt }: MovableRow): string {
  return `Of what pool ${from} has free, ${formatAmount(amount)} ${currency} could arrive in pool ${to} by ${arrivesAt.replace('T', ' ').replace('Z', ' UTC')}; not counted before`;
}
