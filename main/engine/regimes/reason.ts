import type { Figure, Text } from '../figure/figure.ts';
import { spell } from '../figure/spell.ts';
import type { PoolMargin, PositionMargin } from '../margin-model.ts';

/** Names of strategies that are written out before the rest is counted. */
const NAMED_MAX = 2;

/**
 * What decides what a pool asks for some of its positions, in a line: the worst scenario or a minimum, a tier of the
 * venue, or the strategies they were put into and the rule of the one that asks most.
 */
export function reasonFor(pool: PoolMargin, positions: readonly PositionMargin[]): string {
  const asked = positions.filter(({ requirement }) => requirement !== null).toSorted((a, b) => amountOf(b).abs().cmp(amountOf(a).abs()));
  const [first] = asked;
  if (!first) return positions.length === 0 ? 'nothing held' : 'not included';
  const figure = first.requirement?.houseMaintenance;
  const decided = minimumOf(pool.figures.maintenance, first.group) ?? (figure ? (scenarioOf(figure) ?? tierOf(figure)) : null);
  if (decided !== null) return decided;
  const names = [...new Set(asked.flatMap(({ strategy }) => strategy.split(' + ')))];
  const more = names.length - NAMED_MAX;
  const strategies = `${names.slice(0, NAMED_MAX).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  return first.rule === '' ? strategies : `${strategies}; ${first.rule}`;
}

function amountOf({ requirement }: PositionMargin): Figure['amount'] {
  return (requirement as NonNullable<PositionMargin['requirement']>).houseMaintenance.amount;
}

const SCENARIO = /(?:Scenario \d+: .*|Spot × .*|no scenario loses)$/;
const TIER = /, (tier \d+ of \d+)$/;

function scenarioOf(figure: Figure): string | null {
  const { label, source } = figure.about;
  const scenario = SCENARIO.exec(textOf(label))?.[0] ?? SCENARIO.exec(textOf(source ?? ''))?.[0];
  if (scenario === undefined) return null;
  const move = moveOf(figure);
  return move === null ? scenario : `${scenario}, ${move}`;
}

const MOVED = /moved by (-?[\d.]+%)/;

/** How far the price goes in the scenario: an input of the leg's gain, or a word in the source of its model price. */
function moveOf({ unit, about: { label, source }, amount, children }: Figure, depth = 4): string | null {
  if (unit === 'ratio' && textOf(label).startsWith('Move of ')) return signed(spell(amount, 'ratio'));
  const moved = MOVED.exec(textOf(source ?? ''))?.[1];
  if (moved !== undefined) return signed(moved);
  if (depth === 0) return null;
  for (const child of children) {
    const found = moveOf(child, depth - 1);
    if (found !== null) return found;
  }
  return null;
}

function signed(percent: string): string {
  if (percent.startsWith('-')) return percent.replace('-', '−');
  return percent === '0%' ? percent : `+${percent}`;
}

function textOf(text: Text): string {
  return typeof text === 'string' ? text : text();
}

/** A venue names the tier in the line that is charged by it, at most a few lines down. */
function tierOf(figure: Figure, depth = 4): string | null {
  const own = TIER.exec(textOf(figure.about.label))?.[1];
  if (own !== undefined) return own;
  if (depth === 0) return null;
  for (const child of figure.children) {
    const found = tierOf(child, depth - 1);
    if (found !== null) return found;
  }
  return null;
}

/** The minimum charge of a scanned group, where it is more than the loss in the worst scenario. */
function minimumOf(figure: Figure, group: string, depth = 4): string | null {
  if (figure.op === 'greatest' && figure.about.subject?.group === group) {
    const chosen = figure.children[figure.chosen];
    const label = chosen ? textOf(chosen.about.label) : '';
    return /minimum/i.test(label) && chosen && !chosen.amount.isZero() ? label.toLowerCase() : null;
  }
  if (depth === 0) return null;
  for (const child of figure.children) {
    const found = minimumOf(child, group, depth - 1);
    if (found !== null) return found;
  }
  return null;
}
