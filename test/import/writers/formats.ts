import type { MappingProfile } from '../../../shared/domain/import-plan.ts';
import { Decimal } from '../../../shared/money.ts';
import { valueOf, type WrittenBook, type WrittenHolding } from './book.ts';
import { fidelity, ibkr, osi, schwab } from './option-spellings.ts';

const csv = (cells: readonly string[]): string => cells.map((cell) => (/[",\n;]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',');
const grouped = (amount: string): string => {
  const [whole = '', cents] = new Decimal(amount).abs().toFixed(2).split('.');
  return `${whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ',')}.${cents}`;
};
const dollars = (amount: string | null): string => (amount === null ? '--' : `${amount.startsWith('-') ? '-' : ''}$${grouped(amount)}`);
const sizeOf = ({ option }: WrittenHolding): string => (option === null ? '1' : /\d$/.test(option.root) ? '150' : '100');

export function flexPosition(holding: WrittenHolding, day: string, level = 'SUMMARY'): string {
  const { option, quantity, price } = holding;
  const symbol = option === null ? holding.id.replace('.', ' ') : osi(option);
  const value = valueOf(holding);
  return `<OpenPosition currency="USD" fxRateToBase="1" assetCategory="${option ? 'OPT' : 'STK'}" symbol="${symbol}" multiplier="${sizeOf(holding)}" reportDate="${day.replaceAll('-', '')}" position="${quantity}" markPrice="${price ?? ''}" ${value === null ? '' : `positionValue="${value}"`} side="${quantity.startsWith('-') ? 'Short' : 'Long'}" levelOfDetail="${level}"/>`;
}

export function flexFile(book: WrittenBook, positions: readonly string[]): string {
  return `<?xml version="1.0"?>\n<FlexQueryResponse queryName="q" type="AF"><FlexStatements count="1">\n<FlexStatement accountId="${book.account}" toDate="${book.day}">
<AccountInformation accountId="${book.account}" currency="USD" accountCapabilities="Margin"/>
<CashReport><CashReportCurrency currency="BASE_SUMMARY" endingCash="${book.cash}"/><CashReportCurrency currency="USD" endingCash="${book.cash}"/></CashReport>
<OpenPositions>\n${positions.join('\n')}\n</OpenPositions></FlexStatement></FlexStatements></FlexQueryResponse>`;
}

function activityFile(book: WrittenBook): string {
  const category = ({ option }: WrittenHolding): string => (option ? 'Equity and Index Options' : 'Stocks');
  const symbol = ({ id, option }: WrittenHolding): string => (option === null ? id.replace('.', ' ') : ibkr(option));
  return [
    'Statement,Header,Field Name,Field Value',
    csv(['Statement', 'Data', 'Period', longDay(book.day)]),
    'Account Information,Header,Field Name,Field Value',
    `Account Information,Data,Account,${book.account}`,
    'Account Information,Data,Base Currency,USD',
    'Open Positions,Header,DataDiscriminator,Asset Category,Currency,Symbol,Quantity,Mult,Cost Price,Cost Basis,Close Price,Value,Unrealized P/L,Code',
    ...book.holdings.map((holding) => csv(['Open Positions', 'Data', 'Summary', category(holding), 'USD', symbol(holding), holding.quantity, sizeOf(holding), '', '', holding.price ?? '', valueOf(holding) ?? '', '', ''])),
    'Open Positions,Total,,,USD,,,,,,,,,',
    'Cash Report,Header,Currency Summary,Currency,Total,Securities,Futures,',
    csv(['Cash Report', 'Data', 'Ending Cash', 'USD', book.cash, book.cash, '0', '']),
  ].join('\n');
}

function longDay(day: string): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString('en-US', { timeZone: 'UTC', month: 'long', day: 'numeric', year: 'numeric' });
}

function schwabFile(book: WrittenBook): string {
  const quote = (cells: readonly string[]): string => cells.map((cell) => `"${cell}"`).join(',');
  const row = (holding: WrittenHolding): string => {
    const { id, option, quantity, price } = holding;
    const signed = `${quantity.startsWith('-') ? '-' : ''}${new Decimal(quantity).abs().toFixed().replaceAll(/\B(?=(?:\d{3})+$)/g, ',')}`;
    return quote([option ? schwab(option) : id.replace('.', '/'), 'WORDS', signed, price ?? '--', dollars(valueOf(holding)), '--', option ? 'Option' : 'Equity']);
  };
  return [
    `"Positions for account ${book.account} as of 04:00 PM ET, ${book.day.replaceAll('-', '/')}"`,
    '',
    quote(['Symbol', 'Description', 'Qty (Quantity)', 'Price', 'Mkt Val (Market Value)', 'Cost Basis', 'Security Type']),
    ...book.holdings.map(row),
    quote(['Cash & Cash Investments', '--', '--', '--', dollars(book.cash), '--', 'Cash and Money Market']),
    quote(['Account Total', '', '--', '--', '--', '--', '--']),
  ].join('\r\n');
}

function fidelityFile(book: WrittenBook): string {
  const row = (holding: WrittenHolding): string => {
    const { id, option, quantity, price } = holding;
    const value = valueOf(holding);
    return `${[book.account, 'Individual', option ? ` ${fidelity(option)}` : id.replace('BRK.B', 'BRKB'), 'WORDS', quantity, price === null ? 'n/a' : `$${price}`, 'n/a', value === null ? '--' : dollars(value).replaceAll(',', ''), 'n/a', 'n/a', 'n/a', 'n/a', 'n/a', 'n/a', 'n/a', 'Margin'].join(',')},`;
  };
  const [, month = '', dayOfMonth = ''] = /-(\d+)-(\d+)$/.exec(book.day) ?? [];
  const name = new Date(`2026-${month}-01T00:00:00Z`).toLocaleDateString('en-US', { timeZone: 'UTC', month: 'short' });
  return [
    "Account Number,Account Name,Symbol,Description,Quantity,Last Price,Last Price Change,Current Value,Today's Gain/Loss Dollar,Today's Gain/Loss Percent,Total Gain/Loss Dollar,Total Gain/Loss Percent,Percent Of Account,Cost Basis Total,Average Cost Basis,Type",
    `${book.account},Individual,SPAXX**,HELD IN MONEY MARKET,,,,${dollars(book.cash).replaceAll(',', '')},,,,,,,,Cash,`,
    ...book.holdings.map(row),
    '',
    `"Date downloaded ${name}-${dayOfMonth}-2026 4:46 p.m ET"`,
  ].join('\r\n');
}

export const GENERIC_PROFILE: MappingProfile = {
  name: 'Written',
  delimiter: ';',
  decimalComma: true,
  dateFormat: 'DD.MM.YYYY',
  columns: { account: 'Acct', symbol: 'Sym', quantity: 'Qty', side: 'L/S', price: 'Px', currency: 'Ccy', multiplier: 'Size', kind: 'Kind', asOf: 'Day' },
  constants: { currency: 'USD' },
  complete: true,
};

export function genericRow(book: WrittenBook, holding: WrittenHolding): string {
  const comma = (amount: string | null): string => (amount ?? '').replace('.', ',');
  const { id, option, quantity, price } = holding;
  const day = book.day.split('-').toReversed().join('.');
  return [book.account, option ? osi(option) : id, comma(quantity.replace('-', '')), quantity.startsWith('-') ? 'S' : 'L', comma(price), 'USD', option ? sizeOf(holding) : '', option ? 'Option' : 'Stock', day].join(';');
}

export function genericFile(book: WrittenBook, rows: readonly string[]): string {
  const day = book.day.split('-').toReversed().join('.');
  return ['Acct;Sym;Qty;L/S;Px;Ccy;Size;Kind;Day', ...rows, [book.account, 'USD', book.cash.replace('.', ','), '', '', 'USD', '', 'Cash', day].join(';')].join('\n');
}

export const WRITERS: readonly (readonly [string, (book: WrittenBook) => string])[] = [
  ['ibkr-flex-xml', (book) => flexFile(book, book.holdings.map((holding) => flexPosition(holding, book.day)))],
  ['ibkr-activity-csv', activityFile],
  ['schwab-positions-csv', schwabFile],
  ['fidelity-positions-csv', fidelityFile],
  ['generic-csv', (book) => genericFile(book, book.holdings.map((holding) => genericRow(book, holding)))],
];
