import type { AccountRow, AccountView, Headline } from '../../shared/views.ts';
import type { FigureName } from '../../shared/domain/margin-state.ts';

/** The figures of the strip in reading order, with the words the desk uses; `up` says whether more is better. */
export const HEADLINE_FIGURES: readonly { figure: FigureName; label: string; up: 'better' | 'worse'; hint: string }[] = [
  { figure: 'netLiq', label: 'Net liq', up: 'better', hint: 'Cash, accruals and the value of all positions, options included' },
  { figure: 'equity', label: 'Equity', up: 'better', hint: 'What the requirement is stated against' },
  { figure: 'maintenance', label: 'Maintenance', up: 'worse', hint: 'House maintenance requirement: the one that counts' },
  { figure: 'excess', label: 'Excess', up: 'better', hint: 'Equity less maintenance' },
  { figure: 'deficit', label: 'Deficit', up: 'worse', hint: 'What is missing to the maintenance requirement' },
  { figure: 'healthRatio', label: 'Health', up: 'better', hint: 'Equity over maintenance; 1.000 is the line' },
  { figure: 'initial', label: 'Initial', up: 'worse', hint: 'House initial requirement' },
  { figure: 'available', label: 'Available', up: 'better', hint: 'Equity less initial' },
  { figure: 'utilisation', label: 'Used', up: 'worse', hint: 'Initial as a share of equity' },
  { figure: 'leverage', label: 'Leverage', up: 'worse', hint: 'Gross market value over equity' },
  { figure: 'regTInitial', label: 'Reg T initial', up: 'worse', hint: 'Initial requirement of Regulation T' },
  { figure: 'exchangeMaintenance', label: 'Exch maint', up: 'worse', hint: 'Maintenance requirement of the exchange rules' },
];

/** Whether an account stands under rules of positions: Reg T, exchange, house. Others have neither a Reg T figure nor two answers. */
export function isByRule({ regime, indicative, regTInitial }: Pick<AccountRow, 'regime' | 'indicative' | 'regTInitial'>): boolean {
  return regime === 'cash' || regime === 'regT' || indicative || regTInitial !== '0';
}

const BY_RULE_ONLY: ReadonlySet<FigureName> = new Set<FigureName>(['regTInitial', 'exchangeMaintenance']);

/** The figures that say something of this account. */
export function headlinesUnder(row: AccountRow, headlines: readonly Headline[]): readonly Headline[] {
  return isByRule(row) ? headlines : headlines.filter(({ figure }) => !BY_RULE_ONLY.has(figure));
}

const UNITS: Partial<Record<FigureName, string>> = { healthRatio: 'ratio', utilisation: 'percent', leverage: 'times' };

/** How the strip writes a figure: the contract's units, with utilisation as a percentage and leverage as a multiple. */
export function unitOf(figure: FigureName, unit: string): string {
  return UNITS[figure] ?? unit;
}

const placeOf = (headline: Headline): number => {
  const at = HEADLINE_FIGURES.findIndex((each) => each.figure === headline.figure);
  return at < 0 ? HEADLINE_FIGURES.length : at;
};

/** A branch's headlines in the strip's own order, so that no figure changes its place when a what-if is opened. */
export function inStripOrder(headlines: readonly Headline[]): Headline[] {
  return headlines.toSorted((a, b) => placeOf(a) - placeOf(b));
}

/** The live account as headlines, in the shape a branch gives them. */
export function liveHeadlines(row: AccountRow, stacks: AccountView['stacks'] | null): Headline[] {
  const amounts: Partial<Record<FigureName, string | null>> = {
    ...row,
    exchangeInitial: stacks?.exchange.initial ?? null,
  };
  return HEADLINE_FIGURES.map(({ figure, label }) => ({ figure, label, unit: unitOf(figure, row.currency), live: amounts[figure] ?? null, branch: null, change: null, unverified: row.unverified.includes(figure) }));
}
