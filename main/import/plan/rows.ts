import type { FactName, FactTypes } from '../../../shared/domain/facts.ts';
import { columnChange, type FactChange, type ImportPlan, type PlanRow } from '../../../shared/domain/import-plan.ts';
import { activityWord, brokerFigureWord, CASH_WORDS, REGIME_WORDS, SUB_TYPE_WORDS } from '../../../shared/fact-words.ts';

/** How a fact is shown in a plan: what it is about, and what it says. */
interface Shown<Fact> {
  account: (fact: Fact) => string | null;
  label: (fact: Fact) => string;
  says: (fact: Fact) => string;
}

const nobody = (): null => null;
const owner = ({ account }: { account: string }): string => account;

const SHOWN: { [Name in FactName]: Shown<FactTypes[Name]> } = {
  account: { account: owner, label: ({ name, account }) => name ?? account, says: ({ regime, baseCurrency, asOf }) => `${REGIME_WORDS[regime]}, ${baseCurrency}, as of ${asOf}` },
  instrument: { account: nobody, label: ({ id }) => id, says: ({ terms }) => termsText(terms) },
  position: { account: owner, label: ({ instrument, subType }) => `${instrument} (${SUB_TYPE_WORDS[subType]})`, says: ({ quantity, entryPrice }) => (entryPrice === null ? quantity : `${quantity} at ${entryPrice}`) },
  cash: { account: owner, label: ({ currency, kind }) => `${currency} ${CASH_WORDS[kind]}`, says: ({ amount }) => amount },
  mark: { account: nobody, label: ({ instrument }) => instrument, says: ({ value, asOf }) => `${value} on ${asOf}` },
  fx: { account: nobody, label: ({ currency, base }) => `${currency} in ${base}`, says: ({ rate, asOf }) => `${rate} on ${asOf}` },
  activity: {
    account: owner,
    label: ({ kind, instrument, tradeDate }) => [tradeDate, activityWord(kind), instrument].filter(Boolean).join(' '),
    says: ({ quantity, price, amount, currency }) => [quantity, price === null ? null : `at ${price}`, amount === null ? null : `for ${amount} ${currency}`].filter(Boolean).join(' '),
  },
  brokerFigure: { account: owner, label: ({ name }) => brokerFigureWord(name), says: ({ amount, currency }) => `${amount} ${currency}` },
  exclusion: { account: owner, label: ({ symbol }) => symbol, says: ({ reason }) => reason },
};

function termsText(terms: FactTypes['instrument']['terms']): string {
  const adjusted = terms.kind === 'option' && terms.adjusted ? ', adjusted' : '';
  const size = terms.multiplier && terms.multiplier !== '1' ? `, × ${terms.multiplier}` : '';
  return `${terms.kind}, ${terms.currency}${size}${adjusted}`;
}

/** The plan as people see it, one line per change: those from `offset` on, at most `limit`. */
export function planRows(plan: ImportPlan, offset = 0, limit = planRowCount(plan)): PlanRow[] {
  const { changes, columns } = plan;
  const rows: PlanRow[] = [];
  const before = columns ? changes.findIndex(({ fact }) => !BEFORE_POSITIONS.has(fact)) : 0;
  const first = before < 0 ? changes.length : before;
  const inColumns = columns?.rows.length ?? 0;
  const end = Math.min(offset + limit, changes.length + inColumns);
  for (let at = offset; at < end; at += 1) {
    const inBlock = at - first;
    const change = columns && inBlock >= 0 && inBlock < inColumns ? columnChange(columns, columns.rows[inBlock] as number) : changes[inBlock < 0 ? at : at - inColumns];
    if (change) rows.push(rowOf(change));
  }
  return rows;
}

/** Facts that a plan lists before its positions. */
const BEFORE_POSITIONS: ReadonlySet<FactName> = new Set<FactName>(['account', 'instrument']);

export function planRowCount({ changes, columns }: ImportPlan): number {
  return changes.length + (columns?.rows.length ?? 0);
}

function rowOf(change: FactChange): PlanRow {
  // Before and after are of the type that `fact` names.
  const shown = SHOWN[change.fact] as Shown<FactTypes[FactName]>;
  const subject = change.after ?? change.before;
  return {
    fact: change.fact,
    change: change.change,
    account: subject === null ? null : shown.account(subject),
    label: subject === null ? '' : shown.label(subject),
    before: change.before === null ? null : shown.says(change.before),
    after: change.after === null ? null : shown.says(change.after),
    line: change.line,
  };
}
