import { exp } from '../pricing/elementary.ts';

/** A holder of one marketable asset and of illiquid ones, all in money. */
export interface Holder {
  securities: number;
  equity: number;
  /** Value of each illiquid asset. */
  illiquid: readonly number[];
}

/** The market sold into, and the leverage holders keep to. */
export interface FireSale {
  holders: readonly Holder[];
  /** Loss of each illiquid asset that starts it, as a fraction. */
  shock: readonly number[];
  /** Price of the marketable asset, and the price it never falls below. */
  price: number;
  floor: number;
  /** Average daily volume in money, daily volatility, depth for each of them, days to sell in. */
  averageVolume: number;
  volatility: number;
  depthFactor: number;
  days: number;
  /** Leverage above which a holder sells, and to which it goes back. */
  maximumLeverage: number;
  targetLeverage: number;
  /** Share of the round's price fall that the sold part bears. */
  soldBears: number;
}

/** What one round did, by holder where it is a list. */
export interface Round {
  leverageBefore: number[];
  /** Part of its securities that each holder sold. */
  sold: number[];
  /** Money sold in all, and the price fall it made as a fraction. */
  volume: number;
  impact: number;
  loss: number[];
  equity: number[];
  securities: number[];
  price: number;
  leverageAfter: number[];
}

export interface FireSaleResult {
  marketDepth: number;
  /** Volume at which the price has fallen most of the way to the floor. */
  impactScale: number;
  rounds: Round[];
}

/** Rounds until nobody sells, at most `most` of them. */
export function fireSale(sale: FireSale, most: number): FireSaleResult {
  const marketDepth = ((sale.depthFactor * sale.averageVolume) / sale.volatility) * Math.sqrt(sale.days);
  const impactScale = (1 - sale.floor / sale.price) * marketDepth;
  const illiquid = sale.holders.map(({ illiquid: held }) => total(held.map((value, asset) => value * (1 - (sale.shock[asset] ?? 0)))));
  let equity = sale.holders.map(({ equity: own, illiquid: held }, index) => own - (total(held) - (illiquid[index] ?? 0)));
  let securities = sale.holders.map((holder) => holder.securities);
  let { price } = sale;
  const rounds: Round[] = [];
  while (rounds.length < most) {
    const leverageBefore = securities.map((held, index) => leverage(held, illiquid[index] ?? 0, equity[index] ?? 0));
    const sold = securities.map((held, index) => shareToSell(held, illiquid[index] ?? 0, equity[index] ?? 0, leverageBefore[index] ?? 0, sale));
    const volume = total(sold.map((share, index) => share * (securities[index] ?? 0)));
    if (volume === 0) break;
    const impact = (1 - sale.floor / price) * (1 - exp(-volume / impactScale));
    const loss = securities.map((held, index) => (1 - (1 - sale.soldBears) * (sold[index] ?? 0)) * held * impact);
    equity = equity.map((own, index) => own - (loss[index] ?? 0));
    securities = securities.map((held, index) => held * (1 - (sold[index] ?? 0)) * (1 - impact));
    price *= 1 - impact;
    const leverageAfter = securities.map((held, index) => leverage(held, illiquid[index] ?? 0, equity[index] ?? 0));
    rounds.push({ leverageBefore, sold, volume, impact, loss, equity, securities, price, leverageAfter });
  }
  return { marketDepth, impactScale, rounds };
}

/** Without equity leverage has no end. */
function leverage(securities: number, illiquid: number, equity: number): number {
  return equity > 0 ? (securities + illiquid) / equity : Number.MAX_VALUE;
}

function shareToSell(securities: number, illiquid: number, equity: number, stands: number, { maximumLeverage, targetLeverage }: FireSale): number {
  if (stands <= maximumLeverage || securities <= 0) return 0;
  return Math.min(1, Math.max(0, (securities + illiquid - targetLeverage * Math.max(equity, 0)) / securities));
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
