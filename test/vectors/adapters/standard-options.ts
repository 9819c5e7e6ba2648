import { z } from 'zod';
import type { CalcPackInput } from '../../../shared/calc-pack.ts';
import { Decimal } from '../../../shared/money.ts';
import { adapter, type Adapter } from '../adapter.ts';
import { decimal } from './book.ts';
import { short, signed, unsigned } from './number.ts';

const option = z.strictObject({ k: unsigned, c: z.boolean(), a: signed, v: unsigned });
const expiry = z.strictObject({ sec: unsigned, fwd: unsigned, fwdConf: unsigned, volConf: unsigned, opts: z.array(option) });
const market = z.strictObject({ spot: unsigned, spotConf: unsigned, perpPos: signed, perpPx: unsigned, perpConf: unsigned, unreal: signed, base: signed, baseFactor: unsigned, baseIMScale: unsigned, expiries: z.array(expiry) });
const inputs = z.strictObject({ portfolio: z.strictObject({ cash: signed, stable: unsigned, markets: z.array(market) }), params: z.literal('SRM_PARAMS') });
type Inputs = z.output<typeof inputs>;

const NOW = '2026-11-20T08:00:00Z';
const STATED = { cites: 'The published example', status: 'secondary' };

/** derive.standard_manager: margins as the venue states them, what is left beyond the requirement. */
export const standardManager: Adapter = adapter(inputs, (given, { tools }) => {
  let made: ReturnType<typeof tools.account> | null = null;
  const state = () => (made ??= tools.account(packOf(given)));
  return { IM: () => decimal(state().available), MM: () => decimal(state().excess), mtm: () => decimal(state().netLiq) };
});

/** derive.standard_manager.truncated: the source prints whole dollars, cut; noise of doubles below 10⁻⁸ is taken off first. */
export const standardManagerTruncated: Adapter = adapter(inputs, (given, { tools }) => {
  const cut = (amount: string) => decimal(amount).toDecimalPlaces(8, Decimal.ROUND_HALF_EVEN).trunc();
  return { im: () => cut(tools.account(packOf(given)).available), mm: () => cut(tools.account(packOf(given)).excess) };
});

function packOf({ portfolio: { cash, stable, markets } }: Inputs): CalcPackInput {
  const instruments: NonNullable<CalcPackInput['instruments']> = { USDC: { kind: 'coin', currency: 'USD', price: stable } };
  const marks: Record<string, { value: string; confidence: string }> = {};
  const forwards: NonNullable<NonNullable<CalcPackInput['market']>['forwards']> = [];
  const positions: NonNullable<CalcPackInput['accounts'][number]['pools'][number]['positions']> = [];
  const rates: Record<string, unknown> = {};
  markets.forEach(({ spot, spotConf, perpPos, perpPx, perpConf, unreal, base, baseFactor, baseIMScale, expiries }, index) => {
    const coin = `COIN${index}`;
    instruments[coin] = { kind: 'coin', currency: 'USDC', price: spot };
    marks[coin] = { value: spot, confidence: spotConf };
    rates[coin] = { rates: { 'collateral.initial': short(decimal(baseFactor).times(baseIMScale)), 'collateral.maintenance': baseFactor }, ...STATED };
    if (base !== '0') positions.push({ instrument: coin, quantity: base });
    if (perpPos !== '0') {
      const perpetual = `PERP${index}`;
      instruments[perpetual] = { kind: 'perpetual', currency: 'USDC', underlying: coin, price: perpPx };
      marks[perpetual] = { value: perpPx, confidence: perpConf };
      positions.push({ instrument: perpetual, quantity: perpPos, entryPrice: short(decimal(perpPx).minus(decimal(unreal).div(perpPos))) });
    }
    expiries.forEach(({ sec, fwd, fwdConf, volConf, opts }, at) => {
      const expiresAt = new Date(Date.parse(NOW) + Number(sec) * 1000).toISOString().replace('.000Z', 'Z');
      forwards.push({ underlying: coin, expiresAt, price: fwd, confidence: fwdConf, volConfidence: volConf });
      opts.forEach(({ k, c, a, v }, row) => {
        const name = `OPT${index}-${at}-${row}`;
        instruments[name] = { kind: 'option', currency: 'USDC', underlying: coin, right: c ? 'call' : 'put', strike: k, expiry: expiresAt.slice(0, 10), expiresAt, style: 'european', multiplier: '1', impliedVol: v };
        positions.push({ instrument: name, quantity: a });
      });
    });
  });
  const rulePack = { id: 'published-terms', version: '1', title: 'Terms of a published example', layer: 'account', model: 'scan', extends: 'derive-standard', effectiveFrom: '2000-01-01', parameters: {}, perInstrument: rates };
  return {
    format: 'plimsoll/calc-pack@1',
    asOf: NOW,
    baseCurrency: 'USDC',
    fx: {},
    instruments,
    market: { marks, forwards },
    rulePacks: { 'published-terms': rulePack },
    accounts: [{ id: 'A1', regime: 'venue', pools: [{ id: 'venue', mode: 'venue', model: 'scan', packs: ['published-terms'], cash: { USDC: cash }, positions }] }],
  };
}
