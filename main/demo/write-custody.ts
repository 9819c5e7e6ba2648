import type { Decimal } from '../../shared/money.ts';
import type { MappingProfile } from '../../shared/domain/import-plan.ts';
import type { DemoAccount } from './account.ts';
import type { Holding } from './holdings.ts';
import { currencyOf, dollarsFor, multiplierOf, priceOf, type Day } from './market.ts';

/** How the desk maps the extract of its European custodian: semicolons, decimal commas, days with points. */
export const CUSTODY_PROFILE: MappingProfile = {
  name: 'Custody extract',
  delimiter: ';',
  decimalComma: true,
  dateFormat: 'DD.MM.YYYY',
  columns: {
    account: 'Depot',
    client: 'Client',
    symbol: 'Security',
    description: 'Name',
    kind: 'Category',
    quantity: 'Nominal',
    price: 'Price',
    entryPrice: 'Cost price',
    currency: 'Currency',
    fxRate: 'Rate to USD',
    multiplier: 'Factor',
    maturity: 'Maturity',
    coupon: 'Coupon',
    issuer: 'Sector',
    grade: 'Grade',
    leverage: 'Leverage',
    asOf: 'Day',
  },
  constants: { regime: 'regT' },
  complete: true,
};

const HEADER = ['Day', 'Depot', 'Client', 'Security', 'Name', 'Category', 'Nominal', 'Price', 'Cost price', 'Currency', 'Rate to USD', 'Factor', 'Maturity', 'Coupon', 'Sector', 'Grade', 'Leverage'];

/** The custodian's extract: a table of the desk's own, read with the profile above. */
export function custodyFile(accounts: readonly DemoAccount[], day: Day): string {
  const rows = accounts.flatMap((account) => (account.closes.get(day)?.holdings ?? []).map((holding) => cellsOf(account, holding, day)));
  return [HEADER, ...rows].map((row) => `${row.join(';')}\n`).join('');
}

function cellsOf(account: DemoAccount, { instrument, quantity, cost }: Holding, day: Day): string[] {
  const [security, name, category] =
    instrument.kind === 'stock' ? [instrument.underlying.symbol, instrument.underlying.name, instrument.underlying.kind === 'etf' ? 'etf' : 'equity']
    : instrument.kind === 'bond' ? [instrument.bond.symbol, instrument.bond.description, 'bond']
    : ['', '', ''];
  const price = priceOf(instrument, day);
  const bond = instrument.kind === 'bond' ? instrument.bond : null;
  const currency = currencyOf(instrument);
  const leverage = instrument.kind === 'stock' ? (instrument.underlying.leverage ?? '') : '';
  return [
    european(day),
    account.id,
    account.client,
    security,
    name,
    category,
    comma(quantity),
    price ? comma(price) : '',
    comma(cost),
    currency,
    comma(dollarsFor(currency, day)),
    comma(multiplierOf(instrument)),
    bond ? european(bond.maturity) : '',
    bond ? bond.coupon.replace('.', ',') : '',
    bond?.sector ?? '',
    bond?.grade ?? '',
    String(leverage),
  ];
}

function european(day: string): string {
  return `${day.slice(8)}.${day.slice(5, 7)}.${day.slice(0, 4)}`;
}

function comma(amount: Decimal): string {
  return amount.toFixed().replace('.', ',');
}
