import type { PositionMargin } from '../margin-model.ts';
import type { CalledPool, HeldPosition } from './called-pool.ts';

/**
 * Why "call ÷ rate" is wrong for closing a position; null where it holds: stock, funds and bonds that nothing is paired
 * with, under rules that look at each position by itself. There a position asks a fixed share of its value, whatever is
 * left of it.
 */
export function whyNoFormula({ margin, positions, market, wholeAccountRules }: CalledPool, position: HeldPosition): string | null {
  if (market.instruments.get(position.instrument)?.kind === 'future') return 'a future is asked an amount a contract, not a share of its value';
  if (margin.model !== 'strategy') return `the ${margin.model} model asks no share of its value for it`;
  const group = positions.filter((other) => other.group === position.group);
  if (isOption(position)) return 'an option is not asked a share of its value: closing it changes what is paired with what';
  if (group.some(isOption)) return `options on ${position.group} are charged together with it`;
  if (group.some((other) => other !== position && other.instrument === position.instrument)) return `${position.instrument} is held in several parts, which are charged together`;
  if (wholeAccountRules) return 'the house’s add-ons look at the account as a whole: each sale changes every share of it';
  return null;
}

/** Only options are charged in parts. */
function isOption({ parts }: PositionMargin): boolean {
  return parts !== null;
}
