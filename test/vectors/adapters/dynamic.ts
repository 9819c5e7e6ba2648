import { z } from 'zod';
import { adapter } from '../adapter.ts';
import { signed, unsigned } from './number.ts';
import { figure } from './trigger.ts';

/** ewma: one step; the volatility is printed in per cent. */
export const ewma = adapter(z.strictObject({ lambda: unsigned, variance_prev: unsigned, return: signed }), (given, { tools }) => {
  const answer = () => tools.ask('dynamic.ewma', { lambda: given.lambda, variance: given.variance_prev, return: given.return });
  return { variance: () => figure(answer(), 'variance'), vol_pct: () => figure(answer(), 'volatility').times(100) };
});
