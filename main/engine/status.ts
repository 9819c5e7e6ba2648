import type { MarginStatus } from '../../shared/domain/status.ts';
import { statusSeverity, worstStatus } from '../../shared/domain/status.ts';
import { Decimal, fromDecimalText } from '../../shared/money.ts';
import { spellExactly, spellMoney } from './figure/spell.ts';
import type { MarginFigures } from './margin-model.ts';
import type { Rules } from './packs/rules.ts';
import type { StatusMetric, StatusRung } from './packs/schema.ts';

/** Where a pool stands, and one plain sentence why. */
export interface Standing {
  status: MarginStatus;
  statusReason: string;
}

/** The worst rung of the ladder that is breached; `problems` make an otherwise milder standing indeterminate. */
export function statusOf(figures: MarginFigures, currency: string, rules: Rules, problems: readonly string[]): Standing {
  const breached = rules.statusLadder.filter((rung) => isBreached(rung, figures)).map(({ status }) => status);
  const spelled = (name: StatedName, isExact: boolean): string => (isExact ? spellExactly : spellMoney)(figures[name].amount, currency);
  return standingWith(worstStatus(breached), spelled, problems);
}

/** A standing by the ladder, its sentence, and what problems make of both. */
export function standingWith(laddered: MarginStatus, spelled: Spelled, problems: readonly string[]): Standing {
  const status = problems.length > 0 ? worstStatus([laddered, 'indeterminate']) : laddered;
  return { status, statusReason: status === 'indeterminate' ? unknown(problems) : `${reason(status, spelled)}${problems.length > 0 ? `; ${problems.length} more not known: ${problems[0]}` : ''}.` };
}

/** What a metric compares: `left` against `value × right`, never divided. */
const SIDES: Record<StatusMetric, (figures: MarginFigures) => { left: Decimal; right: Decimal }> = {
  netLiq: ({ netLiq }) => ({ left: netLiq.amount, right: new Decimal(1) }),
  excess: ({ excess }) => ({ left: excess.amount, right: new Decimal(1) }),
  equityToMaintenance: ({ equity, maintenance }) => ({ left: equity.amount, right: maintenance.amount }),
  equityToExchangeMaintenance: ({ equity, exchangeMaintenance }) => ({ left: equity.amount, right: exchangeMaintenance.amount }),
  // The two sides that the ratio divides, so that a ratio that does not exist is still compared.
  healthRatio: ({ healthRatio }) => ({ left: sideOf(healthRatio, 0), right: sideOf(healthRatio, 1) }),
  cushion: ({ excess, netLiq }) => ({ left: excess.amount, right: netLiq.amount }),
};

function sideOf(ratio: MarginFigures['healthRatio'], side: 0 | 1): Decimal {
  return ratio.children[side]?.amount ?? new Decimal(0);
}

function isBreached({ metric, comparison, strict, value }: StatusRung, figures: MarginFigures): boolean {
  const { left, right } = SIDES[metric](figures);
  const order = left.cmp(right.times(fromDecimalText(value)));
  // Nothing held against nothing asked stands on every ratio, and breaches none.
  if (order === 0) return !strict && !right.isZero();
  return comparison === 'below' ? order < 0 : order > 0;
}

/** Amounts that the sentence of a standing names. */
export type StatedName = 'netLiq' | 'equity' | 'maintenance' | 'excess' | 'deficit';

/** Spells one of them: with all its digits, or with two decimals. */
export type Spelled = (name: StatedName, isExact: boolean) => string;

function reason(status: MarginStatus, spelled: Spelled): string {
  const [equityText, maintenanceText] = spellApart('equity', 'maintenance', spelled);
  switch (status) {
    case 'healthy':
    case 'warning':
      return `Equity ${equityText} covers house maintenance ${maintenanceText} with${status === 'warning' ? ' only' : ''} ${spelled('excess', false)} to spare`;
    case 'call':
      return `Equity ${equityText} is below house maintenance ${maintenanceText}: ${spelled('deficit', false)} is missing`;
    case 'liquidation':
      return `Equity ${equityText} is so far below house maintenance ${maintenanceText} that positions may be liquidated: ${spelled('deficit', false)} is missing`;
    case 'bankrupt':
      return `Net liquidation value is ${spelled('netLiq', false)}: positions are worth less than the debt`;
    case 'indeterminate':
      break;
  }
  return '';
}

/** Two amounts for one sentence: with all digits where two decimals would make them look equal. */
function spellApart(a: StatedName, b: StatedName, spelled: Spelled): [string, string] {
  const short: [string, string] = [spelled(a, false), spelled(b, false)];
  if (short[0] !== short[1]) return short;
  const whole: [string, string] = [spelled(a, true), spelled(b, true)];
  return whole[0] === whole[1] ? short : whole;
}

function unknown(problems: readonly string[]): string {
  const others = problems.length - 1;
  return `Not all of it is known: ${problems[0] ?? ''}${others > 0 ? `, and ${others} more` : ''}.`;
}

/** The worst standing of several pools; the first of the worst gives the reason. */
export function worstStanding(standings: readonly Standing[]): Standing {
  const [first, ...rest] = standings;
  if (!first) return { status: 'healthy', statusReason: 'Nothing is held.' };
  return rest.reduce((worst, standing) => (statusSeverity(standing.status) > statusSeverity(worst.status) ? standing : worst), first);
}
