import { z } from 'zod';
import { plainDecimal, plainDecimalFromZero } from '../../../shared/calc-pack/plain-decimal.ts';
import { adapter, type Context } from '../adapter.ts';
import { cashToDeposit, gross, negated, optionBook, optionLeg, premiumReceived, stacksOf, type OptionBook, type OptionLeg, type Underlying } from './option-book.ts';
import { publishedRates } from './rates.ts';

const right = z.enum(['C', 'P']);
const broadIndex: Underlying['terms'] = { kind: 'index', class: 'broad' };

/** One option alone, as a book. */
function single(terms: { right: 'C' | 'P'; strike: string; price: string; contracts: string; underlyingPrice: string; broad?: boolean }): OptionBook {
  const { broad = false, underlyingPrice, ...leg } = terms;
  return {
    underlying: { terms: broad ? broadIndex : { kind: 'equity' }, price: underlyingPrice },
    legs: [optionLeg.parse(leg)],
  };
}

/** The regulator's percentages: they say which rule of the shipped pack is meant. Any other is the example's own. */
const BROAD_RATE = '0.15';
const EQUITY_RATE = '0.2';

/** lean/cboe-calculator and ibkr/live-naked: one short option, the percentage says which underlying rule. */
export const nakedShort = adapter(
  z.strictObject({
    right,
    underlyingPrice: plainDecimalFromZero,
    strike: plainDecimalFromZero,
    optionPrice: plainDecimalFromZero,
    shortContracts: plainDecimalFromZero,
    pct: plainDecimalFromZero,
    class: z.enum(['equity/ETF', 'broad index']).optional(),
  }),
  ({ right, underlyingPrice, strike, optionPrice, shortContracts, pct }, { tools }) => {
    const terms = single({ right, strike, price: optionPrice, contracts: negated(shortContracts), underlyingPrice, broad: pct === BROAD_RATE });
    const book = optionBook(terms, pct === BROAD_RATE || pct === EQUITY_RATE ? {} : publishedRates({ shortOption: pct }));
    const requirement = () => stacksOf(tools.account(book)).exchange;
    return { maintenanceRequirement: requirement, ibkrRequirement: requirement, leanExpectedWithin5pct: requirement };
  },
);

/** si/short-puts: the same puts at several marks. */
export const markedShort = adapter(
  z.strictObject({ right, strike: plainDecimalFromZero, contracts: plainDecimal, optionMark: plainDecimalFromZero, underlyingPrice: plainDecimalFromZero }),
  ({ optionMark, ...terms }, { tools }) => ({
    maintenanceRequirement: () => stacksOf(tools.account(optionBook(single({ ...terms, price: optionMark })))).exchange,
  }),
);

/** edeltapro: gross requirement, what the sale brings in, and the difference as the client sees it. */
export const withProceeds = adapter(
  z.union([
    z.strictObject({ right, strike: plainDecimalFromZero, price: plainDecimalFromZero, contracts: plainDecimal, underlyingPrice: plainDecimalFromZero }).transform(single),
    z.strictObject({ legs: z.array(optionLeg), underlyingPrice: plainDecimalFromZero.optional() }).transform(plainLegs),
  ]),
  (book, { tools }) => {
    const state = () => tools.account(optionBook(book));
    return {
      initialRequirement: () => gross(state()),
      proceeds: () => premiumReceived(state()),
      marginCallSmaDebit: () => cashToDeposit(state()),
    };
  },
);

function plainLegs({ legs, underlyingPrice }: { legs: OptionBook['legs']; underlyingPrice?: string | undefined }): OptionBook {
  return { underlying: { terms: { kind: 'equity' }, price: underlyingPrice ?? null }, legs };
}

const stockLeg = z.strictObject({ instrument: z.literal('stock'), price: plainDecimalFromZero, quantity: plainDecimal });

/** cboe-manual/me: the manual's examples, gross or net as the vector's basis says, and the same in a cash account. */
export const cboeManual = adapter(
  z
    .strictObject({
      underlying: z.strictObject({ price: plainDecimalFromZero, etfType: z.enum(['BROAD', 'NARROW']).optional(), leverageFactor: plainDecimalFromZero.optional() }),
      legs: z.array(z.union([stockLeg, optionLeg])),
      contractMultiplier: plainDecimalFromZero,
    })
    .transform(({ underlying, legs, contractMultiplier }): OptionBook => {
      const stock = legs.find((leg) => leg.instrument === 'stock');
      return {
        underlying: { terms: underlyingTerms(underlying), price: underlying.price },
        legs: legs.filter((leg) => leg.instrument !== 'stock'),
        stock: stock?.instrument === 'stock' ? { quantity: stock.quantity, price: stock.price } : undefined,
        multiplier: contractMultiplier,
      };
    }),
  (book, context) => ({
    marginAccountRequirement: () => manualBasis(book, context),
    cashAccountRequirement: () => cashBasis(book, context),
  }),
);

function underlyingTerms({ etfType, leverageFactor }: { etfType?: 'BROAD' | 'NARROW' | undefined; leverageFactor?: string | undefined }): Underlying['terms'] {
  if (etfType === undefined && leverageFactor === undefined) return { kind: 'equity' };
  return { kind: 'etf', class: etfType === 'BROAD' ? 'broad' : 'narrow', ...(leverageFactor === undefined ? {} : { leverage: leverageFactor }) };
}

function manualBasis(book: OptionBook, { tools, vector }: Context) {
  const basis = vector.basis ?? '';
  if (isLibraryBasis(basis)) return gross(tools.account(optionBook(atPricePaid(book), publishedRates({ coveredCall: 'stockOnly' }))));
  const state = tools.account(optionBook(book));
  if (basis.startsWith('GROSS')) return gross(state);
  if (basis.startsWith('NET')) return cashToDeposit(state);
  throw new Error(`The basis ${JSON.stringify(basis)} is not one this adapter knows.`);
}

/** A cash account is always asked for the cash that is missing after premium. */
function cashBasis(book: OptionBook, { tools, vector }: Context) {
  const inCash = { packs: ['cash-account'], regime: 'cash' as const };
  return isLibraryBasis(vector.basis ?? '') ? gross(tools.account(optionBook(atPricePaid(book), inCash))) : cashToDeposit(tools.account(optionBook(book, inCash)));
}

/** The source's own model of stock: half of the price paid (all of it in cash), and a covered call adds and brings nothing. */
function isLibraryBasis(basis: string): boolean {
  return basis.startsWith('library model');
}

function atPricePaid(book: OptionBook): OptionBook {
  return { ...book, underlying: { ...book.underlying, price: book.stock?.price ?? book.underlying.price } };
}

/** cboe2007: contracts in hundreds beside stock, and on an index whose level the table implies. Net of premium. */
export const portfolioTable = adapter(
  z
    .strictObject({
      underlying: z.string(),
      underlyingPrice: plainDecimalFromZero.nullable(),
      indexLevelImplied: plainDecimalFromZero.nullable(),
      stockShares: plainDecimal,
      stockPrice: plainDecimalFromZero.nullable(),
      legs: z.array(optionLeg),
      expiry: z.string(),
    })
    .transform(
      ({ underlyingPrice, indexLevelImplied, stockShares, stockPrice, legs, expiry }): OptionBook => ({
        underlying: { terms: indexLevelImplied === null ? { kind: 'equity' } : broadIndex, price: indexLevelImplied ?? underlyingPrice },
        legs,
        expiry,
        stock: stockPrice === null ? undefined : { quantity: stockShares, price: stockPrice },
      }),
    ),
  (book, { tools }) => ({ strategyBasedRequirement: () => cashToDeposit(tools.account(optionBook(book))) }),
);

/** pm2007: stock with options, or options alone. Net of premium. */
export const portfolioExample = adapter(
  z
    .strictObject({
      longShares: plainDecimal.optional(),
      stockPrice: plainDecimalFromZero.optional(),
      underlyingPrice: plainDecimalFromZero.optional(),
      legs: z.array(optionLeg),
    })
    .transform(({ longShares, stockPrice, underlyingPrice, legs }): OptionBook => {
      const price = underlyingPrice ?? stockPrice ?? null;
      return {
        underlying: { terms: { kind: 'equity' }, price },
        legs,
        stock: longShares === undefined || price === null ? undefined : { quantity: longShares, price },
      };
    }),
  (book, { tools }) => ({ strategyRequirement: () => cashToDeposit(tools.account(optionBook(book))) }),
);

/** ibkr/strategy: initial and maintenance without the premium of long options, which has left the cash already. */
export const brokerStrategy = adapter(
  z.strictObject({
    underlying: z.string(),
    underlyingPrice: plainDecimalFromZero,
    stockShares: plainDecimal,
    legs: z.array(optionLeg),
    /** 4: stock at the maintenance rate within the day; 2: stock at the Reg T rate. */
    stockLeverage: z.enum(['2', '4']),
    contractMultiplier: plainDecimalFromZero,
  }),
  ({ underlyingPrice, stockShares, legs, stockLeverage, contractMultiplier }, { tools }) => {
    const book = optionBook({
      underlying: { terms: { kind: 'equity' }, price: underlyingPrice },
      legs,
      stock: { quantity: stockShares, price: underlyingPrice },
      multiplier: contractMultiplier,
    });
    const stacks = () => stacksOf(tools.account(book));
    return {
      ibkrInitialExPremium: () => (stockLeverage === '2' ? stacks().regT : stacks().exchangeInitial),
      ibkrMaintenance: () => stacks().exchange,
    };
  },
);

/** tasty, optionshouse, ibkr/iron-condor: several legs, one requirement. */
export const legsOnly = adapter(
  z.strictObject({ underlying: z.string().optional(), underlyingPrice: plainDecimalFromZero.optional(), legs: z.array(optionLeg) }).transform(plainLegs),
  (book, { tools }) => {
    const state = () => tools.account(optionBook(book));
    return { requirement: () => stacksOf(state()).exchange, buyingPowerEffect: () => cashToDeposit(state()) };
  },
);

/**
 * optionshouse: a butterfly as the two spreads that the broker's page adds up, a credit spread at its width and a debit
 * spread at what it costs. The body, the leg on its own side, is shared equally between the wings.
 */
export const butterflyInTwo = adapter(z.strictObject({ legs: z.array(optionLeg).length(3) }).transform(plainLegs), (book, { tools }) => {
  const side = (leg: OptionLeg) => (leg.contracts ?? leg.quantity ?? '').startsWith('-');
  const body = book.legs.find((leg) => book.legs.filter((other) => side(other) === side(leg)).length === 1);
  if (!body) throw new Error('A butterfly has one leg on the other side than its wings.');
  const spreads = book.legs.filter((leg) => leg !== body).map((wing) => {
    const quantity = negated(wing.contracts ?? wing.quantity ?? '0');
    return tools.account(optionBook({ ...book, legs: [wing, { ...body, contracts: undefined, quantity }] }));
  });
  const component = (credit: boolean) => {
    const found = spreads.find((state) => cashToDeposit(state).lt(gross(state)) && stacksOf(state).exchange.isZero() !== credit);
    if (!found) throw new Error(`The butterfly has no ${credit ? 'credit' : 'debit'} spread.`);
    return credit ? stacksOf(found).exchange : cashToDeposit(found);
  };
  return {
    creditSpreadComponent: () => component(true),
    debitSpreadComponent: () => component(false),
    requirement: () => component(true).plus(component(false)),
  };
});
