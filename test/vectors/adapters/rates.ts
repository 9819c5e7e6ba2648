import { text, type Book } from './book.ts';
import type { Decimal } from '../../../shared/money.ts';

const PACK_ID = 'published-rates';

interface Rates {
  /** Maintenance of long stock as a fraction of its value. */
  long?: Decimal | string;
  /** Maintenance of short stock as a fraction of its value, without the least amounts a share. */
  short?: Decimal | string;
  /** Reg T initial of long and short stock. */
  regT?: Decimal | string;
  /** Of a short option on a stock: the share of the underlying. */
  shortOption?: Decimal | string;
  /** The house's least amount a share of a short option. */
  optionPerShare?: Decimal | string;
  coveredCall?: 'strikeCap' | 'ibkr' | 'stockOnly';
}

/** The rates that a published example states, as a rule pack of its own over the regulator's rules. */
export function publishedRates(rates: Rates): Pick<Book, 'packs' | 'rulePacks'> {
  const parameters = {
    ...(rates.long === undefined ? {} : { 'exchange.stock.long': ratio(rates.long) }),
    ...(rates.short === undefined
      ? {}
      : {
          'exchange.stock.short.rate': ratio(rates.short),
          'exchange.stock.short.perShare': { ...ratio('0'), unit: 'USD/share' },
          'exchange.stock.short.lowPrice.perShare': { ...ratio('0'), unit: 'USD/share' },
        }),
    ...(rates.shortOption === undefined ? {} : { 'exchange.option.short.equity': ratio(rates.shortOption) }),
    ...(rates.regT === undefined ? {} : { 'regT.stock.long': ratio(rates.regT), 'regT.stock.short': ratio(rates.regT) }),
    ...(rates.optionPerShare === undefined
      ? {}
      : { 'house.option.short.minimumPerShare': { ...ratio(rates.optionPerShare), unit: 'USD/share', label: 'Least amount a share' } }),
  };
  const source = { cites: 'The published example', status: 'secondary' };
  const pack = {
    id: PACK_ID,
    version: '1',
    title: 'Rates of a published example',
    layer: 'account',
    model: 'strategy',
    extends: 'us-reg-t',
    effectiveFrom: '2000-01-01',
    parameters,
    ...(rates.coveredCall === undefined ? {} : { settings: { 'option.coveredCall': { value: rates.coveredCall, ...source } } }),
  };
  return { packs: [PACK_ID], rulePacks: { [PACK_ID]: pack } };
}

function ratio(value: Decimal | string) {
  return { value: text(value), unit: 'ratio', label: 'Rate of the published example', cites: 'The published example', status: 'secondary' };
}
