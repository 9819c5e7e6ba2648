import { z } from 'zod';
import { plainDecimal, plainDecimalFromZero } from '../../../shared/calc-pack/plain-decimal.ts';
import type { AccountState } from '../../../shared/domain/margin-state.ts';
import type { Decimal } from '../../../shared/money.ts';
import { adapter, type Context } from '../adapter.ts';
import { decimal } from './book.ts';
import { legByLabel, legByParameter } from './explained.ts';
import { cashToDeposit, gross, optionBook, optionLeg, type OptionBook, type OptionLeg } from './option-book.ts';
import { publishedRates } from './rates.ts';

const MULTIPLIER = '100';

/** The two legs of a short option's charge, its market value in both, for all its contracts. */
function alternatives(state: AccountState, leg: OptionLeg) {
  const contracts = decimal(leg.contracts ?? leg.quantity ?? '-1').abs();
  const whole = (perShare: Decimal) => perShare.plus(leg.price).times(MULTIPLIER).times(contracts);
  return {
    byRate: whole(legByLabel(state, /^Rate times underlying, less out of the money$/)),
    byMinimum: whole(legByParameter(state, 'exchange.option.short.minimum')),
  };
}

/** tasty/naked-call: the three amounts of which the greatest is asked, and the same net of the premium. */
export const nakedWithFloor = adapter(
  z.strictObject({
    right: z.enum(['C', 'P']),
    strike: plainDecimalFromZero,
    price: plainDecimalFromZero,
    underlyingPrice: plainDecimalFromZero,
    contracts: plainDecimal,
    minPerShare: plainDecimalFromZero,
  }),
  ({ underlyingPrice, minPerShare, ...terms }, { tools }) => {
    const leg = optionLeg.parse(terms);
    const book: OptionBook = { underlying: { terms: { kind: 'equity' }, price: underlyingPrice }, legs: [leg] };
    const state = () => tools.account(optionBook(book, publishedRates({ optionPerShare: minPerShare })));
    const requirement = () => decimal(state().maintenance);
    const contracts = decimal(leg.contracts ?? '-1').abs();
    return {
      requirement,
      altA: () => alternatives(state(), leg).byRate,
      altB: () => alternatives(state(), leg).byMinimum,
      altMin: () => legByLabel(state(), /^Least amount a (share|contract)$|^Short option, least amount/).times(MULTIPLIER).times(contracts),
      buyingPowerEffect: () => cashToDeposit(state()),
    };
  },
);

/** tasty/short-strangle: each side alone, and both together. */
export const strangle = adapter(
  z.strictObject({ underlyingPrice: plainDecimalFromZero, legs: z.array(optionLeg) }),
  ({ underlyingPrice, legs }, { tools }) => {
    const side = (right: OptionLeg['right']) => sideOf(tools, underlyingPrice, legs, right);
    return {
      callSide: () => gross(side('call').state),
      callMin: () => alternatives(side('call').state, side('call').leg).byMinimum,
      putSide: () => gross(side('put').state),
      putMin: () => alternatives(side('put').state, side('put').leg).byMinimum,
      requirement: () => gross(tools.account(bookFor(underlyingPrice, legs))),
    };
  },
);

/** elitetrader: the Cboe manual's straddle, a share at a time. */
export const perShare = adapter(
  z.strictObject({ underlyingPrice: plainDecimalFromZero, legs: z.array(optionLeg) }),
  ({ underlyingPrice, legs }, { tools }) => {
    const share = (state: AccountState) => gross(state).div(MULTIPLIER);
    return {
      callReqPerShare: () => share(sideOf(tools, underlyingPrice, legs, 'call').state),
      putReqPerShare: () => share(sideOf(tools, underlyingPrice, legs, 'put').state),
      initialPerShare: () => share(tools.account(bookFor(underlyingPrice, legs))),
    };
  },
);

function sideOf(tools: Context['tools'], underlyingPrice: string, legs: readonly OptionLeg[], right: OptionLeg['right']) {
  const leg = legs.find((candidate) => candidate.right === right);
  if (!leg) throw new Error(`There is no ${right} among the legs.`);
  return { leg, state: tools.account(bookFor(underlyingPrice, [leg])) };
}

function bookFor(price: string, legs: readonly OptionLeg[]) {
  return optionBook({ underlying: { terms: { kind: 'equity' }, price }, legs });
}
