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
  return standingWith(worstStatus(breached), figures, currency, problems);
}

/** A standing by the ladder, its sentence, and what problems make of both. */
export function standingWith(laddered: MarginStatus, stated: Stated, currency: string, problems: readonly string[]): Standing {
  const status = problems.length > 0 ? worstStatus([laddered, 'indeterminate']) : laddered;
  return { status, statusReason: status === 'indeterminate' ? unknown(problems) : `${reason(status, stated, currency)}${problems.length > 0 ? `; ${problems.length} more not known: ${problems[0]}` : ''}.` };
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
type Stated = Record<'netLiq' | 'equity' | 'maintenance' | 'excess' | 'deficit', { amount: Decimal }>;

function reason(status: MarginStatus, { netLiq, equity, maintenance, excess, deficit }: Stated, currency: string): string {
  const [equityText, maintenanceText] = spellApart(equity.amount, maintenance.amount, currency);
  switch (status) {
    case 'healthy':
    case 'warning':
      return `Equity ${equityText} covers house maintenance ${maintenanceText} with${status === 'warning' ? ' only' : ''} ${spellMoney(excess.amount, currency)} to spare`;
    case 'call':
      return `Equity ${equityText} is below house maintenance ${maintenanceText}: ${spellMoney(deficit.amount, currency)} is missing`;
    case 'liquidation':
      return `Equity ${equityText} is so far below house maintenance ${maintenanceText} that positions may be liquidated: ${spellMoney(deficit.amount, currency)} is missing`;
    case 'bankrupt':
      return `Net liquidation value is ${spellMoney(netLiq.amount, currency)}: positions are worth less than the debt`;
    case 'indeterminate':
      break;
  }
  return '';
}

/** Two amounts for one sentence: with all digits where two decimals would make them look equal. */
function spellApart(a: Decimal, b: Decimal, currency: string): [string, string] {
  const short: [string, string] = [spellMoney(a, currency), spellMoney(b, currency)];
  return short[0] === short[1] && !a.eq(b) ? [spellExactly(a, currency), spellExactly(b, currency)] : short;
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
