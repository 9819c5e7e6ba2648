import { describe, expect, test } from 'vitest';
import { incentiveFactor, insuranceFee, liquidate, socialisedShare, transferToCover, type LiquidationTerms } from '../../../main/engine/lending/liquidation.ts';
import { Decimal } from '../../../shared/money.ts';

const of = (text: string): Decimal => new Decimal(text);
const terms: LiquidationTerms = {
  debt: of('1000'), debtPrice: of('1'), collateral: of('20'), collateralPrice: of('60'), health: of('0.97'),
  closeFactor: of('0.5'), fullBelow: of('0.95'), bonus: of('0.05'), protocolShare: of('0.1'), dust: of('0'),
};
const texts = (result: ReturnType<typeof liquidate>) => Object.fromEntries(Object.entries(result).map(([key, amount]) => [key, (amount as Decimal).toFixed()]));

describe('what a liquidator may do', () => {
  test('half of the debt, for its worth in collateral and the bonus; the protocol keeps its share of the bonus', () => {
    expect(texts(liquidate(terms))).toEqual({ repaid: '500', seized: '8.75', protocolFee: '0.041666666666666666', badDebt: '0' });
  });
  test('all of it below the lower line, and nothing at a health of 1', () => {
    expect(liquidate({ ...terms, health: of('0.9499') }).repaid.toFixed()).toBe('1000');
    expect(texts(liquidate({ ...terms, health: of('1') }))).toEqual({ repaid: '0', seized: '0', protocolFee: '0', badDebt: '0' });
  });
  test('all of it where the rest would be dust', () => {
    expect(liquidate({ ...terms, dust: of('500') }).repaid.toFixed()).toBe('500');
    expect(liquidate({ ...terms, dust: of('500.01') }).repaid.toFixed()).toBe('1000');
  });
  test('no more collateral than there is: what it does not pay for stays as bad debt', () => {
    expect(texts(liquidate({ ...terms, health: of('0.5'), collateral: of('10.5') }))).toMatchObject({ repaid: '600', seized: '10.5', badDebt: '400' });
  });
});

test('the incentive follows from the threshold and has a ceiling', () => {
  expect(incentiveFactor(of('0.86'), of('0.3'), of('1.15')).toFixed()).toBe('1.043841336116910229');
  expect(incentiveFactor(of('0.385'), of('0.3'), of('1.15')).toFixed()).toBe('1.15');
});

test('a transfer that covers a shortage does so exactly, and none does where its weights gain nothing', () => {
  const weights = { assetWeight: of('0.8'), liabilityWeight: of('1.2'), assetMultiplier: of('1'), liabilityMultiplier: of('1'), liabilityPrice: of('100') };
  expect(transferToCover(of('10'), weights, of('0'))?.toFixed()).toBe('0.25');
  expect(transferToCover(of('10'), { ...weights, assetWeight: of('1.2') }, of('0'))).toBeNull();
  // With the whole fee that is to spare, the same debt covers the same shortage.
  const fee = insuranceFee(of('5'), of('0.25'), weights, of('1'));
  expect(transferToCover(of('5'), weights, fee)?.toDecimalPlaces(15).toFixed()).toBe('0.25');
});

test('a loss is never more than all deposits', () => {
  expect([socialisedShare(of('11'), of('110')), socialisedShare(of('200'), of('110')), socialisedShare(of('1'), of('0'))].map(String)).toEqual(['0.1', '1', '1']);
});
