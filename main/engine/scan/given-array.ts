import type { RiskArray } from '../../../shared/calc-pack/market.ts';
import { fromDecimalText, type Decimal } from '../../../shared/money.ts';
import { input } from '../figure/figure.ts';
import type { UnitArray } from './leg.ts';
import type { ScenarioSet } from './section.ts';
import { rowOf } from './whole-numbers.ts';

/** An array as a clearing house or a calc pack gives it, of one contract; or the reason why it does not fit the scenarios. */
export function givenArray(instrument: string, { set, sign, values, compositeDelta }: RiskArray, { id, scenarios }: ScenarioSet, currency: string): UnitArray | string {
  if (set !== id) return `its risk array is of the scenarios ${set}, and the rule packs have ${id}`;
  if (values.length !== scenarios.length) return `its risk array has ${values.length} values, and the scenarios ${id} are ${scenarios.length}`;
  const gains = values.map((value) => fromDecimalText(value).times(sign === 'gain' ? 1 : -1));
  return {
    ...rowOf(gains),
    perContract: true,
    compositeDelta: compositeDelta === undefined ? null : fromDecimalText(compositeDelta),
    factors: (scenario) => [input(gains[scenario] as Decimal, `${currency}/contract`, { label: () => `Gain of one ${instrument}, ${scenarios[scenario]?.label ?? ''}`, source: `risk array, scenario ${scenario + 1} of ${set}`, subject: { instrument } })],
  };
}
