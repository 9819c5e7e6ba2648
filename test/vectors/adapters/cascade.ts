import { z } from 'zod';
import type { Answer } from '../../../shared/question.ts';
import { adapter, type Context } from '../adapter.ts';
import type { Figure } from '../compare.ts';
import { decimal } from './book.ts';
import { unsigned } from './number.ts';

const list = z.array(unsigned);
const told = {
  marketable: list,
  equity: list,
  illiquid: z.array(list),
  shock: list,
  price: unsigned,
  floor: unsigned,
  ADV: unsigned,
  sigma: unsigned,
  c: unsigned,
  tau: unsigned,
  lambda_max: unsigned,
  lambda_target: unsigned,
  alpha: unsigned,
};
const whole = z.strictObject({ ...told, rounds: unsigned });
const later = z.strictObject({ same_as: z.string(), rounds: unsigned });

function numbers(value: Answer[string] | undefined): Figure {
  if (Array.isArray(value)) return value.map((item) => numbers(item));
  return decimal(z.string().parse(value));
}

/** cascade.cont_schaanning: the figures of the last round asked for; `loss_bank_B_round1` of the first. */
export const contSchaanning = adapter(z.union([whole, later]), (given, context) => {
  const first = 'same_as' in given ? whole.parse(context.find(given.same_as).inputs) : given;
  const answer = (): Answer => ask(first, given.rounds, context);
  const rounds = (): Answer[] => z.array(z.record(z.string(), z.json())).parse(answer()['rounds']);
  const of = (key: string) => () => numbers(rounds().at(-1)?.[key]);
  return {
    leverage_before: of('leverageBefore'),
    leverage_after: of('leverageAfter'),
    sell_fraction: of('sold'),
    market_depth: () => numbers(answer()['marketDepth']),
    delta: () => numbers(answer()['impactScale']),
    q: of('volume'),
    impact: of('impact'),
    loss: of('loss'),
    equity: of('equity'),
    marketable: of('securities'),
    price: of('price'),
    loss_bank_B_round1: () => numbers(z.array(z.json()).parse(rounds()[0]?.['loss'])[1]),
  };
});

function ask(inputs: z.output<typeof whole>, rounds: string, { tools }: Context): Answer {
  const { marketable, equity, illiquid, shock, price, floor, ADV, sigma, c, tau, lambda_max, lambda_target, alpha } = inputs;
  const holders = marketable.map((securities, index) => ({ securities, equity: equity[index] ?? '0', illiquid: illiquid[index] ?? [] }));
  return tools.ask('cascade.fireSale', { holders, shock, price, floor, averageVolume: ADV, volatility: sigma, depthFactor: c, days: tau, maximumLeverage: lambda_max, targetLeverage: lambda_target, soldBears: alpha, rounds });
}

const IMPACT = /^sqrt\(([\d.]+)\*q\)$/;

/** cascade.sqrt_fixed_point. */
export const squareRootFixedPoint = adapter(
  z.strictObject({ equity: list, securities: list, loans: list, lambda_bar: unsigned, impact: z.string().regex(IMPACT, 'expected an impact such as sqrt(0.000022*q)'), start: z.enum(['0', 'max']) }),
  ({ equity, securities, loans, lambda_bar, impact, start }, { tools }) => {
    const holders = equity.map((own, index) => ({ equity: own, securities: securities[index] ?? '0', loans: loans[index] ?? '0' }));
    const answer = () => tools.ask('cascade.fixedPoint', { holders, bound: lambda_bar, coefficient: IMPACT.exec(impact)?.[1] ?? '', from: start === '0' ? 'none' : 'largest' });
    return { delta: () => numbers(answer()['drop']), sell_share: () => numbers(answer()['sold']) };
  },
);
