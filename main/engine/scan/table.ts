import { Decimal } from '../../../shared/money.ts';
import { difference, input, lazily, sum, type About, type Figure } from '../figure/figure.ts';
import { legFigure, legRow, type Counting, type ScanLeg } from './leg.ts';
import type { Scenario } from './section.ts';
import { addRows, amountAt, worstOf, type Row } from './whole-numbers.ts';

/** Legs that are scanned together: every scenario's gain, and the scenario that loses most. */
export interface ScanTable {
  legs: readonly ScanLeg[];
  /** Gains of all legs together, by scenario. */
  row: Row;
  /** Index of the scenario with the greatest loss; −1 when none loses. */
  worst: number;
  /** The tree of one scenario's gain, made when it is read. */
  gainFigure: (scenario: number) => Figure;
}

/** What a table is told in: currency, steps and scenarios of its pool. */
export interface ScanFrame {
  currency: string;
  counting: Counting;
  scenarios: readonly Scenario[];
}

export function scanTable(legs: readonly ScanLeg[], frame: ScanFrame): ScanTable {
  const { currency, counting, scenarios } = frame;
  const row = addRows(legs.map((leg) => legRow(leg, counting)), scenarios.length);
  const gainFigure = (scenario: number): Figure =>
    lazily({ amount: amountAt(row, scenario, counting.places), op: 'sum', unit: currency, about: { label: scenarioName(scenarios, scenario) } }, () =>
      legs.map((leg) => legFigure(leg, scenario, currency, counting)),
    );
  return { legs, row, worst: worstOf(row), gainFigure };
}

/** `13: price −3/3, volatility up`. */
export function scenarioName(scenarios: readonly Scenario[], scenario: number): string {
  return `Scenario ${scenario + 1}: ${scenarios[scenario]?.label ?? ''}`;
}

/** The loss in the worst scenario, never below zero, as a tree: nothing less the least gain; under that, every scenario. */
export function scanRisk(gains: (scenario: number) => Figure, row: Row, { currency, counting, scenarios }: ScanFrame, about: About): Figure {
  const worst = worstOf(row);
  const least = lazily(
    { amount: worst < 0 ? new Decimal(0) : amountAt(row, worst, counting.places), op: 'least', unit: currency, chosen: worst + 1, about: { label: worst < 0 ? 'No scenario loses' : `Worst, ${scenarioName(scenarios, worst)}` } },
    () => [nothing(currency, 'No change'), ...scenarios.map((_, scenario) => gains(scenario))],
  );
  return difference(currency, [nothing(currency, 'Nothing'), least], about);
}

/** One leg's part of a loss: what it loses in the scenario in which its group loses most. */
export function legShare(leg: ScanLeg, worst: number, frame: ScanFrame): Figure {
  const { currency, counting } = frame;
  const subject = { instrument: leg.instrument };
  if (worst < 0) return sum(currency, [], { label: () => `Loss on ${leg.instrument}: no scenario loses`, subject });
  return difference(currency, [nothing(currency, 'Nothing'), legFigure(leg, worst, currency, counting)], { label: () => `Loss on ${leg.instrument}, ${scenarioName(frame.scenarios, worst)}`, subject });
}

export function nothing(currency: string, label: string): Figure {
  return input(new Decimal(0), currency, { label, source: 'by definition' });
}
