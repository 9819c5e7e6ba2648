import { z } from 'zod';
import type { CalcPackInput } from '../../../shared/calc-pack.ts';
import { plainDecimalFromZero } from '../../../shared/calc-pack/plain-decimal.ts';
import type { Decimal } from '../../../shared/money.ts';
import { adapter } from '../adapter.ts';
import { bookOf, decimal, type Book } from './book.ts';
import { legByLabel } from './explained.ts';

const amount = plainDecimalFromZero;
const SOURCE = { cites: 'The published example', status: 'secondary' };

/** A dollar account with one portfolio-margin pool, under the regulator's pack and the example's own parameters over it. */
function portfolioBook(book: Book, own: { parameters?: object; scan?: object }, riskArrays: CalcPackInput['riskArrays'] = {}): CalcPackInput {
  const rulePack = { id: 'published', version: '1', title: 'Parameters of a published example', layer: 'account', model: 'scan', extends: 'us-portfolio-margin', effectiveFrom: '2000-01-01', parameters: {}, ...own };
  const pack = bookOf({ ...book, regime: 'portfolio', packs: ['published'], rulePacks: { published: rulePack } });
  return { ...pack, riskArrays, accounts: pack.accounts.map((account) => ({ ...account, pools: account.pools.map((pool) => ({ ...pool, model: 'scan' as const })) })) };
}

const stockMoved = z.strictObject({ longShares: amount, price: amount, scanPct: amount });
const minimumOnly = z.strictObject({ contracts: amount, perContractMinimum: amount, multiplier: amount, perUnit: amount });

/** pm/*: stock moved by a share of its price, or options that no scenario moves and that are asked their minimum. */
export const portfolioMargin = adapter(z.union([stockMoved, minimumOnly]), (inputs, { tools }) => ({
  portfolioMargin: () => {
    if (!('scanPct' in inputs)) throw new Error('The inputs state no range to move the stock by.');
    return decimal(tools.account(stockBook(inputs)).maintenance);
  },
  minimumMargin: () => {
    if ('scanPct' in inputs) throw new Error('The inputs state no minimum for a contract.');
    const minimum = (count: string): Decimal => {
      const state = tools.account(optionBook(inputs, count));
      const asked = legByLabel(state, /^Minimum charge$/);
      if (!asked.eq(state.maintenance)) throw new Error('The minimum is not what the pool asks.');
      return asked;
    };
    if (!minimum('1').eq(inputs.perContractMinimum)) throw new Error(`One contract is asked ${minimum('1').toFixed()}, not ${inputs.perContractMinimum}.`);
    return minimum(inputs.contracts);
  },
}));

function stockBook({ longShares, price, scanPct }: z.infer<typeof stockMoved>): CalcPackInput {
  const type = { title: 'The example’s stock', down: scanPct, up: scanPct, kinds: ['equity'], ...SOURCE };
  return portfolioBook({ instruments: { XYZ: { kind: 'equity', currency: 'USD', price } }, positions: [{ instrument: 'XYZ', quantity: longShares }] }, { scan: { portfolioTypes: { equity: type } } });
}

function optionBook({ multiplier, perUnit }: z.infer<typeof minimumOnly>, count: string): CalcPackInput {
  const option = { kind: 'option' as const, currency: 'USD', underlying: 'XYZ', right: 'call' as const, strike: '100', expiry: '2026-12-18', multiplier, price: '0' };
  const parameters = { 'portfolio.minimumPerUnit': { value: perUnit, unit: 'USD', label: 'Minimum charge of the example', ...SOURCE } };
  const unmoved = { OPTION: { set: 'pm-10', sign: 'gain' as const, values: Array.from({ length: 10 }, () => '0') } };
  return portfolioBook({ instruments: { XYZ: { kind: 'equity', currency: 'USD', price: '50' }, OPTION: option }, positions: [{ instrument: 'OPTION', quantity: count }] }, { parameters }, unmoved);
}
