import { describe, expect, test } from 'vitest';
import { compareRegimes, type NamedRegime } from '../../../main/engine/regimes/compare.ts';
import { marginAccount } from '../../../main/engine/margin.ts';
import { shippedPacks } from '../../../main/engine/packs/shelf.ts';
import { readQuestion } from '../../../main/engine/questions/answer.ts';
import { packOfAccount } from '../../../main/engine/calc-pack/pack-of-account.ts';
import { answerQuestion } from '../../../main/desk/questions.ts';
import type { Instrument } from '../../../shared/domain/instrument.ts';
import { accountOf, call, marketOf, stock, type Desk } from '../build.ts';

const NOW: NamedRegime = { name: 'now', title: 'As it is', packs: null };
const under = (...packs: string[]): NamedRegime => ({ name: packs.join('+'), title: packs.join('+'), packs });
const PORTFOLIO = under('us-portfolio-margin');

function desk(more: Partial<Desk> = {}): Desk {
  return {
    instruments: { XYZ: stock(), ABC: stock(), C105: call('XYZ', '105') },
    prices: { XYZ: '100', ABC: '50', C105: '2.5' },
    positions: [['XYZ', '300'], ['C105', '-5'], ['ABC', '-100', 'short']],
    cash: '-10000',
    packs: ['us-reg-t', 'house-standard'],
    ...more,
  };
}
const compared = (given: Desk, ...regimes: NamedRegime[]) => compareRegimes(accountOf(given), [NOW, ...regimes], marketOf(given), shippedPacks());
const perpetual = (underlying: string): Instrument => ({ kind: 'perpetual', currency: 'USD', underlying, multiplier: '1' });

describe('rule-based margin against portfolio margin', () => {
  const comparison = compared(desk(), PORTFOLIO);
  const figure = (name: string) => comparison.figures.find(({ figure }) => figure === name);

  test('each column is the engine’s own margin under those rules, and the differences are to the first', () => {
    const account = accountOf(desk({ packs: ['us-portfolio-margin'], pool: { model: 'scan' } }));
    const own = marginAccount(account, marketOf(desk()), shippedPacks()).figures;
    expect(figure('maintenance')).toEqual({ figure: 'maintenance', amounts: ['14250', own.maintenance.amount.toFixed()], differences: ['0', own.maintenance.amount.minus(14250).toFixed()] });
    expect(comparison.regimes.map(({ status, pools }) => [status, pools[0]?.model, pools[0]?.moved])).toEqual([['warning', 'strategy', false], ['healthy', 'scan', true]]);
  });

  test('an underlying is compared by what it takes of excess: the short calls’ value is in one requirement and not in the other', () => {
    // 300 × 100 × 30 % = 9,000 for the stock; 2 calls uncovered at 20 % less 5 a share = 3,000 and their value; value of all five: 1,250.
    const xyz = comparison.groups.find(({ group }) => group === 'XYZ');
    expect([xyz?.maintenance[0], xyz?.amounts[0]]).toEqual(['12500', '11250']);
    expect(xyz?.maintenance[1]).toBe(xyz?.amounts[1]);
    expect(xyz?.most).toBe(0);
  });

  test('every row says what decided: the strategies and their rule, the scenario and its move', () => {
    expect(comparison.groups.map(({ group, reasons }) => [group, ...reasons])).toEqual([
      ['XYZ', 'covered call, uncovered call; House policy', expect.stringMatching(/^Scenario 1: price down .*, −15%$/)],
      ['ABC', 'short stock; House policy', expect.stringMatching(/^Scenario 10: price up .*, [+]15%$/)],
    ]);
  });

  test('that equity counts options under one and not under the other is said', () => {
    expect(comparison.regimes.map(({ notes }) => notes)).toEqual([[], ['Equity counts the value of options here.']]);
    expect(compared(desk({ positions: [['XYZ', '100']] }), PORTFOLIO).regimes.map(({ notes }) => notes)).toEqual([[], []]);
  });

  test('a volatility that a mark does not imply is said by name, and leaves that column indeterminate', () => {
    const dear = compared(desk({ prices: { XYZ: '100', ABC: '50', C105: '120' }, cash: '900000' }), PORTFOLIO);
    expect(dear.regimes[1]?.status).toBe('indeterminate');
    expect(dear.regimes[1]?.notes).toContain('C105: its mark of 120 is more than any volatility explains');
    expect(dear.regimes[0]?.status).not.toBe('indeterminate');
  });
});

test('a cash account carries on margin what it holds when it is seen as a margin account, and back', () => {
  const cash = desk({ positions: [['XYZ', '100', 'cash']], cash: '5000', packs: ['cash-account'], account: { regime: 'cash' } });
  expect(compared(cash, under('us-reg-t')).figures.find(({ figure }) => figure === 'maintenance')?.amounts).toEqual(['10000', '2500']);
  const margin = desk({ positions: [['XYZ', '100']], cash: '5000', packs: ['us-reg-t'] });
  expect(compared(margin, under('cash-account')).figures.find(({ figure }) => figure === 'maintenance')?.amounts).toEqual(['2500', '10000']);
});

describe('what is not possible is refused with the reason', () => {
  const reasonOf = (given: Desk, ...packs: string[]) => compared(given, under(...packs)).refused.map(({ reason }) => reason);
  test.each([
    ['stock at a venue of perpetuals', desk(), ['binance-usdm'], 'XYZ is stock, and these rules are for futures, perpetuals and options'],
    ['a short sale in a cash account', desk(), ['cash-account'], 'ABC is short, which a cash account cannot be'],
    ['a perpetual under rules for securities', desk({ instruments: { BTC: perpetual('BTC') }, prices: { BTC: '100' }, positions: [['BTC', '1', 'futures']] }), ['us-portfolio-margin'], 'BTC is a perpetual, and these rules are for securities'],
    ['a venue that has no such market', desk({ instruments: { NEW: perpetual('NEW') }, prices: { NEW: '100' }, positions: [['NEW', '1', 'futures']], pool: { model: 'bracket', packs: ['bybit'] } }), ['binance-usdm'], 'they margin none of its positions'],
    ['debt under rules that leave it out', desk({ pool: { debt: [{ instrument: 'USD', quantity: '5' }] } }), ['us-reg-t'], 'it holds debt, which these rules leave out'],
    ['rules that are not complete', desk(), ['house-standard'], 'No pack of house-standard sets'],
  ])('%s', (_, given, packs, reason) => {
    expect(reasonOf(given, ...packs)).toEqual([expect.stringContaining(reason)]);
    expect(compared(given, under(...packs)).regimes).toHaveLength(1);
  });
});

test('venue against venue: tiers say what decided', () => {
  const btc = desk({ instruments: { BTCUSDT: perpetual('BTC') }, prices: { BTCUSDT: '30000' }, positions: [['BTCUSDT', '20', 'futures']], cash: '100000', pool: { model: 'bracket', packs: ['binance-usdm'] } });
  const { groups, refused, figures } = compared(btc, under('hyperliquid'));
  expect(refused).toEqual([]);
  expect(figures.find(({ figure }) => figure === 'maintenance')?.amounts.every((amount) => amount !== null && amount !== '0')).toBe(true);
  expect(groups.map(({ group }) => group)).toEqual(['BTC']);
  expect(groups[0]?.reasons).toEqual(['tier 2 of 12', 'tier 1 of 2']);
});

test('futures stay under their own rules while the securities move', () => {
  const future: Instrument = { kind: 'future', currency: 'USD', multiplier: '50', underlying: 'ES', expiry: '2026-12-18' };
  const both = desk({ instruments: { ...desk().instruments, ESZ6: future }, prices: { ...desk().prices, ESZ6: '6000' } });
  const account = accountOf(both);
  const [cross] = account.pools;
  if (!cross) throw new Error('no pool');
  const futures = { ...cross, id: 'futures', model: 'fixed' as const, packs: ['us-futures'], cash: [], positions: [{ instrument: 'ESZ6', quantity: '1', subType: 'futures' as const, entryPrice: null }] };
  const { regimes } = compareRegimes({ ...account, pools: [cross, futures] }, [PORTFOLIO], marketOf(both), shippedPacks());
  expect(regimes[0]?.pools.map(({ pool, moved }) => [pool, moved])).toEqual([['cross', true], ['futures', false]]);
  expect(regimes[0]?.notes).toContain('Pool futures stays under its own rules: these are not for what it holds.');
});

test('the same comparison is a question about a calc pack', () => {
  const pack = packOfAccount(accountOf(desk({ positions: [['XYZ', '100'], ['C105', '-1']] })), marketOf(desk()), shippedPacks());
  if (!pack.ok) throw new Error(pack.fault.message);
  const read = readQuestion({ format: 'plimsoll/question@1', ask: 'regimes.compare', pack: JSON.parse(JSON.stringify(pack.value)), params: { under: [['us-portfolio-margin']] } });
  const answered = read.ok ? answerQuestion(read.value) : read;
  expect(answered).toMatchObject({ ok: true, value: { account: 'A1', regimes: [{ regime: 'now' }, { regime: 'us-portfolio-margin' }], refused: [] } });
});
