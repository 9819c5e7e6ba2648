import { americanPrice } from '../../pricing/american.ts';
import { escrowedSpot } from '../../pricing/dividends.ts';
import { blackScholes } from '../../pricing/european.ts';
import type { PricedOption } from './option-terms.ts';

/**
 * Steps of the larger tree for American options. Arrays are differences of prices of one tree, so what the tree is off by
 * mostly cancels: twice the steps moves a gain by at most a third of a cent on a share of 100.
 */
const LATTICE_STEPS = 128;

/** The model's price of one unit of an option at a spot and a volatility. A spot of 0 is worth the strike to a put. */
export function optionValue(option: PricedOption, spot: number, volatility: number): number {
  const { strike, years, rate, dividendYield, dividends, isCall, american } = option;
  if (american) return americanPrice(spot, strike, years, volatility, rate, dividendYield, isCall, dividends, LATTICE_STEPS);
  return blackScholes(escrowedSpot(spot, years, rate, dividends), strike, years, volatility, rate, dividendYield, isCall);
}
