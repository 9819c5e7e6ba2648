import { expect, test } from 'vitest';
import { accountStateOf, marginAccount } from '../../../main/engine/margin.ts';
import { resolveRules, shippedPacks } from '../../../main/engine/packs/shelf.ts';
import { ruleValues } from '../../../main/engine/packs/values.ts';
import { movingInputs, type Moving } from './moving.ts';

/** Days of one size: the exponentially weighted volatility is that size, whatever the weight. */
const daily = (size: string): { returns: string[] } => ({ returns: [size, `-${size}`, size] });
const market = (size: string) => ({ history: { XYZ: daily(size), BTC: daily(size), LOAN: daily('0.0001') }, stats: Object.fromEntries(['XYZ', 'BTC', 'LOAN'].map((name) => [name, { adv20: '1000000' }])) });
const move = (size: number): number => Math.sqrt(3) * Math.expm1(3.5 * size);
const stock = { cash: { USD: '-20000' }, positions: [{ instrument: 'XYZ', quantity: '1000' }] };

/** The stack of a model under its shipped overlay, what the model alone asks, and the move its rates are set for. */
const STACKS: readonly { stack: [string, string]; model: Moving['model']; pool: Moving['pool']; alone: number; base: number }[] = [
  { stack: ['us-reg-t', 'house-overlay'], model: 'strategy', pool: stock, alone: 25_000, base: 0.25 },
  { stack: ['us-portfolio-margin', 'house-overlay-portfolio'], model: 'scan', pool: stock, alone: 15_000, base: 0.15 },
  { stack: ['hyperliquid', 'house-overlay-venue'], model: 'bracket', pool: { cash: { USD: '20000' }, positions: [{ instrument: 'BTC', quantity: '1', entryPrice: '90000' }] }, alone: 1_125, base: 0.2 },
  { stack: ['securities-based-lending', 'house-overlay-loan'], model: 'lending', pool: { collateral: [{ instrument: 'XYZ', quantity: '1000' }], debt: [{ instrument: 'LOAN', quantity: '10000' }] }, alone: 35_000, base: 0.35 },
];

function maintenance({ stack: [beneath, overlay], model, pool }: (typeof STACKS)[number], size: string): number {
  const [account, given, shelf] = movingInputs({ model, on: beneath, overlay: {}, pool, market: market(size) });
  const pools = account.pools.map((one) => ({ ...one, packs: [beneath, overlay] }));
  return Number(accountStateOf(marginAccount({ ...account, pools }, given, shelf)).maintenance);
}

test.each(STACKS)('$stack: the factor of an underlying that moves, a fifth for its concentration and the buffer', (one) => {
  expect(maintenance(one, '0.05')).toBeCloseTo(one.alone * (Math.max(1, move(0.05) / one.base) + 0.2) * 1.25, 2);
  expect(maintenance(one, '0.0001')).toBeCloseTo(one.alone * 1.2 * 1.25, 2);
});

test('each of its parts says what it rests on, and is listed with its value', () => {
  const rules = resolveRules(shippedPacks(), ['us-reg-t', 'house-overlay']);
  const values = rules.ok ? ruleValues(shippedPacks(), rules.value.packs, null).filter(({ key }) => key.startsWith('overlay.')) : [];
  expect(values.map(({ key, value, status }) => [key, value, status])).toEqual([
    ['overlay.volatility', '√3 days × (e^(3.5 × σ) − 1), λ 0.94, by 25%; from 1 to 4 times; 25% of the weight on stress; not below the long run', 'house'],
    ['overlay.concentration', 'above 40%: 5%; above 60%: 10%; above 80%: 20%', 'house'],
    ['overlay.liquidity', '√(days / 2) at 10% of a usual day’s volume, at most 3 times', 'house'],
    ['overlay.buffer', '25%', 'secondary'],
  ]);
  expect(values.find(({ key }) => key === 'overlay.buffer')?.cites).toBe('EU 153/2013 Art. 28(1)(a)');
});
