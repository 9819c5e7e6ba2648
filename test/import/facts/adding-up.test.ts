import { expect, test } from 'vitest';
import { mergeInstrument } from '../../../main/import/facts/merge-instrument.ts';
import type { InstrumentFact } from '../../../shared/domain/facts.ts';
import type { MappingProfile } from '../../../shared/domain/import-plan.ts';
import { factOf, readText, taken } from '../read-fixture.ts';

const PROFILE: MappingProfile = {
  name: 'p',
  columns: { account: 'Account', symbol: 'Symbol', quantity: 'Qty', entryPrice: 'Paid', price: 'Price' },
  constants: { currency: 'USD', asOf: '2026-11-19' },
  complete: true,
};
const read = (rows: string) => taken(readText('a.csv', `Account,Symbol,Qty,Paid,Price\n${rows}`, { profile: PROFILE }));

test('rows of one position add up; the price paid is their average, half-even to eight places', () => {
  const file = read('A,X,1,1,5\nA,Y,4,2,5\nA,X,2,2,5\n');
  expect(factOf(file, 'position', { instrument: 'X' })).toMatchObject({ quantity: '3', entryPrice: '1.66666667' });
});

test('a position of several rows points at the first of them, whatever their order in the file', () => {
  const file = read('A,Y,4,2,5\nA,X,1,1,5\nA,X,2,2,5\n');
  expect(file.lines.position[file.facts.position.findIndex(({ instrument }) => instrument === 'X')]).toBe(3);
  // A row that waits for its contract size is added after the row that gives it.
  const waiting: MappingProfile = { ...PROFILE, columns: { account: 'Account', symbol: 'Symbol', quantity: 'Qty', multiplier: 'Size' } };
  const sized = taken(readText('a.csv', 'Account,Symbol,Qty,Size\nA,NVRA 270115C00240000,1,\nA,NVRA 270115C00240000,2,100\n', { profile: waiting }));
  expect([sized.facts.position[0]?.quantity, sized.lines.position]).toEqual(['3', [2]]);
});

test('the average is not known where one of the prices is not', () => {
  expect(factOf(read('A,X,1,1,5\nA,X,2,,5\n'), 'position', { instrument: 'X' }).entryPrice).toBeNull();
});

test('a long and a short row of a stock are two positions; of an option they add up, and may add up to nothing', () => {
  const file = read('A,X,5,1,5\nA,X,-5,1,5\nA,AAPL1 260918C00260000,5,1,5\nA,AAPL1 260918C00260000,-5,1,5\n');
  expect(file.facts.position.map(({ subType, quantity }) => [subType, quantity])).toEqual([['margin', '5'], ['short', '-5']]);
  expect(file.skipped).toMatchObject([{ line: 4, code: 'nets-to-zero' }]);
});

test('two prices of one day are reported, and the lower one is kept whatever the order', () => {
  for (const rows of ['A,X,1,1,5\nB,X,1,1,6\n', 'B,X,1,1,6\nA,X,1,1,5\n']) {
    const file = read(rows);
    expect(file.facts.mark).toMatchObject([{ instrument: 'X', value: '5' }]);
    expect(file.notes).toContain('The file has two prices for X on 2026-11-19: 5 and 6; 5 is used.');
  }
});

test('a contract that one source calls adjusted stays adjusted when another gives it a size', () => {
  const terms = { kind: 'option', currency: 'USD', underlying: 'X', right: 'call', strike: '10', expiry: '2026-09-18' } as const;
  const sized: InstrumentFact = { id: 'o', terms: { ...terms, multiplier: '100' }, identifiers: { symbol: 'o' } };
  const flagged: InstrumentFact = { id: 'o', terms: { ...terms, multiplier: null, adjusted: true }, identifiers: { symbol: 'o', conid: '1' } };
  for (const merged of [mergeInstrument(sized, flagged), mergeInstrument(flagged, sized)]) {
    expect(merged).toMatchObject({ terms: { multiplier: null, adjusted: true }, identifiers: { conid: '1' } });
  }
});
