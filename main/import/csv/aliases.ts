import type { Aliases } from '../text/headers.ts';

/** Columns of Schwab's positions export. Written long in some years and short in others, and in any order. */
export type SchwabField = 'symbol' | 'description' | 'quantity' | 'price' | 'value' | 'costBasis' | 'type';
export const SCHWAB: Aliases<SchwabField> = {
  symbol: ['symbol'],
  description: ['description'],
  quantity: ['qty (quantity)', 'quantity', 'qty'],
  price: ['price'],
  value: ['mkt val (market value)', 'market value', 'mkt val'],
  costBasis: ['cost basis'],
  type: ['security type', 'asset type'],
};

/** Columns of Fidelity's positions export. */
export type FidelityField = 'account' | 'name' | 'symbol' | 'description' | 'quantity' | 'price' | 'value' | 'averageCost' | 'costBasis' | 'type';
export const FIDELITY: Aliases<FidelityField> = {
  account: ['account number'],
  name: ['account name'],
  symbol: ['symbol'],
  description: ['description'],
  quantity: ['quantity'],
  price: ['last price'],
  value: ['current value'],
  averageCost: ['average cost basis'],
  costBasis: ['cost basis total', 'cost basis'],
  type: ['type'],
};
