import type { AccountState } from '../../../shared/domain/margin-state.ts';
import type { ExplainNode } from '../../../shared/explain.ts';
import { Decimal } from '../../../shared/money.ts';

/** The first amount in the maintenance tree that is a given parameter applied to something: a leg of a greater-of rule. */
export function legByParameter(state: AccountState, parameter: string): Decimal {
  return amountOf(find(state, (node) => node.op === 'product' && node.rule?.parameter === parameter), parameter);
}

export function legByLabel(state: AccountState, label: RegExp): Decimal {
  return amountOf(find(state, (node) => label.test(node.label)), String(label));
}

function find(state: AccountState, wanted: (node: ExplainNode) => boolean): ExplainNode | null {
  const open = state.pools.map(({ explain }) => explain);
  for (let node = open.shift(); node; node = open.shift()) {
    if (wanted(node)) return node;
    open.unshift(...node.children);
  }
  return null;
}

function amountOf(node: ExplainNode | null, what: string): Decimal {
  if (!node?.amount) throw new Error(`The explanation has no ${what}.`);
  return new Decimal(node.amount);
}
